"""Search in what the reader may read, the best matches first."""

from __future__ import annotations

from dataclasses import dataclass

# As Django's, without asking whether the words are lazy: they are not.
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tertulia.ideas import queries
from tertulia.ideas.search import find, snippet
from tertulia.spaces.queries import spaces_joined
from tertulia.web.addresses import address_of, short_address
from tertulia.web.names import name_of_author
from tertulia.web.pages import show
from tertulia.web.paging import page_number
from tertulia.web.request import person_of
from tertulia.web.times import Day, this_day, time_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from tertulia.ideas.search import Hit
    from tertulia.people.models import Person

FOUND_A_PAGE = 20
LONGEST_QUESTION = 200
# Nobody reads further, and skipping many matches costs.
LAST_PAGE = 25


@dataclass(frozen=True)
class SearchPage:
    words: str
    # What was found, ready to be shown.
    found: SafeString
    number: int
    before: str
    after: str


class _Shows(NamedTuple):
    """What is the same for all hits of a page."""

    words: str
    my_spaces: set[int]
    day: Day
    reply_by: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    page = search_page(person_of(request), words, min(page_number(request), LAST_PAGE))
    return show(request, "web/search.html", page, here="search")


def search_page(person: Person | None, words: str, number: int) -> SearchPage:
    visible = queries.ideas_visible_to(person)
    hits = find(visible, words, limit=FOUND_A_PAGE + 1, offset=(number - 1) * FOUND_A_PAGE) if words else []
    shown = hits[:FOUND_A_PAGE]
    shows = _Shows(words, spaces_joined(person), this_day(), _("a reply by %(name)s"))
    more = len(hits) > FOUND_A_PAGE and number < LAST_PAGE
    return SearchPage(
        words=words,
        found=mark_safe("\n".join(_section(hit, shows) for hit in shown)),  # noqa: S308 -- escaped in each
        number=number,
        before=_link(words, number - 1) if number > 1 else "",
        after=_link(words, number + 1) if more else "",
    )


def _section(hit: Hit, shows: _Shows) -> str:
    """One hit. As a piece of a template, twenty of them cost as much as finding them."""
    href = address_of(hit) if hit.reply_id is None else short_address(hit.reply_id)
    text = "".join(
        f"<mark>{escape(text)}</mark>" if is_hit else escape(text)
        for text, is_hit in snippet(hit.text, shows.words)
    )
    line = " · ".join(_line(hit, shows))
    title = f'<h2><a href="{escape(href)}">{escape(hit.title)}</a></h2>'
    return f'<section class="q">{title}<p>{text}</p><small>{line}</small></section>'


def _line(hit: Hit, shows: _Shows) -> Iterable[str]:
    name = name_of_author(hit.author)
    yield escape(name if hit.reply_id is None else shows.reply_by % {"name": name})
    # The name of a space by invitation is for those in it.
    if hit.space_is_open or hit.space_id in shows.my_spaces:
        yield escape(hit.space)
    yield time_tag(hit.at, shows.day)


def _link(words: str, number: int) -> str:
    return "?" + urlencode({"q": words, "page": number})
