"""A name that leads to its person's page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tertulia.web.names import name_of

if TYPE_CHECKING:
    from tertulia.people.models import Person


@cache
def _pattern() -> str:
    return reverse("person", args=[1234567890])


def linked_name(person: Person | None) -> SafeString:
    name = escape(name_of(person))
    if person is None:
        return name
    href = _pattern().replace("1234567890", str(person.pk))
    return mark_safe(f'<a href="{href}">{name}</a>')  # noqa: S308 -- the name is escaped above
