"""Which meetings decided: the influence of each on the state's logit."""

import math

from tertulia.engine.features import Inputs, chances, inputs
from tertulia.engine.influence import inputs_without, surroundings
from tertulia.engine.meetings import Meeting, Talk
from tertulia.engine.params import LEAST_CHANCE, Params
from tertulia.engine.records import MeetingRead
from tertulia.engine.states import State, probabilities, share_of
from tertulia.engine.tally import Tally, tally


def chance_of(given: Inputs, *, told: bool, carries_closing: bool, params: Params) -> dict[State, float]:
    """The states' probabilities from the inputs."""
    found = chances(given, params, carries_closing=carries_closing)
    return probabilities(found, told=told, silent=given.responses == 0)


def logit_of(state: State, found: dict[State, float]) -> float:
    """ln(p/(1−p)) of a state, from the other states' sum, so that it keeps its digits near certainty."""
    inside, outside = share_of(state, found)
    return math.log(max(inside, LEAST_CHANCE)) - math.log(max(outside, LEAST_CHANCE))


def weigh(
    talk: Talk,
    sums: Tally,
    about: State,
    *,
    told: bool,
    carries_closing: bool,
    params: Params,
) -> tuple[tuple[MeetingRead, ...], tuple[MeetingRead, ...]]:
    """The 5 meetings that speak most for a state and the 2 that speak most against it.

    The influence of a meeting is logit P(state) with all minus without it: to first order for all of them,
    exactly for the first 20 (those of largest influence, among them enough on either side). Fewer are given
    where fewer speak for or against. Influences do not add up to the whole. Source: ENGINE.md, section 3.
    """

    def logit(given: Inputs) -> float:
        found = chance_of(given, told=told, carries_closing=carries_closing, params=params)
        return logit_of(about, found)

    around = surroundings(talk, sums, params)
    whole = logit(around.given)
    meetings = talk.meetings_in_window()
    first = [(whole - logit(inputs_without(meeting, around)), meeting) for meeting in meetings]
    weighed: list[tuple[float, Meeting]] = []
    for meeting in _candidates(first, params):
        recount = inputs(tally(talk, params, {meeting.key}), params)
        weighed.append((whole - logit(recount), meeting))
    weighed.sort(key=lambda pair: (-pair[0], pair[1].key))
    speaking_for = [pair for pair in weighed if pair[0] > 0][: params.evidence_for]
    against = [pair for pair in reversed(weighed) if pair[0] < 0][: params.evidence_against]
    return tuple(map(_shown, speaking_for)), tuple(map(_shown, against))


def _candidates(first: list[tuple[float, Meeting]], params: Params) -> list[Meeting]:
    ranked = sorted(first, key=lambda pair: (-pair[0], pair[1].key))
    # Each side gets its share of the exact recounts, and what the other leaves over.
    against = min(sum(1 for influence, _ in ranked if influence < 0), params.evidence_exact // 3)
    chosen = ranked[: max(0, params.evidence_exact - against)]
    chosen += ranked[max(len(chosen), len(ranked) - against) :] if against else []
    return [meeting for _, meeting in chosen]


def _shown(pair: tuple[float, Meeting]) -> MeetingRead:
    return shown(pair[1], pair[0], exact=True)


def shown(meeting: Meeting, influence: float | None = None, *, exact: bool = False) -> MeetingRead:
    """A meeting as it goes into a reading."""
    return MeetingRead(
        thread=meeting.thread,
        episode=meeting.key[0],
        people=meeting.pair,
        acts=meeting.acts,
        begins=meeting.begins,
        ends=meeting.ends,
        both_ways=meeting.both_ways,
        closed=bool(meeting.closed_at),
        influence=influence,
        exact=exact,
    )
