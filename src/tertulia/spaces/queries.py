from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tertulia.people.policies import Refused
from tertulia.people.prepared import Prepared
from tertulia.people.words import one_line
from tertulia.spaces.models import Invitation, Membership, Space, Wording

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.people.models import Person


def memberships_of(person: Person | None) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person) if person else Membership.objects.none()


def just_founded(person: Person, *, since: datetime, **said: object) -> Space | None:
    """The space that they began since then with these words, and keep."""
    mine = Space.objects.filter(keeper=person, created_at__gte=since, import_id=None)
    return mine.filter(**said).order_by("pk").first()


def hold_membership(person: Person, space: Space) -> bool:
    """What is new has no row to lock: two sendings by one person to one space wait for each other here."""
    return memberships_of(person).filter(space=space).select_for_update().first() is not None


def spaces_visible_to(person: Person | None) -> QuerySet[Space]:
    """Open spaces, and those the person is in. Outsiders do not learn that the others exist."""
    spaces = Space.objects.filter(staged=False)
    if person is None:
        return spaces.filter(is_open=True)
    return spaces.filter(Q(is_open=True) | Exists(memberships_of(person).filter(space=OuterRef("pk"))))


def _space(person: Person | None, slug: str) -> QuerySet[Space]:
    return spaces_visible_to(person).select_related("keeper", "host").filter(slug=slug)


_SPACE, _SPACE_FOR_ANYONE = Prepared(_space), Prepared(partial(_space, None))


def space_visible_to(person: Person | None, slug: str) -> Space | None:
    """The space with its keeper and its host."""
    found = _SPACE_FOR_ANYONE.objects(slug) if person is None else _SPACE.objects(person.pk, slug)
    return found[0] if found else None


def spaces_listed_for(person: Person | None) -> QuerySet[Space]:
    """The visible spaces with how many people are in each and whether this person is: theirs first, then by name."""
    mine = memberships_of(person).filter(space=OuterRef("pk"))
    return (
        spaces_visible_to(person)
        .annotate(people=Count("memberships", distinct=True), is_mine=Exists(mine))
        .order_by("-is_mine", "name", "pk")
    )


def spaces_of(person: Person) -> QuerySet[Space]:
    return Space.objects.filter(staged=False, memberships__person=person).order_by("name", "pk")


def kept_alone(person: Person) -> Space | None:
    """A space that this person keeps and nobody else is in yet."""
    others = Membership.objects.filter(space=OuterRef("pk")).exclude(person=person)
    return Space.objects.filter(~Exists(others), staged=False, keeper=person).order_by("pk").first()


def _membership(person: Person, space: Space) -> QuerySet[Membership, Any]:
    return memberships_of(person).filter(space=space).values_list("pk")


_MEMBERSHIP = Prepared(_membership)


def is_member(person: Person | None, space: Space) -> bool:
    return person is not None and bool(_MEMBERSHIP.rows(person.pk, space.pk))


def knows_of(person: Person | None, space: Space) -> bool:
    """Whether this person may be told the name of the space, where they reached something in it by another way."""
    return space.is_open or is_member(person, space)


def _joined(person: Person) -> QuerySet[Membership, Any]:
    return memberships_of(person).values_list("space")


_JOINED = Prepared(_joined)


def spaces_joined(person: Person | None) -> set[int]:
    """The keys of the spaces that this person is in."""
    return {row[0] for row in _JOINED.rows(person.pk)} if person else set()


def members_of(space: Space) -> QuerySet[Membership]:
    return space.memberships.select_related("person").order_by("person__name", "person_id")


def shares_a_space(person: Person | None, other: Person) -> bool:
    if person is None:
        return False
    mine = memberships_of(person).values("space")
    return Membership.objects.filter(person=other, space__in=mine, space__staged=False).exists()


def open_invitation(token: str) -> Invitation | None:
    return (
        Invitation.objects.select_related("space", "space__keeper")
        .filter(token=one_line(token), ended_at=None, space__staged=False)
        .first()
    )


def invitation_of(space: Space) -> Invitation | None:
    return space.invitations.filter(ended_at=None).first()


def earlier_wordings(space: Space) -> QuerySet[Wording]:
    return space.wordings.select_related("changed_by").order_by("-until_at", "-pk")


def space_kept_by(person: Person, name: str) -> Space | None:
    """The space of that name, or address, that this person keeps; whoever keeps the site may name any.

    Raises Refused where two have the name: nobody should have to guess which."""
    found = Space.objects.filter(Q(name=name) | Q(slug=name), staged=False).order_by("pk")
    mine = list(found if person.keeps_site else found.filter(keeper=person))
    if len(mine) > 1:
        named = ", ".join(space.slug for space in mine)
        raise Refused(
            _("Several spaces are called %(name)s. Name one by its address: %(slugs)s.")
            % {"name": name, "slugs": named}
        )
    return mine[0] if mine else None


def _members(space: Space) -> QuerySet[Membership, Any]:
    # Counted by the database: its one row is the number.
    return Membership.objects.filter(space=space).values("space").values_list(Count("pk"))


_MEMBERS = Prepared(_members)


def everybody_in(space: Space) -> int:
    rows = _MEMBERS.rows(space.pk)
    return int(rows[0][0]) if rows else 0
