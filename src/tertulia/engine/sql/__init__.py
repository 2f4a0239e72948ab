"""The folds, written once in the SQL that DuckDB and Spark have in common.

Rules that keep every engine's answer the same: whole numbers for time; an explicit CAST to DOUBLE on every constant
that is divided; no FILTER, QUALIFY, ASOF or list types; AS on every column; CASE … ELSE 0 instead of a sum of booleans;
windows ordered by (t, act). Each file is plain SQL: `CREATE TABLE name AS SELECT …;` for what several later steps read,
`CREATE VIEW name AS SELECT …;` for what one does. `:name` is a constant of `params.py`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

Constant = int | float | str

_STATEMENT: Final = re.compile(r"CREATE (TABLE|VIEW) (\w+) AS\s+(.+)", re.DOTALL)
_COMMENT: Final = re.compile(r"--[^\n]*")
_WORD: Final = re.compile(r"\w+")
_CONSTANT: Final = re.compile(r"(?<![:\w]):([a-z]\w*)")


@dataclass(frozen=True, slots=True)
class Step:
    """One statement: what it is called, whether its rows are kept or made where they are read, and its SELECT."""

    name: str
    kind: Literal["TABLE", "VIEW"]
    select: str


@dataclass(frozen=True, slots=True)
class Script:
    """Steps in the order in which they are made; a later one may read all earlier ones and the input tables."""

    name: str
    steps: tuple[Step, ...]

    def then(self, other: "Script") -> "Script":
        """Both, one after the other, as one script."""
        return Script(f"{self.name}, {other.name}", self.steps + other.steps)

    def last_readers(self, wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
        """By step, the tables that nothing reads once it is made: neither a later step nor a wanted one."""
        tables_of: dict[str, set[str]] = {}
        last: dict[str, str] = {}
        for step in self.steps:
            reads = {name for name in _WORD.findall(step.select) if name in tables_of}
            # A view is read where its readers are made: through it, they read what it reads.
            through = set().union(*(tables_of[name] for name in reads)) if reads else set()
            tables_of[step.name] = {step.name} if step.kind == "TABLE" else through
            last.update(dict.fromkeys(through | tables_of[step.name], step.name))
        kept = set().union(*(tables_of[name] for name in wanted))
        found: dict[str, tuple[str, ...]] = {}
        for table, step_name in last.items():
            if table not in kept:
                found[step_name] = (*found.get(step_name, ()), table)
        return found


def load(name: str, constants: Mapping[str, Constant]) -> Script:
    """The script of `name`.sql with its constants filled in.

    Raises KeyError naming a constant that the script uses and `constants` lacks; ValueError at a statement that is no
    step.
    """
    steps = []
    for statement in _statements(name):
        found = _STATEMENT.fullmatch(statement)
        if found is None:
            raise ValueError(f"{name}.sql has a statement that is no step: {statement[:60]}")
        kind, step, select = found.groups()
        filled = _CONSTANT.sub(lambda match: _literal(constants[match[1]]), select)
        steps.append(Step(step, "TABLE" if kind == "TABLE" else "VIEW", filled))
    return Script(name, tuple(steps))


@cache
def _statements(name: str) -> tuple[str, ...]:
    text = resources.files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
    return tuple(part.strip() for part in _COMMENT.sub("", text).split(";") if part.strip())


def _literal(value: Constant) -> str:
    match value:
        case bool() | int():
            return f"CAST({int(value)} AS BIGINT)"
        case float():
            return f"CAST({value!r} AS DOUBLE)"
        case _:
            escaped = value.replace("'", "''")
            return f"'{escaped}'"
