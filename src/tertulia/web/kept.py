"""Words that could not be sent, because nobody was signed in any more: kept in the session, given back after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from tertulia.ideas import actions, queries
from tertulia.people.words import long_text
from tertulia.web.going import see, with_next

if TYPE_CHECKING:
    from tertulia.people.models import Person

# What is being written, and where: "reply:IDEA:PARENT", "revise:IDEA", "idea:SPACE".
PLACE = re.compile(r"(reply:\d{1,17}:\d{1,17}|(tried|decided|revise|idea):\d{1,17})")
KEY = "kept_words"
MOST_PLACES = 10
LONGEST = 250_000


def words_sent(request: HttpRequest) -> dict[str, str]:
    """What a form brought, as plain words: of ticks with the same name, all of them."""
    return {
        name: long_text(" ".join(request.POST.getlist(name)))
        for name in request.POST
        if name not in {"csrfmiddlewaretoken", "preview", "keep", "open", "place"}
        and request.POST.getlist(name)
    }


def keep_until_signed_in(request: HttpRequest, place: str, back_to: str) -> HttpResponse:
    """To the page for signing in; the words stand in their place again after it."""
    kept = request.session.get(KEY, {})
    kept[place] = {name: value[:LONGEST] for name, value in words_sent(request).items() if value.strip()}
    request.session[KEY] = dict(list(kept.items())[-MOST_PLACES:])
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(with_next(reverse("sign_in"), back_to))
    return see("sign_in", goes_to=back_to)


def has_kept(request: HttpRequest) -> bool:
    return bool(request.session.get(KEY))


def safe_words(request: HttpRequest) -> str:
    """For the pages between sending and being signed in: what was written is not lost."""
    places = request.session.get(KEY, {})
    if not places:
        return ""
    if all(place.startswith(("idea:", "revise:")) for place in places):
        return _("Your words are safe. They wait until you have signed in.")
    return _("Your reply is safe. It waits until you have signed in.")


def keep_as_drafts(request: HttpRequest, person: Person) -> None:
    """Whoever came in finds what they wrote before it among their drafts, also on another day."""
    for place in list(request.session.get(KEY, {})):
        if PLACE.fullmatch(place):
            actions.keep_draft(by=person, place=place, fields=kept_fields(request, person, place))
    request.session.pop(KEY, None)


def forget(request: HttpRequest, place: str) -> None:
    """They were sent, or thrown away."""
    kept = request.session.get(KEY, {})
    if kept.pop(place, None) is not None:
        request.session[KEY] = kept


def kept_fields(request: HttpRequest, person: Person | None, place: str) -> dict[str, str]:
    """The unsent words of this place: of the session first, then those of the draft that the session does not have."""
    waiting = dict(request.session.get(KEY, {}).get(place, {}))
    draft = queries.draft_of(person, place) if person else None
    if draft is None:
        return waiting
    fields: dict[str, str] = dict(draft.fields)
    for name, value in waiting.items():
        other = fields.get(name, "")
        both = name == "text" and other.strip() and other.strip() not in value
        fields[name] = f"{value}\n\n{other}" if both else value
    return fields
