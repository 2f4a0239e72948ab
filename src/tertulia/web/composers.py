"""The box that somebody writes in: which words stand in it, and with which openings it may begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tertulia.ideas import queries
from tertulia.ideas.markdown import plain_of_html
from tertulia.people.policies import is_here
from tertulia.web.addresses import address_of, reply_address
from tertulia.web.names import called, name_of
from tertulia.web.openings import BY_ASK, StarterLink, answers_for, begun, starter_links
from tertulia.web.request import numbers_in
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person

KINDS = ("answer", "not_quite", "correct")


@dataclass(frozen=True)
class Opened:
    """Which box is open, and what is in it: from the address, or from what was just sent."""

    kind: str = "reply"
    reply_id: int = 0
    # The change that is corrected, where `kind` is "correct".
    credit_id: int = 0
    starter: str = ""
    # None: nothing was sent, so a draft may stand there.
    text: str | None = None
    naming: frozenset[int] = frozenset()
    problem: str = ""
    # Kept words were put away: they are not opened on this page.
    puts_away: bool = False


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
    # Where it goes when it is put away; "" where it always stands.
    away: str = ""
    # Words that were kept stand in it, and were not sent.
    restored: bool = False
    # Of somebody who has not signed in: what comes next, and what may stand in it.
    is_strangers: bool = False
    placeholder: str = ""
    # What to know before writing: who will not be told.
    note: str = ""
    # The change that is corrected: said in the form, so that a draft of it knows.
    credit_id: int = 0
    # Where one is when the kept words are thrown away.
    thrown: str = ""
    # Sent by htmx into this element, where it says so.
    target: str = ""
    swap: str = ""


def opened_by(request: HttpRequest) -> Opened:
    """What the address asks for: `?answer=5&starter=say_back`, or `?tried=yes`; a number there names a reply."""
    starter = request.GET.get("starter", "")
    for kind in KINDS:
        if reply_id := _number(request, kind):
            credit_id = _number(request, "credit") if kind == "correct" else 0
            return Opened(kind=kind, reply_id=reply_id, credit_id=credit_id, starter=starter)
    for kind in ("tried", "decided"):
        if kind in request.GET:
            given = _number(request, kind)
            return Opened(kind=kind, naming=frozenset({given} if given else ()))
    return Opened(starter=starter, puts_away="away" in request.GET)


def _number(request: HttpRequest, name: str) -> int:
    return next(iter(numbers_in([request.GET.get(name, "")])), 0)


def place_of(idea_id: int, opened: Opened) -> str:
    if opened.kind in {"tried", "decided"}:
        return f"{opened.kind}:{idea_id}"
    return f"reply:{idea_id}:{opened.reply_id}"


def composer_of(
    person: Person | None,
    idea: Idea,
    opened: Opened,
    reply: Reply | None,
    *,
    kept: Mapping[str, str],
    partial: bool = False,
) -> Composer:
    """The open box. `kept` are the words of a draft; words that were just sent come before them."""
    text = opened.text if opened.text is not None else kept.get("text", "")
    made = MADE.get(opened.kind, _reply) if person else STRANGERS.get(opened.kind, _reply)
    starter = opened.starter if opened.starter or opened.text is not None else kept.get("starter", "")
    kept_naming = (
        frozenset(numbers_in(kept.get("naming", "").split())) if opened.text is None else frozenset()
    )
    box = made(person, idea, replace(opened, starter=starter, naming=kept_naming or opened.naming), reply)
    if opened.text is None:
        text = begun(box.starter, text)
    if partial and reply is not None:
        box = replace(box, id=f"answer-{reply.pk}")
    if box.target == "answer":
        box = replace(box, target=f"#{box.id}")
    restored = opened.text is None and bool(kept.get("text", "").strip())
    thrown = address_of(idea) if restored else box.thrown
    box = replace(box, text=text, problem=opened.problem, restored=restored, thrown=thrown)
    return box if person else _strangers(box)


def _strangers(box: Composer) -> Composer:
    """Sent first, and signed in after: the words wait meanwhile."""
    return replace(
        box,
        submit=_("Send"),
        is_strangers=True,
        placeholder=_("In your own words. A half-formed thought is welcome."),
    )


def _reply(person: Person | None, idea: Idea, opened: Opened, _reply_answered: Reply | None) -> Composer:
    keys = BY_ASK.get(idea.ask, BY_ASK["half_baked"])
    own = person is not None and idea.author_id == person.pk
    starter = opened.starter if opened.starter in keys else ""
    return Composer(
        id="say",
        kind="reply",
        action=reverse("post_reply", args=[idea.pk]),
        place=f"reply:{idea.pk}:0",
        label=_("Add to your idea") if own else _("Your reply to %(name)s") % {"name": called(idea.author)},
        submit=_("Reply"),
        text="",
        starter=starter,
        starters=() if own else starter_links(keys, replace(opened, starter=starter), "?", idea),
        note=_not_told(idea.author),
        target="#thread",
        swap="beforeend",
    )


def _not_told(author: Person | None) -> str:
    """A history brought them; nothing waits for them."""
    if author is None or is_here(author):
        return ""
    return _("%(name)s is not here and will not be told. People here will read it.") % {
        "name": called(author)
    }


def _to_the_idea(person: Person, idea: Idea, opened: Opened) -> Composer:
    """What it answers is gone. The words can still be said, under the idea itself."""
    box = _reply(person, idea, replace(opened, kind="reply"), None)
    note = _("What you were answering was taken back. Sent from here, your words are a reply to the idea.")
    # Their draft stays theirs, and no box of the thread goes with them.
    return replace(box, id="answer", place=place_of(idea.pk, opened), note=note, target="", swap="")


def _answer(person: Person, idea: Idea, opened: Opened, reply: Reply | None) -> Composer:
    if reply is None or reply.withdrawn_at is not None:
        return _to_the_idea(person, idea, opened)
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
        away=reply_address(idea, reply, more="away=1"),
        note=_not_told(reply.author),
        target="answer",
        # The box goes also where the answer stands as a line within the reply above it.
        swap="outerHTML swapEmpty:true",
    )


def _not_quite(person: Person, idea: Idea, opened: Opened, reply: Reply | None) -> Composer:
    if reply is None or reply.withdrawn_at is not None:
        return _to_the_idea(person, idea, opened)
    return Composer(
        id="answer",
        kind="not_quite",
        action=reverse("not_quite", args=[reply.pk]),
        place=f"reply:{idea.pk}:{reply.pk}",
        label=_("Not quite: what did you mean?"),
        submit=_("Answer %(name)s") % {"name": called(reply.author)},
        text="",
        starter="not_quite",
        away=reply_address(idea, reply, more="away=1"),
    )


def _correct(person: Person, idea: Idea, opened: Opened, reply: Reply | None) -> Composer:
    """ "Not quite…" of a credit: what was meant stands under the words that were credited."""
    credit = reply.credits.filter(pk=opened.credit_id).select_related("by").first() if reply else None
    if reply is None or credit is None or reply.author_id != person.pk:
        return _reply(person, idea, replace(opened, kind="reply", starter=""), None)
    return Composer(
        id="answer",
        kind="correct",
        action=reverse("correct_credit", args=[opened.credit_id]),
        place=f"reply:{idea.pk}:{reply.pk}",
        label=_("%(name)s: “%(sentence)s” Not quite: what did you mean?")
        % {"name": called(credit.by), "sentence": credit.sentence},
        submit=_("Answer %(name)s") % {"name": called(idea.author)},
        text="",
        starter="not_quite",
        credit_id=opened.credit_id,
        away=f"{address_of(idea)}?away=1#credit-{opened.credit_id}",
    )


def _tried(person: Person | None, idea: Idea, opened: Opened, _reply_answered: Reply | None) -> Composer:
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
        away=f"{address_of(idea)}?away=1#tried",
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
        away=f"{address_of(idea)}?away=1",
    )


MADE: Mapping[str, Callable[..., Composer]] = {
    "answer": _answer,
    "not_quite": _not_quite,
    "correct": _correct,
    "tried": _tried,
    "decided": _decided,
}
# An answer belongs to a conversation that one is in.
STRANGERS: Mapping[str, Callable[..., Composer]] = {"tried": _tried}


def _choices(person: Person | None, idea: Idea, naming: frozenset[int]) -> tuple[Choice, ...]:
    """What others said, the newest first."""
    replies = queries.replies_of(idea).filter(withdrawn_at=None)
    if person is not None:
        replies = replies.exclude(author=person)
    return tuple(
        Choice(reply.pk, name_of(reply.author), snippet(plain_of_html(reply.html), 120), reply.pk in naming)
        for reply in replies.order_by("-number")
    )
