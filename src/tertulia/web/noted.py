"""What a click on the table came to, said where the click was: beside the words, or on the page that follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

# As the next page is told: "yes-12", "aside-12".
SAID = re.compile(r"(yes|aside)-(\d{1,17})")


@dataclass(frozen=True)
class Noted:
    reply_id: int
    words: str
    # Where it is undone; "" where it stays.
    undo: str = ""
    # Where one is after undoing it; "" on the page of the idea.
    next: str = ""
    problem: str = ""


def noted(kind: str, reply_id: int, *, goes_to: str = "") -> Noted:
    if kind == "yes":
        return Noted(reply_id, _("Noted: yes, that's it."))
    words = _("Set aside. It stays on its page.")
    return Noted(reply_id, words, undo=reverse("take_up_again", args=[reply_id]), next=goes_to)


def noted_in(request: HttpRequest, *, goes_to: str = "") -> Noted | None:
    said = SAID.fullmatch(request.GET.get("noted", ""))
    return noted(said[1], int(said[2]), goes_to=goes_to) if said else None


def with_noted(address: str, kind: str, reply_id: int) -> str:
    """The same page, which then says what was noted."""
    path, sharp, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}noted={kind}-{reply_id}{sharp}{anchor}"
