"""What a space's keeper does: begin it, invite, say it in other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tertulia.people.policies import Refused
from tertulia.spaces import actions, policies, queries
from tertulia.web.going import see, sign_in_first
from tertulia.web.pages import show
from tertulia.web.request import person_of
from tertulia.web.spaces import space_here
from tertulia.web.spaces_page import Place, place_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

LONGEST = {"name": 80, "purpose": 300, "bring": 200, "take_away": 200}


@dataclass(frozen=True)
class Typed:
    """What stands in the form of a space."""

    name: str = ""
    purpose: str = ""
    bring: str = ""
    take_away: str = ""


@dataclass(frozen=True)
class SpaceFormPage:
    """Beginning a space, or saying it in other words; with what was typed."""

    typed: Typed
    # None: nobody has chosen yet, and nothing is chosen for them.
    is_open: bool | None = None
    place: Place | None = None
    problem: str = ""


@dataclass(frozen=True)
class InvitationPage:
    place: Place
    link: str
    is_first_run: bool


def _typed(request: HttpRequest) -> Typed:
    return Typed(**{field: " ".join(request.POST.get(field, "").split()) for field in LONGEST})


def _check_lengths(typed: Typed) -> None:
    if any(len(getattr(typed, field)) > most for field, most in LONGEST.items()):
        raise Refused(
            _(
                "A name has at most 80 characters, a purpose 300, each of the other lines 200. "
                "Your words are below."
            )
        )


@require_http_methods(["GET", "HEAD", "POST"])
def space_new(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return sign_in_first(request)
    if not policies.can_found(person):
        raise Http404
    if request.method != "POST":
        return show(request, "web/space_new.html", SpaceFormPage(Typed()), here="spaces")
    typed, is_open = _typed(request), {"yes": True, "no": False}.get(request.POST.get("open", ""))
    try:
        space = _found(person, typed, is_open)
    except Refused as refused:
        page = SpaceFormPage(typed, is_open=is_open, problem=refused.sentence)
        return show(request, "web/space_new.html", page, here="spaces", status=422)
    return see(reverse("invitation", args=[space.slug]) + "?first=1")


def _found(person: Person, typed: Typed, is_open: bool | None) -> Space:
    _check_lengths(typed)
    if is_open is None:
        raise Refused(_("Choose who may join. Your words are below."))
    return actions.found_space_once(
        by=person,
        name=typed.name,
        purpose=typed.purpose,
        bring=typed.bring,
        take_away=typed.take_away,
        is_open=is_open,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def space_words(request: HttpRequest, slug: str) -> HttpResponse:
    """Purpose, what you bring and what you take away, in other words."""
    person, space = _kept(request, slug)
    place = place_of(person, space)
    if request.method != "POST":
        typed = Typed(space.name, space.purpose, space.bring, space.take_away)
        return show(request, "web/space_words.html", SpaceFormPage(typed, place=place), here="spaces")
    typed = _typed(request)
    try:
        _reword(person, space, typed)
    except Refused as refused:
        page = SpaceFormPage(typed, place=place, problem=refused.sentence)
        return show(request, "web/space_words.html", page, here="spaces", status=422)
    return see(f"/s/{space.slug}?told=reworded")


def _reword(person: Person, space: Space, typed: Typed) -> None:
    _check_lengths(typed)
    actions.reword(
        by=person, space=space, purpose=typed.purpose, bring=typed.bring, take_away=typed.take_away
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """The link of a space: shown, and made anew by POST."""
    person, space = _kept(request, slug)
    if request.method == "POST":
        actions.invite(by=person, space=space)
        return _invitation_again(request, space)
    found = queries.invitation_of(space)
    link = settings.ADDRESS + reverse("join_by_invitation", args=[found.token]) if found else ""
    page = InvitationPage(place_of(person, space), link, is_first_run=bool(request.GET.get("first")))
    return show(request, "web/invitation.html", page, here="spaces")


@require_POST
def invitation_end(request: HttpRequest, slug: str) -> HttpResponse:
    person, space = _kept(request, slug)
    actions.end_invitation(by=person, space=space)
    return _invitation_again(request, space)


def _invitation_again(request: HttpRequest, space: Space) -> HttpResponse:
    """In the first run, with what comes next."""
    return see(reverse("invitation", args=[space.slug]) + ("?first=1" if request.GET.get("first") else ""))


def _kept(request: HttpRequest, slug: str) -> tuple[Person, Space]:
    """The space and its keeper; for anybody else this page is not there."""
    person = person_of(request)
    space = space_here(person, slug)
    if person is None or not policies.can_keep(person, space):
        raise Http404
    return person, space
