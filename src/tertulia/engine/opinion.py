"""Opinions: what evidence for and against amounts to, how it is passed on by somebody, and how it is put together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Opinion(NamedTuple):
    """Belief, disbelief and uncertainty, float64 arrays of one shape; each 0 to 1, together 1."""

    belief: Floats
    disbelief: Floats
    uncertainty: Floats


def of_evidence(r: ArrayLike, s: ArrayLike, *, prior: float) -> Opinion:
    """What honoured and broken risks amount to: b = r/(r+s+W), d = s/(r+s+W), u = W/(r+s+W).

    Parameters: `r`, `s`, arrays of one shape, ≥ 0, in the unit of `prior` (W > 0; thousandths in the track record).
    Returns: an `Opinion` of that shape. Raises: ValueError at negative or missing evidence, or a prior not above 0.
    Source: Jøsang & Ismail (2002), the opinion of a feedback tuple; Jøsang (2016), the mapping of Beta evidence.

    How to read it: without evidence all is uncertainty; evidence lowers it, time gives it back. When not to: nobody is
    put in an order by anything but `belief`, and no screen shows any of the three.
    """
    good, bad = np.asarray(r, np.float64), np.asarray(s, np.float64)
    if not prior > 0:
        raise ValueError(f"prior must be above 0, not {prior!r}")
    if not (np.all(good >= 0) and np.all(bad >= 0)):
        raise ValueError("evidence must not be negative or missing")
    whole = good + bad + prior
    return Opinion(good / whole, bad / whole, prior / whole)


def evidence_of(opinion: Opinion, *, prior: float) -> tuple[Floats, Floats]:
    """The evidence that an opinion stands for: r = W·b/u, s = W·d/u; the inverse of `of_evidence`.

    Raises: ValueError where no uncertainty is left, because no evidence is that much.
    """
    if not np.all(opinion.uncertainty > 0):
        raise ValueError("an opinion without uncertainty stands for no amount of evidence")
    return prior * opinion.belief / opinion.uncertainty, prior * opinion.disbelief / opinion.uncertainty


def discounted(told_by: ArrayLike, told: Opinion) -> Opinion:
    """What y says about z is worth to x: b = b_xy·b_yz, d = b_xy·d_yz, and all the rest is uncertainty.

    Parameters: `told_by`, x's belief in y (b_xy), 0 to 1; `told`, y's opinion of z as y has published it.
    Returns: an `Opinion` whose belief and disbelief together are at most b_xy. Raises: ValueError outside 0 to 1.
    Source: Jøsang & Ismail (2002), belief discounting. Not the rule of Jøsang (2016), which multiplies by the projected
    probability: with a high base rate, that would pass on what strangers say.
    """
    weight = np.asarray(told_by, np.float64)
    if not (np.all(weight >= 0) and np.all(weight <= 1)):
        raise ValueError("belief must be between 0 and 1")
    belief, disbelief = weight * told.belief, weight * told.disbelief
    return Opinion(belief, disbelief, 1.0 - belief - disbelief)


def fused(one: Opinion, other: Opinion) -> Opinion:
    """Two independent sources put together: their evidence is added.

    b = (b₁u₂ + b₂u₁)/(u₁ + u₂ − u₁u₂), d likewise, u = u₁u₂/(u₁ + u₂ − u₁u₂).
    Raises: ValueError where neither has uncertainty left. Source: Jøsang (2016), cumulative fusion.
    """
    whole = one.uncertainty + other.uncertainty - one.uncertainty * other.uncertainty
    if not np.all(whole > 0):
        raise ValueError("two opinions without uncertainty cannot be put together")
    return Opinion(
        (one.belief * other.uncertainty + other.belief * one.uncertainty) / whole,
        (one.disbelief * other.uncertainty + other.disbelief * one.uncertainty) / whole,
        one.uncertainty * other.uncertainty / whole,
    )


def expected(opinion: Opinion, *, base_rate: float) -> Floats:
    """P = b + a·u, for forecasts in the claims of validity alone.

    When not to: to put people in an order. With a = .95 a stranger stands above somebody who kept twenty promises and
    broke two. Raises: ValueError outside 0 to 1. Source: Jøsang (2016), projected probability.
    """
    if not 0 <= base_rate <= 1:
        raise ValueError(f"base_rate must be between 0 and 1, not {base_rate!r}")
    return opinion.belief + base_rate * opinion.uncertainty
