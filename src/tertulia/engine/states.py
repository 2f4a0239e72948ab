"""From chances to states: their probabilities, and what may be said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tertulia.engine.features import Chances
from tertulia.engine.params import Params


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


def probabilities(given: Chances, *, told: bool, silent: bool) -> dict[State, float]:
    """The states' probabilities; each in [0, 1], together 1.

    `told`: both nulls of the text stage are there; `silent`: nobody responded to anybody.

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
    found = {
        State.BROADCASTING: none * (life + no_life * given.few_voices),
        State.RESTS_ON_FEW: life * (both - given.exchange_rest),
    }
    if silent:
        found[State.COHABITING_SILENT] = apart
    else:
        found[State.COHABITING_PARALLEL] = apart
    taken_up = life * given.exchange_rest
    if told:
        found[State.COLLABORATING] = taken_up * given.closed
        found[State.CONVERSING] = taken_up * (1 - given.closed)
        found[State.COHABITING_SMALL_TALK] = no_life * both
    else:
        found[State.BOTH_WAYS_UNTOLD] = taken_up + no_life * both
    return {state: min(1.0, max(0.0, found[state])) for state in State if state in found}


def share_of(state: State, given: dict[State, float]) -> tuple[float, float]:
    """The probability of a state and of everything else; cohabiting is one state of two kinds."""
    kin = COHABITING if state in COHABITING else (state,)
    inside = sum(p for other, p in given.items() if other in kin)
    outside = sum(p for other, p in given.items() if other not in kin)
    return min(1.0, inside), outside


def verdict(
    given: dict[State, float], *, told: bool, people: int, contributions: int, params: Params
) -> Verdict:
    """What may be said: a state at .8 or more with 5 people and 20 contributions, else too early, and a lean.

    Twenty is a floor of decency, not of evidence. Cohabiting is judged as one state and named by its larger
    kind. Without both nulls only broadcasting and both ways, untold, can be stated; others can be leant to.
    """
    # The first of equals in the order of the states, so that a tie is not settled by chance.
    about = max(given, key=lambda state: (share_of(state, given)[0], given[state], -list(State).index(state)))
    probability = share_of(about, given)[0]
    enough = people >= params.people_at_least and contributions >= params.contributions_at_least
    may = about in (TOLD_STATES if told else UNTOLD_STATES)
    if enough and may and probability >= params.stated_from:
        return Verdict(about, None, about, probability)
    leaning = about if probability >= params.lean_from else None
    return Verdict(State.TOO_EARLY, leaning, about, probability)
