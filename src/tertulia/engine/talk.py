"""Who said something to whom: contributions with their addressee, episode and the opening they answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tertulia.engine.acts import TALK, Act, Id
from tertulia.engine.params import DAY_US, MINUTE_US, Params

# An episode and the two people who met in it, in the order of their ids.
MeetingKey = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing said: `to` whom, in the episode begun by that act, in answer to that opening (`answers`)."""

    act: int
    t: int
    actor: str
    to: str | None
    basis: str
    thread: Id
    episode: int
    opening: bool
    answers: int | None
    move: str | None
    rk_t: float | None
    rk_o: float | None
    text_version: int | None

    @property
    def meeting(self) -> MeetingKey | None:
        return meeting_key(self.episode, self.actor, self.to) if self.to is not None else None

    @property
    def order(self) -> tuple[int, int]:
        return self.t, self.act


def meeting_key(episode: int, one: str, other: str) -> MeetingKey:
    return (episode, one, other) if one < other else (episode, other, one)


def contributions(acts: Sequence[Act], params: Params, *, chat: bool) -> list[Contribution]:
    """What was said, in the order of (t, act), each addressed and put into its episode.

    `acts`: one space's valid rows in their total order. A contribution is posted, replied or answered, with
    at least one word. Its addressee is the person the row names, else the parent's author; under one's own
    parent, the last other contributor directly under that parent, else in the thread, basis `inferred_turn`
    (without it an author's answers under their own post vanish as replies to themselves). An opening is
    `posted`. An episode is a run of one thread's contributions with no gap above 60 minutes (`chat`) or
    90 days. Source: ENGINE.md, section 1.
    """
    gap = params.chat_gap_minutes * MINUTE_US if chat else params.episode_gap_days * DAY_US
    by_act = {act.act: act for act in acts}
    threads: dict[Id, _Thread] = {}
    said: list[Contribution] = []
    for act in acts:
        if act.verb not in TALK or act.words < 1 or act.thread is None:
            continue
        thread = threads.setdefault(act.thread, _Thread())
        said.append(thread.take(act, by_act, gap))
    return said


@dataclass(slots=True)
class _LastTwo:
    """The last speaker, and the last one before who was somebody else: enough for "the last other"."""

    last: str | None = None
    before: str | None = None

    def heard(self, actor: str) -> None:
        if actor != self.last:
            self.last, self.before = actor, self.last

    def other_than(self, actor: str) -> str | None:
        return self.last if self.last != actor else self.before


@dataclass(slots=True)
class _Thread:
    """What has been said in one thread so far."""

    speakers: _LastTwo = field(default_factory=_LastTwo)
    under: dict[int, _LastTwo] = field(default_factory=dict)
    # The opening from which an unbroken run of its author's own additions leads to this act.
    own_opening: dict[int, int] = field(default_factory=dict)
    opener: dict[int, str] = field(default_factory=dict)
    last_opening: dict[str, int] = field(default_factory=dict)
    episode: int = 0
    last_t: int | None = None

    def take(self, act: Act, by_act: dict[int, Act], gap: int) -> Contribution:
        if self.last_t is None or act.t - self.last_t > gap:
            self.episode = act.act
        self.last_t = act.t
        parent = by_act.get(act.parent) if act.parent is not None else None
        to, basis = self._addressee(act, parent)
        answers = self._opening_answered(act, parent, to)
        opening = act.verb == "posted"
        self._remember(act, parent, opening)
        return Contribution(
            act=act.act,
            t=act.t,
            actor=act.actor,
            to=to,
            basis=basis,
            thread=act.thread if act.thread is not None else act.act,
            episode=self.episode,
            opening=opening,
            answers=None if opening else answers,
            move=act.move,
            rk_t=act.rk_t,
            rk_o=act.rk_o,
            text_version=act.text_version,
        )

    def _addressee(self, act: Act, parent: Act | None) -> tuple[str | None, str]:
        if act.person is not None and act.person != act.actor:
            return act.person, act.basis
        if parent is None:
            return None, act.basis
        if parent.actor != act.actor:
            return parent.actor, act.basis
        under = self.under.get(parent.act)
        other = under.other_than(act.actor) if under else None
        return other or self.speakers.other_than(act.actor), "inferred_turn"

    def _opening_answered(self, act: Act, parent: Act | None, to: str | None) -> int | None:
        if parent is not None:
            opening = self.own_opening.get(parent.act)
        else:
            # A reply without its parent, to someone who opened something here, answers what they opened last.
            opening = self.last_opening.get(to) if to is not None else None
        if opening is None or self.opener[opening] == act.actor:
            return None
        return opening

    def _remember(self, act: Act, parent: Act | None, opening: bool) -> None:
        if opening:
            self.own_opening[act.act] = act.act
            self.opener[act.act] = act.actor
            self.last_opening[act.actor] = act.act
        elif parent is not None:
            self.under.setdefault(parent.act, _LastTwo()).heard(act.actor)
            root = self.own_opening.get(parent.act)
            if root is not None and self.opener[root] == act.actor:
                self.own_opening[act.act] = root
        self.speakers.heard(act.actor)
