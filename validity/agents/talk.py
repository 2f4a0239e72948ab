"""Twelve weeks of a space: who opens, who answers, who comes back, and what comes of it. No words yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from validity.agents.people import Person
from validity.agents.ways import Ways

WEEKS = 12
DAYS = 7.0 * WEEKS
# Nobody opens anything in the last days, so that every opening had its time to be answered.
OPENED_UNTIL = DAYS - 9
ANSWER_DAYS = 2.0
TURN_DAYS = 0.5
ACT_DAYS = 3.0
MOST_TURNS = 8


@dataclass(slots=True)
class Said:
    """One contribution: on which `day` (since the start), by `who`, `to` whom, in which thread, after which other."""

    day: float
    who: int
    thread: int
    to: int | None = None
    parent: "Said | None" = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a contribution of somebody else: credited, tried or moved."""

    day: float
    who: int
    verb: str
    of: Said


@dataclass(slots=True)
class Life:
    """Everything that was said and done; `closed`, the pairs between whom something came of it on both sides."""

    said: list[Said] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    closed: list[tuple[int, int]] = field(default_factory=list)


def live(ways: Ways, people: Sequence[Person], rng: np.random.Generator) -> Life:
    """Let these people live together for twelve weeks."""
    life = Life()
    openings = _openings(people, rng)
    arrivals = _arrivals(openings, people, rng)
    for opening in openings:
        thread = [opening]
        for day, who in sorted(arrivals[opening.thread]):
            _answer(thread, day, who, ways, people, rng)
        life.said += thread
        _come_of(life, thread, people, rng)
    return life


def _openings(people: Sequence[Person], rng: np.random.Generator) -> list[Said]:
    found = [(rng.uniform(0, OPENED_UNTIL), who) for who, one in enumerate(people) for _ in range(one.opens)]
    return [Said(day, who, thread) for thread, (day, who) in enumerate(sorted(found))]


def _arrivals(
    openings: Sequence[Said], people: Sequence[Person], rng: np.random.Generator
) -> list[list[tuple[float, int]]]:
    """For each thread, who answers it and when. A ring answers itself alone, and nobody else answers a ring."""
    found: list[list[tuple[float, int]]] = [[] for _ in openings]
    for who, person in enumerate(people):
        others = [one for one in openings if one.who != who and people[one.who].ring == person.ring]
        chosen = rng.permutation(len(others))[: person.answers]
        for at in chosen:
            day = others[at].day + rng.exponential(ANSWER_DAYS)
            # Whoever would come too late comes at some time before the end.
            day = day if day < DAYS else rng.uniform(others[at].day, DAYS)
            found[others[at].thread].append((day, who))
    return found


def _answer(
    thread: list[Said],
    day: float,
    who: int,
    ways: Ways,
    people: Sequence[Person],
    rng: np.random.Generator,
) -> None:
    """Somebody answers the opening or another answer; the two go on as long as one comes back to the other."""
    target = thread[0]
    if rng.random() < ways.among:
        others = [one for one in thread[1:] if one.who != who and one.day < day]
        target = others[rng.integers(len(others))] if others else target
    last = Said(day, who, target.thread, target.who, target)
    thread.append(last)
    chance = people[target.who].returns
    for _ in range(MOST_TURNS):
        day += rng.exponential(TURN_DAYS)
        if rng.random() >= chance or day >= DAYS or last.to is None:
            break
        last = Said(day, last.to, last.thread, last.who, last)
        thread.append(last)
        back = people[last.to if last.to is not None else last.who]
        chance = back.goes_on * back.returns


def pairs_of(thread: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """The pairs of people who both spoke to each other."""
    spoken = {(one.who, one.to) for one in thread if one.to is not None}
    return ((who, to) for who, to in sorted(spoken) if who < to and (to, who) in spoken)


def _come_of(life: Life, thread: Sequence[Said], people: Sequence[Person], rng: np.random.Generator) -> None:
    for pair in pairs_of(thread):
        one, other = pair if rng.random() < 0.5 else pair[::-1]
        said = {who: [say for say in thread if say.who == who and say.to in pair] for who in pair}
        day = max(say.day for both in said.values() for say in both) + rng.exponential(ACT_DAYS)
        if rng.random() >= people[one].acts or day >= DAYS:
            continue
        life.done.append(Done(day, one, ("credited", "tried")[rng.integers(2)], said[other][-1]))
        day += rng.uniform(0, 2 * ACT_DAYS)
        if rng.random() < people[other].moves and day < DAYS:
            life.done.append(Done(day, other, ("credited", "moved")[rng.integers(2)], said[one][-1]))
            life.closed.append(pair)
