"""Words not sent yet: kept while somebody types, found again, thrown away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tertulia.ideas import actions
from tertulia.web.arrived import arrived
from tertulia.web.drafts_page import DraftsPage, kept_by
from tertulia.web.going import see, sign_in_first, wanted
from tertulia.web.kept import PLACE, has_kept, words_sent
from tertulia.web.pages import show
from tertulia.web.request import person_of


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
    gone = see(wanted(request) or "drafts")
    return arrived(gone, place) if PLACE.fullmatch(place) else gone
