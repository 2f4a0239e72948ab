"""The folds on DuckDB, in this process: for one space as for a hundred million acts that do not fit in memory."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from tertulia.engine.backends.contract import NoBackend, Source
from tertulia.engine.sql import Script

# DuckDB takes 80 % of the memory that it finds, which in a container or a service is less than the machine has: half of
# the machine would get the process killed there. Of its 80 % we take so much.
HALF: Final = 50 / 80


@dataclass(frozen=True, slots=True)
class DuckDB:
    """`memory_mb`: above it DuckDB works on the disk (None: half of what it may have); `threads`: None for all that
    the machine has; `is_kept`: what it runs in stays in this process for the next run, works in memory alone and is
    made but once, which for little is half of the work."""

    memory_mb: int | None = None
    threads: int | None = None
    is_kept: bool = False

    def run(
        self, script: Script, tables: Mapping[str, Source], *, wanted: Sequence[str]
    ) -> dict[str, pa.Table]:
        """Raises KeyError if `wanted` names no step of the script; NoBackend, with what to do, if memory and disk
        together are too small."""
        with self._database() as db:
            try:
                return _run(db, script, tables, wanted)
            except duckdb.OutOfMemoryException as error:
                raise NoBackend(
                    f"This takes more than the {_room(db)} of memory that it may have here. "
                    "Read it on a machine with more, or on several with --engine spark."
                ) from error

    @contextmanager
    def _database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if self.is_kept:
            # What a run makes is its cursor's own, and goes with it.
            with _kept(self.memory_mb, self.threads).cursor() as db:
                yield db
            return
        with (
            tempfile.TemporaryDirectory(prefix="tertulia-") as spill,
            _connect(self.memory_mb, self.threads, spill) as db,
        ):
            yield db


def _run(
    db: duckdb.DuckDBPyConnection, script: Script, tables: Mapping[str, Source], wanted: Sequence[str]
) -> dict[str, pa.Table]:
    for name, source in tables.items():
        _offer(db, name, source)
    kinds = {step.name: step for step in script.steps}
    done_with = script.last_readers(wanted)
    for step in script.steps:
        db.execute(f"CREATE TEMP {step.kind} {step.name} AS {step.select}")
        for name in done_with.get(step.name, ()):
            # What nothing reads any more makes room for what comes.
            db.execute(f"DROP TABLE {name}")
    return {name: db.table(kinds[name].name).to_arrow_table() for name in wanted}


@cache
def _kept(memory_mb: int | None, threads: int | None) -> duckdb.DuckDBPyConnection:
    return _connect(memory_mb, threads, "")


def _connect(memory_mb: int | None, threads: int | None, spill: str) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": spill,
        "preserve_insertion_order": False,
        # Nothing is fetched: a fold needs no extension.
        "autoinstall_known_extensions": False,
    }
    if threads is not None:
        settings["threads"] = threads
    if memory_mb is not None:
        settings["memory_limit"] = f"{memory_mb}MB"
    db = duckdb.connect(":memory:", config=settings)
    if memory_mb is None:
        most, unit = _room(db).split()
        db.execute(f"SET memory_limit = '{float(most) * HALF} {unit}'")
    return db


def _room(db: duckdb.DuckDBPyConnection) -> str:
    """How much memory it may use, as 18.8 GiB."""
    room: str = db.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
    return room


def _offer(db: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    if isinstance(source, Path):
        pattern = str(source / "**" / "*.parquet") if source.is_dir() else str(source)
        db.read_parquet(pattern, hive_partitioning=True).create_view(name)
    else:
        db.register(name, source)
