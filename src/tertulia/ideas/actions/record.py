"""How acts about ideas are put down: the one place that knows which columns an idea and a reply give."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tertulia.ideas.models import Idea, Reply
from tertulia.ledger.append import append

if TYPE_CHECKING:
    from tertulia.people.models import Person

# Starters that are also the engine's moves; every other answer is an answer.
MOVES = {"question", "challenge", "build_on", "experience", "synthesis", "say_back"}


def audience_of(idea: Idea) -> tuple[str, str | None]:
    if idea.audience == Idea.Audience.ME:
        return "me", idea.author.key if idea.author else None
    if idea.audience == Idea.Audience.SPACE:
        return "space", str(idea.space_id)
    return "everyone", None


def put_down(
    verb: str,
    *,
    idea: Idea,
    by: Person,
    at: datetime,
    to: Person | None = None,
    parent: int | None = None,
    ref: int | None = None,
    move: str | None = None,
    words: int = 0,
    topics: tuple[str, ...] = (),
) -> int:
    """Append one act about an idea; gives its number. `to` is left out where it is the actor."""
    audience, audience_id = audience_of(idea)
    return append(
        verb=verb,
        move=move,
        actor=by.key,
        person=to.key if to is not None and to.pk != by.pk else None,
        space=idea.space_id,
        thread=idea.pk,
        parent=parent,
        ref=ref,
        audience=audience,
        audience_id=audience_id,
        words=words,
        happened_at=at,
        topics=topics,
    )


def move_of(starter: str, *, is_answer: bool) -> str | None:
    if starter in MOVES:
        return starter
    return "answer" if is_answer else None


def about(reply: Reply, verb: str, *, by: Person, at: datetime) -> int:
    """An act that names another person's contribution."""
    return put_down(verb, idea=reply.idea, by=by, at=at, to=reply.author, parent=reply.act, ref=reply.act)
