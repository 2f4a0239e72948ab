"""What one act says of two people: the entries of a track record, act by act, in any order of arrival.

It says the same as `sql/ties.sql` says of all acts at once; a property test holds the two together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final, Protocol

from tertulia.engine.acts import ASKING, TALK, Act, Id
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams

# In the order of ENGINE.md's table; a kind's place is its bit in the rows that SQL gives.
HONOURED: Final = ("answered", "heard", "acted", "declined", "moved_me", "met", "kept")
BROKEN: Final = ("missed", "not_kept", "not_heard")
KINDS: Final = HONOURED + BROKEN
OUTCOMES_ALONE: Final = frozenset(["credited", "decided", "tried", "declined"])
CLOSING: Final = OUTCOMES_ALONE | {"heard", "met", "missed", "not_kept", "stands"}
CORRECTING: Final = frozenset(["contested", "contest_answered"])
# Marks that name a contribution by another person, and marks that others' marks name.
NAMING_WORDS: Final = OUTCOMES_ALONE | {"heard", "not_quite", "promised"}


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
class _Evidence:
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


def entries_of(act: Act, book: Book, *, params: TieParams = DEFAULT_TIES) -> list[Entry]:
    """The entries that this act closes, as things stand in the book.

    Parameters: `act`, one of the book's; `book`, the look-ups. Acts later than the moment of a reading must not be in
    the book. Returns: none for most acts; two for a confirmed meeting and for a promise that was kept.
    Source: ENGINE.md, section 4. `measuring_off` is for whoever reads the rows: they are left out, both ways.
    """
    if act.verb not in CLOSING or not _counts(act):
        return []
    if act.verb == "met":
        return _met(act, book, params)
    mine = _sound(act, book, params)
    found = [_entry(one.entry, one.t, one.entry.weight) for one in mine if one.matter is None]
    for key, one in {one.key: one for one in mine if one.matter is not None}.items():
        same = [
            other
            for saying in _saying(one, book)
            for other in _sound(saying, book, params)
            if other.key == key
        ]
        first = min(same, key=lambda other: (other.act.t, other.act.act))
        if first.act.act == act.act:
            t, weight = min(other.t for other in same), max(other.entry.weight for other in same)
            found.append(_entry(one.entry, t, weight))
    return found


def _sound(act: Act, book: Book, params: TieParams) -> list[_Evidence]:
    return [one for one in _evidence(act, book, params) if one.entry.weight > 0 and _stands(one, book)]


def _saying(evidence: _Evidence, book: Book) -> list[Act]:
    """The acts by the same person, of the same verb, that may say the same of the same."""
    act = evidence.act
    near = list(book.naming(evidence.matter or 0))
    if act.verb == "stands":
        near += [further for one in near for further in book.naming(one.act)]
    return [
        one
        for one in {one.act: one for one in near}.values()
        if one.verb == act.verb and one.actor == act.actor and _counts(one)
    ]


def concerned(act: Act, book: Book) -> set[int]:
    """The acts whose entries may be others with this act than without it, itself among them.

    Bounded by what names the same contribution, not by the ledger.
    """
    found: set[int] = set()
    for root in _roots(act, book):
        found |= _around(root, book)
    return found


def changes(act: Act, book: Book, without: Book, *, params: TieParams = DEFAULT_TIES) -> Counter[Entry]:
    """What this act changes: entries more (above 0) and less (below 0).

    `book` has the act, `without` is the same book without it. For an act that leaves, the signs are turned round.
    """
    difference: Counter[Entry] = Counter()
    for number in concerned(act, book) | concerned(act, without):
        for side, sign in ((book, 1), (without, -1)):
            one = side.act(number)
            if one is not None:
                for entry in entries_of(one, side, params=params):
                    difference[entry] += sign
    return Counter({entry: times for entry, times in difference.items() if times})


def _roots(act: Act, book: Book) -> list[Act]:
    """The acts about which this act says something new: for a contest, the contested ones."""
    if act.verb not in CORRECTING:
        return [act]
    roots = []
    for number in (act.ref, act.parent):
        named = book.act(number) if number is not None else None
        if named is not None and named.verb == "contested":
            named = book.act(named.ref) if named.ref is not None else None
        if named is not None:
            roots.append(named)
    return roots


def _around(root: Act, book: Book) -> set[int]:
    beside = [one for one in book.naming(root.ref) if _alike(one, root)] if root.ref is not None else []
    if root.verb == "met":
        beside += _near(_meeting(root, book), book)
    elif root.verb == "stands":
        doubt = book.act(root.ref or 0)
        beside += book.naming(doubt.ref) if doubt is not None and doubt.ref is not None else ()
    naming = [*book.naming(root.act)]
    for one in book.under(root.act):
        naming += book.naming(one.act)
    found = {root.act}
    for one in (*beside, *naming):
        found.add(one.act)
        found.update(further.act for further in book.naming(one.act))
    return found


def _alike(one: Act, root: Act) -> bool:
    return one.actor == root.actor or (one.verb == "met" and root.verb == "met")


def _counts(act: Act) -> bool:
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
    if named is None or named.verb not in verbs or not _counts(named) or named.actor == mark.actor:
        return None
    return named if _before(named, mark) else None


def _evidence(act: Act, book: Book, params: TieParams) -> Iterator[_Evidence]:
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
                        act.actor, words.actor, 0, "moved_me", _weight(params.moved_me, act.confidence)
                    )
                    yield _Evidence(act, (words.act,), entry, act.t)


def _hearing(act: Act, book: Book, params: TieParams) -> Iterator[_Evidence]:
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
            entry = Entry(act.actor, words.actor, 0, kind, _weight(weight, confidence))
            rests_on = (words.act, asked.act) if mine and asked is not None else (words.act,)
            yield _Evidence(act, rests_on, entry, act.t, matter=words.act)
    done = _marked(act, OUTCOMES_ALONE, book)
    if done is not None:
        about = _words(done, book)
        if about is not None and about.actor == act.actor:
            for one in _alone(done, about, book, params, confidence=act.confidence):
                rests_on = (done.act, one.rests_on[-1])
                yield _Evidence(act, rests_on, one.entry, done.t, matter=done.act)


def _is_talk_of(asked: Act, actor: Id) -> bool:
    return asked.actor == actor and asked.verb in TALK and asked.words >= 1 and not asked.contested


def _alone(
    act: Act, words: Act, book: Book, params: TieParams, *, confidence: float = 1.0
) -> Iterator[_Evidence]:
    """What B closed alone, from A's side: half of it."""
    sure = min(act.confidence, confidence)
    kind, weight = ("declined", params.declined) if act.verb == "declined" else ("acted", params.acted)
    entry = Entry(words.actor, act.actor, 0, kind, _weight(weight / 2, sure))
    yield _Evidence(act, (words.act,), entry, act.t)
    promise = _promise(act, book) if act.verb == "tried" else None
    if promise is not None:
        entry = Entry(words.actor, act.actor, 0, "kept", _weight(params.kept / 2, sure))
        yield _Evidence(act, (words.act, promise.act), entry, act.t)


