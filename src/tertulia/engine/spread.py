"""How talk and leadership are spread over people. Descriptive: no state is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value in 0 to 1 and its standard error by the jackknife."""

    value: float
    error: float

    def interval(self, mass: float) -> tuple[float, float]:
        """The normal interval that holds `mass`, kept within 0 to 1."""
        reach = float(special.ndtri((1 + mass) / 2)) * self.error
        return max(0.0, self.value - reach), min(1.0, self.value + reach)


def evenness(counts: Counts) -> Estimate:
    """How evenly people contribute: Shannon's entropy over its most, ln K; 1 if all the same.

    `counts`: contributions of each of K ≥ 3 people, each at least 1. Error: one person left out at a time. Not to be
    read as a merit: messages, evenness and reciprocity carry no signal for what groups achieve (ENGINE.md, section 3).
    """
    n = counts.astype(np.float64)
    logs = n * np.log(n)
    value = _entropy(n.sum(), logs.sum(), len(n))
    left = _entropy(n.sum() - n, logs.sum() - logs, len(n) - 1)
    return Estimate(float(value), _jackknife(left, np.ones(len(n))))


def _entropy(total: Any, logs: Any, people: int) -> Any:
    return np.clip((np.log(total) - logs / total) / np.log(people), 0.0, 1.0)


def gini(counts: Counts) -> Estimate:
    """How unevenly people contribute: the mean difference of two people over twice the mean; 0 if all the same.

    `counts` and error as for `evenness`.
    """
    n = np.sort(counts).astype(np.float64)
    places = np.arange(1, len(n) + 1)
    weighted = float((places * n).sum())
    value = _gini(weighted, n.sum(), len(n))
    # Without the person in place i, everybody after moves down by one place.
    after = n.sum() - np.cumsum(n)
    left = _gini(weighted - places * n - after, n.sum() - n, len(n) - 1)
    return Estimate(float(value), _jackknife(left, np.ones(len(n))))


def _gini(weighted: Any, total: Any, people: int) -> Any:
    return np.clip(2 * weighted / (people * total) - (people + 1) / people, 0.0, 1.0)


def fluidity(slices: Mapping[int, Mapping[Any, int]], at_least: int) -> Estimate | None:
    """How much it changes whose ideas are taken up: 1 − Morisita's overlap of adjacent slices of time, their mean.

    `slices`: by number, how often each opener's words were taken up in it. Only adjacent slices with `at_least` uptakes
    each are compared; None if there are none. 0: the same people lead in the same proportion; 1: nobody twice.
    Morisita's index (1959) does not move with the size of the samples, as plug-in divergences do (.52 at 10 uptakes
    with no change at all). Error: one uptake left out at a time, of each pair of slices.
    """
    found: list[float] = []
    errors: list[float] = []
    for number in sorted(slices):
        pair = _aligned(slices[number], slices.get(number + 1, {}))
        if min(pair[0].sum(), pair[1].sum()) >= at_least:
            value = _overlap(*pair)
            if value is not None:
                found.append(value)
                errors.append(_overlap_error(*pair))
    if not found:
        return None
    error = float(np.sqrt(np.sum(np.square(errors)))) / len(found)
    return Estimate(min(1.0, max(0.0, 1 - float(np.mean(found)))), error)


def _aligned(one: Mapping[Any, int], other: Mapping[Any, int]) -> tuple[Counts, Counts]:
    people = sorted(set(one) | set(other), key=str)
    return (
        np.array([one.get(who, 0) for who in people], dtype=np.int64),
        np.array([other.get(who, 0) for who in people], dtype=np.int64),
    )


def _overlap(one: Counts, other: Counts) -> float | None:
    total, total_other = int(one.sum()), int(other.sum())
    same = (one * (one - 1)).sum() / (total * (total - 1))
    same_other = (other * (other - 1)).sum() / (total_other * (total_other - 1))
    if same + same_other == 0:
        return None
    return float(2 * (one * other).sum() / ((same + same_other) * total * total_other))


def _overlap_error(one: Counts, other: Counts) -> float:
    squared = 0.0
    for first, second, swapped in ((one, other, False), (other, one, True)):
        left, weights = [], []
        for place in np.flatnonzero(first):
            less = first.copy()
            less[place] -= 1
            value = _overlap(second, less) if swapped else _overlap(less, second)
            left.append(value if value is not None else 0.0)
            weights.append(first[place])
        squared += _jackknife(np.array(left), np.array(weights, dtype=np.float64)) ** 2
    return float(np.sqrt(squared))


def _jackknife(left: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The standard error from the values with one of n left out; `weights`: how many of the n give each value."""
    n = weights.sum()
    mean = (weights * left).sum() / n
    return float(np.sqrt((n - 1) / n * (weights * np.square(left - mean)).sum()))
