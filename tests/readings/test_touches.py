"""The reader that knows what touched a space last."""

import pytest

from tertulia.ledger import cursor
from tertulia.ledger.append import append
from tertulia.readings.models import SpaceTouch
from tertulia.readings.touches import Touches
from tests.community import after, last_act
from tests.readings.places import history, kettle, round_table, table

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[object, ...]]:
    return list(
        SpaceTouch.objects.order_by("space_id").values_list(
            "space_id", "last_act", "touched_at", "contributions", "own_contributions"
        )
    )


def imported(verb: str = "replied", **more: object) -> int:
    columns = {"actor": "bo", "space": 7, "thread": 1, "words": 4, "import_id": 3, "happened_at": after()}
    return append(**{"verb": verb, **columns, **more})  # type: ignore[arg-type]


def test_a_space_is_touched_by_its_last_act_and_counts_what_was_said() -> None:
    space = table()
    round_table(space, threads=2)
    cursor.follow(Touches())

    touch = SpaceTouch.objects.get(space=space)

    assert (touch.last_act, touch.contributions) == (last_act(), 9)


@pytest.mark.parametrize("batch", [1, 7, 500])
def test_folding_anew_gives_the_same_rows_however_it_is_cut(batch: int) -> None:
    living = table()
    kettle(living)
    history(living, threads=2)
    round_table(table(name="Evenings"), threads=3)
    imported()
    imported("import_closed", words=0)
    imported("import_undone", words=0)
    cursor.follow(Touches(), batch=3)
    before = rows()

    cursor.rebuild(Touches(), batch=batch)

    assert before
    assert rows() == before


def test_an_open_import_does_not_touch_its_space() -> None:
    imported()
    cursor.follow(Touches())

    assert rows() == []


def test_closing_an_import_counts_all_that_it_brought() -> None:
    imported()
    imported()
    closed = imported("import_closed", words=0)
    cursor.follow(Touches())

    assert [(row[0], row[1], row[3]) for row in rows()] == [(7, closed, 2)]


def test_undoing_an_import_takes_its_count_back_once() -> None:
    imported()
    imported("import_closed", words=0)
    imported("import_undone", words=0)
    last = imported("import_undone", words=0)
    cursor.follow(Touches())

    assert [(row[1], row[3]) for row in rows()] == [(last, 0)]


def test_what_was_written_here_is_counted_apart_from_what_was_brought() -> None:
    space = table()
    history(space, threads=2)
    cursor.follow(Touches())
    brought = SpaceTouch.objects.get(space=space)
    assert (brought.contributions, brought.own_contributions, brought.holds_only_a_history) == (6, 0, True)

    round_table(space, threads=1)
    cursor.follow(Touches())

    lived = SpaceTouch.objects.get(space=space)
    assert (lived.contributions, lived.own_contributions, lived.holds_only_a_history) == (10, 4, False)


def test_a_space_in_which_nobody_said_anything_holds_no_history() -> None:
    space = table()
    cursor.follow(Touches())

    assert not SpaceTouch.objects.get(space=space).holds_only_a_history
