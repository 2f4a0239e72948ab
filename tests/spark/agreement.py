"""Whether two tables of rows say the same: in any order of rows, floats to 1e-9."""

import math
from decimal import Decimal
from typing import Any

import pyarrow as pa

TOLERANCE = 1e-9


def disagreements(one: pa.Table, other: pa.Table) -> list[str]:
    """What differs, a few lines of it; nothing where they agree."""
    if one.column_names != other.column_names:
        return [f"columns {one.column_names} and {other.column_names}"]
    ours, theirs = _sorted(one), _sorted(other)
    if len(ours) != len(theirs):
        return [f"{len(ours)} and {len(theirs)} rows"]
    found = []
    for left, right in zip(ours, theirs, strict=True):
        if not all(_same(a, b) for a, b in zip(left, right, strict=True)):
            found.append(f"{left} and {right}")
    return found[:5]


def _sorted(table: pa.Table) -> list[tuple[Any, ...]]:
    rows = [tuple(_plain(value) for value in row.values()) for row in table.to_pylist()]
    return sorted(rows, key=lambda row: tuple(_key(value) for value in row))


def _plain(value: Any) -> Any:
    """A whole number is one, of whichever width."""
    return int(value) if isinstance(value, Decimal | bool) else value


def _key(value: Any) -> tuple[bool, str, Any]:
    """Floats last and rounded, so that a last digit moves no row."""
    if isinstance(value, float):
        return True, "float", round(value, 6)
    return value is not None, type(value).__name__, value if value is not None else 0


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(one) is type(other) and bool(one == other)
