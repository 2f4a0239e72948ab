"""How people are called on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea
    from tertulia.people.models import Person


def name_of(person: Person | None) -> str:
    return name_of_author(person.name if person else None)


def name_of_author(name: str | None) -> str:
    """Where only the name was asked for; None where nobody is there any more."""
    return _("somebody who left") if name is None else name or _("somebody")


def first_name(name: str) -> str:
    first = name.split(maxsplit=1)[0] if name.split() else name
    # An initial is no name to call somebody by.
    return name if len(first.rstrip(".")) < 2 or first.endswith(".") else first


@dataclass
class Called:
    """First names, as people speak, but for those who share one on this page."""

    people: Iterable[Person | None]
    _names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {person.pk: name_of(person) for person in self.people if person is not None}
        firsts = Counter(first_name(name) for name in known.values())
        for key, name in known.items():
            self._names[key] = first_name(name) if firsts[first_name(name)] == 1 else name

    def __call__(self, person: Person | None) -> str:
        if person is None:
            return name_of(None)
        return self._names.get(person.pk) or first_name(name_of(person))


def called(person: Person | None) -> str:
    """What to call one person, on a page where nobody else is."""
    return first_name(name_of(person))


def space_name(idea: Idea) -> str:
    """Where an idea stands; "" where its space is by invitation and this reader is not in it.

    The idea comes with `in_my_space`, as its query annotated it."""
    return idea.space.name if idea.space.is_open or getattr(idea, "in_my_space", False) else ""


def and_list(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
