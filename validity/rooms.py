"""Rooms of a chat as acts, and three ways to make rooms in which nobody talks with anybody."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from tertulia.engine.acts import Act

COLUMNS: Final = ("room", "at", "speaker", "text")


@dataclass(frozen=True, slots=True)
class Message:
    """One line: when (µs), by whom, what."""

    at: int
    speaker: str
    text: str


Room = tuple[Message, ...]


def rooms_of(table: pa.Table) -> dict[str, Room]:
    """The rooms of a table of `COLUMNS`, each in the order of time; messages without a word are left out."""
    found: dict[str, list[Message]] = {}
    for row in table.to_pylist():
        if row["text"] and row["text"].split():
            found.setdefault(str(row["room"]), []).append(
                Message(int(row["at"]), str(row["speaker"]), row["text"])
            )
    return {name: tuple(sorted(found[name], key=lambda message: message.at)) for name in sorted(found)}


def bundles(rooms: Mapping[str, Room], size: int, seed: int) -> list[tuple[str, ...]]:
    """The rooms' names, `size` to a space, in a seeded order; what is left over is left out."""
    names = sorted(rooms)
    random.Random(seed).shuffle(names)
    return [tuple(names[start : start + size]) for start in range(0, len(names) - size + 1, size)]


def shuffled_order(room: Room, chance: random.Random) -> Room:
    """The same messages by the same people, at the same times, in another order."""
    messages = list(room)
    chance.shuffle(messages)
    return tuple(
        Message(slot.at, message.speaker, message.text) for slot, message in zip(room, messages, strict=True)
    )


def foreign_words(bundle: Sequence[str], rooms: Mapping[str, Room], chance: random.Random) -> dict[str, Room]:
    """The same slots, clock and speakers; each person's words are those of one person of another room, in order.

    The lenders come from rooms outside the bundle, one from each room, so that none of them ever talked with another
    of them; as far as there are enough rooms. A lender who said too little begins anew.
    """
    lenders = _lenders(rooms, set(bundle), chance)
    used: set[str] = set()
    made = {}
    for name in bundle:
        lent: dict[str, Iterator[str]] = {}
        for speaker, slots in sorted(_counts(rooms[name]).items(), key=lambda item: (-item[1], item[0])):
            home, texts = _lender(lenders, used, name, slots)
            used.add(home)
            lent[speaker] = iter([texts[slot % len(texts)] for slot in range(slots)])
        made[name] = tuple(
            Message(message.at, message.speaker, next(lent[message.speaker])) for message in rooms[name]
        )
    return made


def foreign_rooms(bundle: Sequence[str], rooms: Mapping[str, Room], chance: random.Random) -> dict[str, Room]:
    """As many people as each room has, each from another room, with their own words and their own clock."""
    outside = sorted(set(rooms) - set(bundle)) or sorted(rooms)
    chance.shuffle(outside)
    made, turn = {}, 0
    for name in bundle:
        messages: list[Message] = []
        for number in range(len(_counts(rooms[name]))):
            home = rooms[outside[turn % len(outside)]]
            turn += 1
            guest = chance.choice(sorted(_counts(home)))
            begins = rooms[name][0].at - home[0].at
            messages += [
                Message(message.at + begins, f"guest {number}", message.text)
                for message in home
                if message.speaker == guest
            ]
        made[name] = tuple(sorted(messages, key=lambda message: message.at))
    return made


def _counts(room: Room) -> dict[str, int]:
    counts: dict[str, int] = {}
    for message in room:
        counts[message.speaker] = counts.get(message.speaker, 0) + 1
    return counts


def _lenders(
    rooms: Mapping[str, Room], bundle: set[str], chance: random.Random
) -> list[tuple[str, list[str]]]:
    homes = [name for name in rooms if name not in bundle] or list(rooms)
    lenders = []
    for name in homes:
        texts: dict[str, list[str]] = {}
        for message in rooms[name]:
            texts.setdefault(message.speaker, []).append(message.text)
        lenders += [(name, texts[speaker]) for speaker in sorted(texts)]
    chance.shuffle(lenders)
    return lenders


def _lender(
    lenders: Sequence[tuple[str, list[str]]], used: set[str], room: str, slots: int
) -> tuple[str, list[str]]:
    free = [lender for lender in lenders if lender[0] not in used] or [
        lender for lender in lenders if lender[0] != room
    ]
    ready = next((lender for lender in free if len(lender[1]) >= slots), None)
    return ready or max(free, key=lambda lender: len(lender[1]))


@dataclass(frozen=True, slots=True)
class Spaces:
    """Rooms as acts and texts: space i holds the rooms of bundle i."""

    acts: list[list[Act]]
    texts: pa.Table

    @property
    def every_act(self) -> list[Act]:
        return [act for acts in self.acts for act in acts]


def spaces_of(bundled: Sequence[Mapping[str, Room]]) -> Spaces:
    """In each room the first message is posted, the others are replies; to whom is inferred by turn: to the last other
    speaker. A person is somebody in a room: the same name in two rooms is two people."""
    acts: list[list[Act]] = []
    texts: list[str] = []
    for space, rooms in enumerate(bundled):
        here: list[Act] = []
        for name, room in rooms.items():
            here += _acts(name, room, space, len(texts))
            texts += [message.text for message in room]
        acts.append(here)
    return Spaces(acts, pa.table({"act": range(len(texts)), "text": texts}))


def _acts(name: str, room: Room, space: int, first: int) -> Iterator[Act]:
    last: str | None = None
    before: str | None = None
    for number, message in enumerate(room):
        other: str | None = last if last != message.speaker else before
        yield Act(
            act=first + number,
            t=message.at,
            actor=f"{name}/{message.speaker}",
            verb="replied" if number else "posted",
            person=f"{name}/{other}" if other is not None else None,
            space=space,
            thread=f"{space}/{name}",
            words=len(message.text.split()),
            basis="inferred_turn" if other is not None else "declared",
            confidence=0.3 if other is not None else 1.0,
        )
        if message.speaker != last:
            last, before = message.speaker, last
