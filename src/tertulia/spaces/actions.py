from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tertulia.ledger.append import append
from tertulia.people.policies import Refused
from tertulia.people.queries import hold_person
from tertulia.people.words import one_line
from tertulia.spaces import policies, queries
from tertulia.spaces.models import Invitation, Membership, Space, Wording

if TYPE_CHECKING:
    from tertulia.people.models import Person

# So soon after the first, the same form is a second click and not a second space.
SENT_AGAIN = timedelta(minutes=10)


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:70] or "space"
    taken = set(Space.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, n = wanted, 2
    while slug in taken:
        slug, n = f"{wanted}-{n}", n + 1
    return slug


def _append_of(space: Space, verb: str, by: Person, at: datetime, person: Person | None = None) -> int:
    return append(
        verb=verb,
        actor=by.key,
        person=person.key if person else None,
        space=space.pk,
        audience="space",
        audience_id=str(space.pk),
        happened_at=at,
    )


@transaction.atomic
def found_space(
    *,
    by: Person,
    name: str,
    purpose: str = "",
    bring: str = "",
    take_away: str = "",
    is_open: bool = True,
    keeper: Person | None = None,
    host: Person | None = None,
    import_id: int | None = None,
    staged: bool = False,
    at: datetime | None = None,
) -> Space:
    """Begin a space. Its keeper (whoever begins it, if nobody else is named) is its first member."""
    policies.check_can_found(by)
    name = one_line(name)
    if not name:
        raise Refused(_("A space needs a name."))
    at, keeper = at or timezone.now(), keeper or by
    space = Space.objects.create(
        name=name[:80],
        slug=_free_slug(name),
        purpose=one_line(purpose),
        bring=one_line(bring),
        take_away=one_line(take_away),
        is_open=is_open,
        keeper=keeper,
        host=host or keeper,
        created_at=at,
        import_id=import_id,
        staged=staged,
    )
    _enter(space=space, person=keeper, at=at)
    return space


@transaction.atomic
def found_space_once(
    *, by: Person, name: str, purpose: str, bring: str, take_away: str, is_open: bool
) -> Space:
    """As a form does: the same sent twice in a row, it begins one space."""
    # Two clicks come at the same moment: the second waits for the first.
    hold_person(by)
    words = {"name": name, "purpose": purpose, "bring": bring, "take_away": take_away}
    said = {field: one_line(typed) for field, typed in words.items()}
    before = queries.just_founded(by, since=timezone.now() - SENT_AGAIN, is_open=is_open, **said)
    return before or found_space(
        by=by, name=name, purpose=purpose, bring=bring, take_away=take_away, is_open=is_open
    )


def _enter(*, space: Space, person: Person, at: datetime) -> None:
    _row, entered = Membership.objects.get_or_create(space=space, person=person, defaults={"joined_at": at})
    if entered:
        _append_of(space, "joined", person, at)


@transaction.atomic
def join_space(*, by: Person, space: Space, token: str = "", at: datetime | None = None) -> Space:
    """Join an open space, or any space with its open invitation. Joining twice changes nothing."""
    invitation = queries.open_invitation(token) if token else None
    policies.check_can_join(space, invited=invitation is not None and invitation.space_id == space.pk)
    _enter(space=space, person=by, at=at or timezone.now())
    return space


@transaction.atomic
def leave_space(*, by: Person, space: Space, at: datetime | None = None) -> None:
    policies.check_can_leave(by, space)
    left, _rows = Membership.objects.filter(space=space, person=by).delete()
    if left:
        if space.host_id == by.pk:
            Space.objects.filter(pk=space.pk).update(host=space.keeper)
        _append_of(space, "left", by, at or timezone.now())


@transaction.atomic
def invite(*, by: Person, space: Space, at: datetime | None = None) -> Invitation:
    """A new invitation link; the one before ends."""
    policies.check_can_keep(by, space)
    at = at or timezone.now()
    # Held: of two clicks at one moment the second ends the first's link, and there is one open link again.
    Space.objects.select_for_update().get(pk=space.pk)
    space.invitations.filter(ended_at=None).update(ended_at=at)
    _append_of(space, "invited", by, at)
    return Invitation.objects.create(space=space, made_by=by, made_at=at)


@transaction.atomic
def end_invitation(*, by: Person, space: Space, at: datetime | None = None) -> None:
    policies.check_can_keep(by, space)
    space.invitations.filter(ended_at=None).update(ended_at=at or timezone.now())


@transaction.atomic
def reword(
    *,
    by: Person,
    space: Space,
    purpose: str,
    bring: str,
    take_away: str,
    idea_id: int | None = None,
    at: datetime | None = None,
) -> Space:
    """Change what stands beside the space's name; what stood there stays readable."""
    policies.check_can_keep(by, space)
    at = at or timezone.now()
    Wording.objects.create(
        space=space,
        purpose=space.purpose,
        bring=space.bring,
        take_away=space.take_away,
        until_at=at,
        changed_by=by,
        idea_id=idea_id,
    )
    space.purpose, space.bring, space.take_away = one_line(purpose), one_line(bring), one_line(take_away)
    space.save(update_fields=["purpose", "bring", "take_away"])
    return space


def reveal_space(space: Space) -> None:
    """The import that made it is closed: the space is there."""
    Space.objects.filter(pk=space.pk).update(staged=False)


def remove_space(space: Space) -> None:
    """End a space that an import made and nobody has written in; its acts stay in the ledger."""
    space.memberships.all().delete()
    space.delete()
