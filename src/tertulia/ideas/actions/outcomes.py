from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.ideas import policies, queries
from tertulia.ideas.actions import record
from tertulia.ideas.actions.again import decision_again, reply_again
from tertulia.ideas.actions.replies import add_contribution
from tertulia.ideas.actions.text_first import text_first
from tertulia.ideas.models import Idea, Outcome, Reply
from tertulia.people.policies import Refused

if TYPE_CHECKING:
    from tertulia.people.models import Person


def _named(idea: Idea, by: Person, reply_id: int) -> Reply:
    found = queries.replies_of(idea).filter(pk=reply_id, withdrawn_at=None).first()
    if found is None:
        raise Refused(_("One of the replies that you named is no longer there."))
    if found.author_id == by.pk:
        raise Refused(_("Name what another person said, not your own words."))
    found.idea = idea
    return found


@text_first
def decide(
    *, by: Person, idea_id: int, text: str, naming: tuple[int, ...] = (), at: datetime | None = None
) -> Reply:
    """The author decides, and names the replies that the decision rests on."""
    idea = queries.idea_to_change(by, idea_id)
    if not at and (same := decision_again(by=by, idea=idea, text=text, naming=set(naming))):
        return same
    at = at or timezone.now()
    policies.check_can_change(by, idea)
    policies.check_can_reply(by, idea)
    named = [_named(idea, by, reply_id) for reply_id in dict.fromkeys(naming)]
    mine = add_contribution(by=by, idea=idea, parent=None, text=text, starter="decided", at=at)
    rests_on: list[Reply | None] = [*named] or [None]
    for reply in rests_on:
        if reply is None:
            act = record.put_down("decided", idea=idea, by=by, at=at, parent=idea.act)
        else:
            act = record.about(reply, "decided", by=by, at=at)
            _settle(reply, by, at)
        Outcome.objects.create(
            idea=idea, kind=Outcome.Kind.DECIDED, by=by, names=reply, words=mine, created_at=at, act=act
        )
    return mine


@text_first
def tell_tried(
    *, by: Person, idea_id: int, text: str, naming: int | None = None, at: datetime | None = None
) -> Reply:
    """Somebody tried it, and says what happened: what a reply proposed, or what another person's idea says."""
    idea = queries.idea_to_change(by, idea_id)
    policies.check_can_reply(by, idea)
    named = _named(idea, by, naming) if naming else None
    if not at and (same := reply_again(by=by, idea=idea, parent=named, text=text, starter="tried")):
        return same
    at = at or timezone.now()
    mine = add_contribution(by=by, idea=idea, parent=named, text=text, starter="tried", at=at)
    if named is not None:
        act = record.about(named, "tried", by=by, at=at)
    else:
        theirs = idea.author is not None and idea.author_id != by.pk
        act = record.put_down(
            "tried",
            idea=idea,
            by=by,
            at=at,
            to=idea.author,
            parent=idea.act,
            ref=idea.act if theirs else None,
        )
    Outcome.objects.create(
        idea=idea, kind=Outcome.Kind.TRIED, by=by, names=named, words=mine, created_at=at, act=act
    )
    return mine


def _settle(reply: Reply, by: Person, at: datetime) -> None:
    if reply.addressee_id == by.pk and reply.answered_at is None:
        reply.answered_at = at
        reply.save(update_fields=["answered_at"])
