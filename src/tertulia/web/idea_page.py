"""The page of an idea: what is the same for all, and the few things that are this reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tertulia.ideas import policies, queries
from tertulia.people.policies import Refused
from tertulia.spaces.queries import knows_of
from tertulia.web import thread
from tertulia.web.addresses import address_of, page_of, pages_of
from tertulia.web.composers import Composer, Opened, composer_of
from tertulia.web.credit_boxes import CreditBox, credit_boxes
from tertulia.web.going import with_next
from tertulia.web.idea_shared import Shared, shared_of
from tertulia.web.kept import safe_words
from tertulia.web.kept_boxes import KeptBoxes, kept_boxes
from tertulia.web.noted import noted_in
from tertulia.web.openings import answers_for, starter_links
from tertulia.web.sharing import Share, ask_one, shares_of
from tertulia.web.thread import Spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person

MODES = {"", "difference", "clean"}


@dataclass(frozen=True)
class PageLink:
    number: int
    href: str
    here: bool


@dataclass(frozen=True)
class Place:
    """The space an idea stands in, for those who may know of it."""

    name: str
    href: str
    bring: str
    take_away: str


@dataclass(frozen=True)
class IdeaPage:
    idea_id: int
    href: str
    title: str
    place: Place | None
    # Where a reader who is not in this open space joins it; "" where there is nothing to join.
    join: str
    has_joined: bool
    head: SafeString
    side: SafeString
    spoken: SafeString
    has_replies: bool
    page_links: tuple[PageLink, ...]
    composer: Composer | None
    composer_at_end: bool
    composers_apart: tuple[Composer, ...]
    # The reader left words here that no box of the page shows.
    words_elsewhere: bool
    credits: tuple[CreditBox, ...]
    signed_in: bool
    can_change: bool
    can_take_back: bool
    # To whom the author could open it.
    shares: tuple[Share, ...]
    # The whole address, for an author whom nobody has answered.
    ask_one: str
    is_taken_back: bool
    # Why there is no box to write in, in one line; with where to sign in.
    cannot_reply: str
    sign_in: str
    # That the words of somebody who was signed out while writing are not lost.
    safe: str
    problem: str = ""


@dataclass(frozen=True)
class Viewed:
    """Who asks for which page of the idea, with which box open."""

    request: HttpRequest
    person: Person | None
    idea: Idea
    opened: Opened
    mode: str = ""
    # False where it is known already that they kept no words here.
    has_draft: bool = True
    problem: str = ""
    # They are signed in, and not in the space.
    may_join: bool = False
    # The credit, the sentence for its person, and the words that they sent.
    credit_problem: tuple[int, str, str] | None = None


def wanted_page(request: HttpRequest, idea: Idea, reply: Reply | None) -> int:
    if reply is not None:
        return page_of(idea, reply)
    given = request.GET.get("page", "")
    # No page beyond the last: each would be made, and kept, anew.
    return min(max(1, int(given)), pages_of(idea)) if given.isdecimal() and len(given) < 6 else 1


def opened_reply(person: Person | None, idea: Idea, opened: Opened) -> Reply | None:
    if not opened.reply_id or person is None:
        return None
    return queries.replies_of(idea).filter(pk=opened.reply_id).first()


def _place(person: Person | None, idea: Idea) -> Place | None:
    """An idea for everyone may stand in a space by invitation, whose name is for those in it."""
    space = idea.space
    if not knows_of(person, space):
        return None
    return Place(
        name=space.name,
        href=reverse("space", args=[space.slug]),
        bring=space.bring.rstrip("."),
        take_away=space.take_away.rstrip("."),
    )


def _safe(viewed: Viewed) -> str:
    """Said and not shown: others may sit at this browser by now."""
    if viewed.person is not None:
        return ""
    return safe_words(viewed.request, f"reply:{viewed.idea.pk}:{viewed.opened.reply_id}")


def idea_page(viewed: Viewed) -> IdeaPage:
    request, person, idea = viewed.request, viewed.person, viewed.idea
    reply = opened_reply(person, idea, viewed.opened)
    mode = viewed.mode if viewed.mode in MODES else ""
    shared = shared_of(idea, mode=mode, page=wanted_page(request, idea, reply))
    cannot = _cannot_reply(person, idea)
    kept, composer = (KeptBoxes(viewed.opened, reply), None) if cannot else _boxes(viewed, reply, shared)
    beneath = _beneath(composer, kept, shared, request)
    return IdeaPage(
        idea_id=idea.pk,
        href=address_of(idea),
        title=shared.title,
        place=_place(person, idea),
        join=reverse("join", args=[idea.space.slug]) if viewed.may_join and idea.space.is_open else "",
        has_joined=person is not None and request.GET.get("told") == "joined" and not viewed.may_join,
        head=shared.head_html,
        side=shared.side_html,
        spoken=_spoken(viewed, shared, beneath, can_answer=composer is not None),
        has_replies=bool(shared.spoken),
        page_links=_page_links(shared, address_of(idea), mode),
        composer=composer,
        composer_at_end=composer is not None and kept.opened.reply_id not in beneath,
        composers_apart=kept.apart,
        words_elsewhere=kept.others,
        credits=credit_boxes(person, shared.credits, viewed.credit_problem),
        signed_in=person is not None,
        can_change=policies.can_change(person, idea),
        can_take_back=policies.can_change(person, idea) and idea.answered_at is None,
        shares=shares_of(person, idea),
        ask_one=ask_one(request, person, idea),
        is_taken_back=idea.withdrawn_at is not None,
        cannot_reply=cannot,
        sign_in=with_next(reverse("sign_in"), f"{address_of(idea)}#say"),
        safe=_safe(viewed),
        problem=viewed.problem,
    )


def _boxes(viewed: Viewed, reply: Reply | None, shared: Shared) -> tuple[KeptBoxes, Composer]:
    person, idea, kept = viewed.person, viewed.idea, KeptBoxes(viewed.opened, reply)
    if person is not None and viewed.has_draft:
        kept = kept_boxes(person, idea, viewed.opened, reply, shared.spoken)
    return kept, composer_of(person, idea, kept.opened, kept.reply, kept=dict(kept.fields))


def _spoken(viewed: Viewed, shared: Shared, beneath: dict[int, str], *, can_answer: bool) -> SafeString:
    """What people said, with this reader's own buttons and boxes."""
    person, idea, own = viewed.person, viewed.idea, {}
    if person is not None:
        own = own_of(person, idea, shared.spoken, viewed.request, open_at=frozenset(beneath))
    answering = person.pk if person and can_answer else None
    return thread.join(shared.spoken, own, answering=answering, beneath=beneath)


