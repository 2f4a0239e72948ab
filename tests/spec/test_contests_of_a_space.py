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


def agreed(table: Table, *acts: int) -> Table:
    table.acts = [replace(row, contested=row.contested or row.act in acts) for row in table.acts]
    return table


def test_what_both_agreed_on_counts_nowhere() -> None:
    table = round_table(threads=6, people=6)
    before = table.read(at=60)
    question = table.day(3).replies("Bo", table.acts[0].act, person="Ana", move="question")
    answer = table.day(3.1).replies("Ana", question)
    credit = table.day(3.2).does("Ana", "credited", question)
    table.day(3.3).does("Bo", "moved", answer)
    # They have met twice under this idea: what was between them there, before this too, is one meeting.
    with_it = table.read(at=60)
    assert (with_it.episodes[0].count, with_it.episodes[4].count) == (1, 1)

    without = agreed(table, credit).read(at=60)

    assert (without.people, without.openings, without.episodes[0].of) == (before.people, 6, 6)
    assert (without.contributions, without.responses) == (before.contributions - 2, before.responses - 2)
    assert (without.meetings, without.returned) == (before.meetings - 1, before.returned - 1)
    assert (without.episodes[0].count, without.episodes[4].count) == (0, 0)
    acted = without.feature("acted_upon")
    assert acted is not None
    assert acted.items == 0
    assert without.alternation is not None
    assert before.alternation is not None
    assert without.alternation.possible == before.alternation.possible - 2


def test_what_both_agreed_on_does_not_help_to_reach_twenty_contributions() -> None:
    table = Table(acts=round_table(threads=4).acts)
    assert (table.read(at=42).contributions, table.read(at=42).state) == (20, State.BOTH_WAYS_UNTOLD)

    reading = agreed(table, table.acts[1].act).read(at=42)

    assert (reading.contributions, reading.state) == (18, State.TOO_EARLY)


def test_with_and_without_are_judged_by_the_same_counts() -> None:
    # Both are under twenty once the agreed meeting is out, so that the open contest changes no word.
    table = agreed(round_table(threads=4), round_table(threads=4).acts[1].act)
    params = replace(DEFAULT, contest_share=0.2)
    table.day(41).does("Bo", "contested", table.acts[6].act)

    reading = table.read(at=42, params=params)

    assert reading.contest is not None
    assert (reading.state, reading.contest.state_without) == (State.TOO_EARLY, State.TOO_EARLY)
    assert not reading.contest.differs


def test_an_idea_whose_only_answer_both_gave_up_waits_again() -> None:
    table = round_table()
    idea = table.day(20).opens("Ana")
    reply = table.replies("Bo", idea)
    assert table.read(at=30).open_asks_total == 0

    assert [ask.act for ask in agreed(table, reply).read(at=30).open_asks] == [idea]


def test_what_came_of_an_opening_leaves_too_where_its_two_never_spoke() -> None:
    table = round_table()
    idea = table.day(20).opens("Ana")
    decided = table.day(21).does("Bo", "decided", idea)
    assert table.read(at=30).episodes[0].count == 1

    assert agreed(table, decided).read(at=30).episodes[0].count == 0


def test_only_the_other_of_the_two_ends_a_contest_by_answering() -> None:
    table, act = answered_once()
    table.day(41).does("Ana", "contested", act)
    table.day(41.5).does("Juna", "contest_answered", act)
    table.day(41.6).does("Ana", "contest_answered", act)

    assert table.read(at=42).contest is not None


def test_an_answer_may_name_the_contest_or_the_act() -> None:
    for names_the_contest in (True, False):
        table, act = answered_once()
        contest = table.day(41).does("Ana", "contested", act)
        table.day(41.5).does("Bo", "contest_answered", contest if names_the_contest else act)

        assert table.read(at=42).contest is None
