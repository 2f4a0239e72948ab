"""Content: ideas and their versions, what people said, and what came of it."""

from tertulia.ideas.models.drafts import Draft
from tertulia.ideas.models.ideas import Idea, Link, Searchable, Topic, Version
from tertulia.ideas.models.outcomes import Credit, Outcome
from tertulia.ideas.models.replies import Reply

__all__ = ["Credit", "Draft", "Idea", "Link", "Outcome", "Reply", "Searchable", "Topic", "Version"]
