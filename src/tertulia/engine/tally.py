"""What each person's contributions come to in a window: the values whose means over people are read."""

from collections.abc import Set
from dataclasses import dataclass, field

from tertulia.engine.meetings import Talk
from tertulia.engine.params import DAY_US, Params
from tertulia.engine.talk import Contribution, MeetingKey, meeting_key

NONE: Set[MeetingKey] = frozenset()


@dataclass(slots=True)
class Person:
    """One person's sums: contributions, φ values, ranks against both nulls, closed exchanges, openings."""

    n: int = 0
    phi: float = 0.0
    phi_n: int = 0
    rk_t: float = 0.0
    rk_t_n: int = 0
    rk_o: float = 0.0
    rk_o_n: int = 0
    closed: int = 0
    openings: int = 0


@dataclass(slots=True)
class Tally:
    """The sums of everybody present, and the openings old enough to have been answered."""

    people: dict[str, Person] = field(default_factory=dict)
    answered: int = 0
    unanswered: int = 0
    responses: int = 0


def tally(talk: Talk, params: Params, without: Set[MeetingKey] = NONE) -> Tally:
    """The sums over the window, as if the meetings `without` had not taken place.

    A meeting that is left out takes along what its two people said to each other in that episode, also as
    answers under an opening, and what came of it. Openings stay.
    """
    sums = Tally()
    for one in talk.in_window():
        if not one.opening and one.meeting in without:
            continue
        person = sums.people.setdefault(one.actor, Person())
        person.n += 1
        if one.opening:
            person.openings += 1
            _count_opening(sums, one, talk, params, without)
        elif one.to is not None:
            sums.responses += 1
        value = exchange(one, talk, without)
        if value is not None:
            person.phi += value
            person.phi_n += 1
        _count_ranks(person, one)
    for meeting in talk.meetings_in_window():
        if meeting.key not in without:
            count = sum(talk.within(t) for t in meeting.closed_at)
            for who in meeting.pair:
                if who in sums.people:
                    sums.people[who].closed += count
    return sums


def exchange(one: Contribution, talk: Talk, without: Set[MeetingKey] = NONE) -> float | None:
    """The φ of one contribution, 0 to 1, or None where it has none.

    Addressed to B: 1 if B also addressed its author in that episode. An opening: the share of those who
    answered it whom its author answered back; one that nobody answered has none (ρ holds it).
    """
    if one.opening:
        back: dict[str, bool] = {}
        for answer in answers_to(one, talk, without):
            returned = (answer.episode, one.actor, answer.actor) in talk.addressed
            returned = returned and meeting_key(answer.episode, one.actor, answer.actor) not in without
            back[answer.actor] = back.get(answer.actor, False) or returned
        return sum(back.values()) / len(back) if back else None
    return float(talk.addressed_back(one)) if one.to is not None else None


def answers_to(opening: Contribution, talk: Talk, without: Set[MeetingKey] = NONE) -> list[Contribution]:
    """What others said in answer to an opening, leaving out meetings."""
    found = talk.answers.get(opening.act, ())
    return [answer for answer in found if answer.meeting not in without] if without else list(found)


def _count_opening(
    sums: Tally, one: Contribution, talk: Talk, params: Params, without: Set[MeetingKey]
) -> None:
    if talk.end - one.t < params.answerable_days * DAY_US:
        return
    if answers_to(one, talk, without):
        sums.answered += 1
    else:
        sums.unanswered += 1


def _count_ranks(person: Person, one: Contribution) -> None:
    if one.rk_t is not None:
        person.rk_t += one.rk_t
        person.rk_t_n += 1
    if one.rk_o is not None:
        person.rk_o += one.rk_o
        person.rk_o_n += 1
