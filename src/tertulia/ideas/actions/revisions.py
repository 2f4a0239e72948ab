from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.ideas import markdown, policies, queries
from tertulia.ideas.actions import drafts, record
from tertulia.ideas.actions.again import version_again
from tertulia.ideas.actions.text_first import text_first
from tertulia.ideas.actions.writing import check_question, check_title, searchable
from tertulia.ideas.difference import Passage, compare
from tertulia.ideas.models import Credit, Idea, Outcome, Reply, Searchable, Version
from tertulia.ideas.search import fold
from tertulia.importers.words import word_count
from tertulia.people.policies import Refused
from tertulia.people.words import one_line

if TYPE_CHECKING:
    from tertulia.people.models import Person


@dataclass(frozen=True)
class Credited:
    """One ticked reply of the revise sheet, and the sentence on what it changed."""

    reply_id: int
    sentence: str


class VersionMoved(Refused):
    """Another version was published while this one was being written."""


@text_first
def revise(
    *,
    by: Person,
    idea_id: int,
    base_version: int,
    title: str,
    text: str,
    ask: str | None = None,
    question: str | None = None,
    credits: Sequence[Credited] = (),
    note: str = "",
    at: datetime | None = None,
) -> Version:
    """Publish a new version: its text, what changed it, and why, together."""
    idea = queries.idea_to_change(by, idea_id)
    policies.check_can_change(by, idea)
    same = None if at else version_again(by=by, idea=idea, base_version=base_version, title=title, text=text)
    if same and is_as_it_stands(same, idea, ask, question, credits, note):
        return same
    _check_base(idea, base_version)
    title, text = check_title(title), policies.check_text(text)
    replies = _ticked(by, idea, credits)
    _check_something_changed(idea, title, text, ask, question)
    at = at or timezone.now()
    version = Version(idea=idea, number=idea.version + 1, title=title, text=text, by=by, created_at=at)
    version.note = "" if replies else policies.check_sentence(note, field="note")
    because = [(one.sentence, reply) for one, reply in zip(credits, replies, strict=True)]
    beside = _compare(version, queries.version_of(idea, idea.version), because)
    searched = _stand(idea, version, ask, question, at)
    # From here on the whole site's ledger waits for this transaction: no text is worked on any more.
    version.act = record.put_down("revised", idea=idea, by=by, at=at, parent=idea.act, words=word_count(text))
    version.save()
    for credited, reply, passage in zip(credits, replies, beside, strict=True):
        credit = _give_credit(by, version, reply, credited.sentence, at)
        if passage is not None:
            version.passages[passage]["credits"].append(credit.pk)
    version.save(update_fields=["passages"])
    _save(idea, searched)
    drafts.drop_draft(by=by, place=f"revise:{idea.pk}")
    return version


def is_as_it_stands(
    same: Version, idea: Idea, ask: str | None, question: str | None, credits: Sequence[Credited], note: str
) -> bool:
    """The same words with another reason, or that ask something else, are no second click: they must not be lost."""
    because = {one.reply_id: one_line(one.sentence) for one in credits}
    return (
        ask in {None, idea.ask}
        # What is half-baked has let go of the question that the form still holds.
        and (question is None or one_line(question) == idea.question or idea.ask == Idea.Ask.HALF_BAKED)
        and because == dict(Credit.objects.filter(version=same).values_list("reply", "sentence"))
        and (bool(because) or one_line(note) == same.note)
    )


def _check_base(idea: Idea, base_version: int) -> None:
    if idea.version != base_version:
        raise VersionMoved(
            _(
                "Version %(new)s was published while you were writing from version %(old)s. "
                "Both texts are below: put together what you want to keep, then publish."
            )
            % {"new": idea.version, "old": base_version}
        )


def _check_something_changed(
    idea: Idea, title: str, text: str, ask: str | None, question: str | None
) -> None:
    same = (title, text.strip(), ask or idea.ask) == (idea.title, idea.text.strip(), idea.ask)
    if same and (question is None or question.strip() == idea.question):
        raise Refused(_("Nothing is different from the version that stands, so there is nothing to publish."))


def _ticked(by: Person, idea: Idea, credits: Sequence[Credited]) -> list[Reply]:
    found = queries.replies_of(idea).in_bulk([credited.reply_id for credited in credits])
    if len({credited.reply_id for credited in credits}) != len(credits):
        raise Refused(_("One reply is ticked twice. Say in one sentence what it changed."))
    if len(found) != len(credits):
        raise Refused(_("One of the replies that you ticked is no longer there."))
    for credited in credits:
        policies.check_can_credit(by, idea, found[credited.reply_id], credited.sentence)
    return [found[credited.reply_id] for credited in credits]


def _give_credit(by: Person, version: Version, reply: Reply, sentence: str, at: datetime) -> Credit:
    reply.idea = version.idea
    author = reply.author
    if author is None:
        raise Refused(_("Credit goes to a person."))
    act = record.about(reply, "credited", by=by, at=at)
    Outcome.objects.create(
        idea=version.idea,
        kind=Outcome.Kind.REVISED,
        by=by,
        names=reply,
        version=version,
        created_at=at,
        act=act,
    )
    if reply.addressee_id == by.pk and reply.answered_at is None:
        reply.answered_at = at
        reply.save(update_fields=["answered_at"])
    return Credit.objects.create(
        version=version,
        reply=reply,
        by=by,
        to=author,
        sentence=one_line(sentence),
        created_at=at,
        act=act,
    )


def _compare(
    version: Version, before: Version | None, changed_by: list[tuple[str, Reply]]
) -> list[int | None]:
    """The blocks of the new text with their differences; each keeps the credits that it and its forebears earned.

    Gives beside which of them each new credit will stand."""
    blocks = markdown.blocks(version.text)
    old = before.passages if before else []
    passages = compare([passage["clean"] for passage in old], blocks)
    version.html = "".join(blocks)
    version.passages = [
        {
            "clean": passage.clean,
            "marked": passage.marked,
            "difference": passage.difference,
            "changed": passage.changed,
            "credits": list(old[passage.came_from]["credits"]) if passage.came_from is not None else [],
        }
        for passage in passages
    ]
    return [_beside(passages, sentence, reply) for sentence, reply in changed_by]


def _beside(passages: list[Passage], sentence: str, reply: Reply) -> int | None:
    """The changed passage whose new words are most like the credit and its reply; the first one if none is."""
    if not passages:
        return None
    about = set(fold(f"{one_line(sentence)} {markdown.plain_of_html(reply.html)}").split())
    changed = [i for i, passage in enumerate(passages) if passage.changed] or [0]
    return max(changed, key=lambda i: (len(about & set(fold(passages[i].inserted).split())), -i))


def _stand(
    idea: Idea, version: Version, ask: str | None, question: str | None, at: datetime
) -> dict[str, str]:
    """The new version is the idea from now on: its fields, not yet saved, and its words for the search."""
    if version.title != idea.title and not idea.first_title:
        idea.first_title = idea.title
    idea.title, idea.text, idea.version = version.title, version.text, version.number
    if ask is not None:
        idea.ask = ask
    if question is not None:
        idea.question = check_question(idea.ask, question, standing=idea.question)
    idea.talked_at = max(idea.talked_at, at)
    idea.touched += 1
    return {
        "title": fold(idea.title),
        "words": searchable(version.html, idea.question),
    }


def _save(idea: Idea, searched: dict[str, str]) -> None:
    idea.save(
        update_fields=["title", "first_title", "text", "version", "ask", "question", "talked_at", "touched"]
    )
    Searchable.objects.filter(idea=idea, reply=None).update(**searched)
