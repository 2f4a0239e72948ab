"""Every row of the table of a track record, and every word for a tie: act by act, and all at once."""

from collections import Counter

import pyarrow as pa
import pytest

from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.entries import BROKEN, KINDS, Entry
from tertulia.engine.params import DAY_US
from tertulia.engine.table import table_of
from tertulia.engine.tie_ledger import Ledger
from tertulia.engine.tie_rows import DayRow, apply, tie_of
from tertulia.engine.ties import ties_script, words_script
from tests.spec.record import ROWS, Record, acts_of
from tests.spec.ties_in_words import STATES, Days

ONE_THREAD = DuckDB(threads=1)
END = 1000 * DAY_US


def sentence(record: Record | Days) -> str:
    return record.says


def told(entry: Entry) -> str:
    return f"{entry.a} about {entry.b}: {entry.day} {entry.kind} {entry.weight}"


@pytest.mark.parametrize("record", ROWS, ids=sentence)
def test_act_by_act(record: Record) -> None:
    ledger = Ledger()
    entered: Counter[Entry] = Counter()
    for act in acts_of(record.table):
        entered.update(ledger.add(act))

    assert sorted(told(entry) for entry in entered.elements()) == sorted(record.enters)


@pytest.mark.parametrize("record", ROWS, ids=sentence)
def test_all_at_once(record: Record) -> None:
    acts = table_of(acts_of(record.table))
    found = ONE_THREAD.run(ties_script(at=END), {"acts": acts}, wanted=["entries"])["entries"].to_pylist()

    entered = [
        f"{row['a']} about {row['b']}: {row['day']} {row['kind']} {row['r'] + row['s']}" for row in found
    ]
    assert sorted(entered) == sorted(record.enters)
    assert all((row["s"] > 0) == (row["kind"] in BROKEN) for row in found)


def rows_of(case: Days) -> list[DayRow]:
    rows: dict[int, DayRow | None] = {}
    for line in case.days:
        day, kind, weight = line.split()
        rows[int(day)] = apply(rows.get(int(day)), Entry("Ana", "Bo", int(day), kind, int(weight)))
    return [row for row in rows.values() if row is not None]


@pytest.mark.parametrize("case", STATES, ids=sentence)
def test_words_for_a_tie_act_by_act(case: Days) -> None:
    tie = tie_of(rows_of(case), at=case.at * DAY_US)

    assert tie is not None
    assert (tie.state, tie.earned) == (case.state, case.earned)


@pytest.mark.parametrize("case", STATES, ids=sentence)
def test_words_for_a_tie_all_at_once(case: Days) -> None:
    days = pa.table(
        {name: [getattr(row, name) for row in rows_of(case)] for name in ("a", "b", "day", "r", "s", "kinds")}
    )
    found = ONE_THREAD.run(words_script(at=case.at * DAY_US), {"tie_days": days}, wanted=["ties"])

    (tie,) = found["ties"].to_pylist()
    assert (tie["state"], tie["earned"]) == (case.state, case.earned)


def test_every_kind_of_evidence_has_its_row() -> None:
    entered = {line.split(": ")[1].split()[1] for record in ROWS for line in record.enters}

    assert entered == set(KINDS)


def test_every_word_for_a_tie_has_its_case() -> None:
    assert {case.state for case in STATES} == {"new", "settling", "settled", "dormant", "reconnected"}


def test_who_does_not_want_to_be_noted_is_in_nobody_s_record_for_the_past_as_well() -> None:
    table = """
    word 0 Ana replied       -
    act  1 Bo  credited      word
    off  9 Bo  measuring_off -
    """
    ledger = Ledger()
    for act in acts_of(table):
        ledger.add(act)
    found = ONE_THREAD.run(ties_script(at=5 * DAY_US), {"acts": table_of(acts_of(table))}, wanted=["ties"])

    assert ledger.read(at=END) == {}
    assert found["ties"].num_rows == 0
