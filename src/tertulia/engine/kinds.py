"""The kinds of columns that a table has, and how values of other kinds become them, or are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import BadActs

Kind = Literal["whole", "real", "word", "yes", "id"]


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` of its values; `must`, whether a table without it is refused; `default`, what stands where it is
    left out."""

    name: str
    kind: Kind
    must: bool = False
    default: object = None


ARROW: Final[dict[str, pa.DataType]] = {
    "whole": pa.int64(),
    "real": pa.float64(),
    "word": pa.string(),
    "yes": pa.bool_(),
}
IN_WORDS: Final = {
    "whole": "a whole number",
    "real": "a number",
    "word": "a word",
    "yes": "true or false",
    "id": "an id like the others: strings, or whole numbers",
}
_PYTHON: Final[dict[str, frozenset[type]]] = {
    "whole": frozenset([int]),
    "real": frozenset([int, float]),
    "word": frozenset([str]),
    "yes": frozenset([bool]),
}
_TEXT: Final = {
    "whole": r"^-?[0-9]{1,19}$",
    "real": r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$",
    "yes": r"^(true|false|True|False|TRUE|FALSE|0|1)$",
}
# An id that is a number is written as one: 007 stays a string.
_NUMBER_ID: Final = r"^(0|-?[1-9][0-9]{0,17})$"

Together = Sequence[tuple[str, ...]]


def of_python(values: Mapping[str, list[Any]], columns: Sequence[Column], together: Together) -> pa.Table:
    """A table from lists of Python values. Raises `BadActs` at the first value of a wrong type."""
    ids = _id_types_of_python(values, together)
    wrong: list[tuple[int, int, Column]] = []
    for place, column in enumerate(columns):
        allowed = {ids[column.name]} if column.kind == "id" else _PYTHON[column.kind]
        listed = values[column.name]
        if not {type(value) for value in listed} <= allowed | {type(None)}:
            fine = (*allowed, type(None))
            row = next(row for row, value in enumerate(listed) if type(value) not in fine)
            wrong.append((row, place, column))
    if wrong:
        row, _, column = min(wrong, key=lambda found: found[:2])
        raise BadActs(row, values["act"][row], column.name, _is_not(values[column.name][row], column))
    arrays = {
        column.name: _array(values, column, pa.int64() if ids.get(column.name) is int else pa.string())
        for column in columns
    }
    return pa.table(arrays)


def _array(values: Mapping[str, list[Any]], column: Column, id_type: pa.DataType) -> "pa.Array[Any]":
    listed = values[column.name]
    wanted = id_type if column.kind == "id" else ARROW[column.kind]
    try:
        return pa.array(listed, wanted)
    except (OverflowError, pa.ArrowInvalid, UnicodeEncodeError):
        row = next(row for row, value in enumerate(listed) if not _fits(value, wanted))
        why = f"{listed[row]!r} does not fit into {wanted}"
        raise BadActs(row, values["act"][row], column.name, why) from None


def _fits(value: object, wanted: pa.DataType) -> bool:
    try:
        pa.array([value], wanted)
    except (OverflowError, pa.ArrowInvalid, UnicodeEncodeError):
        return False
    return True


def _id_types_of_python(values: Mapping[str, list[Any]], together: Together) -> dict[str, type]:
    found: dict[str, type] = {}
    for names in together:
        kinds = (type(value) for name in names for value in values.get(name, ()) if value is not None)
        first = next(kinds, str)
        found.update(dict.fromkeys(names, int if first is int else str))
    return found


def settled(table: pa.Table, columns: Sequence[Column], together: Together) -> pa.Table:
    """An Arrow table with exactly these columns in these types; missing ones filled with their default.

    Numbers become wider and dictionaries are spelled out; nothing else is converted. Raises `BadActs` at the first row
    where a column of another kind holds a value, ValueError where a column that must be there is not.
    """
    missing = [column.name for column in columns if column.must and column.name not in table.column_names]
    if missing:
        raise ValueError(f"The table has no column {', '.join(missing)}.")
    ids = id_types({field.name: field.type for field in table.schema}, together)
    arrays = {}
    for column in columns:
        wanted = ids[column.name] if column.kind == "id" else ARROW[column.kind]
        if column.name in table.column_names:
            arrays[column.name] = _settle(table, column, wanted)
        else:
            arrays[column.name] = _repeated(column.default, wanted, len(table))
    return pa.table(arrays)


