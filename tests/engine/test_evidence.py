import pytest

from tertulia.engine.evidence import chance_of, logit_of
from tertulia.engine.features import inputs
from tertulia.engine.influence import inputs_without, surroundings
from tertulia.engine.meetings import Talk, fold
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.states import State
from tertulia.engine.tally import tally
from tests.engine.tables import Table, monologue, round_table, seed_page


def folded(table: Table, end: int = 40) -> Talk:
    return fold(table.acts, start=None, end=end * DAY_US, params=DEFAULT, chat=False)


def test_first_order_equals_a_recount_where_nobody_changes_sides() -> None:
    talk = folded(round_table(threads=40, rk_t=0.2, rk_o=0.1), 90)
    around = surroundings(talk, tally(talk, DEFAULT), DEFAULT)

    for key, meeting in list(talk.meetings.items())[:20]:
        first, recount = inputs_without(meeting, around), inputs(tally(talk, DEFAULT, {key}), DEFAULT)
        assert first.exchange.total == pytest.approx(recount.exchange.total)
        assert first.exchange.items == recount.exchange.items
        assert first.rank_t.total == pytest.approx(recount.rank_t.total)
        assert (first.answered, first.unanswered) == (recount.answered, recount.unanswered)
        assert (first.responses, first.present) == (recount.responses, recount.present)


def test_an_influence_is_the_change_of_the_states_logit() -> None:
    table = seed_page()
    reading = table.read(at=20)
    strongest = reading.evidence_against[0]
    talk = folded(table, 20)

    def logit(without: set[tuple[int, str, str]]) -> float:
        given = inputs(tally(talk, DEFAULT, without), DEFAULT)
        found = chance_of(given, told=False, carries_closing=True, params=DEFAULT)
        return logit_of(State.BROADCASTING, found)

    one, other = strongest.people
    assert strongest.influence == pytest.approx(logit(set()) - logit({(strongest.episode, one, other)}))


def test_the_one_who_was_answered_speaks_against_broadcasting() -> None:
    reading = seed_page().read(at=20)

    assert [meeting.people for meeting in reading.evidence_against] == [("Ana", "Bo")]
    assert [meeting.people for meeting in reading.evidence_for] == [
        ("Ana", "Cleo"),
        ("Ana", "Dan"),
        ("Ana", "Eve"),
    ]


def test_evidence_is_at_most_five_for_and_two_against_with_their_acts() -> None:
    table = monologue()
    table.day(12)
    for n in range(3):
        idea = table.opens("Bo")
        table.replies("Bo", table.replies(("Cleo", "Dan", "Eve")[n], idea))

    reading = table.read(at=30)

    assert (len(reading.evidence_for), len(reading.evidence_against)) == (5, 2)
    assert all(meeting.both_ways for meeting in reading.evidence_against)
    assert all(meeting.exact and meeting.acts for meeting in reading.evidence_for)


def test_evidence_keeps_its_digits_where_a_state_is_all_but_certain() -> None:
    table = round_table(threads=200)
    idea = table.day(205).opens("Ana")
    for guest in ("Bo", "Cleo", "Dan"):
        table.replies(guest, idea)

    reading = table.read(at=300)

    assert reading.probability == pytest.approx(1)
    assert reading.evidence_for[0].influence is not None
    assert reading.evidence_for[0].influence > 1e-6
