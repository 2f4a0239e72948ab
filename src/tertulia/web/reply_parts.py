"""What htmx puts into the page that is open: a new reply, and what it changed of the exchange that it is part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from tertulia.ideas import queries
from tertulia.web import thread
from tertulia.web.addresses import pages_of
from tertulia.web.idea_page import own_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person
    from tertulia.web.thread import Spoken


@dataclass(frozen=True)
class ReplyPart:
    html: SafeString


def exchange(request: HttpRequest, person: Person, idea: Idea, written: Reply) -> ReplyPart:
    """The new reply as it stands in the thread, and the article that its answer changed, which takes its own place."""
    before, after = _without_and_with(idea, written)
    # A line under a reply becomes a reply of its own when it is answered: all that stood with it is made anew.
    stood = next((one for one in before if any(piece.reply_id == written.parent_id for piece in one)), [])
    changed = {piece.reply_id for piece in stood} | {written.pk}
    shown = [one for one in after if any(piece.reply_id in changed for piece in one)]
    own = own_of(person, idea, [piece for one in shown for piece in one], request)
    html = ""
    for article in shown:
        made = thread.join(article, own, answering=person.pk, beneath={})
        is_there = bool(stood) and article[0].reply_id == stood[0].reply_id
        html += made.replace("<article ", '<article hx-swap-oob="true" ', 1) if is_there else made
    # Whoever sent it goes on from there: the box that they wrote in is gone.
    html = html.replace(f' id="r{written.pk}"', f' id="r{written.pk}" tabindex="-1" data-fresh', 1)
    return ReplyPart(mark_safe(html))  # noqa: S308 -- the pieces of the thread, with an attribute of ours


def _without_and_with(idea: Idea, written: Reply) -> tuple[list[list[Spoken]], list[list[Spoken]]]:
    """The articles around the new reply, as they stood and as they stand."""
    if written.parent_id is None:
        # Nothing stood there: no need to ask what else was said.
        told = thread.told(idea, [written], (), (), is_long=False)
        return [], _articles(thread.speak([written], told))
    around = list(queries.replies_around(idea, written))
    told = thread.told(
        idea, around, queries.outcomes_of(idea), queries.credits_of(idea), is_long=pages_of(idea) > 1
    )
    without = [reply for reply in around if reply.pk != written.pk]
    return _articles(thread.speak(without, told)), _articles(thread.speak(around, told))


def _articles(spoken: Iterable[Spoken]) -> list[list[Spoken]]:
    """The pieces of each article together: short lines stand within the one above them."""
    articles: list[list[Spoken]] = []
    for piece in spoken:
        if piece.before.startswith("<article ") or not articles:
            articles.append([])
        articles[-1].append(piece)
    return articles
