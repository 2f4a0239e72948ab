"""Who is reading and in which time zone, and what browsers are told of every page."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tertulia.web.request import person_of


def reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show times in the reader's zone: the person's own, else what their browser said, else the site's."""

    def handle(request: HttpRequest) -> HttpResponse:
        # Every page asks who is reading, so that nothing is won by asking late; and each look at a lazy object costs.
        request.user = get_user(request)
        person = person_of(request)
        zone = (person.zone if person else "") or request.COOKIES.get("zone", "")
        timezone.activate(_zone(zone))
        return get_response(request)

    return handle


def content_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What a page may load and run. It is the same for all pages, so nothing is put together for each."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY
        return response

    return handle


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name or settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)
