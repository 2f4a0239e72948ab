"""What people do with ideas. Each action checks its policy, writes content and acts in one transaction."""

from tertulia.ideas.actions.answers import answer, confirm, not_quite
from tertulia.ideas.actions.credits import answer_credit, prefer_unnamed, say_what_moved
from tertulia.ideas.actions.drafts import drop_draft
from tertulia.ideas.actions.keeping import keep_draft, was_sent
from tertulia.ideas.actions.names import call_oneself
from tertulia.ideas.actions.outcomes import decide, tell_tried
from tertulia.ideas.actions.replies import reply, set_aside, take_back, take_up_again
from tertulia.ideas.actions.revisions import Credited, VersionMoved, revise
from tertulia.ideas.actions.sharing import share_idea
from tertulia.ideas.actions.writing import withdraw_idea, write_idea

__all__ = [
    "Credited",
    "VersionMoved",
    "answer",
    "answer_credit",
    "call_oneself",
    "confirm",
    "decide",
    "drop_draft",
    "keep_draft",
    "not_quite",
    "prefer_unnamed",
    "reply",
    "revise",
    "say_what_moved",
    "set_aside",
    "share_idea",
    "take_back",
    "take_up_again",
    "tell_tried",
    "was_sent",
    "withdraw_idea",
    "write_idea",
]
