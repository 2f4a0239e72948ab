"""Spaces: the list, one space with its ideas, who is there, joining and leaving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tertulia.people.policies import Refused
from tertulia.spaces import actions, queries
from tertulia.web.going import see, wanted
from tertulia.web.joining import and_told, join_when_signed_in
from tertulia.web.pages import show
from tertulia.web.paging import page_number
from tertulia.web.request import person_of
from tertulia.web.spaces_page import members_page, space_page, spaces_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


def space_here(person: Person | None, slug: str) -> Space:
    """The space, if this person may know that it is there; else it is as if it were not."""
    found = queries.space_visible_to(person, slug)
    if found is None:
        raise Http404
    return found


@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    return show(request, "web/spaces.html", spaces_page(person_of(request)), here="spaces")


@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    page = space_page(
        person,
        space_here(person, slug),
        topic=request.GET.get("topic", ""),
        only_notices=bool(request.GET.get("notices")),
        page=page_number(request),
        told=_told(request),
    )
    return show(request, "web/space.html", page, here="spaces")


def _told(request: HttpRequest) -> str:
    """What has just happened, after a form."""
    return {
        "joined": _("You are in. Write when you like, or answer somebody who waits."),
        "left": _("You have left this space. What you wrote stays where others answered it."),
        "reworded": _("The new words stand. The earlier ones stay readable."),
    }.get(request.GET.get("told", ""), "")


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    return show(request, "web/members.html", members_page(person, space_here(person, slug)), here="spaces")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """A link where somebody has to sign in first, so that their page needs no token; by itself it lets nobody in."""
    person = person_of(request)
    here = space_here(person, slug)
    back_to = wanted(request) or f"/s/{here.slug}"
    if person is None:
        return join_when_signed_in(back_to, slug=here.slug)
    if request.method != "POST":
        return see(back_to)
    # Whoever sees a space by invitation is in it already.
    if here.is_open:
        actions.join_space(by=person, space=here)
    return see(and_told(back_to))


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    here = space_here(person, slug)
    if person is None:
        return see("sign_in", goes_to=f"/s/{here.slug}")
    try:
        actions.leave_space(by=person, space=here)
    except Refused as refused:
        page = replace(members_page(person, here), problem=refused.sentence)
        return show(request, "web/members.html", page, here="spaces", status=422)
    return see(f"/s/{here.slug}?told=left" if here.is_open else "spaces")
