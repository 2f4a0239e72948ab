"""What a value of the table of acts may be: vectorised, the first wrong one named."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import BASES, MOVES, RANGES, TALK, VERBS, BadActs

# A column, or what is computed of one: chunked or not, which functions of Arrow take alike and its types do not.
Values: TypeAlias = Any
# Columns in which every row has a value.
FILLED: Final = ("act", "t", "actor", "verb", "words", "basis", "confidence", "contested")
VOCABULARIES: Final = (
    ("verb", VERBS, "a verb of the ledger"),
    ("move", MOVES, "a move"),
    ("basis", BASES, "a basis"),
)


def check(table: pa.Table, *, first_row: int = 0) -> None:
    """Refuse a table of settled columns (`kinds.settled`) at its first wrong value.

    `first_row`: which row of the whole this table begins with. Raises `BadActs`. That `parent` and `ref` point to rows
    of this table is not required: a row may be erased, or not be readable here.
    """
    found: tuple[int, str, str] | None = None
    for column, wrong, why in _faults(table):
        row = pc.index(wrong, True).as_py()
        if row >= 0 and (found is None or row < found[0]):
            found = (row, column, why)
    if found is not None:
        row, column, why = found
        value = table.column(column)[row].as_py()
        raise BadActs(first_row + row, table.column("act")[row].as_py(), column, why.format(repr(value)))


def refuse_twice(numbers: Sequence[Values]) -> None:
    """Refuse an act that stands twice. `numbers`: the column `act`, whole or in parts."""
    parts = [chunk.to_numpy(zero_copy_only=False) for part in numbers for chunk in part.chunks]
    acts = np.concatenate(parts) if parts else np.empty(0, np.int64)
    # A ledger mostly lies in its own order, which needs no sorting to be seen.
    if len(acts) < 2 or bool(np.all(acts[1:] > acts[:-1])):
        return
    order = np.argsort(acts, kind="stable")
    ordered = acts[order]
    again = order[1:][ordered[1:] == ordered[:-1]]
    if len(again):
        row = int(again.min())
        raise BadActs(row, int(acts[row]), "act", "stands twice in the table")


def _faults(table: pa.Table) -> Iterator[tuple[str, Values, str]]:
    for name in FILLED:
        if table.column(name).null_count:
            yield name, pc.is_null(table.column(name)), "is empty"
    for name in ("actor", "person"):
        if table.column(name).type == pa.string():
            yield name, pc.equal(_values(table, name), pa.scalar("")), "{} is not an id"
    for name, known, what in VOCABULARIES:
        yield name, _unknown(table.column(name), known), "{} is not " + what
    yield "words", pc.less(_values(table, "words"), pa.scalar(0)), "{} is below 0"
    for name, low, high in RANGES:
        yield name, _outside(table.column(name), low, high), f"{{}} is not between {low} and {high}"
    talk = pc.is_in(table.column("verb"), pa.array(sorted(TALK)))
    for name in ("space", "thread"):
        if table.column(name).null_count:
            yield name, pc.and_(talk, pc.is_null(table.column(name))), "a contribution needs one"


def _values(table: pa.Table, name: str) -> Values:
    return table.column(name)


def _unknown(values: Values, known: frozenset[str]) -> Values:
    unknown = pc.invert(pc.is_in(values, pa.array(sorted(known))))
    return pc.and_(pc.is_valid(values), unknown) if values.null_count else unknown


def _outside(values: Values, low: float, high: float) -> Values:
    # Written so that a NaN, which is a missing value in disguise, is outside too.
    inside: Values = pc.and_(pc.greater_equal(values, pa.scalar(low)), pc.less_equal(values, pa.scalar(high)))
    if high == float("inf"):
        inside = pc.and_(inside, pc.is_finite(values))
    return pc.invert(inside)
