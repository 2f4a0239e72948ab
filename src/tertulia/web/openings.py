"""The words that a reply may begin with: which fit whom, and how they stand before what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tertulia.web.addresses import address_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person
    from tertulia.web.composers import Opened


@dataclass(frozen=True)
class StarterLink:
    key: str
    words: str
    href: str
    # The words it begins with; "" where it leads to another page.
    opening: str
    here: bool


# The words of each starter, without what follows them.
OPENINGS = {
    "question": _("I'd like to understand"),
    "challenge": _("This might not hold when"),
    "build_on": _("Building on this,"),
    "experience": _("In my experience,"),
    "synthesis": _("Bringing these together:"),
    "say_back": _("So you are saying"),
    "changed": _("I've changed it"),
    "try": _("I'll try it"),
    "keep": _("I'm keeping it, because"),
    "dont_know": _("I don't know"),
    "was_wrong": _("I was wrong"),
}


# What somebody did who began so, before their words.
VERBS = {
    "question": _("asked:"),
    "challenge": _("doubted:"),
    "build_on": _("added:"),
    "experience": _("told:"),
    "synthesis": _("put together:"),
    "try": _("will try it:"),
    "tried": _("tried it:"),
    "keep": _("keeps it:"),
    "decided": _("decided:"),
}

# To an idea: what fits best to what is asked comes first.
BY_ASK = {
    "doubts": ("challenge", "question", "experience", "build_on", "synthesis"),
    "experience": ("experience", "question", "build_on", "challenge", "synthesis"),
    "help": ("experience", "build_on", "question", "challenge", "synthesis"),
    "half_baked": ("question", "build_on", "experience", "challenge", "synthesis"),
}


def verb_of(starter: str) -> str:
    return str(VERBS.get(starter, _("wrote:")))


def answers_for(person: Person, *, author_id: int | None, owns_idea: bool) -> tuple[str, ...]:
    """The openings of an answer that fit this person and this reply, as `policies.check_can_answer` has it."""
    if author_id is None or author_id == person.pk:
        return ("dont_know", "was_wrong", "question", "challenge")
    if owns_idea:
        return ("say_back", "changed", "try", "keep", "dont_know", "was_wrong")
    return ("say_back", "try", "dont_know", "was_wrong", "question", "challenge")


def starter_links(keys: tuple[str, ...], opened: Opened, base: str, idea: Idea) -> tuple[StarterLink, ...]:
    return tuple(_starter_link(key, str(OPENINGS[key]), opened, base, idea) for key in keys)


def _starter_link(key: str, words: str, opened: Opened, base: str, idea: Idea) -> StarterLink:
    if key == "changed":
        opening, href = "", f"{reverse('revise', args=[idea.pk])}?because={opened.reply_id}"
    else:
        box = "answer" if opened.kind == "answer" else "say"
        opening, href = f"{words} ", f"{address_of(idea)}{base}starter={key}#{box}"
    return StarterLink(key, f"{words.rstrip(',:')}…", href, opening, here=key == opened.starter)


def begun(starter: str, text: str) -> str:
    """The text with its opening words before it, once."""
    if starter not in OPENINGS:
        return text
    opening = str(OPENINGS[starter])
    if text.startswith(opening):
        return text
    # Another opening gives way; words do not.
    worn = next((other for other in map(str, OPENINGS.values()) if text.startswith(other)), "")
    return f"{opening} {text.removeprefix(worn).lstrip()}"
