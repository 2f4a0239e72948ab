"""The fold of one space: meetings (an episode, a pair), answers under openings, and the window."""

from collections.abc import Set
from dataclasses import dataclass, replace

from tertulia.engine.acts import Act, Id
from tertulia.engine.deeds import Deed, closings, deeds
from tertulia.engine.params import DAY_US, Params
from tertulia.engine.talk import Contribution, MeetingKey, contributions, meeting_key


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people in one episode: what they said to each other there and what came of it, up to the end."""

    key: MeetingKey
    thread: Id
    acts: tuple[int, ...]
    begins: int
    ends: int
    both_ways: bool
    closed_at: tuple[int, ...]

    @property
    def pair(self) -> tuple[str, str]:
        return self.key[1], self.key[2]


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything said and done in one space up to `end`, folded once; a window is how it is looked at."""

    said: tuple[Contribution, ...]
    deeds: tuple[Deed, ...]
    meetings: dict[MeetingKey, Meeting]
    answers: dict[int, tuple[Contribution, ...]]
    addressed: frozenset[tuple[int, str, str]]
    start: int | None
    end: int

    def within(self, t: int) -> bool:
        """Is this time in the window (start exclusive, so that adjacent windows share no act)?"""
        return self.start is None or t > self.start

    def addressed_back(self, one: Contribution) -> bool:
        """Did the person it is addressed to also address its author in that episode?"""
        return (one.episode, one.to or "", one.actor) in self.addressed

    def in_window(self) -> tuple[Contribution, ...]:
        return tuple(one for one in self.said if self.within(one.t))

    def meetings_in_window(self) -> list[Meeting]:
        """The meetings whose later side falls into the window, in order of their first act."""
        return [meeting for meeting in self.meetings.values() if self.within(meeting.ends)]

    def gone(self, keys: Set[MeetingKey]) -> frozenset[int]:
        """The acts that leave with these meetings: what the two said, and what came of it. Openings stay."""
        said = {one.act for one in self.said if not one.opening and one.meeting in keys}
        return frozenset(said | {deed.act for deed in self.deeds if deed.meeting in keys})

    def without(self, keys: Set[MeetingKey]) -> "Talk":
        """This talk as if these meetings had not taken place."""
        gone = self.gone(keys)
        answers = {
            opening: tuple(one for one in found if one.act not in gone)
            for opening, found in self.answers.items()
        }
        return replace(
            self,
            said=tuple(one for one in self.said if one.act not in gone),
            deeds=tuple(deed for deed in self.deeds if deed.act not in gone),
            meetings={key: meeting for key, meeting in self.meetings.items() if key not in keys},
            answers={opening: found for opening, found in answers.items() if found},
            addressed=frozenset(one for one in self.addressed if meeting_key(*one) not in keys),
        )


def fold(acts: list[Act], *, start: int | None, end: int, params: Params, chat: bool) -> Talk:
    """One space's valid acts in their total order, up to `end` (µs), as `Talk`."""
    said = contributions(acts, params, chat=chat)
    done = deeds(acts, {one.act: one for one in said})
    addressed = frozenset((one.episode, one.actor, one.to) for one in said if one.to is not None)
    answers: dict[int, list[Contribution]] = {}
    for one in said:
        if one.answers is not None:
            answers.setdefault(one.answers, []).append(one)
    return Talk(
        said=tuple(said),
        deeds=tuple(done),
        meetings=_meetings(said, done, addressed, params),
        answers={opening: tuple(found) for opening, found in answers.items()},
        addressed=addressed,
        start=start,
        end=end,
    )


def _meetings(
    said: list[Contribution], done: list[Deed], addressed: frozenset[tuple[int, str, str]], params: Params
) -> dict[MeetingKey, Meeting]:
    talk: dict[MeetingKey, list[Contribution]] = {}
    for one in said:
        if one.meeting is not None:
            talk.setdefault(one.meeting, []).append(one)
    came: dict[MeetingKey, list[Deed]] = {}
    for deed in done:
        came.setdefault(deed.meeting, []).append(deed)
    return {key: _meeting(key, words, came.get(key, []), addressed, params) for key, words in talk.items()}


def _meeting(
    key: MeetingKey,
    words: list[Contribution],
    between: list[Deed],
    addressed: frozenset[tuple[int, str, str]],
    params: Params,
) -> Meeting:
    episode, one, other = key
    both = (episode, one, other) in addressed and (episode, other, one) in addressed
    order = sorted([item.order for item in words] + [deed.order for deed in between])
    return Meeting(
        key=key,
        thread=words[0].thread,
        acts=tuple(act for _, act in order),
        begins=order[0][0],
        ends=order[-1][0],
        both_ways=both,
        closed_at=tuple(closings(between, params.outcome_days * DAY_US)) if both else (),
    )
