"""The table of acts in Arrow: made of whatever holds one, and refused where a value is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
from pyarrow import csv, dataset

from tertulia.engine.acts import Act, BadActs
from tertulia.engine.checks import check, refuse_twice
from tertulia.engine.kinds import Column, of_python, of_text, settled

Given: TypeAlias = Iterable[Act] | Iterable[Mapping[str, Any]] | pa.Table | pa.RecordBatchReader | Path | str

COLUMNS: Final = (
    Column("act", "whole", must=True),
    Column("t", "whole", must=True),
    Column("actor", "id", must=True),
    Column("verb", "word", must=True),
    Column("person", "id"),
    Column("move", "word"),
    Column("space", "id", must=True),
    Column("thread", "id", must=True),
    Column("parent", "whole"),
    Column("ref", "whole"),
    Column("words", "whole", must=True, default=0),
    Column("basis", "word", default="declared"),
    Column("confidence", "real", default=1.0),
    Column("uptake", "real"),
    Column("rk_t", "real"),
    Column("rk_o", "real"),
    Column("text_version", "whole"),
    Column("contested", "yes", default=False),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
# Ids that are compared with each other, and so are of one kind.
TOGETHER: Final = (("actor", "person"), ("space",), ("thread",))
TOPICS: Final = (Column("act", "whole", must=True), Column("topic", "word", must=True))
TEXTS: Final = (Column("act", "whole", must=True), Column("text", "word", must=True))


def table_of(source: Given) -> pa.Table:
    """The table of acts, in memory, with every column of `COLUMNS`, in the order of its rows; or what is wrong with it.

    Parameters: `source`, an iterable of `Act` or of mappings; an Arrow table or reader; the path of a Parquet file, of
    a folder of them (also of folders `month=2026-11`), or of a CSV file with a line of headings. Columns may stand in
    any order; unknown ones are left aside; those that are not `must` may be missing. In CSV an empty field is no
    value, and an id column is of whole numbers if all its values are (then without leading zeros), else of strings.

    Returns: int64 (act, t, parent, ref, words, text_version), float64 (confidence, uptake, rk_t, rk_o), bool
    (contested), string (verb, move, basis), and int64 or string, one kind a column, for actor and person, space,
    thread. Ranges and units: `acts.Act`.

    Raises: `BadActs` with the row (from 0), act and column of the first wrong value: a wrong type, an unknown verb, a
    null or NaN where none may be, a number out of its range, an act that stands twice; ValueError where a column is
    missing or the path holds no table.
    """
    table = _arrow(source, COLUMNS)
    check(table)
    refuse_twice([table.column("act")])
    return table


def checked(path: Path) -> None:
    """Refuse a Parquet file or folder as `table_of` would, without holding it: for ledgers larger than memory."""
    numbers: list[pa.ChunkedArray[Any]] = []
    row = 0
    for batch in _dataset(path).to_batches(columns=_present(path)):
        table = settled(pa.Table.from_batches([batch]), COLUMNS, TOGETHER)
        check(table, first_row=row)
        numbers.append(table.column("act"))
        row += len(table)
    refuse_twice(numbers)


def topics_of(source: Given) -> pa.Table:
    """The second table `act` (int64), `topic` (string): one row a topic of an act. Errors as of `table_of`."""
    return _two_columns(source, TOPICS)


def texts_of(source: Given) -> pa.Table:
    """The table `act` (int64), `text` (string) that the text stage reads: one row an act. Errors as of `table_of`."""
    table = _two_columns(source, TEXTS)
    refuse_twice([table.column("act")])
    return table


def _two_columns(source: Given, columns: tuple[Column, ...]) -> pa.Table:
    table = _arrow(source, columns)
    for column in columns:
        if table.column(column.name).null_count:
            row = table.column(column.name).is_null().to_pylist().index(True)
            raise BadActs(row, table.column("act")[row].as_py(), column.name, "is empty")
    return table


def is_parquet(source: object) -> bool:
    """Does this name Parquet, which can be read where it lies?"""
    return isinstance(source, str | Path) and Path(source).suffix.lower() not in (".csv", ".tsv")


def ledger_source(source: Given) -> pa.Table | Path:
    """What a backend is given as `ledger`: Parquet where it lies (refused as by `checked`), else a table in memory."""
    if is_parquet(source):
        path = Path(str(source))
        checked(path)
        return path
    return table_of(source)


def names_and_types(source: pa.Table | Path) -> dict[str, pa.DataType]:
    """The columns of a table or of Parquet, by name."""
    schema = source.schema if isinstance(source, pa.Table) else _dataset(source).schema
    return {field.name: field.type for field in schema}


def _arrow(source: Given, columns: tuple[Column, ...]) -> pa.Table:
    if isinstance(source, str | Path):
        path = Path(source)
        if not is_parquet(path):
            return _of_csv(path, columns)
        wanted = _present(path, columns)
        found = _dataset(path).to_table(columns=wanted)
        return settled(found, columns, TOGETHER)
    if isinstance(source, pa.RecordBatchReader):
        source = source.read_all()
    if isinstance(source, pa.Table):
        return settled(source, columns, TOGETHER)
    return of_python(_columns_of(source, columns), columns, TOGETHER)


def _dataset(path: Path) -> dataset.Dataset:
    if not path.exists():
        raise ValueError(f"There is no file or folder {path}.")
    try:
        return dataset.dataset(path, format="parquet", partitioning="hive")
    except pa.ArrowInvalid as wrong:
        raise ValueError(f"{path} holds no Parquet: {wrong}") from wrong


def _present(path: Path, columns: tuple[Column, ...] = COLUMNS) -> list[str]:
    there = set(_dataset(path).schema.names)
    return [column.name for column in columns if column.name in there]


def _of_csv(path: Path, columns: tuple[Column, ...]) -> pa.Table:
    with path.open(encoding="utf-8-sig") as lines:
        headings = lines.readline().rstrip("\r\n")
    separator = "\t" if path.suffix.lower() == ".tsv" else ","
    names = [name.strip().strip('"') for name in headings.split(separator)]
    options = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        null_values=[""],
    )
    try:
        found = csv.read_csv(
            path,
            read_options=csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            convert_options=options,
        )
    except pa.ArrowInvalid as wrong:
        raise ValueError(f"{path} is no table: {wrong}") from wrong
    return settled(of_text(found, columns, TOGETHER), columns, TOGETHER)


def _columns_of(source: Iterable[Any], columns: tuple[Column, ...]) -> dict[str, list[Any]]:
    rows: Iterator[Any] = iter(source)
    first = next(rows, None)
    if first is None:
        return {column.name: [] for column in columns}
    everything = list(chain([first], rows))
    if isinstance(first, Act):
        pick = attrgetter(*NAMES)
        return dict(zip(NAMES, map(list, zip(*map(pick, everything), strict=True)), strict=True))
    missing = {column.name: column for column in columns}
    return {name: [row.get(name, column.default) for row in everything] for name, column in missing.items()}
