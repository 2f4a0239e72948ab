"""One posterior for every mean over people, and the shares beside it. Beta distributions throughout."""

from dataclasses import dataclass

from scipy import special


@dataclass(frozen=True, slots=True)
class Beta:
    """A Beta distribution of a share; `a`, `b` > 0 are pseudo-counts."""

    a: float
    b: float

    def above(self, threshold: float) -> float:
        """P(θ > threshold), 0 to 1; computed in its own tail, so that it keeps its digits near 0."""
        return float(special.betaincc(self.a, self.b, threshold))

    def below(self, threshold: float) -> float:
        """P(θ ≤ threshold), 0 to 1."""
        return float(special.betainc(self.a, self.b, threshold))

    def interval(self, mass: float) -> tuple[float, float]:
        """The equal-tailed interval that holds `mass` (0 to 1) of the distribution."""
        tail = (1 - mass) / 2
        low = float(special.betaincinv(self.a, self.b, tail))
        return low, float(special.betaincinv(self.a, self.b, 1 - tail))


@dataclass(frozen=True, slots=True)
class Moments:
    """What the posterior needs of one value a person: people K, Σy, Σy², and the items behind the values."""

    people: int = 0
    total: float = 0.0
    squares: float = 0.0
    items: int = 0

    def plus(self, value: float, items: int) -> "Moments":
        return Moments(self.people + 1, self.total + value, self.squares + value * value, self.items + items)

    def minus(self, value: float, items: int) -> "Moments":
        return Moments(self.people - 1, self.total - value, self.squares - value * value, self.items - items)

    @property
    def mean(self) -> float | None:
        return min(1.0, max(0.0, self.total / self.people)) if self.people else None


def of_people(moments: Moments, prior: float, cap: float) -> Beta:
    """The posterior of a mean over people, each of whom counts once.

    `moments`: K people with values in [0, 1]; `prior`: a = b, pseudo-counts; `cap`: the most that n_eff may
    be, so that few items cannot say much. With mean m, m̃ = (Σy + a)/(K + 2a),
    v = ((K−1)s² + 2m̃(1−m̃))/(K+1) and n_eff = min(K m̃(1−m̃)/v, cap): Beta(a + m·n_eff, a + (1−m)·n_eff).
    Nobody there: the prior. Source: ENGINE.md, section 3 (against a Beta over acts, which covers .30 to .75
    instead of .95 when people differ). Not for shares of things, such as openings: see `of_counts`.
    """
    mean = moments.mean
    if mean is None:
        return Beta(prior, prior)
    k = moments.people
    shrunk = (moments.total + prior) / (k + 2 * prior)
    spread = shrunk * (1 - shrunk)
    # Rounding may leave a sum of squares a hair below K m².
    scatter = max(0.0, moments.squares - k * mean * mean)
    variance = (scatter + 2 * spread) / (k + 1)
    effective = min(k * spread / variance, cap)
    return Beta(prior + mean * effective, prior + (1 - mean) * effective)


def of_counts(yes: int, no: int, prior_yes: float = 0.5, prior_no: float = 0.5) -> Beta:
    """The posterior of a share of things; Jeffreys' prior unless told otherwise."""
    return Beta(prior_yes + yes, prior_no + no)
