"""What an act risks, honours or breaks between two people: the table of ENGINE.md, section 4, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final, Protocol

from tertulia.engine.acts import ASKING, TALK, Act, Id
from tertulia.engine.params import TieParams

# In the order of ENGINE.md's table; a kind's place is its bit in the rows that SQL gives.
HONOURED: Final = ("answered", "heard", "acted", "declined", "moved_me", "met", "kept")
BROKEN: Final = ("missed", "not_kept", "not_heard")
KINDS: Final = HONOURED + BROKEN
OUTCOMES_ALONE: Final = frozenset(["credited", "decided", "tried", "declined"])
CLOSING: Final = OUTCOMES_ALONE | {"heard", "met", "missed", "not_kept", "stands"}
CORRECTING: Final = frozenset(["contested", "contest_answered"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A's record of B gets `weight` (thousandths, > 0) of `kind` on `day` (UTC days since 1970)."""

    a: Id
    b: Id
    day: int
    kind: str
    weight: int


class Book(Protocol):
    """The few look-ups that an act's entries need."""

    def act(self, number: int) -> Act | None:
        """That act, if it is there."""

    def naming(self, number: int) -> Sequence[Act]:
        """The acts whose `ref` is this one, in any order."""

    def under(self, number: int) -> Sequence[Act]:
        """The acts whose `parent` is this one, in any order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One act that may be evidence: since when, what it rests on, and the `matter` of which it counts once."""

    act: Act
    rests_on: tuple[int, ...]
    entry: Entry
    t: int
    matter: int | None = None
    unless_disputed: bool = False

    @property
    def key(self) -> tuple[Id, str, int | None]:
        return self.entry.b, self.entry.kind, self.matter


def counts(act: Act) -> bool:
    return not act.contested and act.basis != "inferred_turn"


def _before(one: Act, other: Act) -> bool:
    return (one.t, one.act) < (other.t, other.act)


def _words(mark: Act, book: Book) -> Act | None:
    """The contribution by another person that a mark names."""
    named = book.act(mark.ref) if mark.ref is not None else None
    if named is None or named.verb not in TALK or named.words < 1 or named.contested:
        return None
    return named if named.actor != mark.actor and _before(named, mark) else None


def _marked(mark: Act, verbs: Iterable[str], book: Book) -> Act | None:
    """The mark of another person that a mark names."""
    named = book.act(mark.ref) if mark.ref is not None else None
    if named is None or named.verb not in verbs or not counts(named) or named.actor == mark.actor:
        return None
    return named if _before(named, mark) else None


def evidence_in(act: Act, book: Book, params: TieParams) -> Iterator[Evidence]:
    match act.verb:
        case "heard":
            yield from _hearing(act, book, params)
        case "missed":
            came = _marked(act, ("accepted",), book)
            if came is not None and came.person in {None, act.actor}:
                yield _against(act, came, (came.act,), "missed", params.missed)
        case "not_kept":
            yield from _not_kept(act, book, params)
        case "stands":
            yield from _standing(act, book, params)
        case _:
            words = _words(act, book)
            if words is not None:
                yield from _alone(act, words, book, params)
                if act.verb == "credited":
                    entry = Entry(
                        act.actor, words.actor, 0, "moved_me", weighed(params.moved_me, act.confidence)
                    )
                    yield Evidence(act, (words.act,), entry, act.t)


def _hearing(act: Act, book: Book, params: TieParams) -> Iterator[Evidence]:
    words = _words(act, book)
    if words is not None and words.basis != "inferred_turn":
        asked = book.act(words.parent) if words.parent is not None else None
        mine = asked is not None and _is_talk_of(asked, act.actor)
        confidence = min(act.confidence, words.confidence)
        kind = ""
        if words.move == "say_back":
            if mine or words.person == act.actor:
                kind, weight = "heard", params.heard
        elif mine and asked is not None and asked.move in ASKING:
            kind, weight = "answered", params.answered
        if kind:
            entry = Entry(act.actor, words.actor, 0, kind, weighed(weight, confidence))
            rests_on = (words.act, asked.act) if mine and asked is not None else (words.act,)
            yield Evidence(act, rests_on, entry, act.t, matter=words.act)
    done = _marked(act, OUTCOMES_ALONE, book)
    if done is not None:
        about = _words(done, book)
        if about is not None and about.actor == act.actor:
            for one in _alone(done, about, book, params, confidence=act.confidence):
                rests_on = (done.act, one.rests_on[-1])
                yield Evidence(act, rests_on, one.entry, done.t, matter=done.act)


