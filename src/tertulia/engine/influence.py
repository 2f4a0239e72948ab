"""First order: what one meeting moves, from the sums of its two people alone."""

from collections.abc import Set
from dataclasses import dataclass, replace

from tertulia.engine.features import Inputs, eligible, inputs, rank, the_few
from tertulia.engine.meetings import Meeting, Talk
from tertulia.engine.params import DAY_US, Params
from tertulia.engine.posterior import Moments
from tertulia.engine.talk import Contribution, MeetingKey
from tertulia.engine.tally import Person, Tally, answers_to, exchange


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stays as it is while single meetings are taken out: the sums, who is read, who the few are."""

    talk: Talk
    params: Params
    sums: Tally
    given: Inputs
    read: Set[str]
    few: Set[str]
    said: dict[MeetingKey, tuple[Contribution, ...]]
    openings: dict[MeetingKey, tuple[Contribution, ...]]


def surroundings(talk: Talk, sums: Tally, params: Params) -> Surroundings:
    """Prepare first-order influences over one window."""
    read = eligible(sums, params)
    said: dict[MeetingKey, list[Contribution]] = {}
    openings: dict[MeetingKey, dict[int, Contribution]] = {}
    for one in talk.in_window():
        if not one.opening:
            if one.meeting is not None:
                said.setdefault(one.meeting, []).append(one)
            continue
        for answer in talk.answers.get(one.act, ()):
            if answer.meeting is not None:
                openings.setdefault(answer.meeting, {})[one.act] = one
    return Surroundings(
        talk=talk,
        params=params,
        sums=sums,
        given=inputs(sums, params),
        read=frozenset(read),
        few=the_few(read, params),
        said={key: tuple(found) for key, found in said.items()},
        openings={key: tuple(found.values()) for key, found in openings.items()},
    )


def inputs_without(meeting: Meeting, around: Surroundings) -> Inputs:
    """The inputs as they would be without one meeting, with the people read and the few left as they are.

    First order: O(acts of the meeting), because only its two people's sums move and nobody changes sides.
    """
    after, answered, lost = _persons_without(meeting, around)
    given = around.given
    exchange_all, rest = given.exchange, given.exchange_rest
    rank_t, rank_o = given.rank_t, given.rank_o
    closed_in, present = given.closed_in, given.present
    for who, person in after.items():
        before = around.sums.people[who]
        if who in around.read:
            exchange_all = _moved(exchange_all, (before.phi, before.phi_n), (person.phi, person.phi_n))
            if who not in around.few:
                rest = _moved(rest, (before.phi, before.phi_n), (person.phi, person.phi_n))
        rank_t = _moved_rank(rank_t, (before.rk_t, before.rk_t_n), (person.rk_t, person.rk_t_n))
        rank_o = _moved_rank(rank_o, (before.rk_o, before.rk_o_n), (person.rk_o, person.rk_o_n))
        closed_in -= int(before.closed > 0) - int(person.closed > 0)
        present -= int(person.n == 0)
    return replace(
        given,
        exchange=exchange_all,
        exchange_rest=rest,
        rank_t=rank_t,
        rank_o=rank_o,
        answered=given.answered - answered,
        unanswered=given.unanswered + answered,
        responses=given.responses - lost,
        closed_in=closed_in,
        present=present,
    )


def _persons_without(meeting: Meeting, around: Surroundings) -> tuple[dict[str, Person], int, int]:
    talk = around.talk
    people = around.sums.people
    after = {who: replace(people[who]) for who in meeting.pair if who in people}
    closed = sum(talk.within(t) for t in meeting.closed_at)
    for person in after.values():
        person.closed -= closed
    said = around.said.get(meeting.key, ())
    for one in said:
        _take_out(after[one.actor], one, exchange(one, talk))
    answered = 0
    without = frozenset([meeting.key])
    for opening in around.openings.get(meeting.key, ()):
        before, now = exchange(opening, talk), exchange(opening, talk, without)
        # The author of an opening need not be of the pair: an answer under it may address a third person.
        author = after.setdefault(opening.actor, replace(people[opening.actor]))
        author.phi += (now or 0.0) - (before or 0.0)
        author.phi_n += int(now is not None) - int(before is not None)
        old_enough = talk.end - opening.t >= around.params.answerable_days * DAY_US
        left = answers_to(opening, talk, without)
        answered += int(old_enough and before is not None and not left)
    return after, answered, len(said)


def _take_out(person: Person, one: Contribution, value: float | None) -> None:
    person.n -= 1
    if value is not None:
        person.phi -= value
        person.phi_n -= 1
    if one.rk_t is not None:
        person.rk_t -= one.rk_t
        person.rk_t_n -= 1
    if one.rk_o is not None:
        person.rk_o -= one.rk_o
        person.rk_o_n -= 1


def _moved_rank(values: Moments, before: tuple[float, int], after: tuple[float, int]) -> Moments:
    return _moved(values, (rank(*before), before[1]), (rank(*after), after[1]))


def _moved(values: Moments, before: tuple[float, int], after: tuple[float, int]) -> Moments:
    if before == after:
        return values
    if before[1]:
        values = values.minus(before[0] / before[1], before[1])
    if after[1]:
        values = values.plus(after[0] / after[1], after[1])
    return values
