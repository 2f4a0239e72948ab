"""The folds on DuckDB, in this process: for one space as for a hundred million acts that do not fit in memory."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from tertulia.engine.backends.contract import Source
from tertulia.engine.sql import Script


@dataclass(frozen=True, slots=True)
class DuckDB:
    """`memory_mb`: above it DuckDB works on the disk; `threads`: None for all that the machine has."""

    memory_mb: int = 1500
    threads: int | None = None

    def run(
        self, script: Script, tables: Mapping[str, Source], *, wanted: Sequence[str]
    ) -> dict[str, pa.Table]:
        """Raises KeyError if `wanted` names no step of the script."""
        with tempfile.TemporaryDirectory(prefix="tertulia-") as spill, self._connect(spill) as db:
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

    def _connect(self, spill: str) -> duckdb.DuckDBPyConnection:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{self.memory_mb}MB",
            "temp_directory": spill,
            "preserve_insertion_order": False,
            # Nothing is fetched: a fold needs no extension.
            "autoinstall_known_extensions": False,
        }
        if self.threads is not None:
            settings["threads"] = self.threads
        return duckdb.connect(":memory:", config=settings)


def _offer(db: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    if isinstance(source, Path):
        pattern = str(source / "**" / "*.parquet") if source.is_dir() else str(source)
        db.read_parquet(pattern, hive_partitioning=True).create_view(name)
    else:
        db.register(name, source)
