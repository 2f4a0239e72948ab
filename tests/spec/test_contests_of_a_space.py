"""An act can be contested by the people in it: a reading is made with and without, within limits."""

from dataclasses import replace

from tertulia.engine.params import DEFAULT
from tertulia.engine.reading import SpaceReading, State
from tests.engine.tables import Table, monologue, round_table, seed_page


def answered_once() -> tuple[Table, int]:
    """A page that broadcasts, with one exchange, and the act that made it both ways."""
    table = monologue(threads=12)
    reply = next(act for act in table.acts if act.verb == "replied")
    return table, table.day(20).replies("Ana", reply.act)


def contest(table: Table, act: int, by: str, day: float = 41) -> SpaceReading:
    table.day(day).does(by, "contested", act)
    return table.read(at=42)


def test_a_contest_that_changes_nothing_leaves_the_state_stated() -> None:
    table, act = answered_once()

    reading = contest(table, act, "Ana")

    assert reading.contest is not None
    assert (reading.contest.acts, reading.contest.meetings, reading.contest.differs) == ((act,), 1, False)
    assert reading.state is reading.contest.state_without is State.BROADCASTING


def test_a_contest_that_changes_the_state_gives_both() -> None:
    # Twenty contributions are the floor: without the contested meeting there are fewer.
    table = Table(acts=round_table(threads=4).acts)
    assert (table.read(at=42).contributions, table.read(at=42).meetings) == (20, 8)
    params = replace(DEFAULT, contest_share=0.2)
    table.day(41).does("Bo", "contested", table.acts[1].act)

    reading = table.read(at=42, params=params)

    assert reading.contest is not None
    assert (reading.state, reading.contest.state_without) == (State.BOTH_WAYS_UNTOLD, State.TOO_EARLY)
    assert reading.contest.differs


def test_one_persons_contests_leave_out_at_most_a_tenth_of_the_meetings() -> None:
    table = monologue(threads=12)
    for act in list(table.acts):
        if act.verb == "replied":
            table.day(41).does("Ana", "contested", act.act)

    reading = table.read(at=42)

    assert reading.meetings == 24
    assert reading.contest is not None
    assert (reading.contest.meetings, reading.contest.over_limit) == (2, 22)


def test_in_a_small_reading_one_persons_contest_moves_nothing() -> None:
    reading = contest(seed_page(), seed_page().acts[2].act, "Ana")

    assert reading.contest is not None
    assert (reading.contest.meetings, reading.contest.over_limit) == (0, 1)
    assert reading.contest.probabilities_without == reading.probabilities


def test_only_those_who_are_in_an_act_may_contest_it() -> None:
    table, act = answered_once()

    assert contest(table, act, "Juna").contest is None


def test_an_answered_contest_is_over() -> None:
    table, act = answered_once()
    table.day(41).does("Ana", "contested", act)
    table.day(41.5).does("Bo", "contest_answered", act)

    assert table.read(at=42).contest is None


def test_an_unanswered_contest_is_over_after_thirty_days() -> None:
    table, act = answered_once()
    table.day(41).does("Ana", "contested", act)

    assert table.read(at=71).contest is not None
    assert table.read(at=71.1).contest is None


def test_a_contest_made_after_an_imported_space_ended_counts() -> None:
    table, act = answered_once()
    table.day(4000).does("Ana", "contested", act)

    assert table.read().contest is not None


def test_what_both_agreed_on_stays_out_of_the_reading() -> None:
    table, act = answered_once()
    with_it = table.read(at=42)
    table.acts = [replace(row, contested=row.act == act) for row in table.acts]

    without = table.read(at=42)

    assert without.probabilities["broadcasting"] > with_it.probabilities["broadcasting"]
    assert without.evidence_against == ()
