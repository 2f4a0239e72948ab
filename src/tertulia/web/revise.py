"""Changing an idea."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tertulia.ideas import actions, policies, queries
from tertulia.ideas.actions import VersionMoved
from tertulia.people.policies import NotThere, Refused
from tertulia.web.addresses import address_of
from tertulia.web.arrived import arrived
from tertulia.web.going import see, sign_in_first
from tertulia.web.ideas import load_idea
from tertulia.web.kept import keep_until_signed_in, kept_fields, words_sent
from tertulia.web.openings import BY_ASK
from tertulia.web.pages import show
from tertulia.web.request import person_of
from tertulia.web.revise_page import (
    Sheet,
    credits_in,
    draft_sheet,
    revise_page,
    sheet_from,
    sheet_of,
    with_both,
    with_preview,
)
from tertulia.web.words_back import gone

if TYPE_CHECKING:
    from tertulia.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, idea_id: int) -> HttpResponse:
    person, place = person_of(request), f"revise:{idea_id}"
    if request.method == "POST":
        if person is None:
            return keep_until_signed_in(request, place, request.path)
        return _publish(request, person, idea_id)
    if person is None:
        return sign_in_first(request)
    idea = load_idea(person, idea_id)
    if not policies.can_change(person, idea):
        return see(address_of(idea))
    fields = kept_fields(person, place)
    because = request.GET.get("because", "")
    sheet = draft_sheet(request, fields, idea) if fields else sheet_of(idea, because)
    page = replace(revise_page(person, idea, sheet), restored=bool(fields))
    return show(request, "web/revise.html", page, here="spaces")


def _publish(request: HttpRequest, person: Person, idea_id: int) -> HttpResponse:
    idea = queries.ideas_visible_to(person).select_related("space", "author").filter(pk=idea_id).first()
    if idea is None:
        return gone(request)
    fields = {**words_sent(request), "because": " ".join(request.POST.getlist("because"))}
    if "keep" in request.POST:
        actions.keep_draft(by=person, place=f"revise:{idea_id}", fields=fields)
        kept = see(address_of(idea) if request.POST["keep"] == "leave" else request.path)
        return arrived(kept, f"revise:{idea_id}")
    sheet = sheet_from(fields, idea)
    if "preview" in request.POST:
        page = with_preview(revise_page(person, idea, sheet), idea)
        return show(request, "web/revise.html", page, here="spaces")
    try:
        actions.revise(
            by=person,
            idea_id=idea_id,
            base_version=sheet.base_version,
            title=sheet.title,
            text=sheet.text,
            ask=None if idea.is_notice else _ask(sheet),
            question=None if idea.is_notice else sheet.question,
            credits=credits_in(sheet),
            note=sheet.note,
        )
    except NotThere:
        return gone(request)
    except Refused as refused:
        actions.keep_draft(by=person, place=f"revise:{idea_id}", fields=fields)
        return _again(request, person, idea_id, sheet, refused)
    return arrived(see(address_of(idea)), f"revise:{idea_id}")


def _ask(sheet: Sheet) -> str:
    if sheet.ask not in BY_ASK:
        raise Refused(_("Choose what you ask for."))
    return sheet.ask


def _again(
    request: HttpRequest, person: Person, idea_id: int, sheet: Sheet, refused: Refused
) -> HttpResponse:
    idea = load_idea(person, idea_id)
    page = replace(revise_page(person, idea, sheet), problem=refused.sentence, wrong=refused.field)
    if isinstance(refused, VersionMoved):
        base = queries.version_of(idea, sheet.base_version)
        page = with_both(page, idea, base.text if base else "")
    return show(request, "web/revise.html", page, here="spaces", status=422)
