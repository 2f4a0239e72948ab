"""The doors of the demo and the letters it would have sent: pages that a site does not have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tertulia.demo.doors import DOORS, address_of
from tertulia.people import queries
from tertulia.people import sign_in as door
from tertulia.web.demo_pages_letters import Letter, letters_in
from tertulia.web.going import see, wanted
from tertulia.web.joining import forget_joining
from tertulia.web.kept import came_in, unclaimed
from tertulia.web.pages import show
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.demo.doors import Door

Page = Callable[["HttpRequest"], "HttpResponse"]


@dataclass(frozen=True)
class DoorsPage:
    doors: tuple[Door, ...]
    goes_to: str


@dataclass(frozen=True)
class OutboxPage:
    letters: tuple[Letter, ...]


def only_in_the_demo(view: Page) -> Page:
    """Not there on a site, and not there for anybody who does not sit at this machine."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if (
            not settings.DEMO
            or is_passed_on(request)
            or not is_this_machine(request.META.get("REMOTE_ADDR", ""))
        ):
            raise Http404
        return view(request)

    return guarded


def is_passed_on(request: HttpRequest) -> bool:
    """A proxy on this machine asks for somebody else, who may be anywhere."""
    return any(name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED") for name in request.META)


def is_this_machine(address: str) -> bool:
    """Whether whoever asks sits here. An address that cannot be read is somebody else's."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


@require_safe
@only_in_the_demo
def doors(request: HttpRequest) -> HttpResponse:
    return show(request, "web/doors.html", DoorsPage(DOORS, wanted(request)))


@require_POST
@only_in_the_demo
def come_in(request: HttpRequest) -> HttpResponse:
    """As one of the invented people, without a code; as nobody, where nobody was chosen."""
    key = request.POST.get("person", "")
    if person_of(request):
        door.leave(request)
    if not key:
        return see("home")
    person = queries.person_with_address(address_of(key)) if key in {one.key for one in DOORS} else None
    if person is None:
        raise Http404
    # Whoever wrote before they came in is led to their words.
    goes_to = wanted(request) or (reverse("drafts") if unclaimed(request) else reverse("home"))
    there = came_in(request, person, back_to="", goes_to=goes_to)
    return forget_joining(door.enter(request, person, goes_to=there))


@require_safe
@only_in_the_demo
def outbox(request: HttpRequest) -> HttpResponse:
    page = OutboxPage(letters_in(Path(settings.EMAIL_FILE_PATH)))
    return show(request, "web/outbox.html", page)
