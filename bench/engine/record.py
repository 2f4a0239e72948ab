"""One act into the rows of a tie, as a site does it: the raw statements on SQLite, and the whole fold in Python.

Microseconds of CPU: what another process does meanwhile is not this one's.
"""

import random
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from pyarrow import parquet

from tertulia.config.databases import PRAGMAS
from tertulia.engine.acts import Act
from tertulia.engine.entries import KINDS, Entry
from tertulia.engine.tie_ledger import ADD_TO_DAY, ADD_TO_TIE, FOLD, TABLES, Ledger, tie_change

FOLDED: Final = 20_000
SEED: Final = 1
TODAY: Final = 20_400
PEOPLE: Final = 100_000


def into_tie_rows(ties: int) -> dict[str, Any]:
    """Microseconds of the three statements that one piece of evidence costs, in a database of so many ties."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    with TemporaryDirectory() as folder:
        with sqlite3.connect(Path(folder) / "ties.sqlite3", isolation_level=None) as db:
            for statement in (*PRAGMAS, *TABLES):
                db.execute(statement)
            pairs = _fill(db, draw, ties)
            taken = sorted(_fold_one(db, draw, pairs, ties + number) for number in range(FOLDED))
        db.close()
    return _percentiles(taken)


def whole_fold(acts: str) -> dict[str, Any]:
    """Microseconds of the whole incremental fold of one act: what it means beside the acts it names, and its rows."""
    first = next(iter(sorted(Path(acts).glob("*.parquet"))))
    rows = parquet.ParquetFile(first).read_row_group(0).slice(0, FOLDED * 2).to_pylist()
    ledger, taken = Ledger(), []
    for row in rows:
        act = Act(**row)
        began = time.thread_time()
        ledger.add(act)
        taken.append((time.thread_time() - began) * 1e6)
    return _percentiles(sorted(taken[FOLDED:]))


def _fill(db: sqlite3.Connection, draw: random.Random, ties: int) -> list[tuple[str, str]]:
    pairs = list({(_key(draw), _key(draw)) for _ in range(ties)})
    columns = "a, b, day, answered"
    db.execute("BEGIN")
    days = ((a, b, TODAY - draw.randrange(700), 250) for a, b in pairs)
    db.executemany(f"INSERT INTO tie_days ({columns}) VALUES (?, ?, ?, ?)", days)  # noqa: S608 - our own names
    db.executemany(
        "INSERT INTO ties (a, b, r, s) VALUES (?, ?, ?, ?)", ((a, b, 250.0, 0.0) for a, b in pairs)
    )
    db.execute("COMMIT")
    return pairs


def _fold_one(db: sqlite3.Connection, draw: random.Random, pairs: list[tuple[str, str]], act: int) -> float:
    """In a transaction of its own, whose end is not counted: it is the page's, which writes more than this."""
    a, b = draw.choice(pairs) if draw.random() < 0.7 else (_key(draw), _key(draw))
    entry = Entry(a, b, TODAY - draw.randrange(3), draw.choice(KINDS), 250)
    db.execute("BEGIN IMMEDIATE")
    began = time.thread_time()
    db.execute(FOLD, (act,))
    (weights,) = db.execute(ADD_TO_DAY[entry.kind], (entry.a, entry.b, entry.day, entry.weight)).fetchall()
    answered = time.thread_time()
    r, s = tie_change(entry, weights)
    computed = time.thread_time()
    db.execute(ADD_TO_TIE, (entry.a, entry.b, r, s))
    ended = time.thread_time()
    db.execute("COMMIT")
    return (ended - computed + answered - began) * 1e6


def _key(draw: random.Random) -> str:
    return f"p{draw.randrange(PEOPLE):08x}"


def _percentiles(taken: list[float]) -> dict[str, Any]:
    p50, p95, p99 = (round(float(value), 1) for value in np.percentile(taken, (50, 95, 99)))
    return {"p50_us": p50, "p95_us": p95, "p99_us": p99}
