"""The notes beside an idea's text, and the marks in the text that each of them belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tertulia.ideas import queries
from tertulia.ideas.alignment import LONGEST_STOP_WORD
from tertulia.ideas.markdown import TAG, plain_of_html
from tertulia.ideas.search import fold
from tertulia.web.addresses import exchange_of
from tertulia.web.names import Called
from tertulia.web.openings import verb_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tertulia.ideas.models import Credit, Idea, Version

# What is new in a passage: marked, or in its difference.
_NEW, _NEW_ENDS = ("<ins>", '<span class="changed">'), ("</ins>", "</span>")
# Where a passage ends, but for the tags that it closes; a link is no place to end in.
_CLOSING = re.compile(r"(?:</(?!a>)\w+>\s*)*$")

# The words of a new piece of a passage, how many of them tell something, and where a mark may follow it.
_New = tuple[frozenset[str], int, int]


@dataclass(frozen=True)
class Note:
    """What stands beside a passage: who said what, and what the author says it changed."""

    name: str
    verb: str
    words: str
    author: str
    sentence: str
    href: str
    # Whether the person named has said that it is not so.
    is_corrected: bool = False
    # Where the marked words may be of another version: the one that it changed; else 0.
    version: int = 0
    # Its mark in the text; 0 where none stands there.
    number: int = 0


@dataclass(frozen=True)
class Passage:
    html: SafeString
    notes: tuple[Note, ...]


def passages_of(idea: Idea, version: Version | None, credits: list[Credit], mode: str) -> tuple[Passage, ...]:
    if version is None:
        return ()
    called = Called([credit.to for credit in credits] + [idea.author])
    by_id = {credit.pk: credit for credit in credits}
    numbers = count(1)
    passages = []
    for html, passage in zip(_shown(idea, version, mode), version.passages, strict=True):
        keys = () if mode == "clean" else passage["credits"]
        placed = _in_order(html, [by_id[key] for key in keys if key in by_id], version)
        notes = [
            (at, replace(_beside(idea, credit, called, version), number=next(numbers) if at else 0))
            for at, credit in placed
        ]
        passages.append(Passage(_with_marks(html, notes), tuple(note for _at, note in notes)))
    return tuple(passages)


def _shown(idea: Idea, version: Version, mode: str) -> list[str]:
    if mode == "beginning":
        return [passage.difference for passage in queries.since_the_beginning(idea)]
    field = {"difference": "difference", "clean": "clean"}.get(mode, "marked")
    return [passage[field] for passage in version.passages]


def _beside(idea: Idea, credit: Credit, called: Called, shown: Version) -> Note:
    """A note follows its passage into later versions. The words that are marked there are then not those it changed."""
    note = note_of(idea, credit, called)
    return note if credit.version_id == shown.pk else replace(note, version=credit.version.number)


def note_of(idea: Idea, credit: Credit, called: Called) -> Note:
    author = called(credit.by)
    if not credit.named:
        return Note(_("A reader"), _("changed this."), "", author, credit.sentence, "")
    return Note(
        name=called(credit.to),
        verb=verb_of(credit.reply.starter),
        words=snippet(plain_of_html(credit.reply.html), 110),
        author=author,
        sentence=credit.sentence,
        href=exchange_of(idea, credit.reply_id),
        is_corrected=credit.heard == "not_quite",
    )


def _in_order(html: str, credits: list[Credit], shown: Version) -> list[tuple[int, Credit]]:
    """Where in the passage the mark of each note stands, in the order of the text; then, at 0, those without one. What
    an earlier version changed is marked no more: its note belongs to the passage, and to no words of it."""
    new = _new_in(html) if credits else []
    placed = [
        (_place(html, new, credit) if credit.version_id == shown.pk else 0, credit) for credit in credits
    ]
    return sorted(placed, key=lambda one: (one[0] == 0, one[0]))


def _new_in(html: str) -> list[_New]:
    """What is new, piece by piece. A mark is a link, and none stands in another: it follows the whole link."""
    found: list[_New] = []
    begins, in_link = 0, 0
    for tag in TAG.finditer(html):
        if tag[0] in _NEW:
            begins = tag.end()
        elif tag[0] in _NEW_ENDS:
            words = _words_of(plain_of_html(html[begins : tag.start()]))
            found.append((words, len(_telling(words)), tag.end()))
        elif tag[0].startswith("<a "):
            in_link = len(found)
        elif tag[0] == "</a>":
            found[in_link:] = [(words, telling, tag.end()) for words, telling, _end in found[in_link:]]
    return found


def _place(html: str, new: list[_New], credit: Credit) -> int:
    """After the new words that name whoever is credited, else those that are most like the credit and its reply; the
    last of them if none is; at the end where none is new."""
    if not new:
        closing = _CLOSING.search(html)
        return closing.start() if closing else len(html)
    about = _telling(_words_of(f"{credit.sentence} {plain_of_html(credit.reply.html)}"))
    # Whoever prefers to stay unnamed is not found by a name that stands in the text.
    name = _words_of(credit.to.name) if credit.named else frozenset()
    # Which part of them is in what was said: a longer text has more in common with anything.
    alike = [
        (not name.isdisjoint(words), len(about & words) / max(telling, 1)) for words, telling, _end in new
    ]
    best = new[alike.index(max(alike))] if any(map(any, alike)) else new[-1]
    return best[-1]


def _words_of(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _telling(words: frozenset[str]) -> set[str]:
    """Without the short ones, which every text has."""
    return {word for word in words if len(word) > LONGEST_STOP_WORD or not word.isascii()}


def _with_marks(html: str, notes: Iterable[tuple[int, Note]]) -> SafeString:
    pieces, before = [], 0
    for at, note in notes:
        if note.number:
            pieces += [html[before:at], _mark(note)]
            before = at
    return mark_safe("".join([*pieces, html[before:]]))  # noqa: S308 -- cleaned when it was written


def _mark(note: Note) -> SafeString:
    label = _("Note %(number)d: %(name)s") % {"number": note.number, "name": note.name}
    return format_html(
        '<sup class="ref"><a id="words-{0}" href="#note-{0}" role="doc-noteref" aria-label="{1}">{0}</a></sup>',
        note.number,
        label,
    )
