"""Readings: how a space is doing, one meeting opened, contests, and how it is all counted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tertulia.people.policies import NotThere, Refused
from tertulia.readings import actions, queries
from tertulia.spaces.queries import spaces_visible_to
from tertulia.web.going import see, sign_in_first
from tertulia.web.pages import show
from tertulia.web.reading_contests import contest_page, meeting_page, noted_of
from tertulia.web.reading_counted import counted_page
from tertulia.web.reading_page import reading_page
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


def _space_of(person: Person | None, slug: str) -> Space:
    found = spaces_visible_to(person).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _window(asked: str | None, otherwise: str) -> str:
    return asked if asked in queries.WINDOWS else otherwise


@require_safe
def reading(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    space = _space_of(person, slug)
    window = _window(request.GET.get("window"), queries.first_window(space))
    page = reading_page(person, space, window, noted=noted_of(request.GET.get("noted", "")))
    return show(request, "web/reading.html", page, here="spaces")


@require_safe
def meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    person = person_of(request)
    space = _space_of(person, slug)
    window = _window(request.GET.get("window"), queries.first_window(space))
    told = queries.meeting_told(person, space, window, number)
    if told is None:
        raise Http404
    page = meeting_page(person, space, told, window)
    return show(request, "web/reading_meeting.html", page, here="spaces")


@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: HttpRequest, act: int) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return sign_in_first(request)
    window = _window(request.POST.get("window") or request.GET.get("window"), "")
    sentence = request.POST.get("sentence", "")
    try:
        if request.method != "POST":
            return show(
                request, "web/reading_contest.html", contest_page(person, act, window=window), here="spaces"
            )
        made = actions.contest(by=person, act=act, sentence=sentence)
    except NotThere as nothing:
        raise Http404 from nothing
    except Refused as refused:
        return _refused(request, act, refused)
    return _to_reading(person, made.space_id, window, "contested")


@require_POST
def answer_contest(request: HttpRequest, contest_id: int) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return sign_in_first(request)
    sentence, agrees = request.POST.get("sentence", ""), request.POST.get("says") == "agrees"
    try:
        found = queries.contest_numbered(person, contest_id)
        try:
            actions.answer_contest(by=person, contest=contest_id, agrees=agrees, sentence=sentence)
        except NotThere:
            raise
        except Refused as refused:
            return _refused(request, found.act, refused)
    except NotThere as nothing:
        raise Http404 from nothing
    window = _window(request.POST.get("window"), "")
    return _to_reading(person, found.space_id, window, "agreed" if agrees else "differed")


def _refused(request: HttpRequest, act: int, refused: Refused) -> HttpResponse:
    """The form again, with its words and the sentence that says why."""
    person = person_of(request)
    if person is None:
        raise Http404
    window = _window(request.POST.get("window"), "")
    sentence = request.POST.get("sentence", "")
    page = contest_page(person, act, window=window, sentence=sentence, problem=refused.sentence)
    return show(request, "web/reading_contest.html", page, here="spaces", status=422)


def _to_reading(person: Person, space_id: int, window: str, noted: str) -> HttpResponse:
    """To the space's reading; by its idea one can read of a space without being in it, then home."""
    space = spaces_visible_to(person).filter(pk=space_id).first()
    if space is None:
        return see("home")
    asked = {"window": window, "noted": noted} if window else {"noted": noted}
    return see(f"{reverse('reading', args=[space.slug])}?{urlencode(asked)}#contested")


@require_safe
def how_counted(request: HttpRequest) -> HttpResponse:
    return show(request, "web/reading_counted.html", counted_page())
