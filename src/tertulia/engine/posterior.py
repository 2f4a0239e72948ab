"""One posterior for every mean over people, and the shares beside it: Beta distributions, of one row or of many."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy import special

# One number, or an array with one a row: float64, and int64. Types cannot say that all of a call are of one kind.
Real: TypeAlias = Any
Count: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Beta:
    """Beta distributions of shares; `a`, `b` > 0 are pseudo-counts."""

    a: Real
    b: Real

    def above(self, threshold: float) -> Real:
        """P(θ > threshold), 0 to 1; computed in its own tail, so that it keeps its digits near 0."""
        return special.betaincc(self.a, self.b, threshold)

    def below(self, threshold: float) -> Real:
        """P(θ ≤ threshold), 0 to 1."""
        return special.betainc(self.a, self.b, threshold)

    def interval(self, mass: float) -> tuple[Real, Real]:
        """The equal-tailed interval that holds `mass` (0 to 1) of the distribution."""
        tail = (1 - mass) / 2
        return special.betaincinv(self.a, self.b, tail), special.betaincinv(self.a, self.b, 1 - tail)


@dataclass(frozen=True, slots=True)
class Moments:
    """What the posterior needs of one value a person: people K, Σy, Σy², the items behind the values, and the design
    effect: how many times as much the mean varies as one of K people who have nothing to do with each other."""

    people: Count = 0
    total: Real = 0.0
    squares: Real = 0.0
    items: Count = 0
    design: Real = 1.0

    def minus(self, other: "Moments") -> "Moments":
        """Without the people, sums and items of `other`, whose design effect is not asked."""
        return Moments(
            self.people - other.people,
            self.total - other.total,
            self.squares - other.squares,
            self.items - other.items,
            self.design,
        )

    @property
    def mean(self) -> Real:
        """Σy/K, 0 to 1; NaN where there is nobody."""
        there = np.maximum(self.people, 1)
        return np.where(np.greater(self.people, 0), np.clip(self.total / there, 0.0, 1.0), np.nan)

    @property
    def scatter(self) -> Real:
        """Σ(y − mean)²; rounding may leave a sum a hair outside of what K values in [0, 1] can have."""
        mean = np.nan_to_num(self.mean)
        return np.maximum(0.0, self.squares - self.people * mean * mean)

    def designed(self, shared: Real) -> "Moments":
        """With the design effect that `shared` says, Σ over all pairs of parts of values with a person in common: its
        ratio to the scatter (Kish 1965), and no less than 1."""
        scatter = self.scatter
        spread = np.greater(scatter, np.finfo(float).eps * np.maximum(self.people, 1))
        design = np.where(spread, np.maximum(1.0, shared / np.where(spread, scatter, 1.0)), 1.0)
        return Moments(self.people, self.total, self.squares, self.items, design)


def of_people(moments: Moments, prior: float, cap: Real, single: float = 1.0) -> Beta:
    """The posterior of a mean over people, each of whom counts once.

    `moments`: K people with values in [0, 1], and the design effect D; `prior`: a = b, pseudo-counts; `cap`: the most
    that n_eff may be, so that few items cannot say much. With mean m, m̃ = (Σy + ½)/(K + 1), which is never 0 or 1,
    v = ((K−1)s²D + 2·single·m̃(1−m̃))/(K+1) and n_eff = min(K m̃(1−m̃)/v, cap): Beta(a + m·n_eff, a + (1−m)·n_eff).
    Nobody there: the prior. Source: ENGINE.md, section 3 (against a Beta over acts, which covers .30 to .75
    instead of .95 when people differ), and ADR 0015. Not for shares of things, such as openings: see `of_counts`.
    """
    k = moments.people
    mean = np.nan_to_num(moments.mean)
    shrunk = (moments.total + 0.5) / (k + 1)
    # Rounding may leave a sum a hair outside of what K values in [0, 1] can have.
    spread = np.maximum(shrunk * (1 - shrunk), np.finfo(float).tiny)
    variance = (moments.scatter * moments.design + 2 * single * spread) / (k + 1)
    effective = np.where(np.greater(k, 0), np.minimum(k * spread / variance, cap), 0.0)
    return Beta(prior + mean * effective, prior + (1 - mean) * effective)


def of_counts(
    yes: Count, no: Count, prior_yes: float = 0.5, prior_no: float = 0.5, design: Real = 1.0
) -> Beta:
    """The posterior of a share of things; Jeffreys' prior unless told otherwise. Things that hang together count for
    fewer: the counts are divided by their `design` effect (Kish 1965)."""
    return Beta(prior_yes + yes / design, prior_no + no / design)
