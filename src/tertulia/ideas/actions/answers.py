from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tertulia.ideas import policies, queries
from tertulia.ideas.actions import record
from tertulia.ideas.actions.again import reply_again
from tertulia.ideas.actions.replies import add_contribution, said_besides, touch
from tertulia.ideas.actions.text_first import text_first
from tertulia.ideas.models import Outcome, Reply

if TYPE_CHECKING:
    from tertulia.people.models import Person

# What an answer with this starter says besides its words: the act, and the outcome if it is one.
ALSO: dict[str, tuple[str, str | None]] = {
    "try": ("promised", Outcome.Kind.PROMISED),
    "keep": ("declined", Outcome.Kind.DECLINED),
    "dont_know": ("did_not_know", None),
    "was_wrong": ("was_wrong", None),
}


@text_first
def answer(*, by: Person, reply_id: int, text: str, starter: str = "", at: datetime | None = None) -> Reply:
    """Answer a reply. One gesture writes the answer and what it says besides: trying, keeping, not knowing."""
    parent = queries.reply_to_answer(by, reply_id)
    if not at and (same := reply_again(by=by, idea=parent.idea, parent=parent, text=text, starter=starter)):
        return same
    at = at or timezone.now()
    policies.check_can_answer(by, parent, starter)
    ref = parent.act if starter == "say_back" else None
    mine = add_contribution(
        by=by, idea=parent.idea, parent=parent, text=text, starter=starter, at=at, act_ref=ref
    )
    if starter in ALSO and parent.author_id not in {None, by.pk}:
        verb, outcome = ALSO[starter]
        act = record.about(parent, verb, by=by, at=at)
        if outcome:
            Outcome.objects.create(
                idea=parent.idea, kind=outcome, by=by, names=parent, words=mine, created_at=at, act=act
            )
        else:
            said_besides(mine, act)
    return mine


@transaction.atomic
def confirm(*, by: Person, reply_id: int, at: datetime | None = None) -> Reply:
    """ "Yes, that's it." Saying it twice changes nothing."""
    said = queries.reply_to_answer(by, reply_id)
    policies.check_can_hear(by, said)
    if said.heard == Reply.Heard.YES:
        return said
    at = at or timezone.now()
    said.heard, said.heard_at, said.answered_at = Reply.Heard.YES, at, said.answered_at or at
    said.save(update_fields=["heard", "heard_at", "answered_at"])
    record.about(said, "heard", by=by, at=at)
    touch(said.idea)
    return said


@text_first
def not_quite(*, by: Person, reply_id: int, text: str, at: datetime | None = None) -> Reply:
    """ "Not quite…", with what was meant: an answer of its own, which may be said back again."""
    said = queries.reply_to_answer(by, reply_id)
    if not at and (same := reply_again(by=by, idea=said.idea, parent=said, text=text, starter="not_quite")):
        return same
    at = at or timezone.now()
    policies.check_can_say_not_quite(by, said)
    mine = add_contribution(by=by, idea=said.idea, parent=said, text=text, starter="not_quite", at=at)
    said.heard, said.heard_at = Reply.Heard.NOT_QUITE, at
    said.save(update_fields=["heard", "heard_at"])
    said_besides(mine, record.about(said, "not_quite", by=by, at=at))
    return mine
