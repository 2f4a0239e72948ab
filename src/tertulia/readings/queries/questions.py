"""Questions without an answer: what was asked and by whom, and never who owes the answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tertulia.engine.questions import question_in
from tertulia.ideas import queries as ideas
from tertulia.readings.queries.evidence import quote
from tertulia.readings.queries.stored import Reading

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person


@dataclass(frozen=True, slots=True)
class Question:
    """`is_idea`: an idea that asks for something, to which nobody replied; else a question or a doubt in a reply."""

    is_idea: bool
    who: "Person | None"
    quote: str
    asked_at: datetime
    idea: "Idea"
    reply_id: int | None = None
    # By a rule, from its words: nobody said that it is one.
    is_inferred: bool = False
    # Who answered besides whoever was asked, in their order.
    added: "tuple[Person, ...]" = ()


def open_questions(viewer: "Person | None", reading: Reading) -> list[Question]:
    """What the reading found waiting, and still waits, and this viewer may read; the oldest first. Three queries.

    Half-baked ideas ask for nothing, so nothing is owed to them. A history does not say whether one asked.
    """
    acts = {asked.act for asked in reading.open_asks}
    return sorted(
        [*_asking_ideas(viewer, acts), *_asking_replies(viewer, acts)],
        key=lambda one: (one.asked_at, one.idea.pk, one.reply_id or 0),
    )


def _asking_ideas(viewer: "Person | None", acts: set[int]) -> list[Question]:
    asking = (
        ideas.ideas_visible_to(viewer)
        .filter(act__in=acts, answered_at=None, withdrawn_at=None)
        .exclude(ask="half_baked", import_id=None)
        .select_related("author")
    )
    return [
        Question(
            is_idea=True, who=idea.author, quote=quote(idea.question or idea.title), asked_at=idea.created_at,
            idea=idea,
        )
        for idea in asking
    ]  # fmt: skip


def _asking_replies(viewer: "Person | None", acts: set[int]) -> list[Question]:
    asking = (
        ideas.replies_visible_to(viewer)
        .filter(act__in=acts, answered_at=None, withdrawn_at=None)
        .select_related("author", "idea")
    )
    replies = list(asking)
    added = ideas.added_to(viewer, [reply.pk for reply in replies]) if replies else {}
    return [
        Question(
            is_idea=False,
            who=reply.author,
            quote=quote((question_in(reply.text) if reply.starter_inferred else "") or reply.text),
            asked_at=reply.created_at,
            idea=reply.idea,
            reply_id=reply.pk,
            is_inferred=reply.starter_inferred,
            added=tuple(
                dict.fromkeys(one.author for one in added.get(reply.pk, []) if one.author is not None)
            ),
        )
        for reply in replies
    ]
