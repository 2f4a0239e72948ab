import numpy as np
import pytest

from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.evidence import chance_of
from tertulia.engine.look import Look, acts_of, look
from tertulia.engine.met import keys_of
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.states import State, logit
from tertulia.engine.table import table_of
from tests.engine.tables import Table, monologue, round_table, seed_page


def folded(table: Table, end: int = 40) -> Look:
    acts = acts_of(table_of(table.acts), space=1)
    return look(
        acts, space=1, start=None, end=end * DAY_US, params=DEFAULT, chat=False, backend=DuckDB(threads=1)
    )


def test_first_order_equals_a_recount_where_nobody_changes_sides() -> None:
    seen = folded(round_table(threads=40, rk_t=0.2, rk_o=0.1), 90)
    moved = seen.steps["moved"].slice(0, 20)

    first, recount = seen.given.without(moved), seen.without([[key] for key in keys_of(moved)])

    for mean in ("exchange", "uptake_t", "uptake_o"):
        for part in ("people", "total", "squares", "items"):
            assert getattr(getattr(first, mean), part) == pytest.approx(getattr(getattr(recount, mean), part))
    for count in ("answered", "unanswered", "responses", "contributions", "present", "closed_in", "openings"):
        assert np.array_equal(getattr(first, count), getattr(recount, count))


def test_an_influence_is_the_change_of_the_states_logit() -> None:
    table = seed_page()
    strongest = table.read(at=20).evidence_against[0]
    seen = folded(table, 20)
    one, other = strongest.people

    both = seen.without([[], [(strongest.episode, one, other)]])

    found = chance_of(both, told=False, carries_closing=True, params=DEFAULT)
    whole, without = logit(State.BROADCASTING, found)
    assert strongest.influence == pytest.approx(whole - without)


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
