"""Whose are the words that were sent from this browser before somebody came in? Only they can say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tertulia.ideas.queries import ideas_visible_to
from tertulia.spaces.queries import spaces_visible_to
from tertulia.web.going import see, sign_in_first, wanted
from tertulia.web.kept import claim, throw_away, unclaimed
from tertulia.web.pages import show
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person


@dataclass(frozen=True)
class Before:
    """What tells its writer that it is theirs, and tells nobody else what it says."""

    about: str
    words: int
    sent_at: datetime


@dataclass(frozen=True)
class WordsBeforePage:
    goes_to: str
    before: tuple[Before, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def words_before(request: HttpRequest) -> HttpResponse:
    person, goes_to = person_of(request), wanted(request)
    if person is None:
        return sign_in_first(request)
    said = request.POST.get("do", "")
    if said == "keep":
        claim(request, person)
    elif said == "throw":
        throw_away(request)
    before = _before(request, person)
    if not before:
        return see(goes_to or "drafts")
    return show(request, "web/words_before.html", WordsBeforePage(goes_to, before), here="me")


def _before(request: HttpRequest, person: Person) -> tuple[Before, ...]:
    waiting = unclaimed(request)
    numbers = {place: int(place.split(":")[1]) for place in waiting}
    ideas = ideas_visible_to(person).filter(pk__in=numbers.values()).in_bulk()
    spaces = spaces_visible_to(person).filter(pk__in=numbers.values()).in_bulk()
    before = []
    for place, one in waiting.items():
        number = numbers[place]
        if place.startswith("idea:"):
            about = _("A new idea in %(space)s") % {"space": spaces[number].name} if number in spaces else ""
        else:
            about = _("About “%(idea)s”") % {"idea": ideas[number].title} if number in ideas else ""
        before.append(
            Before(
                about=about or _("About something that you do not see"),
                words=len(" ".join(one["fields"].values()).split()),
                sent_at=datetime.fromtimestamp(one["at"], UTC),
            )
        )
    return tuple(before)
