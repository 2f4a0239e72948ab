"""What a credited person says of a change: that's it, not quite, unnamed, and what moved."""

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
from tertulia.ideas.models import Credit, Reply
from tertulia.people.policies import NotThere

if TYPE_CHECKING:
    from tertulia.people.models import Person


def _my_credit(by: Person, credit_id: int) -> Credit:
    visible = queries.ideas_visible_to(by).values("pk")
    found = (
        Credit.objects.select_related("version__idea__space", "version__idea__author", "reply", "by", "to")
        # The idea first, as everywhere: whoever holds it may go on to its credits.
        .select_for_update(of=("version__idea", "self"))
        .filter(pk=credit_id, to=by, version__idea__in=visible)
        .first()
    )
    if found is None:
        raise NotThere("")
    return found


@text_first
def answer_credit(
    *, by: Person, credit_id: int, got_me_right: bool, text: str = "", at: datetime | None = None
) -> Credit:
    """The credited person says whether the author got them right; if not quite, in words that say what they meant."""
    credit = _my_credit(by, credit_id)
    at = at or timezone.now()
    if not got_me_right:
        return _correct(credit, by, text, at)
    if credit.heard:
        return credit
    credit.heard, credit.heard_at = "yes", at
    credit.save(update_fields=["heard", "heard_at"])
    _about_credit(credit, "heard", by=by, at=at, ref=credit.act)
    touch(credit.version.idea)
    return credit


def _correct(credit: Credit, by: Person, text: str, at: datetime) -> Credit:
    """What was meant stands under the credited words, and waits for whoever misread them."""
    idea = credit.version.idea
    if reply_again(by=by, idea=idea, parent=credit.reply, text=text, starter="not_quite"):
        return credit
    policies.check_can_correct(by, credit)
    credit.reply.idea = idea
    mine = add_contribution(
        by=by, idea=idea, parent=credit.reply, text=text, starter="not_quite", at=at, to=credit.by
    )
    credit.heard, credit.heard_at = "not_quite", at
    credit.save(update_fields=["heard", "heard_at"])
    said_besides(mine, _about_credit(credit, "not_quite", by=by, at=at, ref=credit.act))
    return credit


@transaction.atomic
def prefer_unnamed(*, by: Person, credit_id: int, unnamed: bool = True, at: datetime | None = None) -> Credit:
    """ "Stay unnamed": the credit says "a reader" from now on, wherever it is shown. It can be turned round.

    It says nothing on whether the author got them right, so nothing is confirmed by it."""
    credit = _my_credit(by, credit_id)
    if credit.named == (not unnamed):
        return credit
    at = at or timezone.now()
    credit.named = not unnamed
    credit.save(update_fields=["named"])
    _about_credit(credit, "unnamed" if unnamed else "named", by=by, at=at, ref=credit.act)
    touch(credit.version.idea)
    return credit


@transaction.atomic
def say_what_moved(
    *, by: Person, credit_id: int, text: str, got_me_right: bool = False, at: datetime | None = None
) -> Credit:
    """ "What moved for you?": the credited person's own sentence, naming what the author wrote.

    Saying it again changes the sentence; that it moved them was put down once. It does not say that the author got them
    right: only they do, by *yes, that's it*, which may be said with it."""
    credit = _my_credit(by, credit_id)
    policies.check_can_tell_what_moved(by, credit)
    at = at or timezone.now()
    if got_me_right:
        credit = answer_credit(by=by, credit_id=credit_id, got_me_right=True, at=at)
    credit.moved, credit.moved_at = policies.check_sentence(policies.check_text(text)), at
    idea = credit.version.idea
    if credit.moved_act is None:
        credit.moved_act = _about_credit(credit, "moved", by=by, at=at, ref=_answer_to(credit, at))
    credit.save(update_fields=["moved", "moved_at", "moved_act"])
    touch(idea)
    return credit


def _answer_to(credit: Credit, at: datetime) -> int | None:
    """What moved them: the author's last answer to them, else the idea itself."""
    idea = credit.version.idea
    answered = (
        Reply.objects.filter(
            idea=idea, author=credit.by, addressee=credit.to, withdrawn_at=None, created_at__lte=at
        )
        .order_by("-created_at", "-pk")
        .first()
    )
    return answered.act if answered else idea.act


def _about_credit(credit: Credit, verb: str, *, by: Person, at: datetime, ref: int | None) -> int:
    return record.put_down(
        verb, idea=credit.version.idea, by=by, at=at, to=credit.by, parent=credit.act, ref=ref
    )
