"""Keeping words while somebody types. Such a request may come in after the words themselves were sent.

Whether they were is asked as for words that are sent again: while the idea, or the place in the space, is held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction

from tertulia.ideas import queries
from tertulia.ideas.actions import drafts
from tertulia.ideas.actions.again import decision_again, idea_again, said_again, version_again
from tertulia.ideas.actions.revisions import Credited, is_as_it_stands
from tertulia.ideas.actions.writing import said_of
from tertulia.people.policies import NotThere
from tertulia.people.words import long_text, one_line
from tertulia.spaces.queries import spaces_visible_to

if TYPE_CHECKING:
    from tertulia.ideas.models import Draft, Idea
    from tertulia.people.models import Person

LONGEST_FIELD = 250_000
_PLACE = re.compile(r"([a-z]+):([0-9]{1,17})(?::([0-9]{1,17}))?")


@transaction.atomic
def keep_draft(*, by: Person, place: str, fields: dict[str, str]) -> Draft | None:
    """Keep unsent words for their writer. Empty words drop the draft. No act: nobody else knows of drafts."""
    words = {one_line(name)[:40]: long_text(value)[:LONGEST_FIELD] for name, value in fields.items()}
    fields = {name: value for name, value in words.items() if value.strip()}
    if not fields:
        drafts.drop_draft(by=by, place=place)
        return None
    # A draft that is there was begun since they were sent, and stays.
    return None if _sent(by, place, fields) else drafts.put(by, place, fields)


@transaction.atomic
def was_sent(*, by: Person, place: str, fields: dict[str, str]) -> bool:
    """This person sent exactly these words from this place a moment ago, and they stand."""
    return _sent(by, place, fields)


def _sent(by: Person, place: str, fields: dict[str, str]) -> bool:
    found = _PLACE.fullmatch(place)
    if found is None:
        return False
    kind, number, above = found[1], int(found[2]), int(found[3] or 0)
    if kind == "idea":
        return _posted(by, number, fields)
    try:
        idea = queries.idea_to_change(by, number)
    except NotThere:
        return False
    text, naming = fields.get("text", ""), _numbers(fields.get("naming", ""))
    if kind == "reply":
        return said_again(by, idea, above or None, text, fields.get("starter", ""))
    if kind == "tried":
        return said_again(by, idea, naming[0] if naming else None, text, kind)
    if kind == "decided":
        return decision_again(by=by, idea=idea, text=text, naming=set(naming)) is not None
    return kind == "revise" and _published(by, idea, fields)


def _posted(by: Person, space_id: int, fields: dict[str, str]) -> bool:
    space = spaces_visible_to(by).filter(pk=space_id).first()
    if space is None:
        return False
    said = said_of(
        ask=fields.get("ask", ""),
        question=one_line(fields.get("question", "")),
        is_notice=bool(fields.get("is_notice")),
        audience=fields.get("audience", ""),
    )
    topics = (one_line(topic.lower()) for topic in fields.get("topics", "").split(","))
    title, text = fields.get("title", ""), fields.get("text", "")
    same = idea_again(by=by, space=space, title=title, text=text, topics=tuple(filter(None, topics)), **said)
    return same is not None


def _published(by: Person, idea: Idea, fields: dict[str, str]) -> bool:
    base = _numbers(fields.get("base_version", ""))
    title, text = fields.get("title", ""), fields.get("text", "")
    same = version_again(by=by, idea=idea, base_version=base[0] if base else 0, title=title, text=text)
    if same is None:
        return False
    ask = None if idea.is_notice else fields.get("ask")
    question = None if idea.is_notice else fields.get("question", "")
    credits = [Credited(one, fields.get(f"why-{one}", "")) for one in _numbers(fields.get("because", ""))]
    return is_as_it_stands(same, idea, ask, question, credits, fields.get("note", ""))


def _numbers(said: str) -> list[int]:
    return [int(one) for one in said.split() if one.isdecimal() and len(one) < 18]