def _is_talk_of(asked: Act, actor: Id) -> bool:
    return asked.actor == actor and asked.verb in TALK and asked.words >= 1 and not asked.contested


def _alone(
    act: Act, words: Act, book: Book, params: TieParams, *, confidence: float = 1.0
) -> Iterator[Evidence]:
    """What B closed alone, from A's side: half of it."""
    sure = min(act.confidence, confidence)
    kind, weight = ("declined", params.declined) if act.verb == "declined" else ("acted", params.acted)
    entry = Entry(words.actor, act.actor, 0, kind, weighed(weight / 2, sure))
    yield Evidence(act, (words.act,), entry, act.t)
    promise = _promise(act, book) if act.verb == "tried" else None
    if promise is not None:
        entry = Entry(words.actor, act.actor, 0, "kept", weighed(params.kept / 2, sure))
        yield Evidence(act, (words.act, promise.act), entry, act.t)


def _promise(act: Act, book: Book) -> Act | None:
    """The promise that this telling keeps: the last thing that its actor promised or told about the same words."""
    earlier = [
        one
        for one in book.naming(act.ref or 0)
        if one.actor == act.actor
        and one.verb in {"promised", "tried"}
        and counts(one)
        and _before(one, act)
        and _words(one, book) is not None
    ]
    last = max(earlier, key=lambda one: (one.t, one.act), default=None)
    return last if last is not None and last.verb == "promised" else None


def _not_kept(act: Act, book: Book, params: TieParams) -> Iterator[Evidence]:
    promise = _marked(act, ("promised",), book)
    if promise is None or act.t - promise.t < params.not_kept_after_us:
        return
    words = _words(promise, book)
    if words is not None and words.actor == act.actor:
        yield _against(act, promise, (promise.act, words.act), "not_kept", params.not_kept)


def _against(act: Act, named: Act, rests_on: tuple[int, ...], kind: str, weight: int) -> Evidence:
    entry = Entry(act.actor, named.actor, 0, kind, weighed(weight, act.confidence))
    return Evidence(act, rests_on, entry, act.t, matter=named.act, unless_disputed=True)


def _standing(act: Act, book: Book, params: TieParams) -> Iterator[Evidence]:
    named = book.act(act.ref) if act.ref is not None else None
    candidates = [named] if named is not None and named.verb == "not_quite" else []
    candidates += [one for one in book.naming(act.ref or 0) if one.verb == "not_quite"]
    for doubt in candidates:
        if doubt.actor != act.actor or not counts(doubt) or act.t - doubt.t < params.not_heard_after_us:
            continue
        target = _words(doubt, book) or _marked(doubt, OUTCOMES_ALONE | {"promised", "accepted"}, book)
        if target is not None:
            sure = min(doubt.confidence, act.confidence)
            entry = Entry(act.actor, target.actor, 0, "not_heard", weighed(params.not_heard, sure))
            yield Evidence(act, (doubt.act, target.act), entry, act.t, matter=target.act)


def stands(evidence: Evidence, book: Book) -> bool:
    """Is neither the act nor what it rests on openly contested by one of the two?"""
    two = {evidence.entry.a, evidence.entry.b}
    if evidence.unless_disputed and any(True for _ in contests(evidence.act.act, two, book)):
        return False
    return not any(
        is_open(contest, book)
        for number in (evidence.act.act, *evidence.rests_on)
        for contest in contests(number, two, book)
    )


def contests(number: int, two: set[Id], book: Book) -> Iterator[Act]:
    for one in book.naming(number):
        if one.verb == "contested" and one.actor in two and counts(one):
            yield one


def is_open(contest: Act, book: Book) -> bool:
    for number in (contest.act, contest.ref or 0):
        for answer in (*book.naming(number), *book.under(number)):
            if (
                answer.verb == "contest_answered"
                and answer.actor != contest.actor
                and counts(answer)
                and _before(contest, answer)
            ):
                return False
    return True


def weighed(weight: float, confidence: float) -> int:
    return floor(weight * confidence + 0.5)
