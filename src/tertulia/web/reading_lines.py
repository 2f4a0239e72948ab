"""A meeting as sentences: who said what, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tertulia.web.addresses import address_of
from tertulia.web.names import Called

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tertulia.people.models import Person
    from tertulia.readings.queries import Deed, Told

# How many outcomes one line tells of.
MOST_OUTCOMES = 2


@dataclass(frozen=True)
class Line:
    """One meeting on the reading's page."""

    text: str
    idea_title: str
    idea_href: str
    href: str
    # Whether the reader is one of the two, who alone may say that it was otherwise.
    mine: bool
    # Among what speaks against: why it does, where its sentences do not tell.
    why: str = ""


def callers(told: Iterable[Told]) -> Called:
    found: list[Person | None] = []
    for one in told:
        found += [*one.people, *(deed.who for deed in one.deeds)]
    return Called(found)


def line_of(told: Told, called: Called, *, href: str) -> Line:
    return Line(
        text=text_of(told, called),
        idea_title=told.idea.title,
        idea_href=address_of(told.idea),
        href=href,
        mine=told.mine,
    )


def text_of(told: Told, called: Called) -> str:
    """Who began and with what words, what the other did, and what came of it."""
    said = [deed for deed in told.deeds if deed.verb == "said"]
    outcomes = [deed for deed in told.deeds if deed.verb != "said"]
    first = said[0] if said else None
    sentences = [sentence(first, called)] if first else []
    back = next((deed for deed in said if first and deed.who != first.who), None)
    if back:
        sentences.append(briefly(back, called))
    later = [deed for deed in said if deed.starter in TELLING and deed not in (first, back)]
    tellings = [briefly(deed, called) for deed in [*outcomes, *later]]
    sentences += list(dict.fromkeys(tellings))[:MOST_OUTCOMES]
    if first and not tellings and not told.both_ways:
        sentences.append(_("It went one way."))
    return " ".join(sentences)


def why_against(told: Told, state: str) -> str:
    """An exchange can speak against the word for a place by what it lacks, and by going further than the word says."""
    if not told.both_ways:
        return ""
    came_of_it = any(deed.verb != "said" or deed.starter in TELLING for deed in told.deeds)
    if state == "collaborating":
        if told.closed:
            return ""
        return _("Something came of it, on one side.") if came_of_it else _("Nothing came of it yet.")
    if came_of_it:
        return _("It went further than the word for the place says: something came of it.")
    return "" if state in BOTH_WAYS else _("It went both ways.")


# The words for a place where people answer each other.
BOTH_WAYS = {"both_ways_untold", "conversing", "collaborating"}
# Answers that say what came of it.
TELLING = {"tried", "decided", "keep", "was_wrong", "try"}


def sentence(deed: Deed, called: Called) -> str:
    """One act with its words."""
    if not deed.quote:
        return briefly(deed, called)
    return in_full()[key_of(deed)] % {"who": called(deed.who), "quote": deed.quote}


def briefly(deed: Deed, called: Called) -> str:
    return in_brief()[key_of(deed)] % {"who": called(deed.who)}


def key_of(deed: Deed) -> str:
    return deed.starter if deed.verb == "said" else deed.verb


def in_full() -> Mapping[str, str]:
    """By starter or verb; "" is saying something without a starter."""
    return {
        "": _("%(who)s wrote: “%(quote)s”"),
        "question": _("%(who)s asked: “%(quote)s”"),
        "challenge": _("%(who)s doubted it: “%(quote)s”"),
        "build_on": _("%(who)s built on it: “%(quote)s”"),
        "experience": _("%(who)s told from experience: “%(quote)s”"),
        "synthesis": _("%(who)s brought things together: “%(quote)s”"),
        "say_back": _("%(who)s said it back: “%(quote)s”"),
        "changed": _("%(who)s said what changed: “%(quote)s”"),
        "try": _("%(who)s wants to try it: “%(quote)s”"),
        "keep": _("%(who)s keeps it, because: “%(quote)s”"),
        "dont_know": _("%(who)s did not know: “%(quote)s”"),
        "was_wrong": _("%(who)s was wrong, and said so: “%(quote)s”"),
        "not_quite": _("%(who)s said “not quite”: “%(quote)s”"),
        "tried": _("%(who)s tried it: “%(quote)s”"),
        "decided": _("%(who)s decided: “%(quote)s”"),
        "credited": _("%(who)s changed the idea because of it: “%(quote)s”"),
        "declined": _("%(who)s keeps it, because: “%(quote)s”"),
        "moved": _("%(who)s said what moved: “%(quote)s”"),
    }


def in_brief() -> Mapping[str, str]:
    return {
        "": _("%(who)s answered."),
        "question": _("%(who)s asked something."),
        "challenge": _("%(who)s doubted it."),
        "build_on": _("%(who)s built on it."),
        "experience": _("%(who)s told from experience."),
        "synthesis": _("%(who)s brought things together."),
        "say_back": _("%(who)s said it back."),
        "changed": _("%(who)s changed it."),
        "try": _("%(who)s wants to try it."),
        "keep": _("%(who)s keeps it, with a reason."),
        "dont_know": _("%(who)s did not know."),
        "was_wrong": _("%(who)s was wrong, and said so."),
        "not_quite": _("%(who)s said “not quite”."),
        "tried": _("%(who)s tried it."),
        "decided": _("%(who)s decided, and named it."),
        "credited": _("%(who)s changed the idea because of it."),
        "declined": _("%(who)s keeps it, with a reason."),
        "moved": _("%(who)s said what moved."),
    }


def place_of(deed: Deed, told: Told) -> str:
    """Where a deed can be read: the version that it made, the reply, or the idea."""
    if deed.verb == "credited" and deed.version is not None:
        return reverse("version", args=[told.idea.pk, deed.version])
    if deed.reply_id is not None:
        return reverse("reply", args=[deed.reply_id])
    return address_of(told.idea)
