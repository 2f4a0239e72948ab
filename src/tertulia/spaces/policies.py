from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tertulia.people.policies import Refused

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


def check_can_found(person: Person) -> None:
    if not person.keeps_site:
        raise Refused(_("A space begins with whoever keeps this site. Ask them for one."))


def can_found(person: Person | None) -> bool:
    return person is not None and person.keeps_site


def check_can_join(space: Space, *, invited: bool) -> None:
    if not space.is_open and not invited:
        raise Refused(_("This space is by invitation. Ask somebody in it for the link."))


def check_can_keep(person: Person, space: Space) -> None:
    if person.pk != space.keeper_id:
        raise Refused(_("Only the keeper of this space can do that."))


def can_keep(person: Person | None, space: Space) -> bool:
    return person is not None and person.pk == space.keeper_id


def check_can_leave(person: Person, space: Space) -> None:
    if person.pk == space.keeper_id:
        raise Refused(_("You keep this space. Hand it to somebody else first, then you can leave."))
