"""The same words sent twice: by a second click, by going back and sending again, by a browser that tries again.

Asked while the idea is locked, so that two at the same moment see each other. What is played with dates of its own
(`at=`: the demo, tests) is no second click."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from tertulia.ideas.models import Idea, Outcome, Reply, Version
from tertulia.people.prepared import Prepared
from tertulia.people.words import long_text, one_line
from tertulia.spaces.queries import hold_membership

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

# As long as a reply can be taken back: whoever wants to say the same again can say it then.
SENT_AGAIN: Final = timedelta(minutes=10)


def _said(idea_id: int, person_id: int, since: datetime, starter: str, text: str) -> QuerySet[Reply]:
    mine = Reply.objects.filter(idea=idea_id, author=person_id, created_at__gte=since, withdrawn_at=None)
    return mine.filter(starter=starter, text=text).order_by("pk")


# Every reply asks it.
_SAID = Prepared(_said)


def reply_again(*, by: Person, idea: Idea, parent: Reply | None, text: str, starter: str) -> Reply | None:
    """What this person said a moment ago in the same place, with the same opening, in the same words."""
    return next(iter(_said_here(by, idea, parent.pk if parent else None, text, starter)), None)


def said_again(by: Person, idea: Idea, above: int | None, text: str, starter: str) -> bool:
    """So they did, under the reply of this number, which may be gone."""
    return bool(_said_here(by, idea, above, text, starter))


def decision_again(*, by: Person, idea: Idea, text: str, naming: set[int]) -> Reply | None:
    """A decision that rests on other replies is another, though its words are the same."""
    for reply in _said_here(by, idea, None, text, Reply.Starter.DECIDED):
        names = Outcome.objects.filter(words=reply, names__isnull=False).values_list("names", flat=True)
        if set(names) == naming:
            return reply
    return None


def _said_here(by: Person, idea: Idea, above: int | None, text: str, starter: str) -> list[Reply]:
    same: list[Reply] = _SAID.objects(idea.pk, by.pk, timezone.now() - SENT_AGAIN, starter, long_text(text))
    found = [reply for reply in same if reply.parent_id == above]
    for reply in found:
        reply.idea = idea
    return found


def idea_again(
    *, by: Person, space: Space, title: str, text: str, topics: tuple[str, ...], **said: object
) -> Idea | None:
    """`said`: what it asks and who may read it. Sent again with another choice, it is not the same."""
    hold_membership(by, space)
    since = timezone.now() - SENT_AGAIN
    same = Idea.objects.filter(space=space, author=by, created_at__gte=since, withdrawn_at=None)
    same = same.filter(title=one_line(title), text=long_text(text), **said).order_by("pk")
    return next((idea for idea in same if {topic.name for topic in idea.topics.all()} == set(topics)), None)


def version_again(*, by: Person, idea: Idea, base_version: int, title: str, text: str) -> Version | None:
    """The version that stands has these words, and was sent by the same person a moment ago."""
    if idea.version != base_version + 1:
        return None
    since = timezone.now() - SENT_AGAIN
    mine = Version.objects.filter(idea=idea, number=idea.version, reply=None, by=by, created_at__gte=since)
    return mine.filter(title=one_line(title), text=long_text(text)).first()
