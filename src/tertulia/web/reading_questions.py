"""What waits for an answer, as the reading's page says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tertulia.web.addresses import address_of
from tertulia.web.names import and_list, called
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
    """The question that waits longest; of a history the best, because its people wait for nothing any more."""
    if not questions:
        return {}
    first = in_order(questions)[0]
    return (
        {"today": asked(first, full=True)} if first.idea.import_id is None else {"pick_up": picked_up(first)}
    )


def in_order(questions: Sequence[Question]) -> list[Question]:
    """First what people here asked, the oldest first; then of a history what is surest to be a question, the newest
    first: ideas that nobody answered, and what was asked in so many words."""
    here = [one for one in questions if one.idea.import_id is None]
    history = [one for one in questions if one.idea.import_id is not None]
    history.sort(key=lambda one: (not one.is_inferred, one.asked_at), reverse=True)
    return here + history


def _values(question: Question) -> dict[str, object]:
    there = reverse("reply", args=[question.reply_id]) if question.reply_id else address_of(question.idea)
    return {
        "who": called(question.who) if question.who else _("Somebody"),
        "when": in_words(question.asked_at),
        "there": there,
        "quote": question.quote,
        "title": question.idea.title,
        "names": and_list([called(one) for one in question.added]),
    }


def asked(question: Question, *, full: bool = False) -> Asked:
    """The question, its age and a link; never who owes the answer."""
    if not full:
        return Asked(format_html(_in_a_list(question), **_values(question)))
    if question.is_idea:
        sentence = _(
            '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> Nobody has answered.'
        )
    elif question.added:
        sentence = _(
            '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> {names} added to it. '
            "It has no answer yet. Three lines may be enough."
        )
    else:
        sentence = _(
            '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> It has no answer yet. '
            "Three lines may be enough."
        )
    return Asked(format_html(sentence, **_values(question)))


def _in_a_list(question: Question) -> str:
    if question.is_inferred:
        return _(
            '{who} wrote {when}, under {title}, and it reads like a question: <a href="{there}">“{quote}”</a>'
        )
    if _is_title(question):
        return _('{who}, {when}: <a href="{there}">“{quote}”</a>')
    return _('{who}, {when}, under {title}: <a href="{there}">“{quote}”</a>')


def _is_title(question: Question) -> bool:
    """An idea of a history asks by its title, if it asks."""
    return question.is_idea and not question.idea.question


def picked_up(question: Question) -> Asked:
    if question.is_inferred:
        sentence = _(
            '{who} wrote {when}, under {title}, and it reads like a question: <a href="{there}">“{quote}”</a> '
            "Nobody answered, and whoever wrote it is not here. An answer may still help those who are."
        )
    elif _is_title(question):
        sentence = _(
            '{who} wrote {when}: <a href="{there}">“{quote}”</a> Nobody answered, and whoever wrote it is not here. '
            "An answer may still help those who are."
        )
    else:
        sentence = _(
            '{who} asked {when}, under {title}: <a href="{there}">“{quote}”</a> Nobody answered, and whoever asked is '
            "not here. An answer may still help those who are."
        )
    return Asked(format_html(sentence, **_values(question)))
