"""What they say: real words, as often as they are used; of the topic, of one's own, or taken up from the other."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from validity.agents.people import Person
from validity.agents.talk import Said
from validity.agents.ways import Ways

Numbers = NDArray[np.int64]
# Ordered by how often they are used; the first ones are "the", "of", "and": nobody's words in particular.
WORDS = Path(__file__).parents[2] / "bench" / "words.txt"
EVERYBODYS = 100
ZIPF_SHIFT = 2.7
MEDIAN_LENGTH = 30
LENGTH_SPREAD = 0.6
SHORTEST, LONGEST = 5, 150
TOPIC_WORDS = 20
POOL_WORDS = 60
OWN_WORDS = 30
OWN = 0.1


@cache
def vocabulary() -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """The words, and how often each is said by chance: Zipf's law, shifted after Mandelbrot (1953)."""
    words = np.array(WORDS.read_text(encoding="utf-8").split())
    often = 1 / (np.arange(len(words)) + 1 + ZIPF_SHIFT)
    return words, often / often.sum()


def texts_of(
    ways: Ways, people: Sequence[Person], said: Sequence[Said], rng: np.random.Generator
) -> list[str]:
    """A text for each contribution; `said` in the order of time, so that what is taken up is there already."""
    words, _ = vocabulary()
    median = np.array([MEDIAN_LENGTH * (1 if one.parent else 2) for one in said])
    drawn = np.round(median * np.exp(rng.normal(0, LENGTH_SPREAD, len(said))))
    sizes = np.clip(drawn, SHORTEST, LONGEST).astype(np.int64)
    ends = np.cumsum(sizes)
    spoken = _by_themselves(ways, people, said, sizes, rng)
    place = {id(one): number for number, one in enumerate(said)}
    for number, one in enumerate(said):
        if one.parent is None:
            continue
        taken = int(rng.binomial(sizes[number], people[one.who].listens))
        before = place[id(one.parent)]
        heard = spoken[ends[before] - sizes[before] : ends[before]]
        heard = heard[heard >= EVERYBODYS]
        if taken and len(heard):
            at = ends[number] - sizes[number] + rng.permutation(sizes[number])[:taken]
            spoken[at] = rng.choice(heard, taken)
    texts = words[spoken]
    return [" ".join(texts[end - size : end]) for size, end in zip(sizes, ends, strict=True)]


def _by_themselves(
    ways: Ways, people: Sequence[Person], said: Sequence[Said], sizes: Numbers, rng: np.random.Generator
) -> Numbers:
    """The words of all contributions in a row, before anybody has listened."""
    words, often = vocabulary()
    total = int(sizes.sum())
    spoken = rng.choice(len(words), total, p=often)
    threads = 1 + max(one.thread for one in said)
    thread = np.repeat([one.thread for one in said], sizes)
    who = np.repeat([one.who for one in said], sizes)
    space = np.zeros(total, np.int64)
    parts = (
        (ways.on_topic, thread, threads, TOPIC_WORDS),
        (ways.one_topic, space, 1, TOPIC_WORDS),
        (ways.pool, space, 1, POOL_WORDS),
        (OWN, who, len(people), OWN_WORDS),
    )
    which, low = rng.random(total), 0.0
    for share, whose, count, size in parts:
        lists = rng.integers(EVERYBODYS, len(words), (count, size))
        mine = lists[whose, rng.integers(0, size, total)]
        spoken = np.where((which >= low) & (which < low + share), mine, spoken)
        low += share
    return spoken
