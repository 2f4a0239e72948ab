"""What somebody sees who has never been here: one exchange that changed an idea, and who waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tertulia.demo.doors import DOORS, FIRST_MINUTE
from tertulia.ideas import queries
from tertulia.web.addresses import address_of
from tertulia.web.composers import Composer, Opened, composer_of
from tertulia.web.home_rows import open_ones
from tertulia.web.idea_shared import shared_of

if TYPE_CHECKING:
    from tertulia.demo.doors import Door
    from tertulia.ideas.models import Idea
    from tertulia.web.home_rows import Open

MOST_OPEN = 3


@dataclass(frozen=True)
class Exchange:
    """An idea with all that replies have changed in it since it was first written."""

    href: str
    title: str
    space: str
    space_href: str
    head_html: SafeString
    side_html: SafeString
    composer: Composer


@dataclass(frozen=True)
class FirstMinutePage:
    exchange: Exchange | None
    nobody: tuple[Open, ...]
    doors: tuple[Door, ...]


def first_minute_page() -> FirstMinutePage:
    idea = _idea()
    nobody = queries.nobody_has_answered(None).defer("text")[:MOST_OPEN]
    return FirstMinutePage(
        exchange=_exchange(idea) if idea else None,
        nobody=open_ones(nobody),
        doors=DOORS if settings.DEMO else (),
    )


def _idea() -> Idea | None:
    """The demo's own example; else the newest public idea that a reply has changed."""
    public = queries.ideas_visible_to(None).select_related("space", "author")
    if settings.DEMO and (example := public.filter(title=FIRST_MINUTE).order_by("pk").first()):
        return example
    changed = public.filter(version__gt=1, versions__credits__isnull=False, space__is_open=True)
    return changed.distinct().order_by("-talked_at", "-pk").first()


def _exchange(idea: Idea) -> Exchange:
    shared, href = shared_of(idea, mode="beginning", page=1), address_of(idea)
    return Exchange(
        href=href,
        title=idea.title,
        space=idea.space.name,
        space_href=reverse("space", args=[idea.space.slug]),
        head_html=_leading_to(href, shared.head_html),
        side_html=_leading_to(href, shared.side_html),
        # There is no thread on this page that what is sent could be put into.
        composer=replace(composer_of(None, idea, Opened(), None, kept={}), target="", swap=""),
    )


def _leading_to(href: str, html: SafeString) -> SafeString:
    """The links of an idea's page, on another page: those within it lead to it."""
    led = html.replace('href="#', f'href="{escape(href)}#').replace('href="?', f'href="{escape(href)}?')
    return mark_safe(led)  # noqa: S308 -- the same HTML, with an escaped address before its own links
