"""What the engine reads in the spaces that the agents made, and what is trivially counted in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from tertulia.engine.spaces import read_spaces
from tertulia.engine.states import COHABITING, State
from tertulia.engine.table import table_of
from tertulia.engine.uptake import MEASURES, measure
from validity.agents import ways
from validity.agents.space import ENDS_US, Space, Truth, space_of
from validity.agents.ways import Kind

RANKS: Final = {"uptake_t": "rk_t", "uptake_o": "rk_o"}
FEATURES: Final = ("exchange", "answered", "uptake_t", "uptake_o", "closed")
AS_MADE: Final = ("act", "t", "actor", "verb", "person", "parent", "ref", "words")
COUNTED: Final = ("reply_density", "mean_words", "gini")
# Numbers of acts decide the draws of the text stage, so no two spaces share any.
ACTS_A_SPACE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Made:
    """A space with what is true of it: its maker's truth, each person's mean rank against both nulls (0 to 1), and what
    is trivially counted."""

    kind: Kind
    size: int
    seed: int
    truth: Truth
    ranks: Mapping[str, tuple[float, ...]]
    counted: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Read:
    """The same, with what was said of it (`said`; None: too early), and of each feature that had something to count
    what was counted and its 95 % interval."""

    made: Made
    said: str | None
    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]

    @property
    def right(self) -> bool:
        return self.said in self.made.kind.truth


def made(kind: Kind, size: int, seeds: Sequence[int]) -> list[Made]:
    """Spaces of one kind and what is true of them."""
    return _made(kind, size, seeds)[0]


def read(kind: Kind, size: int, seeds: Sequence[int]) -> list[Read]:
    """Spaces of one kind, read as the engine reads twelve weeks of spaces whose source can carry everything."""
    found, acts = _made(kind, size, seeds)
    readings = read_spaces(acts, at=ENDS_US, window="12w").to_pylist()
    return [_read(found[row["space"]], row) for row in readings]


def _made(kind: Kind, size: int, seeds: Sequence[int]) -> tuple[list[Made], pa.Table]:
    spaces = [space_of(kind, size, seed, first_act=seed * ACTS_A_SPACE) for seed in seeds]
    acts, texts = tables_of(spaces)
    measured = measure(acts, texts).to_pylist()
    ranks = {row["act"]: row for row in measured}
    found = []
    for seed, space in zip(seeds, spaces, strict=True):
        people = {feature: _by_person(space, ranks, column) for feature, column in RANKS.items()}
        found.append(Made(kind, size, seed, space.truth, people, _counted(space)))
    at = [ranks.get(act, {}) for act in acts.column("act").to_pylist()]
    for field in MEASURES:
        if field.name != "act":
            values = pa.array([row.get(field.name) for row in at], field.type)
            acts = acts.append_column(field.name, values)
    return found, acts


def tables_of(spaces: Sequence[Space]) -> tuple[pa.Table, pa.Table]:
    """The acts of these spaces, numbered from 0, and their texts, as the engine takes them."""
    rows = [(number, row) for number, space in enumerate(spaces) for row in space.rows]
    acts: dict[str, list[Any]] = {name: [getattr(row, name) for _, row in rows] for name in AS_MADE}
    acts["space"] = [number for number, _ in rows]
    acts["thread"] = [f"{number}/{row.thread}" for number, row in rows]
    acts["basis"] = ["explicit"] * len(rows)
    acts["confidence"] = [1.0] * len(rows)
    told = [row for _, row in rows if row.text]
    texts = pa.table({"act": [row.act for row in told], "text": [row.text for row in told]})
    return table_of(pa.table(acts)).drop_columns(list(set(MEASURES.names) - {"act"})), texts


def _by_person(space: Space, ranks: Mapping[int, Mapping[str, Any]], column: str) -> tuple[float, ...]:
    people: dict[str, list[float]] = {}
    for row in space.rows:
        value = ranks.get(row.act, {}).get(column)
        if value is not None:
            people.setdefault(row.actor, []).append(value + 0.5)
    return tuple(float(np.mean(values)) for values in people.values())


def _counted(space: Space) -> dict[str, float]:
    said = [row for row in space.rows if row.text]
    counts: dict[str, int] = {}
    for row in said:
        counts[row.actor] = counts.get(row.actor, 0) + 1
    ordered = np.sort(list(counts.values()))
    n = len(ordered)
    return {
        "reply_density": sum(row.parent is not None for row in said) / len(said),
        "mean_words": float(np.mean([row.words for row in said])),
        "gini": float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * ordered.sum())),
    }


def _read(one: Made, row: Mapping[str, Any]) -> Read:
    there = [name for name in FEATURES if row[name] is not None]
    return Read(
        one,
        _said(row),
        {name: row[name] for name in there},
        {name: (row[f"{name}_low"], row[f"{name}_high"]) for name in there},
    )


def _said(row: Mapping[str, Any]) -> str | None:
    state = State(row["state"])
    if state in (State.TOO_EARLY, State.EMPTY):
        return None
    return ways.COHABITING if state in COHABITING else state.value
