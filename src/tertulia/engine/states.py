"""From chances to states: their probabilities, and what may be said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.inputs import Chances
from tertulia.engine.params import LEAST_CHANCE, Params


class State(StrEnum):
    """What a space can be said to be. The words for people are the site's."""

    COLLABORATING = "collaborating"
    CONVERSING = "conversing"
    BROADCASTING = "broadcasting"
    COHABITING_SMALL_TALK = "cohabiting_small_talk"
    COHABITING_PARALLEL = "cohabiting_parallel"
    COHABITING_SILENT = "cohabiting_silent"
    RESTS_ON_FEW = "rests_on_few"
    BOTH_WAYS_UNTOLD = "both_ways_untold"
    TOO_EARLY = "too_early"
    EMPTY = "empty"


COHABITING: Final = (State.COHABITING_SMALL_TALK, State.COHABITING_PARALLEL, State.COHABITING_SILENT)
# The states that have a probability, in their order.
CHANCES: Final = tuple(state for state in State if state not in (State.TOO_EARLY, State.EMPTY))
UNTOLD_STATES: Final = frozenset([State.BROADCASTING, State.BOTH_WAYS_UNTOLD])
TOLD_STATES: Final = frozenset(
    [State.COLLABORATING, State.CONVERSING, State.BROADCASTING, State.RESTS_ON_FEW, *COHABITING]
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is what is said; `leaning` what a space that it is too early for leans to; `about` which of the
    states `probability` belongs to."""

    state: State
    leaning: State | None
    about: State
    probability: float


def probabilities(
    given: Chances, *, told: bool | NDArray[np.bool_], silent: NDArray[np.bool_]
) -> dict[State, NDArray[np.float64]]:
    """The states' probabilities; each in [0, 1], together 1.

    `given`: of one frame or of many; `told`: both nulls of the text stage are there; `silent`: nobody responded to
    anybody. Returns an array a state, 0 where a state cannot be.

    The full rule (ENGINE.md, section 3); L life, E⁺ exchange, E⁻ without the few, V few voices, C closed:
    collaborating L·E⁻·C, conversing L·E⁻·(1−C), broadcasting L(1−E⁺) + (1−L)(1−E⁺)V, small talk (1−L)E⁺,
    parallel posts (1−L)(1−E⁺)(1−V), and what is left, L(E⁺−E⁻), rests on a few.

    Without both nulls. L = P(answered)·U, where U says whether words are taken up, and U (or one of the two
    nulls it is the smaller of) is not known. Conversing, collaborating and small talk cannot be told apart,
    but their union can be read: L·E⁻ + (1−L)·E⁺ = E⁺ − L(E⁺−E⁻), which *both ways, untold* is. It falls as L
    grows, and a missing null left out of L can only make L too large; so the number is the smallest that the
    union can have whatever the text stage will find, and what rests on a few, L(E⁺−E⁻), is the largest.
    Broadcasting with V = 1 does not depend on L at all: (1−E⁺). With V = 0 it is L(1−E⁺), here at its
    largest: parallel posts that are answered but not taken up are still inside it, and a text stage may move
    that part to cohabiting. All adds up to 1: the parts with E⁺ add up to E⁺ and the others to 1−E⁺.
    """
    life, no_life, both, none = given.life, given.no_life, given.exchange, given.no_exchange
    apart = no_life * none * (1 - given.few_voices)
    taken_up = life * given.exchange_rest
    small_talk = no_life * both
    found = {
        State.COLLABORATING: np.where(told, taken_up * given.closed, 0.0),
        State.CONVERSING: np.where(told, taken_up * (1 - given.closed), 0.0),
        State.BROADCASTING: none * (life + no_life * given.few_voices),
        State.COHABITING_SMALL_TALK: np.where(told, small_talk, 0.0),
        State.COHABITING_PARALLEL: np.where(silent, 0.0, apart),
        State.COHABITING_SILENT: np.where(silent, apart, 0.0),
        State.RESTS_ON_FEW: life * (both - given.exchange_rest),
        State.BOTH_WAYS_UNTOLD: np.where(told, 0.0, taken_up + small_talk),
    }
    return {state: np.clip(values, 0.0, 1.0) for state, values in found.items()}


def possible(*, told: bool, silent: bool) -> tuple[State, ...]:
    """The states that a space can be in, in their order."""
    apart = State.COHABITING_SILENT if silent else State.COHABITING_PARALLEL
    both = (
        (State.COLLABORATING, State.CONVERSING, State.COHABITING_SMALL_TALK)
        if told
        else (State.BOTH_WAYS_UNTOLD,)
    )
    chosen = {State.BROADCASTING, State.RESTS_ON_FEW, apart, *both}
    return tuple(state for state in State if state in chosen)


def logit(state: State, given: dict[State, NDArray[np.float64]]) -> NDArray[np.float64]:
    """ln(p/(1−p)) of a state, from the other states' sum, so that it keeps its digits near certainty."""
    kin = COHABITING if state in COHABITING else (state,)
    inside = sum(p for other, p in given.items() if other in kin)
    outside = sum(p for other, p in given.items() if other not in kin)
    found: NDArray[np.float64] = np.log(np.maximum(inside, LEAST_CHANCE)) - np.log(
        np.maximum(outside, LEAST_CHANCE)
    )
    return found


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A verdict a row: `about`, places in `CHANCES` of the likeliest state; its `probability`; whether it may be said
    (`stated`), and whether the space at least leans to it."""

    about: NDArray[np.int64]
    probability: NDArray[np.float64]
    stated: NDArray[np.bool_]
    leans: NDArray[np.bool_]

    def row(self, at: int) -> Verdict:
        """One of them."""
        about, probability = CHANCES[int(self.about[at])], float(self.probability[at])
        if self.stated[at]:
            return Verdict(about, None, about, probability)
        return Verdict(State.TOO_EARLY, about if self.leans[at] else None, about, probability)


def verdicts(
    given: dict[State, NDArray[np.float64]],
    *,
    told: NDArray[np.bool_],
    people: NDArray[np.int64],
    contributions: NDArray[np.int64],
    params: Params,
) -> Verdicts:
    """What may be said: a state at .8 or more with 5 people and 20 contributions, else too early, and a lean.

    One row a frame. Twenty is a floor of decency, not of evidence. Cohabiting is judged as one state and named by its
    larger kind. Without both nulls only broadcasting and both ways, untold, can be stated; others can be leant to.
    """
    own = np.stack([np.atleast_1d(given[state]) for state in CHANCES], axis=1)
    shares = own.copy()
    kin = [CHANCES.index(state) for state in COHABITING]
    shares[:, kin] = np.minimum(1.0, own[:, kin].sum(axis=1))[:, None]
    # Of equal shares the kind that is likelier itself, and then the first in the order of the states: a tie is not
    # settled by chance.
    largest = shares == shares.max(axis=1)[:, None]
    about = np.where(largest, own, -1.0).argmax(axis=1)
    probability = shares[np.arange(len(about)), about]
    enough = (people >= params.people_at_least) & (contributions >= params.contributions_at_least)
    sayable = np.where(told, np.isin(about, _places(TOLD_STATES)), np.isin(about, _places(UNTOLD_STATES)))
    stated = enough & sayable & (probability >= params.stated_from)
    return Verdicts(about, probability, stated, probability >= params.lean_from)


def _places(states: frozenset[State]) -> list[int]:
    return sorted(CHANCES.index(state) for state in states)
