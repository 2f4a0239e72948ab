"""One space of a kind, by a seed: a table of acts and texts, and what is true of the people in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from validity.agents.people import people_of
from validity.agents.talk import DAYS, Life, Said, live, pairs_of
from validity.agents.ways import Kind
from validity.agents.words import texts_of

DAY_US = 86_400_000_000
# Monday, 1 January 2024, UTC.
STARTS_US = 1_704_067_200_000_000
ENDS_US = STARTS_US + int(DAYS * DAY_US)


@dataclass(frozen=True, slots=True)
class Row:
    """One act, by the columns of the table; `text` is empty where nothing is said."""

    act: int
    t: int
    actor: str
    verb: str
    person: str | None
    thread: int | None
    parent: int | None
    ref: int | None
    words: int
    text: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What its maker knows of a space, one value a person or an opening: the share of what they said in which the two
    came back to each other (of people who said two things or more); which openings were answered; who was in an
    exchange that something came of, on both sides."""

    returned: tuple[float, ...]
    answered: tuple[bool, ...]
    closed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Space:
    rows: tuple[Row, ...]
    truth: Truth


def space_of(kind: Kind, size: int, seed: int, *, first_act: int = 0) -> Space:
    """A space of `size` people who are all active. The same arguments give the same space."""
    rng = np.random.default_rng([crc32(kind.name.encode()), size, seed])
    people = people_of(kind.ways, size, rng)
    life = live(kind.ways, people, rng)
    said = sorted(life.said, key=lambda one: one.day)
    texts = texts_of(kind.ways, people, said, rng)
    return Space(_rows(life, said, texts, first_act), _truth(life, len(people)))


def _rows(life: Life, said: Sequence[Said], texts: Sequence[str], first_act: int) -> tuple[Row, ...]:
    """The table in the order of time; a contribution's number is its place among the contributions."""
    number = {id(one): first_act + at for at, one in enumerate(said)}
    found = [
        Row(
            act=number[id(one)],
            t=_us(one.day),
            actor=_name(one.who),
            verb="posted" if one.parent is None else "replied",
            person=None if one.to is None else _name(one.to),
            thread=one.thread,
            parent=None if one.parent is None else number[id(one.parent)],
            ref=None,
            words=len(text.split()),
            text=text,
        )
        for one, text in zip(said, texts, strict=True)
    ]
    found += [
        Row(
            act=first_act + len(said) + at,
            t=_us(done.day),
            actor=_name(done.who),
            verb=done.verb,
            person=_name(done.of.who),
            thread=done.of.thread,
            parent=None,
            ref=number[id(done.of)],
            words=0,
            text="",
        )
        for at, done in enumerate(life.done)
    ]
    return tuple(sorted(found, key=lambda row: (row.t, row.act)))


def _us(day: float) -> int:
    return STARTS_US + int(day * DAY_US)


def _name(who: int) -> str:
    return f"p{who}"


def _truth(life: Life, size: int) -> Truth:
    threads: dict[int, list[Said]] = {}
    for one in life.said:
        threads.setdefault(one.thread, []).append(one)
    returned: list[list[float]] = [[] for _ in range(size)]
    count = [0] * size
    answered = []
    for thread in threads.values():
        both = set(pairs_of(thread))
        for one in thread:
            count[one.who] += 1
            if one.to is not None:
                returned[one.who].append(float(_pair(one.who, one.to) in both))
        opener = thread[0].who
        answering = {one.who for one in thread if one.parent is thread[0]}
        answered.append(bool(answering))
        if answering:
            back = sum(_pair(opener, who) in both for who in answering)
            returned[opener].append(back / len(answering))
    closed = {who for pair in life.closed for who in pair}
    return Truth(
        returned=tuple(
            sum(mine) / len(mine) for mine, said in zip(returned, count, strict=True) if mine and said > 1
        ),
        answered=tuple(answered),
        closed=tuple(who in closed for who in range(size)),
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
