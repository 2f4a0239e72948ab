"""What the pages of spaces show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from tertulia.ideas import queries as ideas
from tertulia.spaces import policies, queries
from tertulia.web.addresses import address_of
from tertulia.web.idea_rows import Row, rows_of, sections
from tertulia.web.names import name_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

    from tertulia.ideas.models import Idea
    from tertulia.ideas.queries import Used
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space, Wording

IDEAS_A_PAGE = 30
NOTICES_BESIDE = 5
TOPICS_BESIDE = 12


@dataclass(frozen=True)
class Listed:
    name: str
    href: str
    purpose: str
    bring: str
    take_away: str
    people: int
    is_mine: bool


@dataclass(frozen=True)
class SpacesPage:
    mine: tuple[Listed, ...]
    others: tuple[Listed, ...]
    can_begin: bool


@dataclass(frozen=True)
class Wordings:
    """What stands beside a space's name."""

    purpose: str
    bring: str
    take_away: str


@dataclass(frozen=True)
class Place:
    """A space as every page of it names it, and what this reader is there."""

    name: str
    slug: str
    href: str
    words: Wordings
    is_open: bool
    is_member: bool
    is_keeper: bool
    host: str
    keeper: str


@dataclass(frozen=True)
class SpaceSide:
    """What stands beside the ideas of a space."""

    place: Place
    people: int
    notices: tuple[Row, ...]
    topics: tuple[Used, ...]
    topic: str

    @property
    def lacks_words(self) -> bool:
        words = self.place.words
        return not (words.purpose and words.bring and words.take_away)


@dataclass(frozen=True)
class SpacePage:
    place: Place
    # The ideas of this page, ready to be shown.
    listed: SafeString
    side: SpaceSide
    topic_name: str
    only_notices: bool
    earlier: str
    later: str
    signed_in: bool
    told: str = ""


@dataclass(frozen=True)
class Member:
    name: str
    href: str
    about: str
    joined_at: datetime


@dataclass(frozen=True)
class Earlier:
    words: Wordings
    until_at: datetime
    by: str
    idea_href: str
    idea_title: str


@dataclass(frozen=True)
class MembersPage:
    place: Place
    people: int
    members: tuple[Member, ...]
    earlier: tuple[Earlier, ...]
    problem: str = ""


def spaces_page(person: Person | None) -> SpacesPage:
    listed = [_listed(space) for space in queries.spaces_listed_for(person)]
    return SpacesPage(
        mine=tuple(one for one in listed if one.is_mine),
        others=tuple(one for one in listed if not one.is_mine),
        can_begin=policies.can_found(person),
    )


def _listed(space: Space) -> Listed:
    return Listed(
        name=space.name,
        href=reverse("space", args=[space.slug]),
        purpose=space.purpose,
        bring=space.bring,
        take_away=space.take_away,
        people=space.people,  # type: ignore[attr-defined]
        is_mine=space.is_mine,  # type: ignore[attr-defined]
    )


def place_of(person: Person | None, space: Space) -> Place:
    return Place(
        name=space.name,
        slug=space.slug,
        href=reverse("space", args=[space.slug]),
        words=Wordings(space.purpose, space.bring, space.take_away),
        is_open=space.is_open,
        is_member=queries.is_member(person, space),
        is_keeper=policies.can_keep(person, space),
        host=name_of(space.host) if space.host else "",
        keeper=name_of(space.keeper),
    )


def space_page(
    person: Person | None,
    space: Space,
    *,
    topic: str = "",
    only_notices: bool = False,
    page: int = 1,
    told: str = "",
) -> SpacePage:
    # One more than is shown says whether there is another page, without counting.
    found = ideas.list_of_space(
        person,
        space,
        topic=topic,
        notices=only_notices,
        most=IDEAS_A_PAGE + 1,
        after=(page - 1) * IDEAS_A_PAGE,
    )
    beside: list[ideas.Listed] = []
    if not only_notices:
        beside = ideas.list_of_space(person, space, topic=topic, notices=True, most=NOTICES_BESIDE)
    more = len(found) > IDEAS_A_PAGE
    topics = ideas.topics_of_space(person, space)
    place = place_of(person, space)
    return SpacePage(
        place=place,
        listed=sections(found[:IDEAS_A_PAGE]),
        side=SpaceSide(
            place, queries.everybody_in(space), rows_of(beside), tuple(topics[:TOPICS_BESIDE]), topic
        ),
        topic_name=next((one.name for one in topics if one.slug == topic), ""),
        only_notices=only_notices,
        earlier=_page_link(topic, only_notices, page + 1) if more else "",
        later=_page_link(topic, only_notices, page - 1) if page > 1 else "",
        signed_in=person is not None,
        told=told,
    )


def _page_link(topic: str, only_notices: bool, page: int) -> str:
    asked: dict[str, object] = {"topic": topic} if topic else {}
    asked |= {"notices": 1} if only_notices else {}
    return "?" + urlencode(asked | {"page": page})


def members_page(person: Person | None, space: Space) -> MembersPage:
    """Who is here, for those who are here; and what stood beside the name before, for everybody who sees the space."""
    place = place_of(person, space)
    members = list(queries.members_of(space)) if place.is_member else []
    wordings = list(queries.earlier_wordings(space))
    cited = (
        ideas.ideas_visible_to(person)
        .filter(space=space)
        .in_bulk([one.idea_id for one in wordings if one.idea_id])
    )
    return MembersPage(
        place=place,
        people=len(members) or queries.everybody_in(space),
        members=tuple(
            Member(
                name=name_of(one.person),
                href=reverse("person", args=[one.person_id]),
                about=one.person.about,
                joined_at=one.joined_at,
            )
            for one in members
        ),
        earlier=tuple(_earlier(one, cited) for one in wordings),
    )


def _earlier(wording: Wording, cited: dict[int, Idea]) -> Earlier:
    idea = cited.get(wording.idea_id) if wording.idea_id else None
    return Earlier(
        words=Wordings(wording.purpose, wording.bring, wording.take_away),
        until_at=wording.until_at,
        by=name_of(wording.changed_by),
        idea_href=address_of(idea) if idea else "",
        idea_title=idea.title if idea else "",
    )
