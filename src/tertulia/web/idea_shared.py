"""What an idea's page shows to every reader alike: read once for each state of the idea, then kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tertulia.ideas import queries
from tertulia.web import thread
from tertulia.web.addresses import address_of, exchange_of, pages_of
from tertulia.web.idea_came import Came, came
from tertulia.web.kept_pages import Recent
from tertulia.web.margin import Passage, passages_of
from tertulia.web.names import Called, name_of
from tertulia.web.people_links import linked_name
from tertulia.web.times import this_day

if TYPE_CHECKING:
    from tertulia.ideas.models import Credit, Idea, Outcome, Version

# Entries of up to 120 KB, a tenth of that as a rule.
MOST_KEPT = 128
# More pills than this are a wall; the version pages lead to the others.
MOST_VERSIONS = 12


@dataclass(frozen=True)
class Because:
    name: str
    # "" where the person prefers not to be named.
    href: str


@dataclass(frozen=True)
class Source:
    place: str
    url: str
    licence: str
    author_is_away: bool


@dataclass(frozen=True)
class Head:
    """The idea itself, without the bar and without anything that is one reader's."""

    idea_id: int
    href: str
    title: str
    author: str
    author_link: SafeString
    first_title: str
    created_at: datetime
    version: int
    because: tuple[Because, ...]
    note: str
    revised_by: str
    mode: str
    passages: tuple[Passage, ...]
    is_notice: bool
    ask: str
    question: str
    audience: str
    versions: tuple[int, ...]
    topics: tuple[tuple[str, str], ...]
    source: Source | None
    decided: tuple[Came, ...]
    tried: tuple[Came, ...]
    space_slug: str


@dataclass(frozen=True)
class CreditFacts:
    """What decides whether a credited person is asked for a word."""

    credit_id: int
    to_id: int
    heard: str
    named: bool
    moved: str
    sentence: str
    version: int
    by: str
    created_at: datetime


@dataclass(frozen=True)
class Shared:
    head_html: SafeString
    side_html: SafeString
    title: str
    spoken: tuple[thread.Spoken, ...]
    credits: tuple[CreditFacts, ...]
    page: int
    pages: int


KEPT: Recent[Shared] = Recent(MOST_KEPT)


def shared_of(idea: "Idea", *, mode: str, page: int) -> Shared:
    key = (
        idea.pk,
        idea.created_at,
        idea.touched,
        idea.space.is_open,
        mode,
        page,
        this_day(),
    )
    return KEPT.get(key, lambda: _make(idea, mode, page))


def _make(idea: "Idea", mode: str, page: int) -> Shared:
    version = queries.version_of(idea, idea.version)
    credits = list(queries.credits_of(idea))
    outcomes = list(queries.outcomes_of(idea))
    replies = queries.replies_on_page(idea, page)
    head = _head(idea, version, credits, outcomes, mode)
    told = thread.told(idea, replies, outcomes, credits, is_long=pages_of(idea) > 1)
    return Shared(
        head_html=mark_safe(render_to_string("web/_idea_head.html", {"head": head})),  # noqa: S308 -- from a template
        side_html=mark_safe(render_to_string("web/_idea_side.html", {"head": head})),  # noqa: S308 -- from a template
        title=idea.title,
        spoken=tuple(thread.speak(replies, told)),
        credits=tuple(_facts(credit) for credit in credits),
        page=page,
        pages=pages_of(idea),
    )


def _facts(credit: "Credit") -> CreditFacts:
    return CreditFacts(
        credit_id=credit.pk,
        to_id=credit.to_id,
        heard=credit.heard,
        named=credit.named,
        moved=credit.moved,
        sentence=credit.sentence,
        version=credit.version.number,
        by=name_of(credit.by),
        created_at=credit.created_at,
    )


def _head(
    idea: "Idea", version: "Version | None", credits: "list[Credit]", outcomes: "list[Outcome]", mode: str
) -> Head:
    called = Called([credit.to for credit in credits] + [idea.author])
    newest = [credit for credit in credits if version and credit.version_id == version.pk]
    by = version.by if version else None
    return Head(
        idea_id=idea.pk,
        href=address_of(idea),
        title=idea.title,
        author=called(idea.author),
        author_link=linked_name(idea.author),
        first_title=idea.first_title,
        created_at=idea.created_at,
        version=idea.version,
        because=because(idea, newest, called),
        note=version.note if version and idea.version > 1 else "",
        revised_by=name_of(by) if by and idea.version > 1 and by.pk != idea.author_id else "",
        mode=mode,
        passages=passages_of(idea, version, credits, mode),
        is_notice=idea.is_notice,
        ask=idea.ask,
        question=idea.question,
        audience=idea.audience,
        versions=tuple(range(max(1, idea.version - MOST_VERSIONS + 1), idea.version + 1))
        if idea.version > 1
        else (),
        topics=tuple((topic.name, topic.slug) for topic in idea.topics.order_by("name")),
        source=_source(idea),
        decided=came(idea, outcomes, "decided"),
        tried=came(idea, outcomes, "tried"),
        # What every reader is shown alike names no space by invitation.
        space_slug=idea.space.slug if idea.space.is_open else "",
    )


def because(idea: "Idea", credits: "Iterable[Credit]", called: Called) -> tuple[Because, ...]:
    """Whose replies changed it; nobody is told where somebody prefers not to be."""
    return tuple(
        Because(called(credit.to), exchange_of(idea, credit.reply_id))
        if credit.named
        else Because(_("a reader"), "")
        for credit in credits
    )


def _source(idea: "Idea") -> Source | None:
    if idea.import_id is None:
        return None
    url = idea.source_url if idea.source_url.startswith(("http://", "https://")) else ""
    return Source(
        place=urlsplit(url).hostname or _("elsewhere"),
        url=url,
        licence=idea.licence,
        author_is_away=idea.author is None or idea.author.import_id is not None,
    )
