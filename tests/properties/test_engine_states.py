"""What must hold for the states, whatever a space comes to: tables of sums, without a ledger."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertulia.engine.evidence import chance_of
from tertulia.engine.inputs import Inputs
from tertulia.engine.params import DEFAULT
from tertulia.engine.posterior import Moments
from tertulia.engine.states import COHABITING, State, verdicts

NOBODY = Moments()


@st.composite
def values(draw: st.DrawFn, most: int = 40) -> tuple[Moments, Moments]:
    """Means over people, and the same without the few highest."""
    people = sorted(draw(st.lists(st.floats(0, 1), max_size=most)), reverse=True)
    each, few = draw(st.integers(1, 9)), draw(st.integers(0, 5))
    return _moments(people, each), _moments(people[few:], each)


def _moments(people: list[float], each: int) -> Moments:
    return Moments(len(people), sum(people), sum(y * y for y in people), each * len(people))


@st.composite
def inputs(draw: st.DrawFn) -> Inputs:
    exchange, rest = draw(values())
    uptake_t, uptake_t_rest = draw(values())
    uptake_o, uptake_o_rest = draw(values())
    present = draw(st.integers(5, 60))
    openers = draw(st.integers(0, present))
    openings = openers * draw(st.integers(1, 5))
    return Inputs(
        exchange=exchange,
        rest=rest,
        uptake_t=uptake_t,
        uptake_t_rest=uptake_t_rest,
        uptake_o=uptake_o,
        uptake_o_rest=uptake_o_rest,
        answered=draw(st.integers(0, 50)),
        unanswered=draw(st.integers(0, 50)),
        responses=draw(st.integers(0, 3)),
        closed_in=draw(st.integers(0, present)),
        present=present,
        openers=openers,
        openings=openings,
        openings_squared=openings * openings // max(1, openers),
        contributions=100,
        answers=draw(st.integers(0, 9)),
        answers_squared=draw(st.integers(0, 99)),
        answerable_squared=draw(st.integers(0, 99)),
        answers_answerable=draw(st.integers(0, 9)),
        reliable_t=draw(st.floats(0, 1)),
        reliable_o=draw(st.floats(0, 1)),
    )


def read(given_: Inputs, *, told: bool) -> tuple[dict[State, float], State]:
    found: dict[State, Any] = chance_of(given_, told=told, carries_closing=True, params=DEFAULT)
    said = verdicts(
        found,
        told=np.array([told]),
        people=np.array([given_.present]),
        contributions=np.array([given_.contributions]),
        params=DEFAULT,
    )
    return {state: float(p) for state, p in found.items()}, said.row(0).state


def missing(of: Inputs, nulls: str) -> Inputs:
    gone = {f"uptake_{null}{rest}": NOBODY for null in nulls for rest in ("", "_rest")}
    return replace(of, **gone)


@given(inputs(), st.booleans())
def test_the_states_add_up_to_one(known: Inputs, told: bool) -> None:
    found, _ = read(known, told=told)

    assert sum(found.values()) == pytest.approx(1, abs=1e-9)
    assert all(0 <= p <= 1 for p in found.values())


@given(inputs(), st.sampled_from(["t", "o", "to"]))
def test_a_missing_null_can_only_make_cohabiting_too_small(known: Inputs, nulls: str) -> None:
    less, _ = read(missing(known, nulls), told=False)
    whole, _ = read(known, told=True)

    for state in COHABITING:
        assert less[state] <= whole[state] + 1e-12


@given(inputs(), st.sampled_from(["t", "o", "to"]))
def test_what_is_said_without_a_null_stays_true_when_it_is_there(known: Inputs, nulls: str) -> None:
    _, said = read(missing(known, nulls), told=False)
    whole, _ = read(known, told=True)

    assert said not in (State.COLLABORATING, State.CONVERSING, State.RESTS_ON_FEW)
    if said in COHABITING:
        assert sum(whole[state] for state in COHABITING) >= DEFAULT.stated_from - 1e-12
    if said is State.BOTH_WAYS_UNTOLD:
        exchanging = whole[State.COHABITING_SMALL_TALK] + whole[State.RESTS_ON_FEW]
        exchanging += whole[State.CONVERSING] + whole[State.COLLABORATING]
        assert exchanging >= DEFAULT.stated_from - 1e-12


@given(inputs())
def test_who_is_left_out_of_uptake_makes_no_state_of_life_likelier(known: Inputs) -> None:
    """What rests on a few is taken from what would need them, and from nothing else."""
    whole, _ = read(known, told=True)
    everybody = replace(
        known, rest=known.exchange, uptake_t_rest=known.uptake_t, uptake_o_rest=known.uptake_o
    )
    unguarded, _ = read(everybody, told=True)

    for state in (State.COLLABORATING, State.CONVERSING, State.BROADCASTING):
        assert whole[state] <= unguarded[state] + 1e-12
    for state in COHABITING:
        assert whole[state] == pytest.approx(unguarded[state], abs=1e-12)
