"""The figures of recovery: right or too early, covered or not, and what is trivially counted beside it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np

from validity.agents.ways import COLLABORATING, CONVERSING
from validity.claim import Figure, bootstrap
from validity.recovered import COUNTED, FEATURES, RANKS, Made, Read

TALKING: Final = (COLLABORATING, CONVERSING)
# Of the bootstrap: its quantiles are steady enough for figures of hundreds of spaces.
DRAWS: Final = 400
# One reading, one feature, and whether its interval covers the truth.
Hit = tuple[Read, str, bool]
Thing = TypeVar("Thing")


def clear(reads: Sequence[Read]) -> list[Read]:
    """Those of which something is true: they lie at no threshold."""
    return [one for one in reads if one.made.kind.truth]


def states(reads: Sequence[Read]) -> dict[str, Figure]:
    """What is right among the stated, and how often it is too early to state anything."""
    here = clear(reads)
    return {"accuracy": figure(here, accuracy), "abstained": figure(here, abstained)}


def headline(reads: Sequence[Read]) -> dict[str, Figure]:
    """The same of the size that is asked for, at the thresholds, and of rings."""
    here, between = clear(reads), [one for one in reads if one.made.kind.at_threshold]
    ring = [one for one in reads if one.made.kind.ways.ring]
    return {
        "accuracy": figure(here, accuracy, asked="at least .90", least=0.9),
        "abstained": figure(here, abstained, asked="at most .20", most=0.2),
        "accuracy_threshold_wrong": figure(reads, accuracy),
        "right": figure(here, lambda chosen: mean(one.right for one in chosen)),
        "talks": figure(here, _talks),
        "threshold_abstained": figure(between, abstained),
        "threshold_neither": figure(
            between, lambda chosen: mean(_neither(one) for one in chosen), asked="at most .05", most=0.05
        ),
        "ring_risen": figure(
            ring, lambda chosen: mean(one.said in TALKING for one in chosen), asked="at most .05", most=0.05
        ),
    }


def accuracy(reads: Sequence[Read]) -> float:
    return mean(one.right for one in reads if one.said)


def abstained(reads: Sequence[Read]) -> float:
    return mean(one.said is None for one in reads)


def _neither(one: Read) -> bool:
    """Is something said of a space at a threshold that lies on neither side of it?"""
    return one.said is not None and one.said not in one.made.kind.at_threshold


def _talks(reads: Sequence[Read]) -> float:
    """Is what is stated right about whether people talk with each other at all?"""
    return mean((one.said in TALKING) == _truly_talk(one.made) for one in reads if one.said)


def _truly_talk(one: Made) -> bool:
    return one.kind.truth[0] in TALKING


def true_values(spaces: Sequence[Made]) -> dict[str, float]:
    """The true values of a kind's features: means over the people of all these spaces, or over their openings."""
    return {
        "exchange": mean(value for one in spaces for value in one.truth.returned),
        "answered": mean(value for one in spaces for value in one.truth.answered),
        "closed": mean(value for one in spaces for value in one.truth.closed),
        **{name: mean(value for one in spaces for value in one.ranks[name]) for name in RANKS},
    }


def hits(reads: Sequence[Read], true: Mapping[str, Mapping[str, float]]) -> list[Hit]:
    """Whether each interval covers its truth. A truth of 0 or 1 by construction is no question."""
    found = []
    for one in reads:
        for name, (low, high) in one.intervals.items():
            value = true[one.made.kind.name].get(name, 0.0)
            if 0 < value < 1:
                found.append((one, name, low <= value <= high))
    return found


def coverage(found: Sequence[Hit]) -> dict[str, Figure]:
    """How many intervals cover the truth: of all features, of each."""
    each = {f"coverage_{name}": _covered([hit for hit in found if hit[1] == name]) for name in FEATURES}
    return {"coverage": _covered(found), **each}


