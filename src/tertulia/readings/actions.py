"""Contesting what a reading rests on. The only place here that appends acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from tertulia.ledger.append import append
from tertulia.people.policies import NotThere, is_here
from tertulia.people.queries import person_by_key
from tertulia.readings import policies, queries
from tertulia.readings.models import Contest

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.ledger.cursor import Act
    from tertulia.people.models import Person


@transaction.atomic
def contest(*, by: Person, act: int, sentence: str, at: datetime | None = None) -> Contest:
    """Say "that is not what happened": readings are made with and without the act until the other has answered."""
    about, idea = queries.act_to_contest(by, act)
    at = at or timezone.now()
    policies.check_can_contest(by, about, at)
    sentence = policies.check_sentence(sentence)
    other = _other(about, by)
    own_act = _append("contested", about, by=by, to=other, at=at, parent=about.act)
    lapsed = Contest.objects.filter(act=about.act, answer=Contest.Answer.NONE)
    lapsed.filter(created_at__lt=at - policies.OPEN_FOR).update(answer=Contest.Answer.LAPSED, answered_at=at)
    return _only_one(
        Contest(
            act=about.act,
            own_act=own_act,
            space_id=idea.space_id,
            thread=idea.pk,
            by=by,
            sentence=sentence,
            created_at=at,
            # Nothing waits for people whom an import brought and who have not come.
            answer_by=other if other is not None and is_here(other) else None,
        )
    )


def _only_one(contest: Contest) -> Contest:
    """Both say so at one moment: the second finds it contested. The savepoint keeps the transaction usable."""
    try:
        with transaction.atomic():
            contest.save(force_insert=True)
    except IntegrityError as error:
        raise policies.already_contested() from error
    return contest


@transaction.atomic
def answer_contest(
    *, by: Person, contest: int, agrees: bool, sentence: str = "", at: datetime | None = None
) -> Contest:
    """The other one agrees, and it stays out of readings; or differs, and it returns with both sentences."""
    found = queries.contest_numbered(by, contest)
    policies.check_can_answer_contest(by, found, at)
    found.answer = Contest.Answer.AGREES if agrees else Contest.Answer.DIFFERS
    if sentence.strip() or not agrees:
        found.answer_sentence = policies.check_sentence(sentence)
    found.answered_at = at or timezone.now()
    # Two clicks at one moment: the second finds it answered.
    open_still = Contest.objects.filter(pk=found.pk, answer=Contest.Answer.NONE)
    if not open_still.update(
        answer=found.answer, answer_sentence=found.answer_sentence, answered_at=found.answered_at
    ):
        raise NotThere("")
    about, _idea = queries.act_to_contest(by, found.act)
    _append(
        "contest_answered",
        about,
        by=by,
        to=found.by,
        at=found.answered_at,
        parent=found.own_act,
        move=found.answer,
    )
    return found


def _other(about: Act, by: Person) -> Person | None:
    key = about.person if by.key == about.actor else about.actor
    return person_by_key(key) if key else None


def _append(
    verb: str,
    about: Act,
    *,
    by: Person,
    to: Person | None,
    at: datetime,
    parent: int,
    move: str | None = None,
) -> int:
    return append(
        verb=verb,
        move=move,
        actor=by.key,
        person=to.key if to else None,
        space=about.space,
        thread=about.thread,
        parent=parent,
        ref=about.act,
        audience="space",
        audience_id=str(about.space),
        happened_at=at,
    )
