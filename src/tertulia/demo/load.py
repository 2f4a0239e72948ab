"""Loads the demo: one transaction, so that a broken load leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tertulia.demo.cast import cast
from tertulia.demo.doors import SITE_KEEPER, address_of
from tertulia.demo.play import Stage, play
from tertulia.demo.script import Script, SpaceScript, read_script
from tertulia.people.actions import add_person
from tertulia.people.queries import person_with_address
from tertulia.spaces.actions import found_space, invite, join_space

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

Progress = Callable[[int, int], None]


def is_loaded() -> bool:
    return person_with_address(address_of(SITE_KEEPER.key)) is not None


def load_demo(*, today: date | None = None, progress: Progress | None = None) -> None:
    """Write the whole community, its dates counted back from `today`. Does nothing where it is loaded."""
    script = read_script()
    midnight = datetime.combine(
        today or timezone.now().date(), time.min, tzinfo=timezone.get_default_timezone()
    )
    played = sorted((one for space in script.spaces for one in cast(space, midnight)), key=lambda one: one.at)
    with transaction.atomic():
        if is_loaded():
            return
        stage = _set_stage(script, midnight)
        for i, one in enumerate(played, 1):
            play(stage, one)
            if progress:
                progress(i, len(played))


def _set_stage(script: Script, midnight: datetime) -> Stage:
    everybody = {**script.people(), SITE_KEEPER.key: SITE_KEEPER}
    people = {
        key: add_person(
            name=person.name,
            email=address_of(key),
            about=person.about,
            joined_at=midnight + timedelta(days=person.joined),
            keeps_site=key == SITE_KEEPER.key,
        )
        for key, person in everybody.items()
    }
    stage = Stage(people=people, spaces={}, audience={}, now=midnight)
    for key, person in everybody.items():
        if person.quiet_since is not None:
            stage.quiet_since[people[key].pk] = midnight + timedelta(days=person.quiet_since)
    for space in script.spaces:
        _found(stage, space, midnight)
    return stage


def _found(stage: Stage, script: SpaceScript, midnight: datetime) -> None:
    people = stage.people
    space = found_space(
        by=people[SITE_KEEPER.key],
        keeper=people[script.keeper],
        host=people[script.host],
        name=script.name,
        purpose=script.purpose,
        bring=script.bring,
        take_away=script.take_away,
        is_open=script.open,
        at=midnight + timedelta(days=script.founded),
    )
    stage.spaces[script.key], stage.audience[script.key] = space, script.audience
    token = "" if script.open else _token(space, people[script.keeper], midnight)
    joining = [(person.key, person.joined) for person in script.people] + [
        (key, -120) for key in script.guests
    ]
    for key, day in sorted(joining, key=lambda pair: (pair[1], pair[0])):
        join_space(
            by=people[key],
            space=space,
            token=token,
            at=midnight + timedelta(days=max(day, script.founded), minutes=1),
        )


def _token(space: Space, keeper: Person, midnight: datetime) -> str:
    return invite(by=keeper, space=space, at=midnight + timedelta(days=-10)).token