def _repeated(value: Any, wanted: pa.DataType, times: int) -> "pa.ChunkedArray[Any]":
    one: Any = pa.scalar(value, wanted)
    filled: Any = pa.repeat(one, times)
    return pa.chunked_array([filled])


def id_types(types: Mapping[str, pa.DataType], together: Together) -> dict[str, pa.DataType]:
    """int64 or string for each column of ids, the same for those that are compared with each other."""
    found: dict[str, pa.DataType] = {}
    for names in together:
        kinds = [_plain(types[name]) for name in names if name in types]
        first = next((kind for kind in kinds if not pa.types.is_null(kind)), pa.string())
        found.update(dict.fromkeys(names, pa.int64() if pa.types.is_integer(first) else pa.string()))
    return found


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _settle(table: pa.Table, column: Column, wanted: pa.DataType) -> "pa.ChunkedArray[Any]":
    values = table.column(column.name)
    if values.type == wanted:
        return values
    if not _may_become(_plain(values.type), wanted):
        _refuse_first(table, column, values)
        return _repeated(None, wanted, len(table))
    try:
        return values.cast(wanted)
    except pa.ArrowInvalid:
        fits = [_fits(value, wanted) for value in values.to_pylist()]
        row = fits.index(False)
        raise BadActs(row, table.column("act")[row].as_py(), column.name, "does not fit") from None


def _may_become(given: pa.DataType, wanted: pa.DataType) -> bool:
    if pa.types.is_null(given):
        return True
    if wanted == pa.int64():
        return pa.types.is_integer(given)
    if wanted == pa.float64():
        return pa.types.is_integer(given) or pa.types.is_floating(given)
    if wanted == pa.string():
        return pa.types.is_string(given) or pa.types.is_large_string(given) or given == pa.string_view()
    return given == wanted


def _refuse_first(table: pa.Table, column: Column, values: "pa.ChunkedArray[Any]") -> None:
    row = next((row for row, there in enumerate(values.is_valid().to_pylist()) if there), None)
    if row is not None:
        why = _is_not(values[row].as_py(), column)
        raise BadActs(row, table.column("act")[row].as_py(), column.name, why)


def of_text(table: pa.Table, columns: Sequence[Column], together: Together) -> pa.Table:
    """A table of strings (of a CSV file) with its values read. Raises `BadActs` at the first that cannot be."""
    number_ids = {
        name
        for names in together
        if all(_all_match(table.column(name), _NUMBER_ID) for name in names if name in table.column_names)
        for name in names
    }
    wrong: list[tuple[int, int, Column]] = []
    for place, column in enumerate(columns):
        pattern = _TEXT.get(column.kind)
        if pattern is None or column.name not in table.column_names:
            continue
        fine = pc.match_substring_regex(table.column(column.name), pattern).fill_null(True)
        row = pc.index(fine, False).as_py()
        if row >= 0:
            wrong.append((row, place, column))
    if wrong:
        row, _, column = min(wrong, key=lambda found: found[:2])
        value = table.column(column.name)[row].as_py()
        raise BadActs(row, table.column("act")[row].as_py(), column.name, _is_not(value, column))
    kinds: dict[str, pa.DataType] = {
        column.name: pa.int64() if column.name in number_ids else ARROW.get(column.kind, pa.string())
        for column in columns
    }
    return pa.table(
        {
            name: table.column(name).cast(kinds[name]) if name in kinds else table.column(name)
            for name in table.column_names
        }
    )


def _all_match(values: "pa.ChunkedArray[Any]", pattern: str) -> bool:
    matches: Any = pc.match_substring_regex(values, pattern)
    return pc.all(matches.fill_null(True)).as_py() is not False


def _is_not(value: object, column: Column) -> str:
    return f"{value!r} is not {IN_WORDS[column.kind]}"
