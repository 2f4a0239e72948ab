"""What a credited person is asked on the page of the idea that changed because of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from tertulia.ideas import policies

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.web.idea_shared import CreditFacts


@dataclass(frozen=True)
class CreditBox:
    """ "Padma changed the text because of you": what the credited person is asked, or has said."""

    credit_id: int
    by: str
    version: int
    sentence: str
    waits: bool
    said_yes: bool
    named: bool
    moved: str
    problem: str = ""
    text: str = ""

    @property
    def is_answered(self) -> bool:
        """Then it is one line, with the rest folded: the idea comes first again."""
        return bool(self.moved) or not self.waits


def credit_boxes(
    person: Person | None, credits: tuple[CreditFacts, ...], problem: tuple[int, str, str] | None
) -> tuple[CreditBox, ...]:
    if person is None:
        return ()
    since = timezone.now() - policies.CREDIT_WAITS
    return tuple(_credit_box(facts, since, problem) for facts in credits if facts.to_id == person.pk)


def _credit_box(facts: CreditFacts, since: datetime, problem: tuple[int, str, str] | None) -> CreditBox:
    sentence, text = problem[1:] if problem and problem[0] == facts.credit_id else ("", "")
    return CreditBox(
        credit_id=facts.credit_id,
        by=facts.by,
        version=facts.version,
        sentence=facts.sentence,
        waits=not facts.heard and facts.created_at >= since,
        said_yes=facts.heard == "yes",
        named=facts.named,
        moved=facts.moved,
        problem=sentence,
        text=text,
    )
