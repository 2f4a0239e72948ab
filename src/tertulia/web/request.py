from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tertulia.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The signed-in person, or None. Somebody without a session costs no query."""
    return cast("Person", request.user) if request.user.is_authenticated else None
