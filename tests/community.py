"""Ana, Bo, Cleo and Dan, their spaces and ideas, made as the site makes them: through the real actions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps

from tertulia.ideas import actions
from tertulia.people.actions import add_person
from tertulia.people.queries import person_with_address
from tertulia.readings.queries import waiting_keys
from tertulia.spaces.actions import found_space, invite, join_space
from tertulia.spaces.queries import is_member

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.ledger.models import Act
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

# A Monday noon, and every later moment of a test is counted from it.
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def after(minutes: float = 0, *, days: float = 0) -> datetime:
    return NOON + timedelta(minutes=minutes, days=days)


def somebody(name: str) -> "Person":
    """The person of that name; the same one when asked again in one test."""
    address = f"{name.lower()}@example.org"
    return person_with_address(address) or add_person(name=name, email=address, joined_at=after(days=-30))


def waiting_count(person: "Person", now: datetime | None = None) -> int:
    """As the bar counts it."""
    return sum(counts for _key, counts in waiting_keys(person, now))


def site_keeper() -> "Person":
    address = "vera@example.org"
    return person_with_address(address) or add_person(name="Vera", email=address, keeps_site=True)


def a_space(*members: "Person", name: str = "Bread", is_open: bool = True) -> "Space":
    """A space that Vera keeps, with these members."""
    vera = site_keeper()
    space = found_space(by=vera, name=name, is_open=is_open, at=after(days=-20))
    token = "" if is_open else invite(by=vera, space=space, at=after(days=-19)).token
    for person in members:
        join_space(by=person, space=space, token=token, at=after(days=-10))
    return space


def an_idea(
    by: "Person | None" = None,
    space: "Space | None" = None,
    *,
    title: str = "Ninety minutes is enough",
    text: str = "Let the dough rise for ninety minutes.\n\nBake it hot.",
    at: datetime = NOON,
    **more: object,
) -> "Idea":
    """An idea, by Ana unless somebody else is named; its space holds Ana, Bo and Cleo, and never Dan."""
    by = by or somebody("Ana")
    space = space or a_space(by, *(somebody(name) for name in ("Ana", "Bo", "Cleo") if name != by.name))
    if not is_member(by, space):
        join_space(by=by, space=space, at=after(days=-9))
    return actions.write_idea(by=by, space=space, title=title, text=text, at=at, **more)  # type: ignore[arg-type]


def a_reply(
    idea: "Idea",
    by: "Person | None" = None,
    text: str = "It is July here.",
    *,
    at: datetime | None = None,
    **more: object,
) -> "Reply":
    """A reply to an idea of the open space, by Bo unless somebody else is named, ten minutes after noon."""
    by = by or somebody("Bo")
    return actions.reply(by=by, idea_id=idea.pk, text=text, at=at or after(10), **more)  # type: ignore[arg-type]


def acts(since: int = 0) -> "list[Act]":
    """The ledger after an act, in its order."""
    return list(apps.get_model("ledger", "Act").objects.filter(act__gt=since).order_by("act"))


def last_act() -> int:
    return max((act.act for act in acts()), default=0)


def again(row: "Reply") -> "Reply":
    """The same row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def texts(replies: "Iterable[Reply]") -> list[str]:
    return [reply.text for reply in replies]
