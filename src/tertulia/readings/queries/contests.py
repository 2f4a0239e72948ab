"""What is contested, and by whom it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tertulia.engine.acts import MOVEMENTS, OUTCOMES, TALK
from tertulia.ideas.queries import ideas_visible_to
from tertulia.ledger.cursor import Act
from tertulia.ledger.frame import READ_BY_A_SPACE
from tertulia.people.policies import NotThere
from tertulia.readings.models import Contest
from tertulia.readings.policies import OPEN_FOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person

# What a reading is made of; nothing else of the ledger can be contested.
COUNTED = TALK | OUTCOMES | MOVEMENTS


def act_to_contest(person: Person, act: int) -> tuple[Act, Idea]:
    """An act that a reading counts, and the idea it is about, which this person may read. Raises NotThere."""
    counted = Act.objects.filter(verb__in=COUNTED, audience__in=READ_BY_A_SPACE, thread__isnull=False)
    found = counted.filter(act=act).first()
    thread = found.thread or 0 if found else 0
    idea = ideas_visible_to(person).filter(pk=thread).select_related("space").first()
    if found is None or idea is None or found.space != idea.space_id:
        raise NotThere("")
    return found, idea


def contests_visible_to(person: Person | None) -> QuerySet[Contest]:
    """Whoever reads the idea may read what is said of an exchange about it."""
    visible = ideas_visible_to(person).values("pk")
    return Contest.objects.filter(thread__in=visible).select_related("by", "answer_by")


def contests_of_acts(person: Person | None, acts: Iterable[int]) -> dict[int, Contest]:
    """The latest contest of each act."""
    found = contests_visible_to(person).filter(act__in=set(acts)).order_by("created_at", "pk")
    return {contest.act: contest for contest in found}


def contests_waiting_for(person: Person, space_id: int | None = None) -> QuerySet[Contest]:
    """Contests that this person is asked to answer, the oldest first; not those that nobody answered in time."""
    found = contests_visible_to(person).filter(
        answer_by=person, answer=Contest.Answer.NONE, created_at__gte=timezone.now() - OPEN_FOR
    )
    if space_id is not None:
        found = found.filter(space_id=space_id)
    return found.order_by("created_at", "pk")


def contest_numbered(person: Person, pk: int) -> Contest:
    """A contest that this person may read. Raises NotThere."""
    found = contests_visible_to(person).filter(pk=pk).first()
    if found is None:
        raise NotThere("")
    return found
