"""The box that somebody writes in: which words stand in it, and with which openings it may begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tertulia.ideas import queries
from tertulia.ideas.markdown import plain_of_html
from tertulia.web.addresses import address_of, reply_address
from tertulia.web.names import called, name_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person

KINDS = ("answer", "not_quite")


@dataclass(frozen=True)
class Opened:
    """Which box is open, and what is in it: from the address, or from what was just sent."""

    kind: str = "reply"
    reply_id: int = 0
    starter: str = ""
    # None: nothing was sent, so a draft may stand there.
    text: str | None = None
    naming: frozenset[int] = frozenset()
    problem: str = ""


@dataclass(frozen=True)
class StarterLink:
    key: str
    words: str
    href: str
    # The words it begins with; "" where it leads to another page.
    opening: str
    here: bool


@dataclass(frozen=True)
class Choice:
    reply_id: int
    name: str
    words: str
    ticked: bool


@dataclass(frozen=True)
class Composer:
    id: str
    kind: str
    action: str
    place: str
    label: str
    submit: str
    text: str
    starter: str
    starters: tuple[StarterLink, ...] = ()
    problem: str = ""
    # Replies to name, by ticks or by choosing one.
    choices: tuple[Choice, ...] = ()
    many: bool = False
    kept_at: datetime | None = None
    # Where it goes when it is put away; "" where it always stands.
    away: str = ""
    # Sent by htmx into this element, where it says so.
    target: str = ""
    swap: str = ""


def opened_by(request: HttpRequest) -> Opened:
    """What the address asks for: `?answer=5&starter=say_back`."""
    starter = request.GET.get("starter", "")
    for kind in KINDS:
        given = request.GET.get(kind, "")
        if given.isdecimal() and len(given) < 18:
            return Opened(kind=kind, reply_id=int(given), starter=starter)
    for kind in ("tried", "decided"):
        if kind in request.GET:
            given = request.GET[kind]
            naming = {int(given)} if given.isdecimal() and len(given) < 18 else set()
            return Opened(kind=kind, naming=frozenset(naming))
    return Opened(starter=starter)


def openings() -> dict[str, str]:
    """The words of each starter, without what follows them."""
    return {
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


def place_of(idea_id: int, opened: Opened) -> str:
    if opened.kind in {"tried", "decided"}:
        return f"{opened.kind}:{idea_id}"
    return f"reply:{idea_id}:{opened.reply_id}"


# To an idea: what fits best to what is asked comes first.
BY_ASK = {
    "doubts": ("challenge", "question", "experience", "build_on", "synthesis"),
    "experience": ("experience", "question", "build_on", "challenge", "synthesis"),
    "help": ("experience", "build_on", "question", "challenge", "synthesis"),
    "half_baked": ("question", "build_on", "experience", "challenge", "synthesis"),
}


def answers_for(person: Person, *, author_id: int | None, owns_idea: bool) -> tuple[str, ...]:
    """The openings of an answer that fit this person and this reply, as `policies.check_can_answer` has it."""
    if author_id is None or author_id == person.pk:
        return ("dont_know", "was_wrong", "question", "challenge")
    if owns_idea:
        return ("say_back", "changed", "try", "keep", "dont_know", "was_wrong")
    return ("say_back", "try", "dont_know", "was_wrong", "question", "challenge")


def starter_links(keys: tuple[str, ...], opened: Opened, base: str, idea: Idea) -> tuple[StarterLink, ...]:
    words = openings()
    return tuple(
        StarterLink(
            key=key,
            words=f"{words[key].rstrip(',:')}…",
            href=f"{reverse('revise', args=[idea.pk])}?because={opened.reply_id}"
            if key == "changed"
            else f"{address_of(idea)}{base}starter={key}#{'answer' if opened.kind == 'answer' else 'say'}",
            opening="" if key == "changed" else f"{words[key]} ",
            here=key == opened.starter,
        )
        for key in keys
    )


def begun(starter: str, text: str) -> str:
    """The text with its opening words before it, once."""
    opening = openings().get(starter, "")
    if not opening or text.startswith(opening):
        return text
    # Another opening with nothing after it gives way; words do not.
    bare = not text.strip() or text.strip() in openings().values()
    return f"{opening} " if bare else f"{opening} {text}"


def composer_of(
    person: Person,
    idea: Idea,
    opened: Opened,
    reply: Reply | None,
    *,
    kept: dict[str, str],
    partial: bool = False,
) -> Composer:
    """The open box. `kept` are the words of a draft; words that were just sent come before them."""
    text = opened.text if opened.text is not None else kept.get("text", "")
    made = {"answer": _answer, "not_quite": _not_quite, "tried": _tried, "decided": _decided}.get(
        opened.kind, _reply
    )
    starter = opened.starter if opened.starter or opened.text is not None else kept.get("starter", "")
    box = made(person, idea, replace(opened, starter=starter), reply)
    if opened.text is None:
        text = begun(box.starter, text)
    if partial and reply is not None:
        box = replace(box, id=f"answer-{reply.pk}")
    if box.target == "answer":
        box = replace(box, target=f"#{box.id}")
    return replace(box, text=text, problem=opened.problem)


def _reply(person: Person, idea: Idea, opened: Opened, _reply_answered: Reply | None) -> Composer:
    keys = BY_ASK.get(idea.ask, BY_ASK["half_baked"])
    starter = opened.starter if opened.starter in keys else ""
    return Composer(
        id="say",
        kind="reply",
        action=reverse("post_reply", args=[idea.pk]),
        place=f"reply:{idea.pk}:0",
        label=_("Add to your idea")
        if idea.author_id == person.pk
        else _("Your reply to %(name)s") % {"name": called(idea.author)},
        submit=_("Reply"),
        text="",
        starter=starter,
        starters=starter_links(keys, replace(opened, starter=starter), "?", idea)
        if idea.author_id != person.pk
        else (),
        target="#thread",
        swap="beforeend",
    )


def _answer(person: Person, idea: Idea, opened: Opened, reply: Reply | None) -> Composer:
    if reply is None:
        return _reply(person, idea, replace(opened, kind="reply", starter=""), None)
    keys = answers_for(person, author_id=reply.author_id, owns_idea=idea.author_id == person.pk)
    starter = opened.starter if opened.starter in keys and opened.starter != "changed" else ""
    own = reply.author_id == person.pk
    return Composer(
        id="answer",
        kind="answer",
        action=reverse("answer", args=[reply.pk]),
        place=f"reply:{idea.pk}:{reply.pk}",
        label=_("Add to what you said")
        if own
        else _("Your answer to %(name)s") % {"name": called(reply.author)},
        submit=_("Add it") if own else _("Answer %(name)s") % {"name": called(reply.author)},
        text="",
        starter=starter,
        starters=starter_links(keys, replace(opened, starter=starter), f"?answer={reply.pk}&", idea),
        away=reply_address(idea, reply),
        target="answer",
        swap="outerHTML",
    )


def _not_quite(person: Person, idea: Idea, opened: Opened, reply: Reply | None) -> Composer:
    if reply is None:
        return _reply(person, idea, replace(opened, kind="reply", starter=""), None)
    return Composer(
        id="answer",
        kind="not_quite",
        action=reverse("not_quite", args=[reply.pk]),
        place=f"reply:{idea.pk}:{reply.pk}",
        label=_("Not quite: what did you mean?"),
        submit=_("Answer %(name)s") % {"name": called(reply.author)},
        text="",
        starter="",
        away=reply_address(idea, reply),
    )


def _tried(person: Person, idea: Idea, opened: Opened, _reply_answered: Reply | None) -> Composer:
    return Composer(
        id="say",
        kind="tried",
        action=reverse("post_tried", args=[idea.pk]),
        place=f"tried:{idea.pk}",
        label=_("You tried it: what happened?"),
        submit=_("Tell what happened"),
        text="",
        starter="",
        choices=_choices(person, idea, opened.naming),
        away=f"{address_of(idea)}#tried",
    )


def _decided(person: Person, idea: Idea, opened: Opened, _reply_answered: Reply | None) -> Composer:
    return Composer(
        id="say",
        kind="decided",
        action=reverse("post_decided", args=[idea.pk]),
        place=f"decided:{idea.pk}",
        label=_("What have you decided?"),
        submit=_("Say what you decided"),
        text="",
        starter="",
        choices=_choices(person, idea, opened.naming),
        many=True,
        away=address_of(idea),
    )


def _choices(person: Person, idea: Idea, naming: frozenset[int]) -> tuple[Choice, ...]:
    """What others said, the newest first."""
    replies = queries.replies_of(idea).filter(withdrawn_at=None).exclude(author=person)
    return tuple(
        Choice(reply.pk, name_of(reply.author), snippet(plain_of_html(reply.html), 120), reply.pk in naming)
        for reply in replies.order_by("-number")
    )
