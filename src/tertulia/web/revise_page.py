"""The sheet that changes an idea: its text, what changed it, and one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from tertulia.ideas import markdown, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.difference import compare
from tertulia.web.addresses import address_of
from tertulia.web.names import name_of
from tertulia.web.snippets import snippet
from tertulia.web.write_page import Option, asks

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person

# The newest replies stand open; the others behind one click.
SHOWN = 12


@dataclass(frozen=True)
class Tick:
    reply_id: int
    name: str
    at: datetime
    words: str
    ticked: bool
    sentence: str

    @property
    def field(self) -> str:
        """Where its sentence stands, as a refusal names it."""
        return f"why-{self.reply_id}"


@dataclass(frozen=True)
class RevisePage:
    idea_id: int
    href: str
    standing_title: str
    version: int
    base_version: int
    place: str
    title: str
    text: str
    asks: tuple[Option, ...]
    question: str
    is_notice: bool
    ticks: tuple[Tick, ...]
    older: tuple[Tick, ...]
    tidied: bool
    note: str
    preview: SafeString | None = None
    preview_title: str = ""
    # Set when another version was published meanwhile: that text, and what it changed.
    standing: str = ""
    standing_difference: SafeString | None = None
    problem: str = ""
    # The field that it is about.
    wrong: str = ""
    restored: bool = False
    # The title and the ask stand open: something in them was changed, or is wrong.
    rest_is_changed: bool = False

    @property
    def rest_is_open(self) -> bool:
        return self.rest_is_changed or self.wrong in {"title", "question"}

    @property
    def older_is_open(self) -> bool:
        return any(tick.field == self.wrong for tick in self.older)


@dataclass(frozen=True)
class Sheet:
    """What stands in the form: from the idea, from a draft, or as it was sent."""

    title: str
    text: str
    ask: str
    question: str
    base_version: int
    # The sentence for each ticked reply, and those for replies that are not ticked any more.
    because: dict[int, str]
    written: dict[int, str]
    tidied: bool = False
    note: str = ""


def sheet_of(idea: Idea, because: str) -> Sheet:
    ticked = {int(because): ""} if because.isdecimal() and len(because) < 18 else {}
    return Sheet(idea.title, idea.text, idea.ask, idea.question, idea.version, because=ticked, written={})


def sheet_from(fields: dict[str, str], idea: Idea) -> Sheet:
    """From what was sent, or from a draft of it. `because` holds ids with spaces between them."""
    ids = [int(one) for one in fields.get("because", "").split() if one.isdecimal() and len(one) < 18]
    written = {
        int(name[4:]): value
        for name, value in fields.items()
        if name.startswith("why-") and name[4:].isdecimal() and len(name) < 22
    }
    base = fields.get("base_version", "")
    return Sheet(
        title=fields.get("title", idea.title),
        text=fields.get("text", idea.text),
        ask=fields.get("ask", idea.ask),
        question=fields.get("question", idea.question),
        base_version=int(base) if base.isdecimal() and len(base) < 10 else idea.version,
        because={one: written.get(one, "") for one in ids},
        written=written,
        tidied=bool(fields.get("tidied")),
        note=fields.get("note", ""),
    )


def credits_in(sheet: Sheet) -> list[Credited]:
    return [Credited(reply_id, sentence) for reply_id, sentence in sheet.because.items()]


def revise_page(person: Person, idea: Idea, sheet: Sheet) -> RevisePage:
    replies = queries.replies_of(idea).filter(withdrawn_at=None, author__isnull=False).exclude(author=person)
    ticks = [_tick(reply, sheet) for reply in replies.order_by("-number")]
    ticks.sort(key=lambda tick: not tick.ticked)
    return RevisePage(
        idea_id=idea.pk,
        href=address_of(idea),
        standing_title=idea.title,
        version=idea.version,
        base_version=sheet.base_version,
        place=f"revise:{idea.pk}",
        title=sheet.title,
        text=sheet.text,
        asks=asks(sheet.ask),
        question=sheet.question,
        is_notice=idea.is_notice,
        ticks=tuple(ticks[:SHOWN]),
        older=tuple(ticks[SHOWN:]),
        tidied=sheet.tidied,
        note=sheet.note,
        rest_is_changed=(sheet.title, sheet.ask, sheet.question) != (idea.title, idea.ask, idea.question),
    )


def with_preview(page: RevisePage, idea: Idea) -> RevisePage:
    """The difference as it would be; nothing is written."""
    return replace(page, preview=difference(idea.text, page.text), preview_title=page.title)


def with_both(page: RevisePage, idea: Idea, base_text: str) -> RevisePage:
    """Mine in the form, the standing one beside it with what it changed; sent again, mine follows upon it."""
    return replace(
        page,
        base_version=idea.version,
        standing=idea.text,
        standing_difference=difference(base_text, idea.text),
    )


def difference(old: str, new: str) -> SafeString:
    passages = compare(markdown.blocks(old), markdown.blocks(new))
    return mark_safe("".join(passage.difference for passage in passages))  # noqa: S308 -- cleaned by markdown


def _tick(reply: Reply, sheet: Sheet) -> Tick:
    return Tick(
        reply_id=reply.pk,
        name=name_of(reply.author),
        at=reply.created_at,
        words=snippet(markdown.plain_of_html(reply.html), 200),
        ticked=reply.pk in sheet.because,
        sentence=sheet.because.get(reply.pk) or sheet.written.get(reply.pk, ""),
    )


def draft_sheet(request: HttpRequest, fields: dict[str, str], idea: Idea) -> Sheet:
    """A draft, with the reply that the author comes from ticked as well."""
    sheet = sheet_from(fields, idea)
    because = request.GET.get("because", "")
    if because.isdecimal() and len(because) < 18 and int(because) not in sheet.because:
        return replace(sheet, because={int(because): sheet.written.get(int(because), ""), **sheet.because})
    return sheet
