"""Words that a reader left at an idea and has not sent: in which box each of them stands again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tertulia.ideas import policies, queries
from tertulia.web.composers import Composer, Opened, composer_of, place_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person
    from tertulia.web.thread import Spoken

Fields = Mapping[str, str]


@dataclass(frozen=True)
class KeptBoxes:
    # The box that the page opens, what it answers, and the words that are kept for it.
    opened: Opened
    reply: Reply | None = None
    fields: Fields = field(default_factory=dict)
    # Each kept answer in a box under its reply.
    beneath: Mapping[int, Composer] = field(default_factory=dict)
    # What was tried or decided, each in a box of its own beside the one for a reply.
    apart: tuple[Composer, ...] = ()
    # There are kept words that none of these boxes shows.
    others: bool = False


def kept_boxes(
    person: Person, idea: Idea, opened: Opened, reply: Reply | None, spoken: Sequence[Spoken]
) -> KeptBoxes:
    left: dict[str, Fields] = {draft.place: draft.fields for draft in queries.drafts_about(person, idea.pk)}
    if not left:
        return KeptBoxes(opened, reply)
    answers = {_parent(place): fields for place, fields in left.items() if _parent(place)}
    replies = queries.replies_of(idea).in_bulk(list(answers)) if answers else {}
    beneath: dict[int, Composer] = {}
    apart: tuple[Composer, ...] = ()
    if not opened.puts_away:
        here = {piece.reply_id for piece in spoken if piece.answer} - {opened.reply_id}
        beneath = {
            key: _box(person, idea, replies[key], fields)
            for key, fields in answers.items()
            if key in here and key in replies
        }
        if _is_plain(opened):
            apart = _apart(person, idea, left)
            if place_of(idea.pk, opened) not in left:
                opened = _instead(answers, replies) or opened
                reply = replies.get(opened.reply_id, reply)
    place = place_of(idea.pk, opened)
    shown = {place} | {box.place for box in (*beneath.values(), *apart)}
    return KeptBoxes(opened, reply, left.get(place, {}), beneath, apart, others=bool(left.keys() - shown))


def kind_of(fields: Fields) -> Opened:
    """Which box an answer was written in, without which reply it is for: the form says it unseen."""
    if fields.get("starter") != "not_quite":
        return Opened(kind="answer")
    credit = fields.get("credit", "")
    if credit.isdecimal() and len(credit) < 18:
        return Opened(kind="correct", credit_id=int(credit))
    return Opened(kind="not_quite")


def _parent(place: str) -> int:
    """What the words of this place answer; 0 where that is the idea itself."""
    return int(place.rsplit(":", 1)[-1]) if place.startswith("reply:") else 0


def _is_plain(opened: Opened) -> bool:
    return opened.kind == "reply" and not opened.starter and opened.text is None


def _box(person: Person, idea: Idea, reply: Reply, fields: Fields) -> Composer:
    wrote = kind_of(fields)
    if wrote.kind == "not_quite" and not _may_say_not_quite(person, reply):
        wrote = Opened(kind="answer")
    opened = Opened(kind=wrote.kind, reply_id=reply.pk, credit_id=wrote.credit_id)
    return composer_of(person, idea, opened, reply, kept=dict(fields), partial=True)


def _may_say_not_quite(person: Person, reply: Reply) -> bool:
    return reply.heard == "waiting" and reply.addressee_id == person.pk


def _instead(answers: Mapping[int, Fields], replies: Mapping[int, Reply]) -> Opened | None:
    """Nothing is kept for a reply to the idea: the box offers what has no other box, the newest first."""
    gone = (key for key in answers if key not in replies or replies[key].withdrawn_at is not None)
    return next((Opened(kind="answer", reply_id=key) for key in gone), None)


def _apart(person: Person, idea: Idea, left: Mapping[str, Fields]) -> tuple[Composer, ...]:
    kinds = ("tried", "decided") if policies.can_change(person, idea) else ("tried",)
    return tuple(
        replace(composer_of(person, idea, Opened(kind=kind), None, kept=left[place]), id=f"say-{kind}")
        for kind in kinds
        if (place := f"{kind}:{idea.pk}") in left
    )
