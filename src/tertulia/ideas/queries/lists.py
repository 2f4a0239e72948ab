"""Ideas in long lists: only what a list shows, as plain values."""

from __future__ import annotations

from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, QuerySet

from tertulia.ideas.models import Idea, Topic
from tertulia.ideas.queries.ideas import ideas_of_person, ideas_of_space, ideas_visible_to
from tertulia.people.prepared import Prepared

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


class Listed(NamedTuple):
    """An idea in a list, in the order of `COLUMNS`."""

    pk: int
    slug: str
    title: str
    question: str
    # None where whoever wrote it is no longer here.
    author: str | None
    audience: str
    is_notice: bool
    version: int
    replies_shown: int
    created_at: datetime
    talked_at: datetime
    answered_at: datetime | None
    withdrawn_at: datetime | None


COLUMNS = tuple("author__name" if name == "author" else name for name in Listed._fields)


def _in_space(person: Person | None, space: Space, topic: str = "", *, notices: bool) -> QuerySet[Idea, Any]:
    ideas = ideas_of_space(person, space, topic=topic).filter(is_notice=notices)
    return ideas.select_related(None).values_list(*COLUMNS)


@cache
def _prepared(*, signed_in: bool, of_a_topic: bool, notices: bool) -> Prepared:  # noqa: ARG001 - each form is its own
    build = partial(_in_space, notices=notices)
    return Prepared(build if signed_in else partial(build, None), paged=True)


def list_of_space(
    person: Person | None, space: Space, *, topic: str, notices: bool, most: int, after: int = 0
) -> list[Listed]:
    """The visible ideas of a space, or its notices, what was talked about last first."""
    prepared = _prepared(signed_in=person is not None, of_a_topic=bool(topic), notices=notices)
    values = [*([person.pk] if person else []), space.pk, *([topic] if topic else []), most, after]
    return [Listed(*row) for row in prepared.rows(*values)]


def list_of_person(viewer: Person | None, person: Person, *, most: int, after: int = 0) -> list[Listed]:
    ideas = ideas_of_person(viewer, person).select_related(None).values_list(*COLUMNS)
    return [Listed(*row) for row in ideas[after : after + most]]


class Used(NamedTuple):
    """A topic, and how many of the visible ideas of a space have it."""

    name: str
    slug: str
    used: int


def _topics(person: Person | None, space: Space) -> QuerySet[Topic, Any]:
    return (
        Topic.objects.filter(ideas__in=ideas_visible_to(person).filter(space=space))
        .annotate(used=Count("ideas", distinct=True))
        .order_by("-used", "name")
        .values_list("name", "slug", "used")
    )


_TOPICS, _TOPICS_FOR_ANYONE = Prepared(_topics), Prepared(partial(_topics, None))


def topics_of_space(person: Person | None, space: Space) -> list[Used]:
    """Topics of the visible ideas of a space, the most used first."""
    rows = _TOPICS.rows(person.pk, space.pk) if person else _TOPICS_FOR_ANYONE.rows(space.pk)
    return [Used(*row) for row in rows]
