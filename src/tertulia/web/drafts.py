"""Words not sent yet: kept while somebody types, found again, thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tertulia.ideas import actions, queries
from tertulia.spaces.queries import spaces_of
from tertulia.web.addresses import address_of
from tertulia.web.arrived import arrived
from tertulia.web.going import see, sign_in_first, wanted
from tertulia.web.kept import PLACE, has_kept, words_sent
from tertulia.web.kept_boxes import kind_of
from tertulia.web.pages import show
from tertulia.web.request import person_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from tertulia.ideas.models import Draft
    from tertulia.people.models import Person


@dataclass(frozen=True)
class Kept:
    place: str
    what: str
    # "" where what it was for is gone; the words stay.
    href: str
    words: str
    saved_at: datetime


@dataclass(frozen=True)
class DraftsPage:
    drafts: tuple[Kept, ...]
    # Words wait in this browser, and nobody has said whose they are.
    words_before: bool


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return sign_in_first(request)
    page = DraftsPage(kept_by(person), words_before=has_kept(request))
    return show(request, "web/drafts.html", page, here="drafts")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """What tertulia.js sends while somebody types."""
    person, place = person_of(request), request.POST.get("place", "")
    if person is None:
        return HttpResponse(_("You are signed out. Your words are kept in this browser."), status=401)
    if not PLACE.fullmatch(place):
        return HttpResponse(_("There is no such place to write in."), status=422)
    actions.keep_draft(by=person, place=place, fields=words_sent(request))
    return HttpResponse(_("Draft kept."), headers={"Cache-Control": "private, no-store"})


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    person, place = person_of(request), request.POST.get("place", "")
    if person is None:
        return see("sign_in", goes_to=reverse("drafts"))
    actions.drop_draft(by=person, place=place)
    # The browser's own copy goes as well.
    return arrived(see(wanted(request) or "drafts"), place if PLACE.fullmatch(place) else "")


def kept_by(person: Person, most: int | None = None) -> tuple[Kept, ...]:
    """The words not sent, the newest first."""
    found = list(queries.drafts_of(person)[:most])
    if not found:
        return ()
    ids = {_number(draft.place) for draft in found if not draft.place.startswith("idea:")}
    ideas = {idea.pk: idea for idea in queries.ideas_visible_to(person).filter(pk__in=ids)}
    spaces = {space.pk: space for space in spaces_of(person)}
    kept: list[Kept] = []
    for draft in found:
        kind, number = draft.place.split(":")[0], _number(draft.place)
        what, href = _("Something that is no longer here"), ""
        if kind == "idea" and number in spaces:
            what = _("A new idea in %(space)s") % {"space": spaces[number].name}
            href = reverse("write_in_space", args=[spaces[number].slug])
        elif kind != "idea" and number in ideas:
            idea = ideas[number]
            what, href = f"{_kind(kind)} {idea.title}", _where(draft, address_of(idea), number)
        kept.append(Kept(draft.place, what, href, _words(draft), draft.saved_at))
    return tuple(kept)


def _number(place: str) -> int:
    parts = place.split(":")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0


def _kind(kind: str) -> str:
    return {
        "revise": _("A change to"),
        "tried": _("What happened when you tried"),
        "decided": _("What you decided about"),
    }.get(kind, _("What you were saying about"))


def _where(draft: Draft, href: str, number: int) -> str:
    kind, *_rest = draft.place.split(":")
    if kind == "revise":
        return reverse("revise", args=[number])
    if kind in {"tried", "decided"}:
        return f"{href}?{kind}=1#say"
    parent = draft.place.rsplit(":", 1)[-1]
    if parent == "0":
        return f"{href}#say"
    box = kind_of(draft.fields)
    credit = f"&credit={box.credit_id}" if box.credit_id else ""
    return f"{href}?{box.kind}={parent}{credit}#answer"


def _words(draft: Draft) -> str:
    return snippet(" ".join(f"{draft.fields.get('title', '')} {draft.fields.get('text', '')}".split()), 300)
