"""What is contested, and by whom it can be; and with what the ideas ask, all that waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, Value
from django.utils import timezone

from tertulia.engine.acts import MOVEMENTS, OUTCOMES, TALK
from tertulia.ideas import queries as ideas
from tertulia.ideas.policies import CREDIT_WAITS, GONE_QUIET
from tertulia.ideas.queries import ideas_visible_to
from tertulia.ledger.cursor import Act
from tertulia.ledger.frame import READ_BY_A_SPACE
from tertulia.people.policies import NotThere
from tertulia.people.prepared import Prepared
from tertulia.readings.models import Contest
from tertulia.readings.policies import OPEN_FOR
from tertulia.readings.queries.evidence import tell
from tertulia.readings.queries.stored import Meeting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person
    from tertulia.readings.queries.evidence import Told
    from tertulia.readings.queries.stored import Reading

# Of the contests that were answered.
ANSWERED_SHOWN = 5
# By the other one, and in time.
_ANSWERED = Q(answer__in=[Contest.Answer.AGREES, Contest.Answer.DIFFERS])
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
    found = _waiting(person, timezone.now() - OPEN_FOR)
    if space_id is not None:
        found = found.filter(space_id=space_id)
    return found.order_by("created_at", "pk")


def contests_answered_for(person: Person, since: datetime) -> QuerySet[Contest]:
    """Contests of this person's own that the other one has answered since, the newest first."""
    found = contests_visible_to(person).filter(_ANSWERED, by=person, answered_at__gte=since)
    return found.order_by("-answered_at", "-pk")


def _waiting(person: Person, since: datetime) -> QuerySet[Contest]:
    asked = contests_visible_to(person).filter(answer_by=person, answer=Contest.Answer.NONE)
    return asked.filter(created_at__gte=since)


def _waiting_keys(person: Person, open_since: datetime, *since: datetime) -> QuerySet[Any, Any]:
    contests = _waiting(person, open_since).annotate(counts=Value(1)).order_by()
    return contests.values_list("pk", "counts").union(ideas.waiting_keys(person, *since), all=True)


# One query with what the ideas ask: every page of somebody who is signed in asks it.
_WAITING = Prepared(_waiting_keys)


def waiting_keys(person: Person, now: datetime | None = None) -> tuple[tuple[int, int], ...]:
    """All that asks something of a person, for the bar of every page: each one's key, and 1 if it waits, 0 if whoever
    asked has gone quiet. A page that offers "Not now" is another page when one of them goes."""
    now = now or timezone.now()
    return tuple(sorted(_WAITING.rows(person.pk, now - OPEN_FOR, now - CREDIT_WAITS, now - GONE_QUIET)))


def contests_answered_in(person: Person | None, reading: Reading) -> list[tuple[Contest, Told]]:
    """What the two said of an exchange in the time of a reading, where both have spoken; the newest answer first.

    For somebody who is signed in, as the page of a contest is. One of which nothing is told, as of a credit to somebody
    who stays unnamed, is left out."""
    if person is None:
        return []
    of_space = contests_visible_to(person).filter(_ANSWERED, space_id=reading.space_id)
    if reading.start_at:
        of_space = of_space.filter(answered_at__gte=reading.start_at)
    found = list(of_space.order_by("-answered_at", "-pk")[:ANSWERED_SHOWN])
    told = tell(
        person,
        [Meeting(contest.thread, (), (contest.act,), both_ways=True, closed=False) for contest in found],
    )
    return [(contest, told[contest.act]) for contest in found if contest.act in told]


def contest_numbered(person: Person, pk: int) -> Contest:
    """A contest that this person may read. Raises NotThere."""
    found = contests_visible_to(person).filter(pk=pk).first()
    if found is None:
        raise NotThere("")
    return found
