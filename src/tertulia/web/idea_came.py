"""What came of an idea, beside its words: what was decided, and what happened to those who tried it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tertulia.ideas.markdown import plain_of_html
from tertulia.web.addresses import exchange_of
from tertulia.web.names import name_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.ideas.models import Idea, Outcome

WORDS_SHOWN = 220


@dataclass(frozen=True)
class Came:
    name: str
    at: datetime
    words: str
    href: str


def came(idea: Idea, outcomes: Iterable[Outcome], kind: str) -> tuple[Came, ...]:
    """One line for the words in which it was told, however many replies they name."""
    told = {one.words.pk: one for one in outcomes if one.kind == kind and one.words is not None}
    return tuple(
        Came(
            name=name_of(one.by),
            at=one.created_at,
            words=snippet(plain_of_html(one.words.html), WORDS_SHOWN) if one.words else "",
            href=exchange_of(idea, words_id),
        )
        for words_id, one in told.items()
    )