def _cannot_reply(person: Person | None, idea: Idea) -> str:
    if person is None:
        return "" if idea.space.is_open else _("Only people in this space can reply here.")
    try:
        policies.check_can_reply(person, idea)
    except Refused as refused:
        return refused.sentence
    return ""


def _beneath(
    composer: Composer | None, kept: KeptBoxes, shared: Shared, request: HttpRequest
) -> dict[int, str]:
    """Each box under the reply that it answers. Where that reply is no longer shown, it stands at the end."""
    boxes = dict(kept.beneath)
    above = kept.reply.pk if kept.reply and composer and composer.kind != "reply" else 0
    if composer and any(piece.reply_id == above for piece in shared.spoken):
        boxes[above] = composer
    return {
        key: render_to_string("web/_compose.html", {"page": box}, request=request)
        for key, box in boxes.items()
    }


def own_of(
    person: Person,
    idea: Idea,
    spoken: Sequence[Spoken],
    request: HttpRequest,
    *,
    open_at: frozenset[int] = frozenset(),
) -> dict[int, str]:
    """The buttons of the replies that concern this person: what waits for them, and what they just sent."""
    now, me = timezone.now(), person.pk
    mine = [piece for piece in spoken if piece.waits and piece.addressee_id == me]
    waiting: set[int] = set()
    if mine:
        waiting = set(queries.asked_replies(person).filter(idea=idea).values_list("pk", flat=True))
    own = {
        piece.reply_id: own_buttons(person, idea, piece, request, waits=piece.reply_id in waiting)
        for piece in mine
        if piece.reply_id in waiting and piece.reply_id not in open_at
    }
    done = noted_in(request)
    for piece in spoken:
        if done and piece.reply_id == done.reply_id and piece.addressee_id == me:
            own.setdefault(
                piece.reply_id, render_to_string("web/_noted.html", {"page": done}, request=request)
            )
        if piece.author_id == me and can_take_back(piece, now):
            own[piece.reply_id] = own.get(piece.reply_id, "") + own_buttons(
                person, idea, piece, request, waits=False
            )
    return own


def can_take_back(piece: Spoken, now: datetime) -> bool:
    """As `policies.check_can_take_back`, which the action asks again; without a query for each reply."""
    young = timedelta() <= now - piece.created_at <= policies.TAKE_BACK
    return young and bool(piece.answer) and piece.heard not in {"yes", "not_quite"}


def own_buttons(person: Person, idea: Idea, piece: Spoken, request: HttpRequest, *, waits: bool) -> str:
    keys: tuple[str, ...] = ()
    if waits and piece.waits == "answer":
        keys = answers_for(person, author_id=piece.author_id, owns_idea=idea.author_id == person.pk)
    context = {
        "reply_id": piece.reply_id,
        "name": piece.name,
        "waits": piece.waits if waits else "",
        "href": address_of(idea),
        "starters": starter_links(
            keys, Opened(kind="answer", reply_id=piece.reply_id), f"?answer={piece.reply_id}&", idea
        ),
        "csrf_token": get_token(request),
    }
    return render_to_string("web/_reply_own.html", context)


def _page_links(shared: Shared, href: str, mode: str) -> tuple[PageLink, ...]:
    if shared.pages == 1:
        return ()
    more = f"&show={mode}" if mode else ""
    return tuple(
        PageLink(number, f"{href}?page={number}{more}#talk", number == shared.page)
        for number in range(1, shared.pages + 1)
    )
