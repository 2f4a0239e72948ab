"""Contests: which meetings a reading is made with and without."""

from dataclasses import dataclass

from tertulia.engine.acts import Act
from tertulia.engine.meetings import Talk
from tertulia.engine.params import DAY_US, Params
from tertulia.engine.talk import MeetingKey


@dataclass(frozen=True, slots=True)
class Contested:
    """`open_`: meetings that the second reading leaves out; `acts`: what is openly contested in this window;
    `over_limit`: meetings that somebody's tenth left in."""

    open_: frozenset[MeetingKey]
    acts: tuple[int, ...]
    over_limit: int


def agreed(talk: Talk, acts: list[Act]) -> frozenset[MeetingKey]:
    """The meetings with an act that both its people gave up (`Act.contested`): nothing is made of them any more."""
    marked = {act.act for act in acts if act.contested}
    if not marked:
        return frozenset()
    meetings = {meeting.key for meeting in talk.meetings.values() if marked.intersection(meeting.acts)}
    # What came of an opening to which its actor never said anything is in no meeting's acts.
    return frozenset(meetings | {deed.meeting for deed in talk.deeds if deed.act in marked})


def contested(talk: Talk, acts: list[Act], now: int, params: Params) -> Contested:
    """What is openly contested among the window's meetings.

    `talk`: without the meetings that `agreed` names. A contest is an act `contested` whose `ref` is the act it
    contests, by that act's actor or addressee. It is open until the other of the two answers (`contest_answered`
    that names the contest or the act), or for 30 days; then the act is back. `now`: µs, later than any act
    given; contests speak about the past, so one made after the window's end counts too. One person's contests
    take out at most 10 % of the meetings read, rounded down, the earliest first: below ten meetings, none.
    """
    by_act = {act.act: act for act in acts}
    meetings = talk.meetings_in_window()
    holding = {act: meeting.key for meeting in meetings for act in meeting.acts}
    each_may = int(len(meetings) * params.contest_share)
    taken: dict[str, set[MeetingKey]] = {}
    over: set[MeetingKey] = set()
    named: list[int] = []
    for contest in _open_contests(acts, by_act, now, params):
        key = holding.get(contest.ref) if contest.ref is not None else None
        if key is None or contest.ref is None:
            continue
        named.append(contest.ref)
        mine = taken.setdefault(contest.actor, set())
        if key in mine or len(mine) < each_may:
            mine.add(key)
        else:
            over.add(key)
    out = frozenset(key for mine in taken.values() for key in mine)
    return Contested(out, tuple(dict.fromkeys(named)), len(over - out))


def _open_contests(acts: list[Act], by_act: dict[int, Act], now: int, params: Params) -> list[Act]:
    answers = [act for act in acts if act.verb == "contest_answered"]
    found: list[Act] = []
    for act in acts:
        about = by_act.get(act.ref) if act.verb == "contested" and act.ref is not None else None
        if about is None or now - act.t > params.contest_days * DAY_US:
            continue
        people = {about.actor, _addressee(about, by_act)}
        if act.actor in people and not any(_answers(one, act, people) for one in answers):
            found.append(act)
    return found


def _answers(answer: Act, contest: Act, people: set[str | None]) -> bool:
    """The rule of the ledger's frame: it names the contest or its act, and is by the other of that act's people."""
    named = {answer.ref, answer.parent}.intersection((contest.act, contest.ref))
    return (
        bool(named)
        and answer.actor in people - {contest.actor}
        and (answer.t, answer.act) > (contest.t, contest.act)
    )


def _addressee(act: Act, by_act: dict[int, Act]) -> str | None:
    if act.person is not None:
        return act.person
    target = by_act.get(act.ref if act.ref is not None else act.parent or -1)
    return target.actor if target is not None else None
