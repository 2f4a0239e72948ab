"""The demo as it is played: through the real actions, on any day alike, with the readings that it was written for."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tertulia.demo.cast import Played, cast
from tertulia.demo.doors import DOORS, FIRST_MINUTE, SITE_KEEPER, address_of
from tertulia.demo.load import is_loaded, load_demo
from tertulia.demo.script import Script, read_script
from tertulia.engine.reading import SpaceReading, State, read_space
from tertulia.ideas import queries
from tertulia.ideas.models import Idea, Outcome, Reply
from tertulia.ledger.frame import acts_of_space
from tertulia.ledger.models import Act
from tertulia.people.queries import person_with_address
from tertulia.readings.measured import measured
from tertulia.spaces.models import Space

TODAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def script() -> Script:
    return read_script()


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for this file, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(today=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded: None, db: None) -> None:
    """Each test in a savepoint of its own."""


def everything_played(script: Script) -> list[Played]:
    return [one for space in script.spaces for one in cast(space, MIDNIGHT)]


def reading(name: str, window: str) -> SpaceReading:
    space = Space.objects.get(name=name)
    at = int((MIDNIGHT + timedelta(days=1)).timestamp() * 1_000_000) - 1
    acts = measured(space.pk, acts_of_space(space.pk))
    return read_space(acts, space=space.pk, window=window, at=at)  # type: ignore[arg-type]


STATES = [
    ("Evening hours", State.BROADCASTING),
    ("First year of teaching", State.TOO_EARLY),
    ("Bread at altitude", State.COLLABORATING),
    ("Number 14, Harbour Street", State.COHABITING_SMALL_TALK),
]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("window", ["12w", "1y", "all"])
@pytest.mark.parametrize(("space", "state"), STATES)
def test_each_space_reads_as_it_was_written_to(space: str, state: State, window: str) -> None:
    assert reading(space, window).state == state


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("window", ["12w", "1y", "all"])
def test_at_least_nine_people_of_bread_are_in_a_closed_exchange(window: str) -> None:
    read = reading("Bread at altitude", window)
    closed = read.feature("closed")

    assert closed is not None
    assert closed.mean is not None
    assert round(closed.mean * closed.people) >= 9


@pytest.mark.usefixtures("demo")
def test_nothing_comes_of_anything_in_number_14() -> None:
    closed = reading("Number 14, Harbour Street", "all").feature("closed")

    assert closed is not None
    assert closed.mean == 0


@pytest.mark.usefixtures("demo")
def test_loading_twice_loads_once() -> None:
    before = Act.objects.count()

    load_demo(today=TODAY)

    assert is_loaded()
    assert Act.objects.count() == before


@pytest.mark.usefixtures("demo")
def test_every_event_was_played_through_the_real_actions(script: Script) -> None:
    events = Counter(one.event.do for one in everything_played(script))
    verbs = Counter(Act.objects.values_list("verb", flat=True))
    starters = Counter(one.event.starter for one in everything_played(script) if one.event.do == "answer")
    words = ("reply", "answer", "not_quite", "tried", "decided")

    assert Idea.objects.count() == events["idea"] == verbs["posted"]
    assert Reply.objects.count() == sum(events[do] for do in words) == verbs["replied"] + verbs["answered"]
    assert verbs["revised"] == events["revise"]
    assert verbs["moved"] == events["moved"]
    assert verbs["not_quite"] == events["not_quite"]
    assert verbs["tried"] == events["tried"]
    assert verbs["promised"] == starters["try"]
    assert verbs["declined"] == starters["keep"]
    assert Outcome.objects.filter(kind="revised").count() == verbs["credited"]
    # Confirmed with a click, or by what the credited person said a day later.
    assert verbs["heard"] >= events["confirm"]


def test_kofi_ilse_and_wen_are_never_in_one_background_thread(script: Script) -> None:
    strangers = {"kofi", "ilse", "wen"}
    (space,) = [space for space in script.spaces if set(space.strangers) >= strangers]
    threads: dict[str, set[str]] = {}
    for one in cast(space, MIDNIGHT):
        for place in (one.event.id, one.event.to):
            if ":" in place:
                threads.setdefault(place.split(":")[0], set()).add(one.event.by)

    assert threads
    assert all(len(people & strangers) < 2 for people in threads.values())


def test_nobody_acts_before_joining_or_after_going_quiet(script: Script) -> None:
    people = script.people()
    wrong = []
    for one in everything_played(script):
        person, day = people[one.event.by], (one.at - MIDNIGHT).days
        if day < person.joined or (person.quiet_since is not None and day > person.quiet_since):
            wrong.append((person.key, day, one.event.do, one.event.to))

    assert wrong == []


def test_nothing_is_played_before_its_space_was_founded_or_after_now(script: Script) -> None:
    founded = {space.key: space.founded for space in script.spaces}

    assert all(
        founded[one.space] <= (one.at - MIDNIGHT).days and one.at < MIDNIGHT
        for one in everything_played(script)
    )


@pytest.mark.usefixtures("demo")
def test_nothing_in_the_ledger_has_not_happened_yet() -> None:
    assert not Act.objects.filter(happened_at__gte=MIDNIGHT).exists()


def test_what_is_answered_was_said_before(script: Script) -> None:
    said: dict[str, datetime] = {}
    early = []
    for one in sorted(everything_played(script), key=lambda one: one.at):
        if one.event.id:
            said[one.event.id] = one.at
        if one.event.to and one.event.to not in said:
            early.append((one.event.do, one.event.to))

    assert early == []


@pytest.mark.usefixtures("demo")
def test_every_door_opens_to_somebody_and_the_first_minute_to_an_idea() -> None:
    for door in DOORS:
        assert person_with_address(address_of(door.key)) is not None
    assert person_with_address(address_of(SITE_KEEPER.key)) is not None
    assert queries.ideas_visible_to(None).filter(title=FIRST_MINUTE).exists()


@pytest.mark.usefixtures("demo")
def test_jonas_question_waits_for_ana() -> None:
    ana = person_with_address(address_of("ana"))
    assert ana is not None

    waiting = queries.waiting_replies(ana)

    assert "Jonas Frei" in {reply.author.name for reply in waiting if reply.author}


@pytest.mark.usefixtures("demo")
def test_what_blessing_asked_helen_has_no_outcome() -> None:
    helen = person_with_address(address_of("helen"))
    assert helen is not None
    asked = [r for r in queries.waiting_replies(helen) if r.author and r.author.name == "Blessing Nwosu"]

    assert asked
    assert not Outcome.objects.filter(names__in=asked).exists()
