"""Words that could not be sent, because nobody was signed in any more.

They go among the drafts of the person whose page they were written on. Where that is not known they wait in the
browser's session, unseen and for two hours. Whoever then signs in on the very page that sending led to has them as a
draft; whoever comes in by another way is asked whether they are theirs, because others may use this browser too.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, TypedDict

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tertulia.ideas import actions, queries
from tertulia.people.policies import Refused
from tertulia.people.sign_in import check_can_leave_words
from tertulia.people.words import long_text
from tertulia.web.going import see, with_next
from tertulia.web.words_back import gone
from tertulia.web.writers import writer_of

if TYPE_CHECKING:
    from tertulia.people.models import Person

# What is being written, and where: "reply:IDEA:PARENT", "revise:IDEA", "idea:SPACE".
PLACE = re.compile(r"(reply:[0-9]{1,17}:[0-9]{1,17}|(tried|decided|revise|idea):[0-9]{1,17})")
KEY = "words_before"
MOST_PLACES = 10
LONGEST = 250_000
# A code is good for a quarter of an hour, and a mail server may hold a stranger's letter back for an hour.
KEPT_SECONDS = 2 * 60 * 60
NO_WORDS = {"csrfmiddlewaretoken", "preview", "keep", "open", "place", "writer"}


class Waiting(TypedDict):
    """Words of one place. Without fields they are among their writer's drafts already, and only this is told."""

    at: float
    fields: dict[str, str]
    # Where the page for signing in, which came next, leads back to.
    back_to: str


def words_sent(request: HttpRequest) -> dict[str, str]:
    """What a form brought, as plain words: of ticks with the same name, all of them."""
    return {
        name: long_text(" ".join(request.POST.getlist(name)))
        for name in request.POST
        if name not in NO_WORDS and request.POST.getlist(name)
    }


def keep_until_signed_in(request: HttpRequest, place: str, back_to: str) -> HttpResponse:
    """To the page for signing in; the words stand in their place again after it."""
    words = {name: value[:LONGEST] for name, value in words_sent(request).items() if value.strip()}
    if writer := writer_of(request.POST.get("writer", ""), place):
        _keep_for(writer, place, words)
        words = {}
    else:
        try:
            check_can_leave_words(request)
        except Refused as refused:
            return gone(request, sentence=refused.sentence)
    _store(request, {**_waiting(request), place: Waiting(at=time.time(), fields=words, back_to=back_to)})
    # Nor does the row of the session outlive them.
    request.session.set_expiry(KEPT_SECONDS)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": with_next(reverse("sign_in"), back_to)})
    return see("sign_in", goes_to=back_to)


def has_kept(request: HttpRequest) -> bool:
    return bool(_waiting(request))


def safe_words(request: HttpRequest, place: str = "") -> str:
    """For the pages between sending and being signed in: what was written, here or anywhere, is not lost."""
    waiting = _waiting(request)
    if not waiting or (place and place not in waiting):
        return ""
    if any(one["fields"] for one in waiting.values()):
        return _("What you wrote is safe. It waits in this browser for two hours, until you have signed in.")
    if all(one.startswith(("idea:", "revise:")) for one in waiting):
        return _("Your words are safe. They wait until you have signed in.")
    return _("Your reply is safe. It waits until you have signed in.")


def unclaimed(request: HttpRequest) -> dict[str, Waiting]:
    """Words that somebody sent from this browser while nobody was signed in, and nobody knows who."""
    return {
        place: one for place, one in _waiting(request).items() if one["fields"] and PLACE.fullmatch(place)
    }


def came_in(request: HttpRequest, person: Person, *, back_to: str, goes_to: str) -> str:
    """Where somebody who comes in goes: first to the question whose words these are, where that is not plain.

    `back_to`: what the page on which they signed in leads back to. It is plain where that page came of sending."""
    waiting = unclaimed(request)
    for place, one in list(waiting.items()):
        if back_to and one["back_to"] == back_to:
            _keep_for(person, place, waiting.pop(place)["fields"])
    _store(request, waiting)
    return with_next(reverse("words_before"), goes_to) if waiting else goes_to


def claim(request: HttpRequest, person: Person) -> None:
    """They said that the words are theirs: they find them among their drafts, also on another day."""
    for place, one in unclaimed(request).items():
        _keep_for(person, place, one["fields"])
    throw_away(request)


def throw_away(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def kept_fields(person: Person, place: str) -> dict[str, str]:
    """The unsent words of this place."""
    draft = queries.draft_of(person, place)
    return dict(draft.fields) if draft else {}


def _keep_for(person: Person, place: str, words: dict[str, str]) -> None:
    """Beside what is kept there already: of a text both stay, unless one holds the other."""
    if actions.was_sent(by=person, place=place, fields=words):
        return
    fields = kept_fields(person, place)
    other, text = fields.get("text", ""), words.get("text", "")
    fields |= words
    if other.strip() not in text:
        fields["text"] = other if text.strip() in other else f"{text}\n\n{other}"
    actions.keep_draft(by=person, place=place, fields=fields)


def _waiting(request: HttpRequest) -> dict[str, Waiting]:
    since = time.time() - KEPT_SECONDS
    kept: dict[str, Waiting] = request.session.get(KEY, {})
    return {place: one for place, one in kept.items() if one["at"] > since}


def _store(request: HttpRequest, waiting: dict[str, Waiting]) -> None:
    if waiting:
        request.session[KEY] = dict(list(waiting.items())[-MOST_PLACES:])
    else:
        throw_away(request)
