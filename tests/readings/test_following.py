"""When a reading is left for the worker, and when it is not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tertulia.ideas import actions
from tertulia.readings import follow, tasks
from tertulia.readings.models import SpaceReading, Wanted, Window
from tests.community import an_idea, somebody
from tests.readings.places import NOW, history, read, round_table, table

pytestmark = pytest.mark.django_db

WINDOWS = {"12w", "1y", "all"}


def waiting() -> set[str]:
    return set(Wanted.objects.values_list("window", flat=True))


def work() -> None:
    """What the queue would do."""
    for wanted in Wanted.objects.order_by("pk"):
        tasks.compute_reading.call(wanted.space_id, wanted.window)


def say_something(space: object) -> None:
    actions.write_idea(by=somebody("Ana"), space=space, title="One more", text="And again.")  # type: ignore[arg-type]


def made_a_while_ago() -> None:
    SpaceReading.objects.update(computed_at=timezone.now() - timedelta(minutes=1))


def test_all_windows_of_a_new_space_are_left_for_the_worker_once() -> None:
    table()

    first, second = follow.follow_all(), follow.follow_all()

    assert (first, second, waiting()) == (3, 0, WINDOWS)


def test_a_reading_that_is_there_is_not_asked_for_again() -> None:
    table()
    follow.follow_all()
    work()
    made_a_while_ago()

    assert follow.follow_all() == 0
    assert waiting() == set()
    assert SpaceReading.objects.count() == 3


def test_the_same_key_is_not_computed_twice() -> None:
    space = table()
    first = read(space, "all")["all"]
    second = read(space, "all")["all"]

    assert (second.pk, second.computed_at) == (first.pk, first.computed_at)


def test_a_new_act_makes_a_new_reading_due() -> None:
    space = table()
    follow.follow_all()
    work()
    made_a_while_ago()
    say_something(space)

    assert follow.follow_all() == 3


def test_a_busy_space_is_not_read_anew_within_twenty_seconds() -> None:
    space = table()
    follow.follow_all()
    work()
    say_something(space)

    assert follow.follow_all() == 0
    assert follow.follow_all(timezone.now() + timedelta(seconds=21)) == 3


def test_a_new_day_makes_a_new_reading_due() -> None:
    table()
    follow.follow_all()
    work()

    assert follow.follow_all(timezone.now() + timedelta(days=1)) == 3


def test_a_new_day_does_not_for_a_space_that_has_been_quiet_for_long() -> None:
    table()
    follow.follow_all()
    work()

    assert follow.follow_all(timezone.now() + timedelta(days=120)) == 0


def test_a_new_day_does_not_move_the_end_of_an_imported_history() -> None:
    history(table())
    follow.follow_all()
    work()

    assert follow.follow_all(timezone.now() + timedelta(days=1)) == 0


def test_a_new_day_moves_it_once_somebody_writes_there() -> None:
    space = table()
    history(space)
    say_something(space)
    follow.follow_all()
    work()

    assert follow.follow_all(timezone.now() + timedelta(days=1)) == 3


def test_a_task_that_was_given_up_is_left_again() -> None:
    table()
    follow.follow_all()

    assert follow.follow_all(timezone.now() + timedelta(minutes=16)) == 3


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "KEPT", 3)
    space = table()
    for day in range(5):
        read(space, now=NOW + timedelta(days=day))

    kept = SpaceReading.objects.filter(space_id=space.pk, window="12w")
    days = [(NOW + timedelta(days=day)).date() for day in (2, 3, 4)]
    assert list(kept.order_by("on").values_list("on", flat=True)) == days


def test_an_idea_for_nobody_else_is_in_no_reading() -> None:
    space = table()
    round_table(space, threads=2)
    an_idea(somebody("Ana"), space, audience="me", title="Only mine")

    assert read(space, "all")["all"].payload["reading"]["contributions"] == 9


def test_asking_what_is_due_takes_as_many_queries_for_more_spaces() -> None:
    table()
    follow.follow_all()
    with CaptureQueriesContext(connection) as one:
        follow.follow_all()
    for n in range(3):
        table(name=f"Space {n}")
    follow.follow_all()
    with CaptureQueriesContext(connection) as four:
        follow.follow_all()

    assert len(one) == len(four)


def test_the_windows_are_those_of_the_engine() -> None:
    assert {window.value for window in Window} == set(tasks.WINDOWS.values()) == WINDOWS
