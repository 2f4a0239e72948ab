from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.ideas import markdown, policies, queries
from tertulia.ideas.actions import drafts, record
from tertulia.ideas.actions.again import reply_again, version_again
from tertulia.ideas.actions.replies import add_contribution, said_besides, touch
from tertulia.ideas.actions.writing import check_question, check_title
from tertulia.ideas.difference import Passage, compare
from tertulia.ideas.models import Credit, Idea, Outcome, Reply, Searchable, Version
from tertulia.ideas.search import fold
from tertulia.importers.words import word_count
from tertulia.people.policies import NotThere, Refused
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


@transaction.atomic
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
    if same:
        return same
    _check_base(idea, base_version)
    title, text = check_title(title), policies.check_text(text)
    replies = _ticked(by, idea, credits)
    _check_something_changed(idea, title, text, ask, question)
    at = at or timezone.now()
    version = Version(idea=idea, number=idea.version + 1, title=title, text=text, by=by, created_at=at)
    version.note = "" if replies else policies.check_sentence(note)
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
    about = set(fold(f"{one_line(sentence)} {markdown.plain(reply.text)}").split())
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
        idea.question = check_question(idea.ask, question)
    idea.talked_at = max(idea.talked_at, at)
    idea.touched += 1
    return {
        "title": fold(idea.title),
        "words": fold(markdown.plain(f"{idea.text}\n\n{idea.question}")),
    }


def _save(idea: Idea, searched: dict[str, str]) -> None:
    idea.save(
        update_fields=["title", "first_title", "text", "version", "ask", "question", "talked_at", "touched"]
    )
    Searchable.objects.filter(idea=idea, reply=None).update(**searched)


def _my_credit(by: Person, credit_id: int) -> Credit:
    visible = queries.ideas_visible_to(by).values("pk")
    found = (
        Credit.objects.select_related("version__idea__space", "version__idea__author", "reply", "by", "to")
        # The idea first, as everywhere: whoever holds it may go on to its credits.
        .select_for_update(of=("version__idea", "self"))
        .filter(pk=credit_id, to=by, version__idea__in=visible)
        .first()
    )
    if found is None:
        raise NotThere("")
    return found


@transaction.atomic
def answer_credit(
    *, by: Person, credit_id: int, got_me_right: bool, text: str = "", at: datetime | None = None
) -> Credit:
    """The credited person says whether the author got them right; if not quite, in words that say what they meant."""
    credit = _my_credit(by, credit_id)
    at = at or timezone.now()
    if not got_me_right:
        return _correct(credit, by, text, at)
    if credit.heard:
        return credit
    credit.heard, credit.heard_at = "yes", at
    credit.save(update_fields=["heard", "heard_at"])
    _about_credit(credit, "heard", by=by, at=at, ref=credit.act)
    touch(credit.version.idea)
    return credit


def _correct(credit: Credit, by: Person, text: str, at: datetime) -> Credit:
    """What was meant stands under the credited words, and waits for whoever misread them."""
    idea = credit.version.idea
    if reply_again(by=by, idea=idea, parent=credit.reply, text=text, starter="not_quite"):
        return credit
    policies.check_can_correct(by, credit)
    credit.reply.idea = idea
    mine = add_contribution(
        by=by, idea=idea, parent=credit.reply, text=text, starter="not_quite", at=at, to=credit.by
    )
    credit.heard, credit.heard_at = "not_quite", at
    credit.save(update_fields=["heard", "heard_at"])
    said_besides(mine, _about_credit(credit, "not_quite", by=by, at=at, ref=credit.act))
    return credit


@transaction.atomic
def prefer_unnamed(*, by: Person, credit_id: int, unnamed: bool = True, at: datetime | None = None) -> Credit:
    """ "Stay unnamed": the credit says "a reader" from now on, wherever it is shown. It can be turned round.

    It says nothing on whether the author got them right, so nothing is confirmed by it."""
    credit = _my_credit(by, credit_id)
    if credit.named == (not unnamed):
        return credit
    at = at or timezone.now()
    credit.named = not unnamed
    credit.save(update_fields=["named"])
    _about_credit(credit, "unnamed" if unnamed else "named", by=by, at=at, ref=credit.act)
    touch(credit.version.idea)
    return credit


@transaction.atomic
def say_what_moved(*, by: Person, credit_id: int, text: str, at: datetime | None = None) -> Credit:
    """ "What moved for you?": the credited person's own sentence, naming what the author wrote.

    Saying it again changes the sentence; that it moved them was put down once."""
    credit = _my_credit(by, credit_id)
    policies.check_can_tell_what_moved(by, credit)
    at = at or timezone.now()
    credit.moved, credit.moved_at = policies.check_sentence(policies.check_text(text)), at
    if not credit.heard:
        credit.heard, credit.heard_at = "yes", at
        _about_credit(credit, "heard", by=by, at=at, ref=credit.act)
    idea = credit.version.idea
    if credit.moved_act is None:
        credit.moved_act = _about_credit(credit, "moved", by=by, at=at, ref=_answer_to(credit, at))
    credit.save(update_fields=["moved", "moved_at", "moved_act", "heard", "heard_at"])
    touch(idea)
    return credit


def _answer_to(credit: Credit, at: datetime) -> int | None:
    """What moved them: the author's last answer to them, else the idea itself."""
    idea = credit.version.idea
    answered = (
        Reply.objects.filter(
            idea=idea, author=credit.by, addressee=credit.to, withdrawn_at=None, created_at__lte=at
        )
        .order_by("-created_at", "-pk")
        .first()
    )
    return answered.act if answered else idea.act


def _about_credit(credit: Credit, verb: str, *, by: Person, at: datetime, ref: int | None) -> int:
    return record.put_down(
        verb, idea=credit.version.idea, by=by, at=at, to=credit.by, parent=credit.act, ref=ref
    )
