"""What belongs beside the figures of recovery: the confusion table, where intervals miss, and who is at fault."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from validity.recovered import FEATURES, Made, Read
from validity.recovery_figures import Hit, abstained, accuracy, true_values

TOO_EARLY: Final = "too early"
# From the width of a 95 % interval to a standard deviation.
WIDTH: Final = 2 * 1.96
MEANT: Final = (
    "Right and too early: of the kinds that lie at no threshold; at the thresholds the answer is that it is too early.",
    "Intervals of figures: kinds and seeds drawn anew together. True values: of the same kinds with other people.",
    "True ranks are means over those people; where nobody listens, ½ by construction is asked beside it.",
    "Answers, returns and closed exchanges are known from whoever made them up, not from the engine.",
)
# Told of a kind only where it fails. Each was found by looking at what its states are made of.
OF_TWO: Final = (
    "two states are true of it, and its openings are answered not far from as often as the threshold asks: "
    "nobody takes up, so that it cohabits, or five do, so that it rests on few. Neither is likely enough alone"
)
WHY: Final = {
    "same_thread_topic": "what is said is of the thread, so that only words out of order can tell that nobody listens; "
    "there are few of them in a thread, and .5 is not far below the threshold of .53. It is too early, and said to be",
    "ring": OF_TWO,
    "ring_among_silent": OF_TWO,
}


def notes(
    by_size: Mapping[int, Sequence[Read]], found: Sequence[Hit], anew: Mapping[str, Sequence[Made]]
) -> list[str]:
    """All of it, in sentences."""
    asked = list(by_size.values())[-1]
    return [*MEANT, *_confusion(by_size), *_why(asked), *_uncovered(found, anew), *_spread(asked, anew)]


def _confusion(by_size: Mapping[int, Sequence[Read]]) -> Iterator[str]:
    """What was said of each kind at each size: the confusion table, a line a row."""
    for size, reads in by_size.items():
        for kind in dict.fromkeys(one.made.kind for one in reads):
            said = Counter(one.said or TOO_EARLY for one in reads if one.made.kind == kind)
            told = ", ".join(f"{count} {state}" for state, count in said.most_common())
            true = " or ".join(kind.truth) or "between " + " and ".join(kind.at_threshold)
            yield f"{kind.name}, {size} people, in truth {true}: {told}."


def _why(reads: Sequence[Read]) -> Iterator[str]:
    """Of each kind that is not recovered, why not."""
    for name, why in WHY.items():
        here = [one for one in reads if one.made.kind.name == name]
        if here and (accuracy(here) < 0.9 or abstained(here) > 0.2):
            yield f"{name} is not recovered: {why}."


def _uncovered(found: Sequence[Hit], anew: Mapping[str, Sequence[Made]]) -> Iterator[str]:
    """Where intervals miss most: kinds and features of which fewer than nine in ten cover the truth."""
    for name, spaces in anew.items():
        true = true_values(spaces)
        for feature in FEATURES:
            covers = [hit[2] for hit in found if hit[0].made.kind.name == name and hit[1] == feature]
            if covers and sum(covers) < 0.9 * len(covers):
                told = f"{sum(covers)} of {len(covers)} intervals cover it"
                yield f"{name}, {feature} (in truth {true[feature]:.3f}): {told}."


def _spread(reads: Sequence[Read], anew: Mapping[str, Sequence[Made]]) -> Iterator[str]:
    """How much more spaces of one kind differ than their intervals say, in the middle of all kinds."""
    for feature in FEATURES:
        ratios = []
        for name, spaces in anew.items():
            if not 0 < true_values(spaces)[feature] < 1:
                continue
            values = np.array([true_values([one])[feature] for one in spaces])
            here = [
                one.intervals[feature]
                for one in reads
                if one.made.kind.name == name and feature in one.intervals
            ]
            if here and np.isfinite(values).sum() > 1:
                ratios.append(np.nanstd(values) / (np.mean([high - low for low, high in here]) / WIDTH))
        if ratios:
            yield (
                f"{feature}: spaces of one kind differ {np.median(ratios):.2f} times as much as their intervals say "
                "(1: people are as independent as the intervals take them to be)."
            )
