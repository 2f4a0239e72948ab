"""The one shape of a claim: figures with their intervals, trivial baselines of the same run, and how both are said."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from tertulia.engine.params import DEFAULT

Cluster = TypeVar("Cluster")
DRAWS = 1000
SEED = 20261125


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` with its 95 % interval (None: it has none); `asked`, what the claim demands of it, in words; `met`,
    whether it is (None: nothing is demanded)."""

    value: float | None
    low: float | None = None
    high: float | None = None
    asked: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """`figures` by the keys of the claim's JSON; `baselines`, figures of what is trivial, measured in the same run;
    `notes`, sentences that belong beside the figures: where it fails, what the data cannot show."""

    name: str
    data: str
    figures: Mapping[str, Figure]
    baselines: Mapping[str, Figure] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def as_json(self) -> dict[str, object]:
        """Every figure and baseline under its own key; the intervals apart."""
        everything = {**self.baselines, **self.figures}
        return {
            "claim": self.name,
            "data": self.data,
            "params_version": DEFAULT.version,
            **{key: figure.value for key, figure in everything.items()},
            "intervals": {
                key: [figure.low, figure.high] for key, figure in everything.items() if figure.low is not None
            },
            "asked": {key: figure.asked for key, figure in everything.items() if figure.asked},
            "met": {key: figure.met for key, figure in everything.items() if figure.met is not None},
            "baselines": sorted(self.baselines),
            "notes": list(self.notes),
        }


def bootstrap(
    clusters: Sequence[Cluster],
    statistic: Callable[[Sequence[Cluster]], float],
    *,
    draws: int | None = None,
    seed: int = SEED,
) -> tuple[float, float]:
    """The 95 % percentile interval of a statistic when whole clusters (rooms, groups, targets) are drawn anew."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws or DRAWS):
        chosen = rng.integers(0, len(clusters), len(clusters))
        value = statistic([clusters[index] for index in chosen])
        if not np.isnan(value):
            found.append(value)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def tell(claim: Claim, *, as_json: bool) -> None:
    """Print a claim: for people a table, as JSON one object."""
    if as_json:
        print(json.dumps(claim.as_json(), indent=2))
        return
    console = Console(soft_wrap=True)
    table = Table(title=f"{claim.name} ({claim.data})", title_justify="left", box=None, pad_edge=False)
    for heading in ("figure", "value", "95 %", "asked", ""):
        table.add_column(heading)
    for key, figure in claim.figures.items():
        table.add_row(*_row(key, figure))
    for key, figure in claim.baselines.items():
        table.add_row(*_row(key, figure), style="dim")
    console.print(table)
    for note in claim.notes:
        console.print(note)


def _row(key: str, figure: Figure) -> tuple[str, ...]:
    value = "not known" if figure.value is None else f"{figure.value:.3f}"
    interval = "" if figure.low is None or figure.high is None else f"{figure.low:.3f} to {figure.high:.3f}"
    met = {True: "met", False: "NOT met", None: ""}[figure.met]
    return key, value, interval, figure.asked, met
