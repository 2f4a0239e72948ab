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
from tertulia.ideas.markdown import plain_of_html
from tertulia.ideas.search import fold
from tertulia.web.addresses import exchange_of
from tertulia.web.names import Called
from tertulia.web.openings import verb_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tertulia.ideas.models import Credit, Idea, Version

# What is new in a passage: marked, or in its difference.
_NEW = re.compile(r'<(?P<tag>ins|span class="changed")>(?P<words>.*?)</(?:ins|span)>', re.DOTALL)
_CLOSING = re.compile(r"(?:</\w+>\s*)*$")


@dataclass(frozen=True)
class Note:
    """What stands beside a passage: who said what, and what the author says it changed."""

    name: str
    verb: str
    words: str
    author: str
    sentence: str
    href: str
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
            (at, replace(_beside(idea, credit, called, version), number=number))
            for (at, credit), number in zip(placed, numbers, strict=False)
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
    )


def _in_order(html: str, credits: Iterable[Credit], shown: Version) -> list[tuple[int, Credit]]:
    """Where in the passage the mark of each note stands, in the order of the text."""
    placed = [(_place(html, credit, shown), credit) for credit in credits]
    return sorted(placed, key=lambda one: one[0])


def _place(html: str, credit: Credit, shown: Version) -> int:
    """After the new words that name whoever is credited, else those that are most like the credit and its reply; the
    last of them if none is. What an earlier version changed is marked no more: its note belongs to the passage."""
    new = list(_NEW.finditer(html)) if credit.version_id == shown.pk else []
    if not new:
        closing = _CLOSING.search(html)
        return _outside_links(html, closing.start() if closing else len(html))
    about = _telling(f"{credit.sentence} {plain_of_html(credit.reply.html)}")
    # Whoever prefers to stay unnamed is not found by a name that stands in the text.
    name = set(fold(credit.to.name).split()) if credit.named else set()
    alike = [_likeness(plain_of_html(one["words"]), name, about) for one in new]
    best = new[alike.index(max(alike))] if any(map(any, alike)) else new[-1]
    return _outside_links(html, best.end())


def _likeness(words: str, name: set[str], about: set[str]) -> tuple[bool, float]:
    """Whether they name somebody, and which part of them is in what was said: a longer text has more in common with
    anything."""
    telling = _telling(words)
    return not name.isdisjoint(fold(words).split()), len(about & telling) / max(len(telling), 1)


def _telling(text: str) -> set[str]:
    """The words of a text but the short ones, which every text has."""
    return {word for word in fold(text).split() if len(word) > LONGEST_STOP_WORD or not word.isascii()}


def _outside_links(html: str, at: int) -> int:
    """A mark is a link, and none stands in another."""
    if html.count("<a ", 0, at) == html.count("</a>", 0, at):
        return at
    return html.index("</a>", at) + len("</a>")


def _with_marks(html: str, notes: Iterable[tuple[int, Note]]) -> SafeString:
    pieces, before = [], 0
    for at, note in notes:
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
