"""The written demo, as read from its TOML files: spaces, people, events with their days, and threads to be cast."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

FOLDERS = ("bread", "evenings", "number-14", "first-year")


class BadScript(Exception):
    """The written demo contradicts itself; the sentence says where."""


@dataclass(frozen=True)
class Somebody:
    key: str
    name: str
    about: str
    joined: int
    quiet_since: int | None = None
    background: bool = True


@dataclass(frozen=True)
class Event:
    do: str
    by: str
    to: str = ""
    id: str = ""
    # Offset in days from the day of loading, and the hour; or, in a thread, days after it began.
    day: int = 0
    at: str = ""
    after: float = 0.0
    title: str = ""
    text: str = ""
    ask: str | None = None
    question: str | None = None
    topics: tuple[str, ...] = ()
    move: str = ""
    starter: str = ""
    naming: tuple[str, ...] = ()
    credits: tuple[tuple[str, str], ...] = ()
    purpose: str = ""


@dataclass(frozen=True)
class Thread:
    key: str
    when: str
    events: tuple[Event, ...]
    day: int | None = None


@dataclass(frozen=True)
class SpaceScript:
    key: str
    name: str
    purpose: str
    bring: str
    take_away: str
    open: bool
    audience: str
    founded: int
    keeper: str
    host: str
    people: tuple[Somebody, ...]
    events: tuple[Event, ...]
    threads: tuple[Thread, ...]
    guests: tuple[str, ...] = ()
    # People who must not meet in a background thread: the exchanges tell that they never wrote to one another.
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    spaces: tuple[SpaceScript, ...] = field(default_factory=tuple)

    def people(self) -> dict[str, Somebody]:
        return {person.key: person for space in self.spaces for person in space.people}


def _event(raw: dict[str, Any]) -> Event:
    values = dict(raw)
    naming = values.pop("naming", ())
    credits = values.pop("credits", ())
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return Event(
        **plain,
        naming=(naming,) if isinstance(naming, str) else tuple(naming),
        credits=tuple((credit["to"], credit["sentence"]) for credit in credits),
    )


def _thread(raw: dict[str, Any]) -> Thread:
    return Thread(
        key=raw["key"],
        when=raw.get("when", "any"),
        day=raw.get("day"),
        events=tuple(_event(e) for e in raw["event"]),
    )


def _space(folder: str) -> SpaceScript:
    place = files("tertulia.demo") / folder
    loaded = {
        entry.name: tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in place.iterdir()
        if entry.name.endswith(".toml")
    }
    space = dict(loaded["space.toml"]["space"])
    background = [loaded[name] for name in sorted(loaded) if name.startswith("background")]
    return SpaceScript(
        guests=tuple(space.pop("guests_from_other_spaces", ())),
        strangers=tuple(space.pop("strangers", ())),
        people=tuple(Somebody(**person) for person in loaded["space.toml"]["person"]),
        events=tuple(_event(raw) for raw in loaded["exchanges.toml"]["event"]),
        threads=tuple(_thread(raw) for part in background for raw in part["thread"]),
        **space,
    )


def read_script() -> Script:
    """All four spaces. Raises BadScript where two people share a key."""
    script = Script(spaces=tuple(_space(folder) for folder in FOLDERS))
    count = sum(len(space.people) for space in script.spaces)
    if len(script.people()) != count:
        raise BadScript("Two people of the demo share a key.")
    return script
