from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from tertulia.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The signed-in person, or None. Somebody without a session costs no query."""
    return request.user if request.user.is_authenticated else None


def numbers_in(given: Iterable[str]) -> list[int]:
    """The keys among what a form brought, each once."""
    return list(dict.fromkeys(int(one) for one in given if one.isdecimal() and len(one) < 18))
