"""Which meetings decided: the influence of each on the state's logit."""

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.inputs import Inputs, chances
from tertulia.engine.look import Look, MeetingKey
from tertulia.engine.met import keys_of
from tertulia.engine.params import INFLUENCE_DIGITS, Params
from tertulia.engine.states import State, logit, probabilities

Weighed = tuple[dict[MeetingKey, float], dict[MeetingKey, float]]


def chance_of(
    given: Inputs, *, told: bool | NDArray[np.bool_], carries_closing: bool, params: Params
) -> dict[State, NDArray[np.float64]]:
    """The states' probabilities from the inputs, of one frame or of many."""
    found = chances(given, params, carries_closing=carries_closing)
    return probabilities(found, told=told, silent=np.equal(given.responses, 0))


def weigh(look: Look, about: State, *, told: bool, carries_closing: bool) -> Weighed:
    """The 5 meetings that speak most for a state and the 2 that speak most against it, with their influence.

    The influence of a meeting is logit P(state) with all minus without it: to first order for all of them,
    exactly for the first 20 (those of largest influence, among them enough on either side). Fewer are given
    where fewer speak for or against. Influences do not add up to the whole. Source: ENGINE.md, section 3.
    """
    params = look.params

    def of(given: Inputs) -> NDArray[np.float64]:
        return logit(about, chance_of(given, told=told, carries_closing=carries_closing, params=params))

    whole = float(of(look.given))
    moved = look.steps["moved"]
    first = _told_apart(whole - of(look.given.without(moved)))
    candidates = _candidates(keys_of(moved), first, params)
    if not candidates:
        return {}, {}
    exact = _told_apart(whole - of(look.without([[key] for key in candidates])))
    weighed = sorted(zip(exact.tolist(), candidates, strict=True), key=lambda pair: (-pair[0], pair[1]))
    speaking_for = [pair for pair in weighed if pair[0] > 0][: params.evidence_for]
    against = [pair for pair in reversed(weighed) if pair[0] < 0][: params.evidence_against]
    return {key: influence for influence, key in speaking_for}, {key: influence for influence, key in against}


def _told_apart(influences: NDArray[np.float64]) -> NDArray[np.float64]:
    """What only the order of adding made is no influence, and no reason to stand before another."""
    return np.round(influences, INFLUENCE_DIGITS)


def _candidates(keys: list[MeetingKey], influences: NDArray[np.float64], params: Params) -> list[MeetingKey]:
    ranked = sorted(zip(influences.tolist(), keys, strict=True), key=lambda pair: (-pair[0], pair[1]))
    # Each side gets its share of the exact recounts, and what the other leaves over.
    against = min(sum(1 for influence, _ in ranked if influence < 0), params.evidence_exact // 3)
    chosen = ranked[: max(0, params.evidence_exact - against)]
    chosen += ranked[max(len(chosen), len(ranked) - against) :] if against else []
    return [key for _, key in chosen]
