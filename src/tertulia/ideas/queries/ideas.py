from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import StrIndex
from django.utils import timezone

from tertulia.ideas.models import Draft, Idea, Reply
from tertulia.ideas.policies import TAKE_BACK
from tertulia.people.policies import NotThere
from tertulia.people.prepared import Prepared, Row
from tertulia.spaces.queries import memberships_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


def ideas_visible_to(person: Person | None) -> QuerySet[Idea]:
    """Every list, page, count and search begins here."""
    ideas = Idea.objects.filter(staged=False)
    public = Q(audience=Idea.Audience.EVERYONE)
    if person is None:
        return ideas.filter(public, withdrawn_at=None)
    shared = Q(audience=Idea.Audience.SPACE, space__in=memberships_of(person).values("space"))
    return ideas.filter(Q(author=person) | ((public | shared) & Q(withdrawn_at=None)))


class PageState(NamedTuple):
    """What decides whether a reader's page of an idea changed."""

    slug: str
    touched: int
    talked_at: datetime
    # When they last kept words at this idea; None where they have none.
    draft_at: datetime | None
    # Whatever else its page says, and what this reader is there.
    others: Row
    is_member: bool

    @property
    def has_draft(self) -> bool:
        return self.draft_at is not None


STATE = (
    "slug",
    "touched",
    "talked_at",
    "created_at",
    "space__name",
    "space__bring",
    "space__take_away",
    "space__is_open",
    "author__name",
)


def _state_for_anyone(idea_id: int) -> QuerySet[Any, Any]:
    return ideas_visible_to(None).filter(pk=idea_id).values_list(*STATE)


def _drafts_about(person: Person, *places: str) -> QuerySet[Draft]:
    """A reply's place is known by how it begins. Not LIKE: its pattern would be none of the values."""
    replying, *others = places
    begins = Draft.objects.filter(person=person).alias(at=StrIndex("place", Value(replying)))
    return begins.filter(Q(at=1) | Q(place__in=others)).order_by("-saved_at", "-pk")


def _places_about(idea_id: int) -> tuple[str, ...]:
    return (f"reply:{idea_id}:", f"tried:{idea_id}", f"decided:{idea_id}", f"revise:{idea_id}")


def _young(person: Person, since: datetime) -> Case:
    """How many of their replies here can still be taken back: the buttons go with the clock, and with nothing else.

    Asked only where somebody has spoken since."""
    mine = Reply.objects.filter(idea=OuterRef("pk"), author=person, created_at__gte=since)
    counted = mine.order_by().values("author").annotate(many=Count("pk")).values("many")
    return Case(When(talked_at__gte=since, then=Subquery(counted)))


def _state_for(person: Person, idea_id: int, since: datetime, *places: str) -> QuerySet[Any, Any]:
    drafts = _drafts_about(person, *places)
    counted = drafts.order_by().values("person").annotate(many=Count("pk")).values("many")
    member = memberships_of(person).filter(space=OuterRef("space"))
    ideas = ideas_visible_to(person).filter(pk=idea_id)
    return ideas.annotate(
        drafts=Subquery(counted),
        draft_at=Subquery(drafts.values("saved_at")[:1]),
        young=_young(person, since),
        am_member=Exists(member),
    ).values_list("draft_at", *STATE, "drafts", "young", "am_member")


_FOR_ANYONE, _FOR_A_PERSON = Prepared(_state_for_anyone), Prepared(_state_for)


def state_of_page(person: Person | None, idea_id: int) -> PageState | None:
    """None where they may not see it."""
    if person is None:
        rows = _FOR_ANYONE.rows(idea_id)
    else:
        rows = _FOR_A_PERSON.rows(person.pk, idea_id, timezone.now() - TAKE_BACK, *_places_about(idea_id))
    if not rows:
        return None
    draft_at, slug, touched, talked_at, *others = (None, *rows[0]) if person is None else rows[0]
    is_member = person is not None and bool(others[-1])
    return PageState(slug, touched, talked_at, draft_at, tuple(others), is_member)


def _whole(person: Person | None, idea_id: int) -> QuerySet[Idea]:
    return ideas_visible_to(person).select_related("space", "author").filter(pk=idea_id)


def _whole_locked(person: Person, idea_id: int) -> QuerySet[Idea]:
    return _whole(person, idea_id).select_for_update(of=("self",))


_WHOLE_FOR_ANYONE = Prepared(partial(_whole, None))
_WHOLE, _WHOLE_LOCKED = Prepared(_whole), Prepared(_whole_locked)


def idea_visible_to(person: Person | None, idea_id: int) -> Idea | None:
    """The idea with its space and its author."""
    found = _WHOLE_FOR_ANYONE.objects(idea_id) if person is None else _WHOLE.objects(person.pk, idea_id)
    return found[0] if found else None


def idea_to_change(person: Person, idea_id: int) -> Idea:
    """The idea, locked for this transaction. Raises NotThere."""
    found: list[Idea] = _WHOLE_LOCKED.objects(person.pk, idea_id)
    if not found:
        raise NotThere("")
    return found[0]


def ideas_of_space(person: Person | None, space: Space, *, topic: str = "") -> QuerySet[Idea]:
    """The visible ideas of a space, what was talked about last first."""
    ideas = ideas_visible_to(person).filter(space=space)
    if topic:
        ideas = ideas.filter(topics__slug=topic)
    return ideas.select_related("author").order_by("-talked_at", "-pk")


def ideas_of_person(viewer: Person | None, person: Person) -> QuerySet[Idea]:
    return (
        ideas_visible_to(viewer)
        .filter(author=person)
        .select_related("space", "author")
        .order_by("-created_at", "-pk")
    )


def titles_of(person: Person | None, ideas: Collection[int]) -> dict[int, str]:
    """By idea, those that they may see. Nothing is asked for nothing."""
    return (
        dict(ideas_visible_to(person).filter(pk__in=set(ideas)).values_list("pk", "title")) if ideas else {}
    )


def is_there_a_public_idea_by(person: Person) -> bool:
    return ideas_visible_to(None).filter(author=person).exists()


def _draft(person: Person, place: str) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person, place=place)


_DRAFT = Prepared(_draft)


def draft_of(person: Person, place: str) -> Draft | None:
    # One at most: a constraint sees to it.
    found = _DRAFT.objects(person.pk, place)
    return found[0] if found else None


_DRAFTS_ABOUT = Prepared(_drafts_about)


def drafts_about(person: Person, idea_id: int) -> list[Draft]:
    """All that somebody has written at an idea and not sent, the newest first."""
    found: list[Draft] = _DRAFTS_ABOUT.objects(person.pk, *_places_about(idea_id))
    return found


def drafts_of(person: Person) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person).order_by("-saved_at", "-pk")
