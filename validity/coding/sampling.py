"""What is drawn: episodes by their length, and windows by chance; by nothing that anybody read in them."""

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from tertulia.engine.params import DAY_US
from validity.coding.histories import History

T = TypeVar("T", bound=Hashable)
# Classes of length, in contributions: the least of each.
LENGTHS: Final = (1, 2, 3, 6, 13, 41)
WEEKS_US: Final = 84 * DAY_US
# A window that is coded has so many people, as one that a state is read of.
PEOPLE_AT_LEAST: Final = 5
MEETINGS_A_BUNDLE: Final = 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """An episode: its class of length (the least), and how many of how many of that class were drawn."""

    episode: int
    length: int
    drawn: int
    there: int


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a history: twelve weeks (`begins` exclusive, `ends` inclusive, µs), or meetings in a row."""

    history: str
    kind: str
    begins: int
    ends: int
    episodes: tuple[int, ...]


def length_class(contributions: int) -> int:
    return max(least for least in LENGTHS if least <= contributions)


def episodes(history: History, count: int, seed: int) -> list[Drawn]:
    """So many episodes, as evenly from the classes of length as there are enough in them."""
    classes: dict[int, list[int]] = {}
    for episode, rows in history.episodes.items():
        classes.setdefault(length_class(len(rows)), []).append(episode)
    quotas = even({length: len(found) for length, found in classes.items()}, count)
    chance = random.Random(f"{seed} {history.name}")
    return [
        Drawn(episode, length, quotas[length], len(found))
        for length, found in sorted(classes.items())
        for episode in sorted(chance.sample(found, quotas[length]))
    ]


def even(there: Mapping[T, int], count: int) -> dict[T, int]:
    """Shares of `count`, one at a time to the class that has least and still has some; the first of equals."""
    shares = dict.fromkeys(there, 0)
    for _ in range(min(count, sum(there.values()))):
        open_ = [key for key in there if shares[key] < there[key]]
        smallest = min(open_, key=lambda key: shares[key])
        shares[smallest] += 1
    return shares


def twelve_weeks(history: History) -> list[Window]:
    """All windows of twelve weeks, one after the other from the first contribution, in which enough people spoke."""
    rows = [row for found in history.episodes.values() for row in found]
    first, last = min(row["t"] for row in rows), max(row["t"] for row in rows)
    found = []
    for begins in range(first - 1, last, WEEKS_US):
        ends = begins + WEEKS_US
        inside = [row for row in rows if begins < row["t"] <= ends]
        if ends <= last and _people(inside) >= PEOPLE_AT_LEAST:
            here = tuple(sorted({row["episode"] for row in inside}))
            found.append(Window(history.name, "twelve weeks", begins, ends, here))
    return found


def meetings(history: History, size: int = MEETINGS_A_BUNDLE) -> list[Window]:
    """Bundles of so many episodes in a row, in which enough people spoke."""
    order = sorted(history.episodes, key=lambda episode: (history.episodes[episode][0]["t"], episode))
    found = []
    for at in range(0, len(order) - size + 1, size):
        bundle = order[at : at + size]
        rows = [row for episode in bundle for row in history.episodes[episode]]
        if _people(rows) >= PEOPLE_AT_LEAST:
            times = [row["t"] for row in rows]
            kind = "a day" if size == 1 else "meetings"
            found.append(Window(history.name, kind, min(times) - 1, max(times), tuple(sorted(bundle))))
    return found


def _people(rows: Sequence[Mapping[str, Any]]) -> int:
    return len({row["actor"] for row in rows})
