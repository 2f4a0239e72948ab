from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from tertulia.ideas.models import Idea
from tertulia.people.actions import name_oneself

if TYPE_CHECKING:
    from tertulia.people.models import Person


@transaction.atomic
def call_oneself(*, by: Person, name: str, zone: str = "", about: str = "") -> Person:
    """Say how one wants to be called. A name that is no longer used must not go on standing on kept pages."""
    before = by.name
    name_oneself(by=by, name=name, zone=zone, about=about)
    if by.name != before:
        _make_pages_anew(by)
    return by


def _make_pages_anew(by: Person) -> None:
    """Those that name this person."""
    mine = Q(author=by) | Q(replies__author=by) | Q(versions__credits__to=by) | Q(versions__by=by)
    ideas = Idea.objects.filter(mine).values("pk")
    Idea.objects.filter(pk__in=ideas).update(touched=F("touched") + 1)
