"""The same rows in SQLite: kept act by act, forgotten and renamed, they are those in memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from tertulia.engine.acts import Act, Id
from tertulia.engine.entries import KINDS
from tertulia.engine.params import DAY_US
from tertulia.engine.tie_ledger import (
    ADD_TO_DAY,
    ADD_TO_TIE,
    FOLD,
    FORGET,
    RENAME,
    TABLES,
    Ledger,
    tie_change,
)
from tertulia.engine.tie_rows import REFERENCE_DAY, Tie
from tests.properties.marks import ledgers

Rows = dict[tuple[Id, Id, int], tuple[int, ...]]


def store(acts: Iterable[Act]) -> sqlite3.Connection:
    """Entries as they come, each act once; those that an act takes back are added with the other sign."""
    connection = sqlite3.connect(":memory:")
    for table in TABLES:
        connection.execute(table)
    ledger = Ledger()
    for act in acts:
        if connection.execute(FOLD, (act.act,)).rowcount == 0:
            continue
        for entry, times in ledger.add(act).items():
            change = replace(entry, weight=entry.weight * times)
            values = (entry.a, entry.b, entry.day, change.weight)
            weights = connection.execute(ADD_TO_DAY[entry.kind], values).fetchone()
            connection.execute(ADD_TO_TIE, (entry.a, entry.b, *tie_change(change, weights)))
    return connection


def days_in(connection: sqlite3.Connection) -> Rows:
    found: Iterator[tuple[Any, ...]] = connection.execute(
        f"SELECT a, b, day, {', '.join(KINDS)} FROM tie_days"  # noqa: S608 - the kinds are ours
    )
    return {(row[0], row[1], row[2]): tuple(row[3:]) for row in found if any(row[3:])}


def days_of(ledger: Ledger) -> Rows:
    return {(row.a, row.b, row.day): row.weights for rows in ledger.rows.values() for row in rows.values()}


def ledger_of(acts: Iterable[Act]) -> Ledger:
    ledger = Ledger()
    for act in acts:
        ledger.add(act)
    return ledger


def renamed(act: Act, old: str, new: str) -> Act:
    return replace(
        act,
        actor=new if act.actor == old else act.actor,
        person=new if act.person == old else act.person,
    )


@given(ledgers())
@settings(max_examples=100, deadline=None)
def test_the_rows_of_the_database_are_those_in_memory_and_twice_is_once(acts: list[Act]) -> None:
    with closing(store([*acts, *acts])) as connection:
        ledger = ledger_of(acts)
        sums = {(a, b): (r, s) for a, b, r, s in connection.execute("SELECT a, b, r, s FROM ties")}

        assert days_in(connection) == days_of(ledger)
        for pair, tie in ledger.ties.items():
            # Sums a half-life of decades away from their days are small; what counts is what they are then.
            scale = 2.0 ** ((REFERENCE_DAY) / 180)
            assert [value * scale for value in sums[pair]] == pytest.approx(
                [tie.r * scale, tie.s * scale], rel=1e-9, abs=1e-6
            )


@given(ledgers())
@settings(max_examples=60, deadline=None)
def test_after_an_erasure_the_rows_are_those_of_a_ledger_under_the_other_key(acts: list[Act]) -> None:
    with closing(store(acts)) as connection:
        for statement in RENAME:
            connection.execute(statement, ("a key of nobody", "Bo"))

        assert days_in(connection) == days_of(
            ledger_of(renamed(act, "Bo", "a key of nobody") for act in acts)
        )


@given(ledgers())
@settings(max_examples=60, deadline=None)
def test_after_opting_out_nothing_is_left_on_either_side(acts: list[Act]) -> None:
    with closing(store(acts)) as connection:
        for statement in FORGET:
            connection.execute(statement, ("Bo", "Bo"))

        assert days_in(connection) == {
            key: weights for key, weights in days_of(ledger_of(acts)).items() if "Bo" not in key[:2]
        }
        last = Act(10_000, 10**15, "Bo", "measuring_off")
        read = ledger_of([*acts, last]).read(at=10**15 + DAY_US)
        assert not any("Bo" in pair for pair in read)


def test_a_tie_is_told_of_whatever_kind_its_ids_are() -> None:
    acts = [
        Act(1, 0, 7, "replied", space=1, thread=1, words=5),
        Act(2, 1, 8, "credited", ref=1),
    ]

    read = ledger_of(acts).read(at=DAY_US)

    assert isinstance(read[7, 8], Tie)
    assert read[8, 7].state == "new"
