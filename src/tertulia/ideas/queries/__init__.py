"""What can be read, `*_visible_to(person)` first. `person` is None for somebody who is not signed in."""

from tertulia.ideas.queries.home import (
    changed_for,
    for_someone_like,
    nobody_has_answered,
    waiting_count,
    waiting_credits,
    waiting_replies,
    worth_picking_up,
)
from tertulia.ideas.queries.ideas import (
    draft_of,
    drafts_of,
    idea_to_change,
    ideas_of_person,
    ideas_of_space,
    ideas_visible_to,
    is_there_a_public_idea_by,
    topics_of_space,
)
from tertulia.ideas.queries.imports import MadeHere, has_ideas, made_here_on
from tertulia.ideas.queries.threads import (
    PAGE,
    acts_to_replies,
    credits_of,
    outcomes_of,
    replies_of,
    replies_on_page,
    replies_visible_to,
    reply_to_answer,
    version_of,
    versions_of,
)

__all__ = [
    "PAGE", "MadeHere", "has_ideas", "made_here_on", "acts_to_replies", "changed_for", "credits_of", "draft_of", "drafts_of", "for_someone_like",
    "idea_to_change", "ideas_of_person", "ideas_of_space", "ideas_visible_to", "is_there_a_public_idea_by",
    "nobody_has_answered", "outcomes_of", "replies_of", "replies_on_page", "replies_visible_to",
    "reply_to_answer", "topics_of_space", "version_of", "versions_of", "waiting_count", "waiting_credits",
    "waiting_replies", "worth_picking_up",
]
