"""What can be said of an organisation: aggregates over its spaces, none of them small enough to point at anybody."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import EVERYTHING, Id, Visibility
from tertulia.engine.backends.contract import Backend
from tertulia.engine.params import DEFAULT, Params
from tertulia.engine.posterior import of_counts
from tertulia.engine.spaces import read_spaces
from tertulia.engine.table import Given

FEATURES: Final = ("exchange", "answered", "uptake_t", "uptake_o", "closed", "acted_upon")


@dataclass(frozen=True, slots=True)
class Cell:
    """How many spaces are in a state, of all that are read; the interval (Jeffreys, 80 %) of that share. `spaces` is
    None where the cell is too small to be shown."""

    state: str
    spaces: int | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A feature over the spaces that have it: the quartiles of their means. None where they are too few."""

    feature: str
    spaces: int | None
    lower: float | None
    median: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class OrganisationReading:
    """An organisation's spaces in one window each. `spaces` with talk in it; `people` present, each space's added up;
    `withheld`, whether there are too few of either to say anything; `suppressed`, how many states' cells are not
    shown."""

    window: str
    at: int | None
    params_version: str
    spaces: int | None
    people: int | None
    withheld: bool
    suppressed: int
    states: tuple[Cell, ...]
    features: tuple[Spread, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe: dicts, lists, strings, numbers, booleans and None."""
        return asdict(self)


def read_organisation(
    source: Given,
    *,
    at: int | None = None,
    window: str = "12w",
    spaces: Collection[Id] | None = None,
    visibility: Visibility = EVERYTHING,
    params: Params = DEFAULT,
    chat: bool = False,
    backend: Backend | None = None,
) -> OrganisationReading:
    """Say how the spaces of an organisation are doing, together: how many are in which state, and how far they differ.

    Parameters as of `read_spaces`; `spaces`, which of them (None: all). Returns aggregates only: no space is named and
    none can be told from the rest. A state's cell is shown only if it holds at least 3 spaces (`organisation_spaces`)
    with 10 people (`organisation_people`) or more; where one cell is withheld, the smallest other is too, because one
    that is alone could be had by taking away. With fewer spaces or people than that nothing is said. Raises as
    `read_spaces`.

    How to read it: as a description of many places, which wanted different things. When not to: to rank spaces or to
    set a target. Source: ENGINE.md, section 3; small cells: "a label on a group of fewer than five" is never shown.
    """
    rows = read_spaces(
        source, at=at, window=window, visibility=visibility, params=params, chat=chat, backend=backend
    )
    if spaces is not None:
        chosen = pa.array(list(spaces), rows.schema.field("space").type)
        rows = rows.filter(pc.is_in(rows.column("space"), chosen))
    rows = rows.filter(pc.greater(rows.column("people"), 0))
    people = int(pc.sum(rows.column("people")).as_py() or 0)
    if len(rows) < params.organisation_spaces or people < params.organisation_people:
        return OrganisationReading(window, at, params.version, None, None, True, 0, (), ())
    cells = _cells(rows, params)
    return OrganisationReading(
        window=window,
        at=at,
        params_version=params.version,
        spaces=len(rows),
        people=people,
        withheld=False,
        suppressed=sum(cell.spaces is None for cell in cells),
        states=cells,
        features=tuple(_spread(rows, name, params) for name in FEATURES),
    )


def _cells(rows: pa.Table, params: Params) -> tuple[Cell, ...]:
    counts: dict[str, list[int]] = {}
    for state, people in zip(
        rows.column("state").to_pylist(), rows.column("people").to_pylist(), strict=True
    ):
        counts.setdefault(state, []).append(people)
    shown = {
        state
        for state, people in counts.items()
        if len(people) >= params.organisation_spaces and sum(people) >= params.organisation_people
    }
    if len(counts) - len(shown) == 1 and shown:
        shown.remove(min(shown, key=lambda state: (len(counts[state]), state)))
    return tuple(_cell(state, len(counts[state]), len(rows), state in shown, params) for state in sorted(counts))


def _cell(state: str, count: int, of: int, is_shown: bool, params: Params) -> Cell:  # noqa: FBT001
    if not is_shown:
        return Cell(state, None, None, None)
    low, high = of_counts(count, of - count).interval(params.episode_interval)
    return Cell(state, count, float(low), float(high))


def _spread(rows: pa.Table, name: str, params: Params) -> Spread:
    values = rows.column(name).drop_null().to_numpy()
    if len(values) < params.organisation_people:
        return Spread(name, None, None, None, None)
    lower, median, upper = (float(value) for value in np.quantile(values, [0.25, 0.5, 0.75]))
    return Spread(name, len(values), lower, median, upper)
