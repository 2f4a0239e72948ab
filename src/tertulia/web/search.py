"""Search in what the reader may read, the best matches first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.views.decorators.http import require_safe

from tertulia.ideas import queries
from tertulia.ideas.search import find, snippet
from tertulia.spaces.queries import memberships_of
from tertulia.web.addresses import address_of
from tertulia.web.names import name_of, space_name
from tertulia.web.pages import show
from tertulia.web.paging import page_number
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from tertulia.ideas.models import Idea, Reply
    from tertulia.ideas.search import Hit
    from tertulia.people.models import Person

FOUND_A_PAGE = 20
LONGEST_QUESTION = 200
# Nobody reads further, and skipping many matches costs.
LAST_PAGE = 25


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool


@dataclass(frozen=True)
class Found:
    title: str
    href: str
    name: str
    space: str
    at: datetime
    is_reply: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class SearchPage:
    words: str
    found: tuple[Found, ...]
    number: int
    before: str
    after: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    page = search_page(person_of(request), words, min(page_number(request), LAST_PAGE))
    return show(request, "web/search.html", page, here="search")


def search_page(person: Person | None, words: str, number: int) -> SearchPage:
    visible = queries.ideas_visible_to(person)
    hits = find(visible, words, limit=FOUND_A_PAGE + 1, offset=(number - 1) * FOUND_A_PAGE) if words else []
    shown = hits[:FOUND_A_PAGE]
    mine = Exists(memberships_of(person).filter(space=OuterRef("space")))
    ideas = (
        visible.select_related("author", "space")
        .defer("text")
        .annotate(in_my_space=mine)
        .in_bulk([hit.idea_id for hit in shown])
    )
    replies = (
        queries.replies_visible_to(person)
        .select_related("author")
        .defer("text", "html")
        .in_bulk([hit.reply_id for hit in shown if hit.reply_id])
    )
    more = len(hits) > FOUND_A_PAGE and number < LAST_PAGE
    return SearchPage(
        words=words,
        found=tuple(_found(hit, ideas, replies, words) for hit in shown if _is_there(hit, ideas, replies)),
        number=number,
        before=_link(words, number - 1) if number > 1 else "",
        after=_link(words, number + 1) if more else "",
    )


def _is_there(hit: Hit, ideas: Mapping[int, Idea], replies: Mapping[int, Reply]) -> bool:
    """It may have been taken back between the two questions to the database."""
    return hit.idea_id in ideas and (hit.reply_id is None or hit.reply_id in replies)


def _found(hit: Hit, ideas: Mapping[int, Idea], replies: Mapping[int, Reply], words: str) -> Found:
    idea = ideas[hit.idea_id]
    said = replies[hit.reply_id] if hit.reply_id is not None else None
    return Found(
        title=idea.title,
        href=reverse("reply", args=[said.pk]) if said else address_of(idea),
        name=name_of(said.author if said else idea.author),
        space=space_name(idea),
        at=said.created_at if said else idea.created_at,
        is_reply=said is not None,
        pieces=tuple(Piece(text, is_hit) for text, is_hit in snippet(hit.text, words)),
    )


def _link(words: str, number: int) -> str:
    return "?" + urlencode({"q": words, "page": number})
