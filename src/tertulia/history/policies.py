from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tertulia.history.models import Import
from tertulia.people.policies import Refused

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space


def check_can_bring(person: Person, space: Space | None) -> None:
    if space is None:
        if not person.keeps_site:
            raise Refused(_("A space begins with whoever keeps this site. Ask them for one."))
    elif person.pk != space.keeper_id and not person.keeps_site:
        raise Refused(_("Only the keeper of the space can bring a history into it."))


def check_can_undo(person: Person, brought: Import) -> None:
    if person.pk != brought.by_id and not person.keeps_site:
        raise Refused(_("Only whoever brought this history, or the keeper of the site, can take it back."))
    if brought.state == Import.State.UNDONE:
        raise Refused(
            _("Import %(number)s was taken back already. Nothing was changed.") % {"number": brought.pk}
        )
    if brought.state != Import.State.CLOSED:
        raise Refused(
            _("Import %(number)s was never finished, so there is nothing to take back.")
            % {"number": brought.pk}
        )
