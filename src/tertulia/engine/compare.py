"""Cohorts beside each other: means over people with intervals, small cells left out, many comparisons minded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from tertulia.engine.params import DEFAULT_COHORTS, CohortParams

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure in one cohort. Fewer than ten people: `suppressed`, and neither how many they are nor what they
    have is told."""

    cohort: str
    measure: str
    suppressed: bool
    people: int | None
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of `one` minus mean of `other`, its interval, and whether it `stands` among all comparisons of the call."""

    measure: str
    one: str
    other: str
    difference: float
    low: float
    high: float
    p: float
    stands: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cells, differences between cells that are told, and sentences that belong beside them."""

    cells: tuple[Cell, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    params_version: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe."""
        told = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def compare(
    values: Mapping[str, Mapping[str, ArrayLike]], *, params: CohortParams = DEFAULT_COHORTS
) -> Comparison:
    """Say by how much cohorts differ in measures that each of their people has a value of.

    Parameters: `values`, by measure and then by cohort, one float64 a person in 0 to 1. Returns: a `Comparison`; a cell
    of fewer than ten people is suppressed, and is in no difference. Raises: ValueError at a value outside 0 to 1.

    A cell's variance is shrunk, v = ((K − 1)s² + 2m̃(1 − m̃))/(K + 1) with m̃ = (Σy + ½)/(K + 1) (ENGINE.md, section
    3), so that ten people who all have 0 are not sure of it; intervals and p are Student's, with unequal variances.
    `stands` holds the false discovery rate of this one call at 5 %: Benjamini & Hochberg (1995).

    How to read it: as what went together. When not to: as a cause, since nobody was assigned to a cohort; nor beside
    an earlier comparison of nearly the same people, whose difference would tell of the few: that guard is for whoever
    answers the second request.
    """
    cells: list[Cell] = []
    differences: list[Difference] = []
    for measure, cohorts in values.items():
        told = {}
        for cohort, given in cohorts.items():
            each = _checked(given, measure, cohort)
            cells.append(_cell(cohort, measure, each, params))
            if len(each) >= params.least_people:
                told[cohort] = each
        differences += [
            _difference(measure, one, other, told[one], told[other], params)
            for one, other in combinations(told, 2)
        ]
    stands = standing([each.p for each in differences], params.false_discoveries)
    differences = [_marked(each, bool(marked)) for each, marked in zip(differences, stands, strict=True)]
    return Comparison(
        tuple(cells), tuple(differences), tuple(_notes(cells, differences, params)), params.version
    )


def standing(p: Sequence[float], q: float) -> NDArray[np.bool_]:
    """Which of m comparisons stand: all up to the largest k with p₍ₖ₎ ≤ k·q/m. Source: Benjamini & Hochberg (1995)."""
    values = np.asarray(p, np.float64)
    if not len(values):
        return np.zeros(0, np.bool_)
    order = np.argsort(values)
    small = values[order] <= np.arange(1, len(values) + 1) * q / len(values)
    found = np.zeros(len(values), np.bool_)
    if small.any():
        found[order[: int(np.flatnonzero(small)[-1]) + 1]] = True
    return found


def _checked(given: ArrayLike, measure: str, cohort: str) -> Floats:
    each = np.asarray(given, np.float64)
    if not np.all((each >= 0) & (each <= 1)):
        raise ValueError(f"{measure} of {cohort} has a value that is not between 0 and 1")
    return each


def _spread(each: Floats) -> float:
    """The variance of a mean over people, shrunk."""
    people = len(each)
    near = (each.sum() + 0.5) / (people + 1)
    own = each.var(ddof=1) if people > 1 else 0.0
    return float(((people - 1) * own + 2 * near * (1 - near)) / (people + 1) / people)


def _cell(cohort: str, measure: str, each: Floats, params: CohortParams) -> Cell:
    if len(each) < params.least_people:
        return Cell(cohort, measure, True, None, None, None, None)
    mean = float(each.mean())
    half = _quantile(len(each) - 1, params) * np.sqrt(_spread(each))
    return Cell(cohort, measure, False, len(each), mean, max(0.0, mean - half), min(1.0, mean + half))


def _difference(
    measure: str, one: str, other: str, ones: Floats, others: Floats, params: CohortParams
) -> Difference:
    first, second = _spread(ones), _spread(others)
    error = float(np.sqrt(first + second))
    freedom = (first + second) ** 2 / (first**2 / (len(ones) - 1) + second**2 / (len(others) - 1))
    gap = float(ones.mean() - others.mean())
    half = _quantile(freedom, params) * error
    p = float(2 * special.stdtr(freedom, -abs(gap) / error))
    return Difference(measure, one, other, gap, max(-1.0, gap - half), min(1.0, gap + half), p, False)


def _quantile(freedom: float, params: CohortParams) -> float:
    return float(special.stdtrit(freedom, (1 + params.interval) / 2))


def _marked(difference: Difference, stands: bool) -> Difference:
    values = {name: getattr(difference, name) for name in Difference.__slots__}
    return Difference(**{**values, "stands": stands})


def _notes(cells: Sequence[Cell], differences: Sequence[Difference], params: CohortParams) -> Iterable[str]:
    hidden = sum(cell.suppressed for cell in cells)
    if hidden:
        yield f"{hidden} of {len(cells)} cells have fewer than {params.least_people} people and are not told."
    if len(differences) > 1:
        by_chance = len(differences) * (1 - params.interval)
        yield (
            f"{len(differences)} comparisons were made. If nothing differed, about {by_chance:.1f} of their intervals "
            f"would still leave out zero. Marked are those that stand with false discoveries held at "
            f"{params.false_discoveries:.0%} (Benjamini & Hochberg 1995)."
        )
    yield "Nobody was assigned to a cohort, so this tells what went together, and not why."
