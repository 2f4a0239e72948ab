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
# Without both nulls: those of which a missing null could only make more, and broadcasting, which claims no uptake.
UNTOLD_STATES: Final = frozenset([State.BROADCASTING, State.BOTH_WAYS_UNTOLD, *COHABITING])
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

    The full rule (ENGINE.md, section 3); L⁺ life and L⁻ without the few, E⁺ exchange and E⁻ without the few, V few
    voices, C closed: collaborating L⁻·E⁻·C, conversing L⁻·E⁻·(1−C), broadcasting (1−E⁺)·(V + (1−V)L⁻), small talk
    (1−L⁺)E⁺, parallel posts (1−L⁺)(1−E⁺)(1−V), and what is left, L⁺E⁺ − L⁻E⁻ + (L⁺−L⁻)(1−E⁺)(1−V), rests on a few.

    Without both nulls. L = P(answered)·U, where U says whether words are taken up, the smaller of two nulls. One that
    is missing is left out of L, and could only make L smaller. So what falls as L grows is here at its smallest,
    whatever a text stage will find: small talk, parallel posts, silent. They are what they are called. Of what
    remains of both ways, L⁺E⁻, nobody can say whether words are taken up: both ways, untold. With small talk it is
    E⁺ − L⁺(E⁺−E⁻), which falls as L grows, too; so what rests on a few is at its largest. Broadcasting with V = 1
    does not depend on L at all; with V = 0 it is at its largest, and a text stage may move a part of it to parallel
    posts: it says that those who open do not come back, and claims no uptake.
    """
    life, no_life, both, none = given.life, given.no_life, given.exchange, given.no_exchange
    apart = no_life * none * (1 - given.few_voices)
    taken_up = given.life_rest * given.exchange_rest
    untold = life * given.exchange_rest
    by_few = (life - given.life_rest) * none * (1 - given.few_voices)
    found = {
        State.COLLABORATING: np.where(told, taken_up * given.closed, 0.0),
        State.CONVERSING: np.where(told, taken_up * (1 - given.closed), 0.0),
        State.BROADCASTING: none * (given.few_voices + (1 - given.few_voices) * given.life_rest),
        State.COHABITING_SMALL_TALK: no_life * both,
        State.COHABITING_PARALLEL: np.where(silent, 0.0, apart),
        State.COHABITING_SILENT: np.where(silent, apart, 0.0),
        State.RESTS_ON_FEW: life * both - np.where(told, taken_up, untold) + by_few,
        State.BOTH_WAYS_UNTOLD: np.where(told, 0.0, untold),
    }
    return {state: np.clip(values, 0.0, 1.0) for state, values in found.items()}


def possible(*, told: bool, silent: bool) -> tuple[State, ...]:
    """The states that a space can be in, in their order."""
    apart = State.COHABITING_SILENT if silent else State.COHABITING_PARALLEL
    both = (State.COLLABORATING, State.CONVERSING) if told else (State.BOTH_WAYS_UNTOLD,)
    chosen = {State.BROADCASTING, State.RESTS_ON_FEW, State.COHABITING_SMALL_TALK, apart, *both}
    return tuple(state for state in State if state in chosen)


def logit(state: State, given: dict[State, NDArray[np.float64]]) -> NDArray[np.float64]:
    """ln(p/(1−p)) of a state, from the other states' sum, so that it keeps its digits near certainty."""
    kin = _kin(state)
    inside = sum(p for other, p in given.items() if other in kin)
    outside = sum(p for other, p in given.items() if other not in kin)
    found: NDArray[np.float64] = np.log(np.maximum(inside, LEAST_CHANCE)) - np.log(
        np.maximum(outside, LEAST_CHANCE)
    )
    return found


def _kin(state: State) -> tuple[State, ...]:
    """What is judged together: cohabiting is one state of several kinds, and small talk goes both ways, too."""
    if state is State.BOTH_WAYS_UNTOLD:
        return (State.BOTH_WAYS_UNTOLD, State.COHABITING_SMALL_TALK)
    return COHABITING if state in COHABITING else (state,)


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
    larger kind. Without both nulls what needs uptake cannot be stated, nor what rests on a few; both ways, untold, is
    said of a space only where no more than that can be: where cohabiting is sure, it is said.
    """
    own = np.stack([np.atleast_1d(given[state]) for state in CHANCES], axis=1)
    kin = [[CHANCES.index(other) for other in _kin(state)] for state in CHANCES]
    shares = np.stack([np.minimum(1.0, own[:, places].sum(axis=1)) for places in kin], axis=1)
    untold = CHANCES.index(State.BOTH_WAYS_UNTOLD)
    sure = shares[:, CHANCES.index(State.COHABITING_SMALL_TALK)] >= params.stated_from
    shares[:, untold] = np.where(np.atleast_1d(told) | sure, own[:, untold], shares[:, untold])
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
