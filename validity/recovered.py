"""What the engine reads in the spaces that the agents made, and what is trivially counted in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa

from tertulia.engine.acts import Act
from tertulia.engine.reading import SpaceReading, read_space
from tertulia.engine.states import COHABITING, State
from tertulia.engine.uptake import measure
from validity.agents import ways
from validity.agents.space import ENDS_US, Row, Space, Truth, space_of
from validity.agents.ways import Kind

RANKS: Final = {"uptake_t": "rk_t", "uptake_o": "rk_o"}
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
    """The same, with what was said of it (`said`; None: too early) and the 95 % interval of each feature that had
    something to count."""

    made: Made
    said: str | None
    intervals: Mapping[str, tuple[float, float]]

    @property
    def right(self) -> bool:
        return self.said in self.made.kind.truth


def made(kind: Kind, size: int, seeds: Sequence[int]) -> list[Made]:
    """Spaces of one kind and what is true of them."""
    return [one for one, _ in _made(kind, size, seeds)]


def read(kind: Kind, size: int, seeds: Sequence[int]) -> list[Read]:
    """Spaces of one kind, read as the engine reads twelve weeks of a space whose source can carry everything."""
    found = []
    for number, (one, acts) in enumerate(_made(kind, size, seeds)):
        reading = read_space(acts, space=number, at=ENDS_US, window="12w")
        found.append(Read(one, _said(reading), _intervals(reading)))
    return found


def _made(kind: Kind, size: int, seeds: Sequence[int]) -> list[tuple[Made, list[Act]]]:
    spaces = [space_of(kind, size, seed, first_act=seed * ACTS_A_SPACE) for seed in seeds]
    acts = [[_act(row, number) for row in space.rows] for number, space in enumerate(spaces)]
    told = [row for space in spaces for row in space.rows if row.text]
    texts = pa.table({"act": [row.act for row in told], "text": [row.text for row in told]})
    measured = measure([act for here in acts for act in here], texts).to_pylist()
    ranks = {row["act"]: row for row in measured}
    found = []
    for seed, space, plain in zip(seeds, spaces, acts, strict=True):
        here = [_measured(act, ranks[act.act]) if act.act in ranks else act for act in plain]
        people = {feature: _by_person(here, column) for feature, column in RANKS.items()}
        found.append((Made(kind, size, seed, space.truth, people, _counted(space)), here))
    return found


def _act(row: Row, space: int) -> Act:
    return Act(
        act=row.act,
        t=row.t,
        actor=row.actor,
        verb=row.verb,
        person=row.person,
        space=space,
        thread=f"{space}/{row.thread}",
        parent=row.parent,
        ref=row.ref,
        words=row.words,
        basis="explicit",
    )


def _measured(act: Act, row: Mapping[str, Any]) -> Act:
    return replace(
        act, uptake=row["uptake"], rk_t=row["rk_t"], rk_o=row["rk_o"], text_version=row["text_version"]
    )


def _by_person(acts: Sequence[Act], column: str) -> tuple[float, ...]:
    people: dict[object, list[float]] = {}
    for act in acts:
        value = getattr(act, column)
        if value is not None:
            people.setdefault(act.actor, []).append(value + 0.5)
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


def _said(reading: SpaceReading) -> str | None:
    if reading.state in (State.TOO_EARLY, State.EMPTY):
        return None
    return ways.COHABITING if reading.state in COHABITING else reading.state.value


def _intervals(reading: SpaceReading) -> dict[str, tuple[float, float]]:
    return {one.name: (one.low, one.high) for one in reading.features if one.mean is not None}