def _promise(act: Act, book: Book) -> Act | None:
    """The promise that this telling keeps: the last thing that its actor promised or told about the same words."""
    earlier = [
        one
        for one in book.naming(act.ref or 0)
        if one.actor == act.actor
        and one.verb in {"promised", "tried"}
        and _counts(one)
        and _before(one, act)
        and _words(one, book) is not None
    ]
    last = max(earlier, key=lambda one: (one.t, one.act), default=None)
    return last if last is not None and last.verb == "promised" else None


def _not_kept(act: Act, book: Book, params: TieParams) -> Iterator[_Evidence]:
    promise = _marked(act, ("promised",), book)
    if promise is None or act.t - promise.t < params.not_kept_after_us:
        return
    words = _words(promise, book)
    if words is not None and words.actor == act.actor:
        yield _against(act, promise, (promise.act, words.act), "not_kept", params.not_kept)


def _against(act: Act, named: Act, rests_on: tuple[int, ...], kind: str, weight: int) -> _Evidence:
    entry = Entry(act.actor, named.actor, 0, kind, _weight(weight, act.confidence))
    return _Evidence(act, rests_on, entry, act.t, matter=named.act, unless_disputed=True)


def _standing(act: Act, book: Book, params: TieParams) -> Iterator[_Evidence]:
    named = book.act(act.ref) if act.ref is not None else None
    candidates = [named] if named is not None and named.verb == "not_quite" else []
    candidates += [one for one in book.naming(act.ref or 0) if one.verb == "not_quite"]
    for doubt in candidates:
        if doubt.actor != act.actor or not _counts(doubt) or act.t - doubt.t < params.not_heard_after_us:
            continue
        target = _words(doubt, book) or _marked(doubt, OUTCOMES_ALONE | {"promised", "accepted"}, book)
        if target is not None:
            sure = min(doubt.confidence, act.confidence)
            entry = Entry(act.actor, target.actor, 0, "not_heard", _weight(params.not_heard, sure))
            yield _Evidence(act, (doubt.act, target.act), entry, act.t, matter=target.act)


