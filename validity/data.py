"""Where the claims' tables are, and how they are read: by their columns."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import parquet

ROOT: Final = Path(__file__).parent.parent


class NoData(Exception):
    """There is no such table, or it lacks a column. Says which, in a sentence."""


def shared() -> Path:
    """The folder of the shared data, where the tests look for it too: `TERTULIA_TEST_DATA`, or `shared/data` beside
    the repository. Not copied into it. Raises: NoData."""
    named = os.environ.get("TERTULIA_TEST_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        raise NoData(f"There is no folder {folder}; name it with TERTULIA_TEST_DATA.")
    return folder


def read(path: Path, columns: Sequence[str]) -> pa.Table:
    """These columns of a Parquet file, in this order, whatever else it has. Raises: NoData."""
    if not path.is_file():
        raise NoData(f"There is no file {path}.")
    there = parquet.read_schema(path).names
    lacking = [column for column in columns if column not in there]
    if lacking:
        raise NoData(f"{path.name} has no column {', '.join(lacking)}; it has {', '.join(there)}.")
    return parquet.read_table(path, columns=list(columns)).select(list(columns))


def arguments(about: str, argv: Sequence[str] | None = None) -> argparse.Namespace:
    """`--data FILE` (None: the shared one) and `--json`, as every claim on one table takes them."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--data", type=Path, help="another table of the same columns")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return parser.parse_args(argv)
