"""Areas under curves, weighted: so that whole clusters can be drawn anew by counting them more than once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Groups(NamedTuple):
    """Scores in order, equal ones together: where each row stands, and in which group of equals."""

    order: NDArray[np.intp]
    group: NDArray[np.intp]
    groups: int


def grouped(scores: Floats) -> Groups:
    """Sort once what is weighed many times."""
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    group = (
        np.concatenate(([0], np.cumsum(ordered[1:] != ordered[:-1]))) if len(scores) else np.zeros(0, np.intp)
    )
    return Groups(order, group, int(group[-1]) + 1 if len(scores) else 0)


def auc(good: NDArray[np.bool_], groups: Groups, weights: Floats | None = None) -> float:
    """The chance that a good one scores above a bad one, equals counting half; NaN where one kind is missing."""
    each = np.ones(len(good)) if weights is None else weights
    ups = np.bincount(groups.group, (each * good)[groups.order], groups.groups)
    downs = np.bincount(groups.group, (each * ~good)[groups.order], groups.groups)
    whole = ups.sum() * downs.sum()
    if whole == 0:
        return float("nan")
    below = np.cumsum(downs) - downs
    return float((ups * (below + downs / 2)).sum() / whole)


class Pairs(NamedTuple):
    """Every good and bad row of the same owner, and whether the scores put them right (1), level (½) or wrong (0)."""

    good: NDArray[np.intp]
    bad: NDArray[np.intp]
    right: Floats


def pairs_within(owners: NDArray[np.int64], good: NDArray[np.bool_], scores: Floats) -> Pairs:
    """The pairs among which an owner might choose."""
    goods, bads = [], []
    order = np.argsort(owners, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(owners[order])) + 1):
        up, down = rows[good[rows]], rows[~good[rows]]
        goods.append(np.repeat(up, len(down)))
        bads.append(np.tile(down, len(up)))
    one, other = np.concatenate(goods), np.concatenate(bads)
    right = (scores[one] > scores[other]) + 0.5 * (scores[one] == scores[other])
    return Pairs(one, other, right.astype(np.float64))


def within(pairs: Pairs, weights: Floats | None = None) -> float:
    """The share of pairs put right; NaN without any."""
    each = np.ones(len(pairs.right)) if weights is None else weights[pairs.good] * weights[pairs.bad]
    return float((each * pairs.right).sum() / each.sum()) if each.sum() > 0 else float("nan")
