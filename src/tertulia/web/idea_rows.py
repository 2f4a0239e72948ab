"""Ideas in long lists. Where each row would be a piece of a template, thirty of them cost more than the queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

# As Django's, without asking whether the words are lazy: they are not.
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertulia.web.addresses import address_of
from tertulia.web.names import name_of_author
from tertulia.web.times import Day, this_day, time_tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tertulia.ideas.queries import Listed


@dataclass(frozen=True)
class Row:
    """One idea in a short list."""

    title: str
    href: str
    author: str
    created_at: datetime
    talked_at: datetime
    version: int
    state: str


def rows_of(found: Iterable[Listed]) -> tuple[Row, ...]:
    return tuple(
        Row(
            title=idea.title,
            href=address_of(idea),
            author=name_of_author(idea.author),
            created_at=idea.created_at,
            talked_at=idea.talked_at,
            version=idea.version,
            state=_state(idea),
        )
        for idea in found
    )


def sections(found: Iterable[Listed]) -> SafeString:
    """The ideas of a space, each with who wrote it, when it was talked about and how it stands."""
    day = this_day()
    return mark_safe("\n".join(_section(idea, day) for idea in found))  # noqa: S308 -- escaped where they are made


# A row depends on nothing else. Most rows of a list are what they were when somebody looked at it before.
@lru_cache(maxsize=4096)
def _section(idea: Listed, day: Day) -> str:
    question = f"<p>{escape(idea.question)}</p>" if idea.question else ""
    heading = f'<h3><a href="{escape(address_of(idea))}">{escape(idea.title)}</a></h3>'
    return f'<section class="q">{heading}{question}<small>{" · ".join(_line(idea, day))}</small></section>'


def _line(idea: Listed, day: Day) -> Iterable[str]:
    yield escape(name_of_author(idea.author))
    when = time_tag(idea.talked_at, day)
    # Beside its author's name a day alone would be when it was written.
    yield escape(_("last words {when}")).replace("{when}", when) if idea.replies_shown else when
    if replies := idea.replies_shown:
        yield escape(ngettext("%(replies)d reply", "%(replies)d replies", replies) % {"replies": replies})
    if idea.version > 1:
        yield escape(_("version %(number)d") % {"number": idea.version})
    state = _state(idea)
    if state == "unanswered":
        yield f'<span class="kind">{escape(_("nobody has answered"))}</span>'
    elif state:
        yield escape(_("only you see this") if state == "mine" else _("taken back; only you see this"))


def _state(idea: Listed) -> str:
    if idea.withdrawn_at:
        return "withdrawn"
    if idea.audience == "me":
        return "mine"
    return "unanswered" if idea.answered_at is None and not idea.is_notice else ""
