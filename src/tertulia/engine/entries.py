"""What one act says of two people: the entries of a track record, act by act, in any order of arrival.

It says the same as `sql/tie_days.sql` says of all acts at once; a property test holds the two together.
"""

from collections import Counter

from tertulia.engine.acts import Act, Id
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams
from tertulia.engine.risks import (
    BROKEN,
    CLOSING,
    CORRECTING,
    HONOURED,
    KINDS,
    OUTCOMES_ALONE,
    Book,
    Entry,
    Evidence,
    contests,
    counts,
    evidence_in,
    is_open,
    stands,
    weighed,
)

__all__ = [
    "BROKEN",
    "HONOURED",
    "KINDS",
    "OUTCOMES_ALONE",
    "Book",
    "Entry",
    "changes",
    "concerned",
    "entries_of",
]


def entries_of(act: Act, book: Book, *, params: TieParams = DEFAULT_TIES) -> list[Entry]:
    """The entries that this act closes, as things stand in the book.

    Parameters: `act`, one of the book's; `book`, the look-ups. Acts later than the moment of a reading must not be in
    the book. Returns: none for most acts; two for a confirmed meeting and for a promise that was kept.
    Source: ENGINE.md, section 4. `measuring_off` is for whoever reads the rows: they are left out, both ways.
    """
    if act.verb not in CLOSING or not counts(act):
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


def _sound(act: Act, book: Book, params: TieParams) -> list[Evidence]:
    return [one for one in evidence_in(act, book, params) if one.entry.weight > 0 and stands(one, book)]


def _saying(evidence: Evidence, book: Book) -> list[Act]:
    """The acts by the same person, of the same verb, that may say the same of the same."""
    act = evidence.act
    near = list(book.naming(evidence.matter or 0))
    if act.verb == "stands":
        near += [further for one in near for further in book.naming(one.act)]
    return [
        one
        for one in {one.act: one for one in near}.values()
        if one.verb == act.verb and one.actor == act.actor and counts(one)
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
        and counts(one)
        and {one.actor, one.person} == two
        and _meeting(one, book) == meeting
        and not any(is_open(contest, book) for contest in contests(one.act, two, book))
    ]
    first = min(notes, key=lambda one: (one.t, one.act), default=None)
    if first is None or first.act != act.act or len({one.actor for one in notes}) < 2:
        return []
    weight = weighed(params.met, min(one.confidence for one in notes))
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
    if named is not None and named.verb == "met" and counts(named):
        return named.ref if named.ref is not None else named.act
    return act.ref if act.ref is not None else act.act


def _entry(entry: Entry, t: int, weight: int) -> Entry:
    return Entry(entry.a, entry.b, t // DAY_US, entry.kind, weight)
