"""What is on a person's table, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from tertulia.ideas import queries
from tertulia.readings.queries import contests_answered_for, contests_waiting_for
from tertulia.spaces.policies import can_found
from tertulia.spaces.queries import kept_alone, memberships_of
from tertulia.web.drafts_page import kept_by
from tertulia.web.home_rows import (
    changed_row,
    contested_row,
    credited_row,
    heard_row,
    open_ones,
    quiet_row,
    said_row,
    settled_row,
    waits_row,
)
from tertulia.web.names import Called

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.people.models import Person
    from tertulia.web.drafts_page import Kept
    from tertulia.web.home_rows import Changed, Contested, Credited, Heard, Open, Quiet, Said, Settled, Waits
    from tertulia.web.noted import Noted

CHANGED_SINCE = timedelta(days=7)
OPEN_WAITING = 5
MOST_WAITING, MOST_CHANGED, MOST_BESIDE, MOST_WRITING = 40, 10, 3, 3
INSTEAD = 2


@dataclass(frozen=True)
class HomePage:
    waits: tuple[Waits, ...]
    credits: tuple[Credited, ...]
    contested: tuple[Contested, ...]
    heard: tuple[Heard, ...]
    said: tuple[Said, ...]
    settled: tuple[Settled, ...]
    changed: tuple[Changed, ...]
    # Shown where nothing waits.
    instead: tuple[Open, ...]
    like_you: tuple[Open, ...]
    quiet: tuple[Quiet, ...]
    pick_up: tuple[Open, ...]
    has_a_space: bool
    may_begin_a_space: bool
    # The space that this person keeps and is alone in; "" where there is none.
    alone_in: str
    invite_href: str
    # What this person was writing, and whether there is more of it.
    writing: tuple[Kept, ...] = ()
    more_writing: bool = False
    # Words wait in this browser, and nobody has said whose they are.
    words_before: bool = False
    # What the click before came to.
    noted: Noted | None = None

    @property
    def folded(self) -> int:
        """What is older stays at hand, folded: one thing first, not a wall."""
        return max(0, len(self.waits) - OPEN_WAITING)

    @property
    def folds_after(self) -> int:
        return OPEN_WAITING + 1 if self.folded else 0

    @property
    def news(self) -> list[Heard | Said | Settled | Changed]:
        """What changed, the newest first."""
        return sorted(
            (*self.heard, *self.said, *self.settled, *self.changed), key=lambda one: one.at, reverse=True
        )

    @property
    def is_clear(self) -> bool:
        return not (self.waits or self.credits or self.contested)


def home_page(person: Person) -> HomePage:
    now = timezone.now()
    waits = list(queries.waiting_replies(person, now).defer("idea__text", "text")[:MOST_WAITING])
    credits = list(queries.waiting_credits(person, now)[:MOST_WAITING])
    changed = queries.changed_for(person, now - CHANGED_SINCE).defer("text", "html", "passages", "idea__text")
    open_ideas = open_ones(queries.for_someone_like(person).defer("text")[: INSTEAD + MOST_BESIDE])
    instead = INSTEAD if not waits and not credits else 0
    added = queries.added_to(person, [reply.pk for reply in waits]) if waits else {}
    alone = None if waits or credits else kept_alone(person)
    writing = kept_by(person, MOST_WRITING + 1)
    contested, settled = _contests(person, now)
    names = Called(
        [*(reply.author for reply in waits), *(one.author for more in added.values() for one in more)]
    )
    return HomePage(
        waits=tuple(waits_row(reply, names, added.get(reply.pk, [])) for reply in waits),
        credits=tuple(credited_row(credit) for credit in credits),
        heard=tuple(
            heard_row(reply) for reply in queries.heard_for(person, now - CHANGED_SINCE)[:MOST_CHANGED]
        ),
        said=tuple(said_row(reply) for reply in queries.said_to(person, now - CHANGED_SINCE)[:MOST_CHANGED]),
        contested=contested,
        settled=settled,
        changed=tuple(
            changed_row(version) for version in changed.prefetch_related("credits__to")[:MOST_CHANGED]
        ),
        instead=open_ideas[:instead],
        like_you=open_ideas[instead : instead + MOST_BESIDE],
        quiet=tuple(
            quiet_row(reply)
            for reply in queries.quiet_replies(person, now).defer("idea__text", "text")[:MOST_BESIDE]
        ),
        pick_up=open_ones(queries.worth_picking_up(person).defer("text")[:MOST_BESIDE]),
        has_a_space=(has_a_space := memberships_of(person).exists()),
        may_begin_a_space=not has_a_space and can_found(person),
        alone_in=alone.name if alone else "",
        invite_href=reverse("invitation", args=[alone.slug]) if alone else "",
        writing=writing[:MOST_WRITING],
        more_writing=len(writing) > MOST_WRITING,
    )


def _contests(person: Person, now: datetime) -> tuple[tuple[Contested, ...], tuple[Settled, ...]]:
    """Those that wait for this person, and those of theirs that were answered this week."""
    waiting = list(contests_waiting_for(person)[:MOST_WAITING])
    answered = list(contests_answered_for(person, now - CHANGED_SINCE)[:MOST_CHANGED])
    titles = queries.titles_of(person, [contest.thread for contest in (*waiting, *answered)])
    return (
        tuple(contested_row(contest, titles) for contest in waiting),
        tuple(settled_row(contest, titles) for contest in answered),
    )
