"""What waits for an answer, as the reading's page says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tertulia.web.addresses import address_of
from tertulia.web.names import called
from tertulia.web.times import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from tertulia.readings.queries import Question


@dataclass(frozen=True)
class Asked:
    """A question as one line; `there` is where it can be answered."""

    sentence: SafeString


def to_do(questions: Sequence[Question]) -> dict[str, Asked]:
    """The question that waits longest; of a history the newest, because its people wait for nothing any more."""
    here = [one for one in questions if one.idea.import_id is None]
    if here:
        return {"today": asked(here[0], full=True)}
    return {"pick_up": picked_up(questions[-1])} if questions else {}


def asked(question: Question, *, full: bool = False) -> Asked:
    """The question, its age and a link; never who owes the answer."""
    there = reverse("reply", args=[question.reply_id]) if question.reply_id else address_of(question.idea)
    values = {
        "who": called(question.who) if question.who else _("Somebody"),
        "when": in_words(question.asked_at),
        "there": there,
        "quote": question.quote,
        "title": question.idea.title,
    }
    if not full:
        return Asked(
            format_html(_('{who}, {when}, under {title}: <a href="{there}">“{quote}”</a>'), **values)
        )
    if question.is_idea:
        sentence = _(
            '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> Nobody has answered.'
        )
    else:
        sentence = _(
            '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> It has no answer yet. '
            "Three lines may be enough."
        )
    return Asked(format_html(sentence, **values))


def picked_up(question: Question) -> Asked:
    there = reverse("reply", args=[question.reply_id]) if question.reply_id else address_of(question.idea)
    sentence = _(
        '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> Nobody answered, and whoever asked is '
        "not here. An answer may still help those who are."
    )
    return Asked(
        format_html(
            sentence,
            who=called(question.who) if question.who else _("Somebody"),
            when=in_words(question.asked_at),
            there=there,
            quote=question.quote,
            title=question.idea.title,
        )
    )
