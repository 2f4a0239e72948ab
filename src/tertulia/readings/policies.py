from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tertulia.people.policies import Refused
from tertulia.readings.models import Contest

if TYPE_CHECKING:
    from tertulia.ledger.cursor import Act
    from tertulia.people.models import Person

LONGEST_SENTENCE = 500


def check_can_contest(person: Person, act: Act) -> None:
    if person.key not in {act.actor, act.person}:
        raise Refused(_("Only the two people of an exchange can say that it was otherwise."))
    earlier = Contest.objects.filter(act=act.act)
    if earlier.filter(answer=Contest.Answer.NONE).exists():
        raise Refused(_("This is contested already, and waits for an answer."))
    if earlier.filter(answer=Contest.Answer.AGREES).exists():
        raise Refused(_("You both said that this is not what happened. It is in no reading any more."))
    if earlier.filter(by=person).exists():
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
    sentence = " ".join(sentence.replace("\x00", "").split())
    if not sentence:
        raise Refused(_("Say in one sentence how it was. Nothing was sent."))
    if len(sentence) > LONGEST_SENTENCE:
        raise Refused(_("This is longer than 500 characters. Your words are below."))
    return sentence


def check_can_answer_contest(person: Person, contest: Contest) -> None:
    if contest.answer_by_id != person.pk:
        raise Refused(_("Only the other person of this exchange can answer that."))
    if contest.answer:
        raise Refused(_("You have answered this already."))
