"""A history on the disk: the table of acts as Parquet, what a reading has to know of it, and what lies beside."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tertulia.engine.acts import Visibility

KEY = b"tertulia"
TABLES = frozenset([".parquet", ".csv", ".tsv"])
# Beside the acts: topics are public; texts, people and sources say who said what.
PRIVATE = ("texts", "people", "sources")


@dataclass(frozen=True, slots=True)
class Source:
    """What a reading has to know of a space: is it a chat, what can its source carry, are its moves guesses?"""

    chat: bool = False
    visibility: Visibility = field(default_factory=Visibility)
    inferred_moves: bool = False


UNKNOWN = Source()


class Unreadable(Exception):
    """A table that cannot be read, said with its path as it was given."""


def unreadable(path: Path, error: Exception) -> Unreadable:
    """What is wrong with a value does not say where it stands; what is wrong with a file does."""
    return Unreadable(str(error) if str(path) in str(error) else f"{path}: {error}")


def is_table(path: Path) -> bool:
    """Whether a path is a table of acts: by its ending, or because it is a folder of Parquet files."""
    if path.is_dir():
        return next(path.rglob("*.parquet"), None) is not None
    return path.suffix.lower() in TABLES


def beside(acts: Path, name: str) -> Path:
    """Where a table that belongs to these acts lies: acts.parquet has acts.texts.parquet."""
    return acts.with_name(f"{acts.name.removesuffix('.parquet')}.{name}.parquet")


def sources_of(path: Path) -> dict[str, Source]:
    """What the file says of its spaces; nothing for a table that another program made."""
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files or files[0].suffix.lower() != ".parquet":
        return {}
    said = (pq.read_schema(files[0]).metadata or {}).get(KEY)
    try:
        spaces = json.loads(said)["spaces"] if said else {}
        return {
            name: Source(bool(of["chat"]), Visibility(**of["visibility"]), bool(of["inferred_moves"]))
            for name, of in spaces.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{files[0]} says of its spaces what Tertulia does not understand.") from error


def write(
    path: Path, tables: Mapping[str, pa.Table], spaces: Mapping[str, Source], *, texts: bool
) -> list[Path]:
    """Write the acts to a file, or by month into a folder; beside them what belongs to them. Gives what was written."""
    said = {"spaces": {name: asdict(source) for name, source in spaces.items()}}
    acts = tables["acts"].replace_schema_metadata({KEY: json.dumps(said).encode()})
    names = ["topics"] if tables["topics"].num_rows else []
    names += PRIVATE if texts else ()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".parquet":
        _write_file(path, acts)
    else:
        _write_months(path, acts)
    for name in names:
        _write_file(beside(path, name), tables[name])
    return [path, *(beside(path, name) for name in names)]


def _write_file(path: Path, table: pa.Table) -> None:
    """Whole or not at all: a write that breaks off leaves what was there."""
    half = path.with_name(f".{path.name}.half")
    try:
        pq.write_table(table, half, compression="zstd")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _write_months(path: Path, acts: pa.Table) -> None:
    """A folder of month=2026-11/acts.parquet: what engines on a cluster read in parts."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FileExistsError(
            f"{path} is there already. Name another folder, or a file that ends in .parquet."
        )
    # Every act has its time: a table with a null there is refused before this.
    months: pa.Array[Any] = pa.array(
        [f"{moment(at or 0):%Y-%m}" for at in acts["t"].to_pylist()], pa.string()
    )
    order = pc.sort_indices(pa.table({"month": months, "t": acts["t"], "act": acts["act"]}),
                            sort_keys=[("month", "ascending"), ("t", "ascending"), ("act", "ascending")])  # fmt: skip
    acts, months = acts.take(order), months.take(order)
    path.mkdir(exist_ok=True)
    begins = 0
    for month, number in Counter(months.to_pylist()).items():
        folder = path / f"month={month}"
        folder.mkdir()
        _write_file(folder / "acts.parquet", acts.slice(begins, number))
        begins += number


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000_000, UTC)


def rows(table: pa.Table | None, key: str) -> dict[Any, dict[str, Any]]:
    """The rows of a small table by one of its columns."""
    return {row[key]: row for row in table.to_pylist()} if table is not None else {}
