"""Writing an idea."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tertulia.ideas import actions
from tertulia.people.policies import NotThere, Refused
from tertulia.spaces.policies import can_found
from tertulia.spaces.queries import is_member, spaces_of, spaces_visible_to
from tertulia.web.addresses import address_of
from tertulia.web.arrived import arrived
from tertulia.web.composers import Opened
from tertulia.web.going import see, sign_in_first
from tertulia.web.idea_page import Viewed, idea_page
from tertulia.web.ideas import load_idea
from tertulia.web.kept import keep_until_signed_in, kept_fields, words_sent
from tertulia.web.pages import show
from tertulia.web.request import person_of
from tertulia.web.words_back import gone
from tertulia.web.write_page import ChoosePage, SpaceChoice, write_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """In which space? With one there is nothing to choose."""
    person = person_of(request)
    if person is None:
        return sign_in_first(request)
    mine = list(spaces_of(person))
    if len(mine) == 1:
        return see("write_in_space", mine[0].slug)
    choices = tuple(SpaceChoice(space.name, space.slug, space.purpose) for space in mine)
    return show(request, "web/write_where.html", ChoosePage(choices, can_found(person)), here="write")


@require_http_methods(["GET", "HEAD", "POST"])
def write_in_space(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    space = spaces_visible_to(person).filter(slug=slug).first()
    if request.method == "POST":
        return _post(request, person, space)
    if person is None:
        return sign_in_first(request)
    if space is None:
        raise Http404
    if not is_member(person, space):
        return see("space", slug)
    fields = kept_fields(person, f"idea:{space.pk}")
    return show(request, "web/write.html", write_page(space, fields, restored=bool(fields)), here="write")


def _post(request: HttpRequest, person: Person | None, space: Space | None) -> HttpResponse:
    fields = words_sent(request)
    if person is None:
        return keep_until_signed_in(request, request.POST.get("place", "")[:80], request.path)
    if space is None:
        return gone(request)
    if "keep" in request.POST:
        actions.keep_draft(by=person, place=f"idea:{space.pk}", fields=fields)
        kept = see("space" if request.POST["keep"] == "leave" else "write_in_space", space.slug)
        return arrived(kept, f"idea:{space.pk}")
    if "preview" in request.POST:
        return show(request, "web/write.html", write_page(space, fields, preview=True), here="write")
    try:
        idea = _write(person, space, fields)
    except Refused as refused:
        actions.keep_draft(by=person, place=f"idea:{space.pk}", fields=fields)
        page = write_page(space, fields, problem=refused)
        return show(request, "web/write.html", page, here="write", status=422)
    return arrived(see(address_of(idea)), f"idea:{space.pk}")


def _write(person: Person, space: Space, fields: dict[str, str]) -> Idea:
    return actions.write_idea(
        by=person,
        space=space,
        title=fields.get("title", ""),
        text=fields.get("text", ""),
        ask=fields.get("ask", ""),
        question=fields.get("question", ""),
        is_notice=bool(fields.get("is_notice")),
        audience=fields.get("audience", ""),
        topics=tuple(fields.get("topics", "").split(",")),
    )


@require_POST
def take_idea_back(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Only its author sees it from then on."""
    return _done_to(request, idea_id, actions.withdraw_idea)


@require_POST
def share_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """More people may read it from then on."""
    return _done_to(request, idea_id, partial(actions.share_idea, audience=request.POST.get("audience", "")))


def _done_to(request: HttpRequest, idea_id: int, act: Callable[..., object]) -> HttpResponse:
    """One act of an author on their idea; its page again, with a sentence where it may not be."""
    person = person_of(request)
    if person is None:
        return see("sign_in", goes_to=f"/i/{idea_id}/_")
    problem = ""
    try:
        act(by=person, idea_id=idea_id)
    except NotThere as not_there:
        raise Http404 from not_there
    except Refused as refused:
        problem = refused.sentence
    idea = load_idea(person, idea_id)
    if not problem:
        return see(address_of(idea))
    page = idea_page(Viewed(request=request, person=person, idea=idea, opened=Opened(), problem=problem))
    return show(request, "web/idea.html", page, here="spaces", status=422)
