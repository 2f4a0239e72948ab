"""One reply alone, as htmx puts it into the page that is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.safestring import SafeString

from tertulia.ideas import queries
from tertulia.web import thread
from tertulia.web.idea_page import own_buttons

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person


@dataclass(frozen=True)
class ReplyPart:
    html: SafeString


def one_reply(request: HttpRequest, person: Person, idea: Idea, reply: Reply) -> ReplyPart:
    """As it stands in the thread, with the button to take it back."""
    above = queries.replies_of(idea).filter(pk=reply.parent_id).first() if reply.parent_id else None
    told = thread.told(idea, [one for one in (above, reply) if one], (), (), is_long=False)
    (piece,) = thread.speak([reply], told)
    own = {piece.reply_id: own_buttons(person, idea, piece, request, waits=False)}
    return ReplyPart(thread.join([piece], own, answering=person.pk, beneath={}))
