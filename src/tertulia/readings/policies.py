from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.engine.params import DEFAULT
from tertulia.people.policies import Refused, check_length
from tertulia.people.words import one_line
from tertulia.readings.models import Contest

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.ledger.cursor import Act
    from tertulia.people.models import Person

LONGEST_SENTENCE = 500
# As the engine counts it: after that an unanswered contest changes no reading, and keeps nobody from the next.
OPEN_FOR = timedelta(days=DEFAULT.contest_days)


def has_lapsed(contest: Contest, at: datetime | None = None) -> bool:
    """Nobody answered in time: the act is in the reading again, and may be contested anew."""
    if contest.answer == Contest.Answer.LAPSED:
        return True
    return not contest.answer and contest.created_at < (at or timezone.now()) - OPEN_FOR


def already_contested() -> Refused:
    return Refused(_("This is contested already, and waits for an answer."))


def check_can_contest(person: Person, act: Act, at: datetime | None = None) -> None:
    if person.key not in {act.actor, act.person}:
        raise Refused(_("Only the two people of an exchange can say that it was otherwise."))
    earlier = Contest.objects.filter(act=act.act)
    since = (at or timezone.now()) - OPEN_FOR
    if earlier.filter(answer=Contest.Answer.NONE, created_at__gte=since).exists():
        raise already_contested()
    if earlier.filter(answer=Contest.Answer.AGREES).exists():
        raise Refused(_("You both said that this is not what happened. It is in no reading any more."))
    if earlier.filter(by=person, answer=Contest.Answer.DIFFERS).exists():
        raise Refused(
            _("You have said so, and the other sees it differently. Both sentences stay beside it.")
        )


def can_contest(person: Person | None, act: Act) -> bool:
    if person is None:
        return False
    try:
        check_can_contest(person, act)
    except Refused:
        return False
    return True


def check_sentence(sentence: str) -> str:
    sentence = one_line(sentence)
    if not sentence:
        raise Refused(_("Say in one sentence how it was. Nothing was sent."))
    return check_length(sentence, LONGEST_SENTENCE)


def check_can_answer_contest(person: Person, contest: Contest, at: datetime | None = None) -> None:
    if contest.answer_by_id != person.pk:
        raise Refused(_("Only the other person of this exchange can answer that."))
    if has_lapsed(contest, at):
        raise Refused(_("Nobody answered this in time. It is in the reading again."))
    if contest.answer:
        raise Refused(_("You have answered this already."))