def _stands(evidence: _Evidence, book: Book) -> bool:
    """Is neither the act nor what it rests on openly contested by one of the two?"""
    two = {evidence.entry.a, evidence.entry.b}
    if evidence.unless_disputed and any(True for _ in _contests(evidence.act.act, two, book)):
        return False
    return not any(
        _is_open(contest, book)
        for number in (evidence.act.act, *evidence.rests_on)
        for contest in _contests(number, two, book)
    )


def _contests(number: int, two: set[Id], book: Book) -> Iterator[Act]:
    for one in book.naming(number):
        if one.verb == "contested" and one.actor in two and _counts(one):
            yield one


def _is_open(contest: Act, book: Book) -> bool:
    for number in (contest.act, contest.ref or 0):
        for answer in (*book.naming(number), *book.under(number)):
            if (
                answer.verb == "contest_answered"
                and answer.actor != contest.actor
                and _counts(answer)
                and _before(contest, answer)
            ):
                return False
    return True


def _met(act: Act, book: Book, params: TieParams) -> list[Entry]:
    """A meeting that both confirmed; the first to say so closes it."""
    if act.person is None or act.person == act.actor:
        return []
    two = {act.actor, act.person}
    meeting = _meeting(act, book)
    notes = [
        one
        for one in {one.act: one for one in _near(meeting, book)}.values()
        if one.verb == "met"
        and _counts(one)
        and {one.actor, one.person} == two
        and _meeting(one, book) == meeting
        and not any(_is_open(contest, book) for contest in _contests(one.act, two, book))
    ]
    first = min(notes, key=lambda one: (one.t, one.act), default=None)
    if first is None or first.act != act.act or len({one.actor for one in notes}) < 2:
        return []
    weight = _weight(params.met, min(one.confidence for one in notes))
    day = first.t // DAY_US
    return [Entry(a, b, day, "met", weight) for a, b in _both_ways(two) if weight > 0]


def _near(meeting: int, book: Book) -> list[Act]:
    near = [*book.naming(meeting)]
    itself = book.act(meeting)
    if itself is not None:
        near.append(itself)
    return near + [further for one in near for further in book.naming(one.act)]


def _both_ways(two: set[Id]) -> list[tuple[Id, Id]]:
    one, other = two
    return [(one, other), (other, one)]


def _meeting(act: Act, book: Book) -> int:
    named = book.act(act.ref) if act.ref is not None else None
    if named is not None and named.verb == "met" and _counts(named):
        return named.ref if named.ref is not None else named.act
    return act.ref if act.ref is not None else act.act


def _weight(weight: float, confidence: float) -> int:
    return floor(weight * confidence + 0.5)


def _entry(entry: Entry, t: int, weight: int) -> Entry:
    return Entry(entry.a, entry.b, t // DAY_US, entry.kind, weight)
