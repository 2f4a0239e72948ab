"""Whom a form was made for, said in the form itself: words sent after the session ended still find their writer.

Without it, words that come from nobody would go to whoever signs in next in that browser, who may be somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

from tertulia.people.queries import person_by_key

if TYPE_CHECKING:
    from tertulia.people.models import Person

SALT = "tertulia.web.writers"


def mark_of(person: Person, place: str) -> str:
    """Signed, and good for this place alone: it lets words be put among this person's drafts, and nothing else."""
    return signing.dumps([person.key, place], salt=SALT)


def writer_of(mark: str, place: str) -> Person | None:
    """Whom the form of this place was made for. None where that is not known, is too long ago, or is not so."""
    try:
        # A page may be as old as the session that it was made in.
        key, marked = signing.loads(mark, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    person = person_by_key(key) if marked == place else None
    return person if person is not None and person.is_active else None
