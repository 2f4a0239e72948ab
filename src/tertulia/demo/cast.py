"""The seeded simulation: who takes which part in a background thread, and on which day and hour it happens."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tertulia.demo.script import BadScript, Event, Somebody, SpaceScript, Thread

SEED = 14
# "Recent" threads begin and end within these days, so that a reading of twelve weeks holds them whole.
RECENT_DAYS = 80
OLDEST_DAY = -330


@dataclass(frozen=True)
class Played:
    """One event with its moment, its people and its ids settled."""

    at: datetime
    event: Event
    space: str


def _is_role(by: str) -> bool:
    return len(by) == 1 and by.isupper()


def _length(thread: Thread) -> int:
    return int(max(event.after for event in thread.events)) + 1


def _first_days(space: SpaceScript, dice: random.Random) -> dict[str, int]:
    """Spread threads evenly over their season, with some play: communities have no calendar."""
    days: dict[str, int] = {thread.key: thread.day for thread in space.threads if thread.day is not None}
    for when in ("recent", "earlier", "any"):
        group = [thread for thread in space.threads if thread.when == when and thread.day is None]
        dice.shuffle(group)
        first, last = _season(when, space)
        for i, thread in enumerate(group):
            latest = min(last, -_length(thread) - 1)
            share = (i + dice.random()) / len(group)
            days[thread.key] = max(_earliest(thread, space), min(latest, first + int(share * (last - first))))
    return days


def _earliest(thread: Thread, space: SpaceScript) -> int:
    """The day after the last of those whom the thread names has joined."""
    named = {event.by for event in thread.events if not _is_role(event.by)}
    return max((person.joined + 1 for person in space.people if person.key in named), default=OLDEST_DAY)


def _season(when: str, space: SpaceScript) -> tuple[int, int]:
    oldest = max(OLDEST_DAY, space.founded + 4)
    return {"recent": (-RECENT_DAYS, -2), "earlier": (oldest, -RECENT_DAYS - 14), "any": (oldest, -2)}[when]


def _can_play(person: Somebody, first: int, last: int) -> bool:
    here = person.joined < first and (person.quiet_since is None or last < person.quiet_since)
    return person.background and here


def _cast(
    thread: Thread, space: SpaceScript, first: int, used: Counter[str], dice: random.Random
) -> dict[str, str]:
    """Give each role to a person who was there, those with the fewest parts first."""
    roles = sorted({event.by for event in thread.events if _is_role(event.by)})
    fixed = {event.by for event in thread.events if not _is_role(event.by)}
    last = first + _length(thread)
    free = [p.key for p in space.people if _can_play(p, first, last) and p.key not in fixed]
    free.sort(key=lambda key: (used[key], dice.random()))
    parts: dict[str, str] = {}
    for role in roles:
        taken = fixed | set(parts.values())
        chosen = next(
            (key for key in free if key not in taken and not _are_strangers(space, taken, key)), None
        )
        if chosen is None:
            raise BadScript(f"Nobody is free to play {role} in {thread.key}.")
        parts[role] = chosen
        used[chosen] += 1
    return parts


def _are_strangers(space: SpaceScript, taken: set[str], key: str) -> bool:
    return key in space.strangers and bool(taken & set(space.strangers))


def _filled(text: str, names: dict[str, str]) -> str:
    for role, name in names.items():
        text = text.replace("{" + role + "}", name)
    return text


def _settle(thread: Thread, event: Event, parts: dict[str, str], names: dict[str, str]) -> Event:
    def global_id(local: str) -> str:
        return f"{thread.key}:{local}" if local else ""

    return Event(
        do=event.do,
        by=parts.get(event.by, event.by),
        to=global_id(event.to),
        id=global_id(event.id),
        title=_filled(event.title, names),
        text=_filled(event.text, names),
        ask=event.ask,
        question=_filled(event.question, names) if event.question is not None else None,
        topics=event.topics,
        move=event.move,
        starter=event.starter,
        naming=tuple(global_id(one) for one in event.naming),
        credits=tuple((global_id(to), _filled(sentence, names)) for to, sentence in event.credits),
        purpose=event.purpose,
    )


def play_thread(
    thread: Thread,
    space: SpaceScript,
    begins_on: tuple[datetime, int],
    used: Counter[str],
    dice: random.Random,
) -> list[Played]:
    today, first = begins_on
    parts = _cast(thread, space, first, used, dice)
    everybody = {person.key: person for person in space.people}
    names = {role: everybody[key].name.split()[0] for role, key in parts.items()}
    begins = today + timedelta(days=first, hours=dice.randint(6, 21), minutes=dice.randint(0, 59))
    played: list[Played] = []
    for i, event in enumerate(thread.events):
        # A minute for each event keeps the order of those that happen at the same fraction of a day.
        at = begins + timedelta(days=event.after, minutes=i)
        played.append(Played(at=at, event=_settle(thread, event, parts, names), space=space.key))
    return played


def cast(space: SpaceScript, today: datetime) -> list[Played]:
    """Every event of a space with its moment, in order of time. The same day gives the same play."""
    # A fixed draw, not a secret.
    dice = random.Random(f"{SEED} {space.key}")  # noqa: S311
    used: Counter[str] = Counter()
    played = [
        Played(
            at=today
            + timedelta(days=event.day, hours=_clock(event.at).hour, minutes=_clock(event.at).minute),
            event=event,
            space=space.key,
        )
        for event in space.events
    ]
    days = _first_days(space, dice)
    for thread in space.threads:
        played += play_thread(thread, space, (today, days[thread.key]), used, dice)
    return sorted(played, key=lambda one: one.at)


def _clock(at: str) -> time:
    return time.fromisoformat(at)
