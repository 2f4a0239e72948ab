"""The folds and the floor beneath them: reading the same columns from the same Parquet, and sorting the same keys."""

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bench.engine.apart import spent
from tertulia.engine import spaces
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.fold import acts_of_ledger
from tertulia.engine.params import DAY_US
from tertulia.engine.table import COLUMNS, checked
from tertulia.engine.ties import ties_script

# What the folds work in: more than that is on the disk. Beside it stand Python, the tables that come back, the buffers.
MEMORY_MB = 1400
# Of twelve weeks, in three years.
WINDOWS = 13


def floor(acts: str) -> dict[str, Any]:
    """Decode every column, and sort the keys by which a fold walks through talk: less no reading can cost."""
    columns = ", ".join(f"COUNT({column.name})" for column in COLUMNS)
    files = f"read_parquet('{acts}/**/*.parquet')"
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as db:
        db.execute(f"SET memory_limit = '{MEMORY_MB}MB'")
        db.execute(f"SET temp_directory = '{spill}'")
        db.execute("SET preserve_insertion_order = false")

        def work() -> None:
            db.execute(f"SELECT {columns} FROM {files}")  # noqa: S608 - our own names
            db.execute(f"CREATE TABLE sorted AS SELECT thread, t, act FROM {files} ORDER BY thread, t, act")  # noqa: S608

        return spent(work)


def ties(acts: str, pairs: str | None = None) -> dict[str, Any]:
    """The track record of every pair; who has one of whom goes to `pairs`, for the peers."""
    found: dict[str, Any] = {}

    def work() -> None:
        path = Path(acts)
        script = acts_of_ledger(path).then(ties_script(at=last_act(path)))
        found.update(DuckDB(memory_mb=MEMORY_MB).run(script, {"ledger": path}, wanted=["ties"]))

    cost = spent(work)
    if pairs is not None:
        np.save(pairs, np.column_stack([found["ties"].column(name).to_numpy() for name in ("a", "b")]))
    return {**cost, "ties": len(found["ties"])}


def readings(acts: str) -> dict[str, Any]:
    """Every space in each twelve-week window of three years, from Parquet to its states and their probabilities.

    The check of every row is left out, as in the ties: it is measured apart.
    """
    found: list[pa.Table] = []
    path, backend = Path(acts), DuckDB(memory_mb=MEMORY_MB)
    end = last_act(path)
    cost = spent(
        lambda: found.append(spaces.read_spaces(path, at=end, back=WINDOWS, backend=backend, is_checked=True))
    )
    return {**cost, "space_windows": len(found[0])}


def check(acts: str) -> dict[str, Any]:
    """Refusing wrong rows, which every public call does first: a ledger is checked once, where it comes from."""
    return spent(lambda: checked(Path(acts)))


def last_act(acts: Path) -> int:
    """Readings and ties are as of the ledger's last day."""
    rows = duckdb.execute(f"SELECT MAX(t) FROM read_parquet('{acts}/**/*.parquet')").fetchall()  # noqa: S608
    return (int(rows[0][0]) // DAY_US + 1) * DAY_US
