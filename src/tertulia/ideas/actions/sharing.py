from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tertulia.ideas import policies, queries
from tertulia.ideas.actions import record
from tertulia.importers.words import word_count

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person


@transaction.atomic
def share_idea(*, by: Person, idea_id: int, audience: str, at: datetime | None = None) -> Idea:
    """Let more people read an idea: from oneself to the space, from there to everyone, never back.

    An idea that only its author knew is put before the space now, so it is posted now: the act that only the author
    may read stays what it was."""
    idea = queries.idea_to_change(by, idea_id)
    policies.check_can_share(by, idea, audience)
    at = at or timezone.now()
    words = word_count(f"{idea.title}\n{idea.text}")
    was_mine_alone = idea.audience == "me"
    before, idea.audience = idea.act, audience
    record.put_down("shared", idea=idea, by=by, at=at, parent=before)
    if was_mine_alone:
        topics = tuple(idea.topics.order_by("pk").values_list("name", flat=True))
        idea.act = record.put_down(
            "noticed" if idea.is_notice else "posted",
            idea=idea,
            by=by,
            at=at,
            words=words,
            topics=topics,
        )
        idea.created_at = idea.talked_at = at
    idea.touched += 1
    idea.save(update_fields=["audience", "act", "created_at", "talked_at", "touched"])
    return idea
