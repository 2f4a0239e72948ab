"""To whom an author can open an idea, and how to ask one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tertulia.ideas import policies
from tertulia.web.addresses import address_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person


@dataclass(frozen=True)
class Share:
    """More people who could read it: said before it is done, because it is not undone."""

    audience: str
    words: str
    to: str
    what_then: str


def shares_of(person: Person | None, idea: Idea) -> tuple[Share, ...]:
    shares = [_share(wider) for wider in policies.wider_audiences(person, idea)]
    if idea.version > 1:
        earlier = _("Its earlier versions can be read with it.")
        shares = [replace(one, what_then=f"{one.what_then} {earlier}") for one in shares]
    return tuple(shares)


def _share(audience: str) -> Share:
    if audience == "space":
        return Share(
            audience,
            _("Share it with this space…"),
            _("with this space"),
            _("The people in this space can read it then. It cannot be narrowed again."),
        )
    return Share(
        audience,
        _("Share it with everyone…"),
        _("with everyone"),
        _(
            "Anybody can read it then, also people who are not here, and search engines can find it. "
            "It cannot be narrowed again."
        ),
    )


def ask_one(request: HttpRequest, person: Person | None, idea: Idea) -> str:
    """The whole address, for an author to send to somebody; "" for anybody else, and where nobody could read it."""
    if not policies.can_change(person, idea) or idea.audience == "me":
        return ""
    return request.build_absolute_uri(address_of(idea))
