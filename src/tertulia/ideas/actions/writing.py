from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tertulia.ideas import markdown, policies, queries
from tertulia.ideas.actions import drafts, record
from tertulia.ideas.actions.again import idea_again
from tertulia.ideas.actions.replies import acts_of
from tertulia.ideas.actions.text_first import text_first
from tertulia.ideas.actions.topics import topic_named
from tertulia.ideas.models import Idea, Reply, Searchable, Version
from tertulia.ideas.search import fold
from tertulia.importers.words import word_count
from tertulia.people.policies import Refused
from tertulia.people.words import one_line

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

MOST_TOPICS, LONGEST_TOPIC, LONGEST_QUESTION = 5, 60, 500


def check_title(title: str) -> str:
    title = one_line(title)
    if not title:
        raise Refused(_("An idea needs a title: one line that somebody would find it by."), field="title")
    if len(title) > 200:
        raise Refused(_("The title is longer than 200 characters. Your words are below."), field="title")
    return title


def check_topics(topics: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(line for line in (one_line(topic.lower()) for topic in topics) if line))
    if any(len(name) > LONGEST_TOPIC for name in names):
        raise Refused(_("A topic is longer than 60 characters. Your words are below."), field="topics")
    if len(names) > MOST_TOPICS:
        raise Refused(_("Five topics are the most an idea can have."), field="topics")
    return names


def first_passages(blocks: list[str]) -> list[dict[str, object]]:
    return [
        {"clean": block, "marked": block, "difference": block, "changed": False, "credits": []}
        for block in blocks
    ]


@text_first
def write_idea(
    *,
    by: Person,
    space: Space,
    title: str,
    text: str,
    ask: str = "half_baked",
    question: str = "",
    is_notice: bool = False,
    audience: str = "space",
    topics: tuple[str, ...] = (),
    at: datetime | None = None,
) -> Idea:
    """Write an idea: its first version, its words for the search, and one act."""
    policies.check_can_write(by, space)
    title, text, topics = check_title(title), policies.check_text(text), check_topics(topics)
    if ask not in Idea.Ask.values or audience not in Idea.Audience.values:
        raise Refused(_("Choose what you ask for, and who may read it."))
    question = check_question(ask, question, is_notice=is_notice)
    said = said_of(ask=ask, question=question, is_notice=is_notice, audience=audience)
    if not at and (same := idea_again(by=by, space=space, title=title, text=text, topics=topics, **said)):
        return same
    at = at or timezone.now()
    slug = slugify(title)[:80] or "idea"
    idea = Idea(
        space=space, author=by, title=title, slug=slug, text=text, created_at=at, talked_at=at, **said
    )
    idea.save()
    _post(idea, by, topics)
    drafts.drop_draft(by=by, place=f"idea:{space.pk}")
    return idea


def said_of(*, ask: str, question: str, is_notice: bool, audience: str) -> dict[str, object]:
    """What an idea is besides its words. A notice asks for nothing."""
    asked: dict[str, object] = {} if is_notice else {"ask": ask, "question": question}
    return {"is_notice": is_notice, "audience": audience, **asked}


def check_question(ask: str, question: str, *, is_notice: bool = False, standing: str = "") -> str:
    """The words of an ask on one line. What asks nothing has none: those that stand go, and none that were typed."""
    question = policies.check_sentence(question, field="question")
    if is_notice and question:
        raise Refused(
            _(
                "You wrote a question, and a notice asks for nothing. Say that it is no notice, or empty the question."
            ),
            field="question",
        )
    if ask != Idea.Ask.HALF_BAKED:
        return question
    if question and question != standing:
        raise Refused(
            _(
                "You wrote a question, and chose to ask nothing yet. Choose what you ask for, or empty the question."
            ),
            field="question",
        )
    return ""


def searchable(html: str, question: str) -> str:
    """What a search finds an idea by, besides its title."""
    return fold(f"{markdown.plain_of_html(html)} {markdown.plain(question)}")


def _post(idea: Idea, by: Person, topics: tuple[str, ...]) -> None:
    """The first version of a new idea, its words for the search, its topics, and its act."""
    blocks = markdown.blocks(idea.text)
    words = searchable("".join(blocks), idea.question)
    Searchable.objects.create(idea=idea, title=fold(idea.title), words=words)
    idea.topics.add(*(topic_named(name) for name in topics))
    # Last of the long work: from here on the whole site's ledger waits for this transaction.
    idea.act = record.put_down(
        "noticed" if idea.is_notice else "posted",
        idea=idea,
        by=by,
        at=idea.created_at,
        words=word_count(f"{idea.title}\n{idea.text}"),
        topics=topics,
    )
    idea.save(update_fields=["act"])
    Version.objects.create(
        idea=idea,
        number=1,
        title=idea.title,
        text=idea.text,
        html="".join(blocks),
        passages=first_passages(blocks),
        by=by,
        created_at=idea.created_at,
        act=idea.act,
    )


@transaction.atomic
def withdraw_idea(*, by: Person, idea_id: int, at: datetime | None = None) -> Idea:
    """Take an idea back. Only its author sees it from then on; with replies by others it stays."""
    idea = queries.idea_to_change(by, idea_id)
    policies.check_can_change(by, idea)
    if idea.answered_at is not None:
        raise Refused(_("Others have replied, so the idea stays. You can change it, and say why."))
    idea.withdrawn_at = at or timezone.now()
    idea.touched += 1
    idea.save(update_fields=["withdrawn_at", "touched"])
    for act in _acts_under(idea, by):
        record.put_down("withdrew", idea=idea, by=by, at=idea.withdrawn_at, parent=act, ref=act)
    return idea


def _acts_under(idea: Idea, by: Person) -> list[int | None]:
    """The idea itself, and all that its author wrote under it: what nobody can see any more must not count."""
    changed = Version.objects.filter(idea=idea, reply=None, by=by, number__gt=1).order_by("number")
    mine = Reply.objects.filter(idea=idea, author=by, withdrawn_at=None).order_by("number")
    said = [act for reply in mine for act in acts_of(reply)]
    return [idea.act, *changed.values_list("act", flat=True), *said]
