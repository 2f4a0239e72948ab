"""Contests: which meetings a reading is made with and without."""

from dataclasses import dataclass

from tertulia.engine.acts import Act
from tertulia.engine.meetings import Talk
from tertulia.engine.params import DAY_US, Params
from tertulia.engine.talk import MeetingKey


@dataclass(frozen=True, slots=True)
class Contested:
    """`agreed`: meetings that stay out of both readings; `open_`: those of the second reading left out;
    `acts`: what is openly contested in this window; `over_limit`: meetings that somebody's tenth left in."""

    agreed: frozenset[MeetingKey]
    open_: frozenset[MeetingKey]
    acts: tuple[int, ...]
    over_limit: int


def contested(talk: Talk, acts: list[Act], now: int, params: Params) -> Contested:
    """What is contested among the window's meetings.

    A contest is an act `contested` whose `ref` is the act it contests, by that act's actor or addressee. It
    is open until a `contest_answered` names the same act, or for 30 days; then the act is back, unless the
    other agreed, which the row itself says (`Act.contested`). `now`: µs, later than any act given; contests
    speak about the past, so one made after the window's end counts too. One person's contests take out at
    most 10 % of the meetings read, the earliest first.
    """
    by_act = {act.act: act for act in acts}
    meetings = talk.meetings_in_window()
    holding = {act: meeting.key for meeting in meetings for act in meeting.acts}
    agreed = frozenset(key for act, key in holding.items() if by_act[act].contested)
    each_may = int((len(meetings) - len(agreed)) * params.contest_share)
    taken: dict[str, set[MeetingKey]] = {}
    over: set[MeetingKey] = set()
    named: list[int] = []
    for contest in _open_contests(acts, by_act, now, params):
        key = holding.get(contest.ref) if contest.ref is not None else None
        if key is None or key in agreed or contest.ref is None:
            continue
        named.append(contest.ref)
        mine = taken.setdefault(contest.actor, set())
        if key in mine or len(mine) < each_may:
            mine.add(key)
        else:
            over.add(key)
    out = frozenset(key for mine in taken.values() for key in mine)
    return Contested(agreed, out, tuple(dict.fromkeys(named)), len(over - out))


def _open_contests(acts: list[Act], by_act: dict[int, Act], now: int, params: Params) -> list[Act]:
    answered: dict[int, tuple[int, int]] = {}
    for act in acts:
        if act.verb == "contest_answered" and act.ref is not None:
            answered[act.ref] = (act.t, act.act)
    found: list[Act] = []
    for act in acts:
        about = by_act.get(act.ref) if act.verb == "contested" and act.ref is not None else None
        if about is None or act.actor not in (about.actor, _addressee(about, by_act)):
            continue
        later = answered.get(about.act, (act.t, act.act)) > (act.t, act.act)
        if not later and now - act.t <= params.contest_days * DAY_US:
            found.append(act)
    return found


def _addressee(act: Act, by_act: dict[int, Act]) -> str | None:
    if act.person is not None:
        return act.person
    target = by_act.get(act.ref if act.ref is not None else act.parent or -1)
    return target.actor if target is not None else None
