"""What must hold for every track record, however its acts arrive."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.engine.acts import Act, Id
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.params import DAY_US
from tertulia.engine.table import table_of
from tertulia.engine.tie_ledger import Ledger
from tertulia.engine.ties import ties_script, with_opinion
from tests.properties.marks import ledgers

ONE_THREAD = DuckDB(threads=1)
Ties = dict[tuple[Id, Id], dict[str, Any]]
Days = dict[tuple[str, str, int], tuple[int, int, int]]


def batch(acts: list[Act], at: int) -> tuple[Ties, Days]:
    found = ONE_THREAD.run(ties_script(at=at), {"acts": table_of(acts)}, wanted=["ties", "tie_days"])
    days = {(d["a"], d["b"], d["day"]): (d["r"], d["s"], d["kinds"]) for d in found["tie_days"].to_pylist()}
    return {(row["a"], row["b"]): row for row in with_opinion(found["ties"]).to_pylist()}, days


def differences(ledger: Ledger, acts: list[Act], at: int) -> list[str]:
    """In what the rows kept act by act are not those of all acts at once."""
    ties, days = batch(acts, at)
    off = ledger.unmeasured()
    kept = {
        (row.a, row.b, row.day): (row.r, row.s, row.kinds)
        for rows in ledger.rows.values()
        for row in rows.values()
        if off.isdisjoint((row.a, row.b))
    }
    read = ledger.read(at=at)
    found = [] if kept == days else [f"days: {kept} {days}"]
    found += [] if read.keys() == ties.keys() else [f"pairs: {read.keys()} {ties.keys()}"]
    for pair in read.keys() & ties.keys():
        tie, row = read[pair], ties[pair]
        near = pytest.approx((row["r"], row["s"]), rel=1e-9, abs=1e-9)
        if (tie.r, tie.s) != near or ledger.ties[pair].at(at // DAY_US) != near:
            found.append(f"evidence of {pair}: {tie} {row}")
        words = ("first_day", "last_day", "days", "kinds", "earned", "state")
        found += [f"{name} of {pair}: {tie} {row}" for name in words if getattr(tie, name) != row[name]]
    return found


def end(acts: list[Act]) -> int:
    return max(act.t for act in acts)


@given(ledgers(), st.randoms(use_true_random=False), st.sampled_from([0, 20, 95, 800]))
@settings(max_examples=40, deadline=None)
def test_act_by_act_is_all_at_once_in_any_order_and_with_duplicates(
    acts: list[Act], shuffle: random.Random, later: int
) -> None:
    arriving = acts + shuffle.sample(acts, len(acts) // 3)
    shuffle.shuffle(arriving)
    ledger = Ledger()
    for act in arriving:
        ledger.add(act)

    assert differences(ledger, acts, end(acts) + later * DAY_US) == []


@given(ledgers(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_an_act_taken_out_leaves_no_trace(acts: list[Act], shuffle: random.Random) -> None:
    ledger = Ledger()
    for act in acts:
        ledger.add(act)
    gone = set(shuffle.sample([act.act for act in acts], len(acts) // 2))
    for number in gone:
        ledger.take_out(number)
    left = [act for act in acts if act.act not in gone]

    assert differences(ledger, left, end(acts)) == []
    for number in gone:
        ledger.add(next(act for act in acts if act.act == number))
    assert differences(ledger, acts, end(acts)) == []


def test_who_does_not_want_to_be_noted_is_heard_however_the_act_came_to_be_written() -> None:
    acts = [
        Act(1, 0, "Bo", "answered", person="Ana", move="say_back", space=1, thread=1, words=9),
        Act(2, 0, "Ana", "heard", ref=1),
        Act(3, 0, "Ana", "measuring_off", basis="inferred_turn"),
    ]
    ledger = Ledger()
    for act in acts:
        ledger.add(act)

    assert batch(acts, 0) == ({}, {})
    assert differences(ledger, acts, 0) == []
