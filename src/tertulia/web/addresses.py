"""Where ideas and replies are found."""

from functools import cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from django.urls import reverse

from tertulia.ideas import queries

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply

# What stands at this place in other addresses of an idea.
TAKEN = {"revise"}


class Named(Protocol):
    """An idea, or the part of it that a list shows."""

    @property
    def pk(self) -> int: ...
    @property
    def slug(self) -> str: ...


def slug_of(idea: Named) -> str:
    slug = idea.slug or "idea"
    return f"{slug}-it" if slug in TAKEN else slug


@cache
def _ideas() -> str:
    return reverse("idea", args=[0, "-"]).removesuffix("0/-")


def address_of(idea: Named) -> str:
    """As `reverse` would write it, in a tenth of the time: a list has many."""
    return f"{_ideas()}{idea.pk}/{quote(slug_of(idea))}"


@cache
def _replies() -> str:
    return reverse("reply", args=[0]).removesuffix("0")


def short_address(reply_id: int) -> str:
    """Leads to a reply, on whichever page it is."""
    return f"{_replies()}{reply_id}"


def pages_of(idea: "Idea") -> int:
    """How many pages its replies take."""
    return max(1, -(-idea.contributions // queries.PAGE))


def page_of(idea: "Idea", reply: "Reply") -> int:
    if idea.contributions <= queries.PAGE:
        return 1
    return queries.replies_of(idea).filter(path__lt=reply.path).count() // queries.PAGE + 1


def reply_address(idea: "Idea", reply: "Reply", *, more: str = "", anchor: str = "") -> str:
    """Its place on its page of the thread."""
    page = page_of(idea, reply)
    asked = "&".join(part for part in (f"page={page}" if page > 1 else "", more) if part)
    return f"{address_of(idea)}{'?' + asked if asked else ''}#{anchor or f'r{reply.pk}'}"


def exchange_of(idea: "Idea", reply_id: int) -> str:
    """A link that finds a reply on whichever page it is, without asking for it now."""
    return f"#r{reply_id}" if idea.contributions <= queries.PAGE else short_address(reply_id)
