"""A person's page for those who meet them, and one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tertulia.ideas import queries as ideas
from tertulia.ideas.actions import call_oneself
from tertulia.people import queries
from tertulia.people.policies import Refused, is_here
from tertulia.spaces.queries import shares_a_space
from tertulia.web.going import see, sign_in_first
from tertulia.web.idea_rows import rows_of
from tertulia.web.names import name_of
from tertulia.web.pages import show
from tertulia.web.paging import page_number
from tertulia.web.request import person_of
from tertulia.web.zones import known, regions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.web.idea_rows import Row
    from tertulia.web.zones import Region

IDEAS_A_PAGE = 30
LARGEST = 2**63


@dataclass(frozen=True)
class PersonPage:
    name: str
    about: str
    is_me: bool
    # Named by a history, and not here.
    is_brought: bool
    rows: tuple[Row, ...]
    earlier: str


@dataclass(frozen=True)
class MePage:
    shown_name: str
    name: str
    about: str
    zone: str
    zones: tuple[Region, ...]
    # Without a choice: the zone that this browser told, or "", and the site's.
    browser_zone: str
    site_zone: str
    email: str
    href: str
    told: str = ""
    problem: str = ""


@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    viewer = person_of(request)
    # Beyond what a database counts to, nobody is there.
    found = queries.people_by_id({person_id}).get(person_id) if person_id < LARGEST else None
    if found is None:
        raise Http404
    page = person_page(viewer, found, page_number(request))
    if not page.rows and not may_meet(viewer, found):
        raise Http404
    return show(request, "web/person.html", page, here="me" if page.is_me else "")


def may_meet(viewer: Person | None, person: Person) -> bool:
    """Whether this reader sees the name anyway: in a space of theirs, or over words that they can read."""
    if viewer == person or shares_a_space(viewer, person):
        return True
    return ideas.replies_visible_to(viewer).filter(author=person, withdrawn_at=None).exists()


def person_page(viewer: Person | None, person: Person, number: int) -> PersonPage:
    start = (number - 1) * IDEAS_A_PAGE
    written = ideas.list_of_person(viewer, person, most=IDEAS_A_PAGE + 1, after=start)
    return PersonPage(
        name=name_of(person),
        about=person.about,
        is_me=viewer == person,
        is_brought=not is_here(person),
        rows=rows_of(written[:IDEAS_A_PAGE]),
        earlier=f"?page={number + 1}" if len(written) > IDEAS_A_PAGE else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return sign_in_first(request)
    browser = request.COOKIES.get("zone", "")
    if request.method != "POST":
        told = _("It is kept.") if request.GET.get("told") == "kept" else ""
        return show(request, "web/me.html", me_page(person, browser_zone=browser, told=told), here="me")
    typed = {field: request.POST.get(field, "") for field in ("name", "about", "zone")}
    shown = person.name
    try:
        _check_zone(typed["zone"])
        call_oneself(by=person, **typed)
    except Refused as refused:
        page = me_page(person, browser_zone=browser, shown_name=shown, typed=typed, problem=refused.sentence)
        return show(request, "web/me.html", page, here="me", status=422)
    return see(f"{reverse('me')}?told=kept")


def me_page(
    person: Person,
    *,
    browser_zone: str,
    shown_name: str = "",
    typed: dict[str, str] | None = None,
    told: str = "",
    problem: str = "",
) -> MePage:
    words = typed or {"name": person.name, "about": person.about, "zone": person.zone}
    return MePage(
        shown_name=shown_name or name_of(person),
        name=words["name"],
        about=words["about"],
        zone=words["zone"],
        zones=regions(words["zone"]),
        browser_zone=browser_zone if browser_zone in known() else "",
        site_zone=settings.TIME_ZONE,
        email=person.email or "",
        href=reverse("person", args=[person.pk]),
        told=told,
        problem=problem,
    )


def _check_zone(zone: str) -> None:
    if zone and zone not in known():
        raise Refused(_("That time zone is not known here. Choose one of the list."))
