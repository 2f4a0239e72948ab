"""How far two who code agree beyond chance, what thresholds could do, and how far to believe probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
BINS: Final = 5


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa (1960): agreement beyond what their own shares would give by chance; not a number where all
    of both is one code, which leaves nothing to agree on."""
    codes = sorted({*one, *other})
    a, b = numbered(one, codes), numbered(other, codes)
    if not len(a):
        return float("nan")
    observed = float(np.mean(a == b))
    shares = np.bincount(a, minlength=len(codes)) * np.bincount(b, minlength=len(codes))
    expected = float(shares.sum() / len(a) ** 2)
    return float("nan") if expected == 1 else (observed - expected) / (1 - expected)


def numbered(codes: Sequence[str], order: Sequence[str]) -> Ints:
    places = {code: place for place, code in enumerate(order)}
    return np.array([places[code] for code in codes], dtype=np.int64)


def foretold(values: Sequence[float], codes: Sequence[str], thresholds: int = 1) -> list[str]:
    """What the best thresholds on a number say of each item, found on all the others (leave one out).

    One threshold has a code on each side, whichever two serve best; two thresholds have three codes. Best: highest
    kappa, of equals the lowest thresholds and the first codes.
    """
    order = sorted(set(codes))
    truth, x = numbered(codes, order), np.asarray(values, dtype=np.float64)
    found = []
    for item in range(len(x)):
        rest = np.arange(len(x)) != item
        cuts, labels = _best(x[rest], truth[rest], len(order), thresholds)
        found.append(order[labels[int(np.searchsorted(cuts, x[item], side="left"))]])
    return found


def _best(
    x: NDArray[np.float64], truth: Ints, codes: int, thresholds: int
) -> tuple[NDArray[Any], tuple[int, ...]]:
    """The cuts (a value belongs to the left of a cut that it equals) and the codes between them."""
    steps = np.unique(x)
    # By code how many lie at or below each step; a cut at the last step leaves nothing to its right.
    below = np.stack(
        [np.searchsorted(np.sort(x[truth == code]), steps, side="right") for code in range(codes)]
    )
    totals = np.bincount(truth, minlength=codes)
    places = np.array(list(product(range(len(steps)), repeat=thresholds)))
    places = places[(np.diff(places, axis=1) >= 0).all(axis=1)]
    nothing, everything = np.zeros((codes, len(places))), np.repeat(totals[:, None], len(places), axis=1)
    borders = [nothing, *(below[:, places[:, cut]] for cut in range(thresholds)), everything]
    parts = [right - left for left, right in pairwise(borders)]
    best, chosen = -np.inf, (0, (0,) * (thresholds + 1))
    for labels in product(range(codes), repeat=thresholds + 1):
        right = sum(part[label] for part, label in zip(parts, labels, strict=True)) / len(x)
        chance = (
            sum(part.sum(axis=0) * totals[label] for part, label in zip(parts, labels, strict=True))
            / len(x) ** 2
        )
        score = np.where(chance < 1, (right - chance) / np.where(chance < 1, 1 - chance, 1), -np.inf)
        place = int(np.argmax(score))
        if score[place] > best:
            best, chosen = float(score[place]), (place, labels)
    return steps[places[chosen[0]]], chosen[1]


@dataclass(frozen=True, slots=True)
class Bin:
    """What was said with a probability from `low` on: how often, with which mean probability, and how often right."""

    low: float
    count: int
    said: float
    right: float


def reliability(said: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[Bin]:
    """The reliability curve, in bins of equal width; empty ones are left out."""
    p, hit = np.asarray(said, dtype=np.float64), np.asarray(right, dtype=np.float64)
    places = np.minimum((p * bins).astype(np.int64), bins - 1)
    return [
        Bin(place / bins, int(inside.sum()), float(p[inside].mean()), float(hit[inside].mean()))
        for place in range(bins)
        if (inside := places == place).any()
    ]


def calibration_error(curve: Sequence[Bin]) -> float:
    """The mean distance between what was said and what was right, by bins (Naeini, Cooper & Hauskrecht 2015)."""
    count = sum(one.count for one in curve)
    return sum(one.count * abs(one.said - one.right) for one in curve) / count if count else float("nan")
