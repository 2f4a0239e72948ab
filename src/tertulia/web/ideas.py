"""The page of an idea, and the ways to it."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from tertulia.ideas import queries
from tertulia.web.addresses import TAKEN, address_of, reply_address
from tertulia.web.composers import opened_by
from tertulia.web.idea_page import Viewed, idea_page
from tertulia.web.kept import has_kept
from tertulia.web.pages import Shell, shell_of, show
from tertulia.web.request import person_of
from tertulia.web.times import this_day

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.ideas.queries import PageState
    from tertulia.people.models import Person


@require_safe
def idea_short(request: HttpRequest, idea_id: int) -> HttpResponse:
    return HttpResponsePermanentRedirect(address_of(load_idea(person_of(request), idea_id)))


@require_safe
def idea(request: HttpRequest, idea_id: int, slug: str) -> HttpResponse:
    person, opened = person_of(request), opened_by(request)
    state = queries.state_of_page(person, idea_id)
    if state is None:
        raise Http404
    if slug != state.slug or slug in TAKEN:
        right = address_of(load_idea(person, idea_id))
        if request.path != right:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{right}{'?' + query if query else ''}")
    shell = shell_of(request, "spaces")
    etag = partial(etag_of, request, person, idea_id, state, shell)
    said = "" if has_kept(request) else etag()
    response = get_conditional_response(request, etag=said) if said else None
    if response is None:
        found, mode = load_idea(person, idea_id), request.GET.get("show", "")
        joining = person is not None and not state.is_member
        viewed = Viewed(request, person, found, opened, mode, has_draft=state.has_draft, may_join=joining)
        page = idea_page(viewed)
        response = show(request, "web/idea.html", page, shell=shell)
        # Its forms may just have brought the cookie of their token.
        said = said and etag()
    return _private(response, said)


@require_safe
def reply(request: HttpRequest, reply_id: int) -> HttpResponse:
    """A reply, on whichever page of its thread it is."""
    found = queries.replies_visible_to(person_of(request)).select_related("idea").filter(pk=reply_id).first()
    if found is None:
        raise Http404
    return redirect(reply_address(found.idea, found))


def load_idea(person: Person | None, idea_id: int) -> Idea:
    found = queries.idea_visible_to(person, idea_id)
    if found is None:
        raise Http404
    return found


def load_reply(request: HttpRequest, reply_id: int) -> Reply:
    replies = queries.replies_visible_to(person_of(request)).select_related("idea", "author")
    found = replies.filter(pk=reply_id).first()
    if found is None:
        raise Http404
    return found


def etag_of(request: HttpRequest, person: Person | None, idea_id: int, state: PageState, shell: Shell) -> str:
    """Everything that the page depends on, without reading the thread."""
    parts = (
        idea_id,
        state,
        person.pk if person else 0,
        shell,
        this_day(),
        settings.RELEASE,
        request.get_full_path(),
        # A token of an earlier session would be refused.
        request.META.get("CSRF_COOKIE", ""),
    )
    return quote_etag(hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest())


def _private(response: HttpResponse, etag: str) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    if etag:
        response["ETag"] = etag
    return response
