from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from tertulia.ideas.difference import Passage, compare
from tertulia.ideas.models import Credit, Idea, Outcome, Reply, Version
from tertulia.ideas.queries.ideas import ideas_visible_to
from tertulia.people.policies import NotThere

if TYPE_CHECKING:
    from tertulia.people.models import Person

PAGE = 100


def replies_visible_to(person: Person | None) -> QuerySet[Reply]:
    return Reply.objects.filter(staged=False, idea__in=ideas_visible_to(person))


def replies_of(idea: Idea) -> QuerySet[Reply]:
    """All replies to an idea that was reached through `ideas_visible_to`, in the order of the page."""
    return (
        Reply.objects.filter(idea=idea, staged=False)
        .select_related("author", "addressee")
        .order_by("path", "pk")
    )


def replies_on_page(idea: Idea, page: int) -> list[Reply]:
    start = (page - 1) * PAGE
    return list(replies_of(idea)[start : start + PAGE])


def replies_around(idea: Idea, reply: Reply) -> QuerySet[Reply]:
    """Those that this reply stands among: all under what it answers, and the way down to that."""
    steps = reply.path.split(".")
    above = [".".join(steps[:count]) for count in range(1, len(steps))]
    # Of a line under a reply, the other lines too.
    under = ".".join(steps[: max(1, len(steps) - 2)])
    return replies_of(idea).filter(Q(path__in=above) | Q(path__startswith=under))


def reply_to_answer(person: Person, reply_id: int) -> Reply:
    """A visible reply with its idea, the idea locked for this transaction. Raises NotThere."""
    found = (
        replies_visible_to(person)
        .select_related("idea", "idea__space", "idea__author", "author", "addressee")
        # In this order, as every other action: whoever holds the idea may go on to its replies.
        .select_for_update(of=("idea", "self"))
        .filter(pk=reply_id)
        .first()
    )
    if found is None:
        raise NotThere("")
    return found


def added_to(person: Person | None, asked: list[int]) -> dict[int, list[Reply]]:
    """What others answered to these replies: neither whoever asked nor whoever was asked. By the reply, in order."""
    answers = replies_visible_to(person).filter(parent__in=asked, withdrawn_at=None).select_related("author")
    others = answers.exclude(author=F("parent__author")).exclude(author=F("parent__addressee"))
    found: dict[int, list[Reply]] = {}
    for answer in others.defer("text", "html").order_by("created_at", "pk"):
        if answer.parent_id is not None:
            found.setdefault(answer.parent_id, []).append(answer)
    return found


def versions_of(idea: Idea) -> QuerySet[Version]:
    return Version.objects.filter(idea=idea, reply=None).select_related("by").order_by("number")


def version_of(idea: Idea, number: int) -> Version | None:
    return versions_of(idea).filter(number=number).first()


def since_the_beginning(idea: Idea) -> list[Passage]:
    """What stands now beside what stood first: the whole way that an idea has come, over all its versions."""
    first, now = version_of(idea, 1), version_of(idea, idea.version)
    if first is None or now is None:
        return []
    return compare(
        [passage["clean"] for passage in first.passages], [passage["clean"] for passage in now.passages]
    )


def credits_of(idea: Idea) -> QuerySet[Credit]:
    return (
        Credit.objects.filter(version__idea=idea)
        .select_related("version", "reply", "by", "to")
        .order_by("version__number", "pk")
    )


def credit_to(person: Person, credit_id: int) -> Credit | None:
    """A change that credits this person, with its idea and the reply; None where they may not see it."""
    mine = Credit.objects.filter(pk=credit_id, to=person, version__idea__in=ideas_visible_to(person))
    return mine.select_related("version__idea", "reply", "by").first()


def correction_of(credit: Credit) -> Reply:
    """The words with which the credited person said "not quite": there are no others under the same reply then."""
    said = Reply.objects.filter(parent=credit.reply_id, author=credit.to_id, starter="not_quite")
    return (
        said.filter(withdrawn_at=None)
        .select_related("idea__space", "idea__author", "author", "addressee")
        .latest("pk")
    )


def outcomes_of(idea: Idea) -> QuerySet[Outcome]:
    return (
        Outcome.objects.filter(idea=idea)
        .select_related("by", "names", "words", "version")
        .order_by("created_at", "pk")
    )


def acts_to_replies(person: Person | None, acts: set[int]) -> dict[int, Reply]:
    """For evidence: the visible replies that these acts wrote, by act."""
    found = replies_visible_to(person).filter(act__in=acts).select_related("idea", "author")
    return {reply.act: reply for reply in found if reply.act is not None}