def _covered(found: Sequence[Hit]) -> Figure:
    spaces: dict[tuple[str, int], list[bool]] = {}
    for one, _, covers in found:
        spaces.setdefault((one.made.kind.name, one.made.seed), []).append(covers)
    return figure(
        list(spaces.values()),
        lambda chosen: mean(covers for space in chosen for covers in space),
        asked="within .03 of .95",
        least=0.92,
        most=0.98,
    )


def fairness(reads: Sequence[Read], anew: Sequence[Made]) -> dict[str, Figure]:
    """Where nobody listens the true rank is ½ by construction: in T, if no thread has a topic of its own either."""
    found = {}
    for name, threads_alike in (("uptake_t", True), ("uptake_o", False)):

        def deaf(one: Made, threads_alike: bool = threads_alike) -> bool:
            ways = one.kind.ways
            return not (ways.listens or ways.ring or (threads_alike and ways.on_topic))

        def bias(chosen: Sequence[Made], name: str = name) -> float:
            return mean(value for one in chosen for value in one.ranks[name]) - 0.5

        there = [one for one in anew if deaf(one) and one.ranks[name]]
        found[f"bias_{name}"] = figure(there, bias, asked="within .01 of 0", least=-0.01, most=0.01)
        halves = [one.intervals[name] for one in reads if deaf(one.made) and name in one.intervals]
        found[f"coverage_half_{name}"] = figure(
            halves, lambda chosen: mean(low <= 0.5 <= high for low, high in chosen)
        )
    return found


def by_kind(reads: Sequence[Read]) -> dict[str, Figure]:
    """Each kind by itself."""
    found = {}
    for kind in dict.fromkeys(one.made.kind for one in reads):
        here = [one for one in reads if one.made.kind == kind]
        if kind.truth:
            found[f"accuracy_{kind.name}"] = figure(here, accuracy)
        found[f"abstained_{kind.name}"] = figure(here, abstained)
    return found


def baselines(fit: Sequence[Made], reads: Sequence[Read]) -> dict[str, Figure]:
    """Each count with the single threshold that is best on other people; it never says that it is too early. `right`:
    the state, of all; `talks`: whether people talk with each other."""
    there = [one for one in fit if one.kind.truth]
    tasks: dict[str, Callable[[Made], str]] = {
        "right": lambda one: one.kind.truth[0],
        "talks": lambda one: str(_truly_talk(one)),
    }
    return {
        f"{task}_{key}": _baseline(there, clear(reads), key, truth)
        for task, truth in tasks.items()
        for key in COUNTED
    }


def _baseline(fit: Sequence[Made], reads: Sequence[Read], key: str, truth: Callable[[Made], str]) -> Figure:
    values = np.array([one.counted[key] for one in fit])
    true = np.array([truth(one) for one in fit])
    best, cut, below, above = -1, 0.0, "", ""
    for candidate in np.unique(np.quantile(values, np.linspace(0, 1, 201)))[:-1]:
        low, right_low = Counter(true[values <= candidate].tolist()).most_common(1)[0]
        high, right_high = Counter(true[values > candidate].tolist()).most_common(1)[0]
        if right_low + right_high > best:
            best, cut, below, above = right_low + right_high, float(candidate), low, high

    def right(chosen: Sequence[Read]) -> float:
        return mean((below if one.made.counted[key] <= cut else above) == truth(one.made) for one in chosen)

    return figure(reads, right)


def mean(values: Iterable[float]) -> float:
    """The mean, or not a number where there is nothing."""
    found = list(values)
    return float(np.mean(found)) if found else float("nan")


def figure(
    things: Sequence[Thing],
    statistic: Callable[[Sequence[Thing]], float],
    *,
    asked: str = "",
    least: float = -np.inf,
    most: float = np.inf,
) -> Figure:
    """A figure over spaces, each a kind and a seed, with its interval when they are drawn anew."""
    value = statistic(things)
    if np.isnan(value):
        return Figure(None, asked=asked)
    low, high = bootstrap(things, statistic, draws=DRAWS)
    return Figure(value, low, high, asked, least <= value <= most if asked else None)
