"""What the page of a reading shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertulia.readings import queries
from tertulia.web import reading_words as words
from tertulia.web.reading_contests import Answered, Waiting, answered_in, contest_lines, waiting_for
from tertulia.web.reading_lines import Line, callers, line_of, why_against
from tertulia.web.reading_questions import Asked, asked, in_order, to_do

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.utils.safestring import SafeString

    from tertulia.people.models import Person
    from tertulia.readings.queries import Evidence, Meeting, Question, Reading, Told
    from tertulia.spaces.models import Space

QUESTIONS_SHOWN = 10
CHANGED_OPEN = 3


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    here: bool = False


@dataclass(frozen=True)
class Row:
    """What became of some of the conversations."""

    kind: str
    label: str
    count: int
    share: str
    percent: int
    # The first kind stands out; a part of it stands beneath.
    is_first: bool
    is_part: bool


@dataclass(frozen=True)
class FigureLine:
    sentence: str
    likely: str
    anchor: str


@dataclass(frozen=True)
class Beside:
    """The margin: what is missing, what cannot be seen, and when and how this was made."""

    missing: tuple[str, ...]
    not_visible: tuple[str, ...]
    ceiling: bool
    made_at: datetime
    version: str


@dataclass(frozen=True)
class ReadingPage:
    space: Link
    where: str
    windows: tuple[Link, ...]
    window: str
    ready: bool = False
    lines: tuple[SafeString, ...] = ()
    # What the click before came to.
    noted: str = ""
    contested: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    answered: tuple[Answered, ...] = ()
    conversations: int = 0
    rows: tuple[Row, ...] = ()
    today: Asked | None = None
    # The same of a history, whose people are not here: offered, not owed.
    pick_up: Asked | None = None
    # The newest, and those before.
    changed: tuple[Line, ...] = ()
    changed_before: tuple[Line, ...] = ()
    speaking_for: tuple[Line, ...] = ()
    against: tuple[Line, ...] = ()
    group: tuple[Line, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    questions: tuple[Asked, ...] = ()
    questions_more: tuple[Asked, ...] = ()
    # Those that the reading counts and does not list.
    questions_beyond: int = 0
    beside: Beside | None = None
    episode_days: ClassVar[int] = queries.PARAMS.episode_gap_days
    # What the ranges hold: of the figures, and in the table of conversations.
    figure_percent: ClassVar[int] = round(100 * queries.PARAMS.feature_interval)
    conversation_percent: ClassVar[int] = round(100 * queries.PARAMS.episode_interval)


def reading_page(person: Person | None, space: Space, window: str, *, noted: str = "") -> ReadingPage:
    reading = queries.reading_of_space(person, space, window)
    here = Link(space.name, reverse("space", args=[space.slug]))
    windows = tuple(
        Link(label, f"{reverse('reading', args=[space.slug])}?window={name}", here=name == window)
        for name, label in words.window_words().items()
    )
    if reading is None:
        return ReadingPage(space=here, where=words.window_words()[window], windows=windows, window=window)
    told = queries.evidence_for(person, reading)
    questions = queries.open_questions(person, reading)
    lines = Lines(told, space, window)
    changed = tuple(lines.of(reading.changed, told.changed))
    return ReadingPage(
        space=here,
        where=_where(reading),
        windows=windows,
        window=window,
        ready=True,
        lines=tuple(_first_lines(reading, space, questions, lists_changed=bool(changed))),
        noted=noted,
        contested=contest_lines(reading),
        waiting=waiting_for(person, space),
        answered=answered_in(person, reading),
        conversations=reading.became[0].of if reading.became else 0,
        rows=_rows(reading),
        **to_do(questions),
        changed=changed[:CHANGED_OPEN],
        changed_before=changed[CHANGED_OPEN:],
        speaking_for=tuple(lines.of(reading.speaking_for, told.shown)),
        against=tuple(lines.against(reading, told.shown)),
        group=tuple(lines.of(reading.group, told.shown)),
        figures=tuple(FigureLine(*one) for one in words.figure_sentences(reading)),
        questions=tuple(asked(one) for one in in_order(questions)[:QUESTIONS_SHOWN]),
        questions_more=tuple(asked(one) for one in in_order(questions)[QUESTIONS_SHOWN:]),
        questions_beyond=reading.open_asks_total - len(reading.open_asks),
        beside=_beside(reading),
    )


class Lines:
    """The told meetings as lines of this page."""

    def __init__(self, evidence: Evidence, space: Space, window: str) -> None:
        self.called = callers(evidence.everything())
        self.slug, self.window = space.slug, window

    def of(self, meetings: Iterable[Meeting], told: dict[int, Told]) -> list[Line]:
        numbers = dict.fromkeys(meeting.number for meeting in meetings)
        return [
            line_of(told[number], self.called, href=meeting_address(self.slug, number, self.window))
            for number in numbers
            if number in told
        ]

    def against(self, reading: Reading, told: dict[int, Told]) -> list[Line]:
        told_of = [told[meeting.number] for meeting in reading.against if meeting.number in told]
        why = {one.number: why_against(one, reading.state) for one in told_of}
        lines = self.of(reading.against, told)
        return [replace(line, why=why[one.number]) for line, one in zip(lines, told_of, strict=True)]


def meeting_address(slug: str, number: int, window: str) -> str:
    return f"{reverse('reading_meeting', args=[slug, number])}?window={window}"


def _where(reading: Reading) -> str:
    values = {
        "window": words.window_words()[reading.window],
        "day": words.day(reading.end_at),
        "people": ngettext("%(n)d person", "%(n)d people", reading.people) % {"n": reading.people},
    }
    return _("%(window)s, to %(day)s · %(people)s") % values


def _first_lines(
    reading: Reading, space: Space, questions: Sequence[Question], *, lists_changed: bool
) -> list[SafeString]:
    """Exchanges first, then the place, then what waits; without such exchanges what waits is first. The word for
    the place is never what is seen first."""
    changed: list[SafeString] = []
    if reading.changed_total and (lists_changed or not reading.under_five):
        changed = [_changed_line(reading.changed_total, lists_changed=lists_changed)]
    waits: list[SafeString] = []
    if questions:
        waits = [_questions_line(len(questions), more=reading.open_asks_total > len(reading.open_asks))]
    place = words.what_it_is(reading, space)
    return [*changed, place, *waits] if changed else [*waits, place]


def _changed_line(n: int, *, lists_changed: bool) -> SafeString:
    count = words.capital(words.in_words(n))
    exchanges = ngettext("%(n)s exchange", "%(n)s exchanges", n) % {"n": count}
    link = format_html('<a href="#changed">{}</a>', exchanges) if lists_changed else exchanges
    sentence = ngettext(
        "{exchanges} here changed somebody's mind.", "{exchanges} here changed somebody's mind.", n
    )
    return format_html(sentence, exchanges=link)


def _questions_line(n: int, *, more: bool) -> SafeString:
    count = words.in_words(n)
    if more:
        sentence = _('<a href="#questions">At least {n} questions</a> have no answer.')
        return format_html(sentence, n=count)
    sentence = ngettext(
        '<a href="#questions">{n} question</a> has no answer.',
        '<a href="#questions">{n} questions</a> have no answer.',
        n,
    )
    return format_html(sentence, n=words.capital(count))


def _rows(reading: Reading) -> tuple[Row, ...]:
    labels = {
        "came_of_it": _("something came of it"),
        "closed": _("of these, on both sides"),
        "both_ways": _("both ways"),
        "one_way": _("one way"),
        "no_answer": _("nobody answered"),
    }
    by_kind = {one.kind: one for one in reading.became if one.of}
    # What a history cannot carry is not zero: those rows are left out, and the margin says so.
    shown = [kind for kind in labels if reading.ceiling is None or kind not in {"came_of_it", "closed"}]
    return tuple(
        Row(
            kind=kind,
            label=labels[kind],
            count=by_kind[kind].count,
            share=words.percent(by_kind[kind].low, by_kind[kind].high),
            percent=round(100 * by_kind[kind].count / by_kind[kind].of),
            is_first=kind == "came_of_it",
            is_part=kind == "closed",
        )
        for kind in shown
        if kind in by_kind
    )


def _beside(reading: Reading) -> Beside:
    missing = {
        "uptake_against_other_threads": _(
            "whether replies are about this, rather than about what is always said here"
        ),
        "uptake_against_other_order": _("whether replies are about what was just said"),
    }
    not_visible = {
        "addressee": _("whom something was said to"),
        "outcome": _("what came of it"),
        "movement": _("whose mind changed"),
        "confirmation": _("who felt understood"),
    }
    return Beside(
        missing=tuple(words_for for code, words_for in missing.items() if code in reading.missing),
        not_visible=tuple(
            words_for for code, words_for in not_visible.items() if code in reading.not_visible
        ),
        ceiling=reading.ceiling is not None,
        made_at=reading.computed_at,
        version=reading.params_version,
    )
