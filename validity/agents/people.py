"""The people of one space, drawn anew from its ways by a seed."""

from dataclasses import dataclass

import numpy as np

from validity.agents.ways import RING, Ways

# How alike people are: chances are Beta with this many pseudo-counts, counts Poisson with a Gamma of this shape.
ALIKE = 6.0
SHAPE = 2.0


@dataclass(frozen=True, slots=True)
class Person:
    """How many threads they open and answer; their own chances to come back, act and be moved; the share of words
    that they take up."""

    opens: int
    answers: int
    returns: float
    goes_on: float
    listens: float
    acts: float
    moves: float
    ring: bool


def people_of(ways: Ways, size: int, rng: np.random.Generator) -> list[Person]:
    """`size` people, all of whom write at least once. The first ones are the ring, the next ones those who open."""
    opening = max(1, round(ways.openers * size))
    ring = [_person(RING, True, rng, ring=True) for _ in range(ways.ring)]
    return ring + [_person(ways, number < opening, rng) for number in range(size - len(ring))]


def _person(ways: Ways, opener: bool, rng: np.random.Generator, *, ring: bool = False) -> Person:
    # Whoever opens does so once at least, and whoever does not answers once at least: those who only read are not here.
    opens = max(1, _count(ways.opens, rng)) if opener else 0
    answers = max(0 if opener else 1, _count(ways.answers, rng))
    return Person(
        opens=opens,
        answers=answers,
        returns=_share(ways.returns, rng),
        goes_on=ways.goes_on,
        listens=_share(ways.listens, rng),
        acts=_share(ways.acts, rng),
        moves=_share(ways.moves, rng),
        ring=ring,
    )


def _count(mean: float, rng: np.random.Generator) -> int:
    return int(rng.poisson(mean * rng.gamma(SHAPE) / SHAPE))


def _share(mean: float, rng: np.random.Generator) -> float:
    return float(rng.beta(mean * ALIKE, (1 - mean) * ALIKE)) if mean else 0.0
