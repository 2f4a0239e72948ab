"""Invented ledgers of any size: who acts how often, where, and how they come back to each other is drawn; no words.

Written in parts of a million acts, each with spaces, threads and people of its own, so that memory stays the same
however many acts there are, and one seed gives the same files everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Yes = npt.NDArray[np.bool_]

SEED: Final = 1
PART: Final = 1_000_000
HOUR_US: Final = 3_600_000_000
DAY_US: Final = 24 * HOUR_US
BEGIN_US: Final = 19_358 * DAY_US  # 1 January 2023
YEARS_US: Final = 3 * 365 * DAY_US

# Of a million acts.
MILLION: Final = 1_000_000
PEOPLE: Final = 10_000
SPACES: Final = 500
# What is said of a thread after its opening: 7 on average, few threads have many.
LENGTH_MEAN: Final = 7.0
LENGTH_MOST: Final = 200
TALK_SHARE: Final = 0.68

MOVES: Final = ("question", "challenge", "build_on", "experience", "synthesis", "say_back", None)
MOVE_SHARES: Final = (0.22, 0.08, 0.06, 0.06, 0.02, 0.03, 0.53)
BASES: Final = ("declared", "explicit", "quoted", "mentioned")
BASIS_SHARES: Final = (0.6, 0.3, 0.05, 0.05)
CONFIDENCE: Final = (1.0, 1.0, 0.8, 0.7)
# What follows of a reply, by the one to whom it was said: the verb, and how often of a thousand replies.
MARKS: Final = (
    ("heard", 330),
    ("credited", 90),
    ("tried", 25),
    ("decided", 20),
    ("declined", 20),
    ("promised", 25),
    ("not_quite", 12),
    ("moved", 8),
    ("was_wrong", 4),
    ("thanked", 60),
    ("met", 6),
    ("contested", 1),
)
VERBS: Final = ("posted", "replied", "answered", *(verb for verb, _ in MARKS))


@dataclass(frozen=True)
class Talk:
    """Contributions in the order of their threads. `parent` is the place of a row, `towards` a person; or -1."""

    space: Whole
    thread: Whole
    t: Whole
    actor: Whole
    parent: Whole
    towards: Whole
    move: Whole


def write(folder: Path, acts: int, *, seed: int = SEED) -> None:
    """A folder of Parquet files, as `tertulia read` takes it."""
    folder.mkdir(parents=True)
    for number, part in enumerate(parts(acts, seed=seed)):
        parquet.write_table(part, folder / f"part-{number:04}.parquet", compression="zstd")


def parts(acts: int, *, seed: int = SEED) -> Iterator[pa.Table]:
    for number, first in enumerate(range(0, acts, PART)):
        yield part(number, min(PART, acts - first), seed=seed)


def part(number: int, acts: int, *, seed: int = SEED) -> pa.Table:
    """One part: `acts` rows in the order of time, which is the order in which they were appended."""
    draw = np.random.default_rng([seed, number])
    share = acts / MILLION
    talk = _talk(draw, max(40, round(acts * TALK_SHARE * 1.1)), share)
    rows = _with_marks(draw, talk)
    order = np.argsort(rows["t"], kind="stable")[:acts]
    if len(order) < acts:
        raise ValueError(f"{acts} acts were asked for and {len(order)} drawn")
    return _table(draw, rows, order, number)


def _talk(draw: np.random.Generator, contributions: int, share: float) -> Talk:
    people, spaces = max(12, round(PEOPLE * share)), max(2, round(SPACES * share))
    threads = max(4, round(contributions / (LENGTH_MEAN + 1)))
    lengths = np.minimum(1 + draw.negative_binomial(0.7, 0.7 / (0.7 + LENGTH_MEAN), threads), LENGTH_MOST)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    rows = int(lengths.sum())
    thread = np.repeat(np.arange(threads), lengths)
    place = np.arange(rows) - starts[thread]
    space = _skewed(draw, spaces, threads, 1.6)[thread]
    parent = _parents(draw, place, starts[thread])
    actor = _actors(draw, parent, space, people, spaces)
    towards = np.where(parent >= 0, actor[parent], -1)
    return Talk(
        space=space,
        thread=thread,
        t=_times(draw, thread, starts, threads, rows),
        actor=actor,
        parent=parent,
        towards=np.where(towards == actor, -1, towards),
        move=draw.choice(len(MOVES), rows, p=MOVE_SHARES),
    )


def _skewed(draw: np.random.Generator, things: int, size: int, power: float) -> Whole:
    """Few things often, many seldom."""
    return np.minimum((things * draw.random(size) ** power).astype(np.int64), things - 1)


def _parents(draw: np.random.Generator, place: Whole, start: Whole) -> Whole:
    """To what a row responds: the one before it, the opening, or any in between."""
    how = draw.random(len(place))
    between = (place * draw.random(len(place))).astype(np.int64)
    to = np.where(how < 0.5, place - 1, np.where(how < 0.8, 0, between))
    return np.where(place == 0, -1, start + to)


def _actors(draw: np.random.Generator, parent: Whole, space: Whole, people: int, spaces: int) -> Whole:
    """Somebody of the space; or, in two of five responses, whoever was responded to comes back."""
    pool = np.minimum(12 + (48 * draw.random(spaces)).astype(np.int64), people)
    home = (np.arange(spaces) * people) // spaces
    within = (pool[space] * draw.random(len(space)) ** 1.8).astype(np.int64)
    own = (home[space] + within) % people
    grandparent = np.where(parent >= 0, parent[parent], -1)
    source = np.arange(len(parent))
    returns = (grandparent >= 0) & (draw.random(len(parent)) < 0.4)
    source[returns] = grandparent[returns]
    # A row may return to one who returned: follow until nobody moves.
    while True:
        further = source[source]
        if np.array_equal(further, source):
            return own[source]
        source = further


def _times(draw: np.random.Generator, thread: Whole, starts: Whole, threads: int, rows: int) -> Whole:
    begins = BEGIN_US + (YEARS_US * draw.random(threads)).astype(np.int64)
    gaps = (draw.exponential(6.0, rows) * HOUR_US).astype(np.int64)
    # Now and then a thread is found again after a silence that ends an episode.
    gaps += np.where(draw.random(rows) < 0.01, 100 * DAY_US, 0)
    since = np.cumsum(gaps)
    return begins[thread] + since - since[starts][thread]


def _with_marks(draw: np.random.Generator, talk: Talk) -> dict[str, Whole]:
    """Contributions first, then the marks on them: an act a row, still without its number."""
    size = len(talk.t)
    replies = np.flatnonzero(talk.towards >= 0)
    marked = [replies[draw.random(len(replies)) < often / 1000] for _, often in MARKS]
    on = np.concatenate(marked)
    kind = np.repeat(np.arange(3, 3 + len(MARKS)), [len(rows) for rows in marked])
    said = np.where(talk.parent < 0, 0, np.where(draw.random(size) < 0.2, 2, 1))
    later = (draw.exponential(2.0, len(on)) * DAY_US).astype(np.int64) + 1
    nothing = np.full(len(on), -1)
    return {
        "t": np.concatenate((talk.t, talk.t[on] + later)),
        "verb": np.concatenate((said, kind)),
        "actor": np.concatenate((talk.actor, talk.towards[on])),
        "person": np.concatenate((talk.towards, talk.actor[on])),
        "move": np.concatenate((talk.move, nothing)),
        "space": np.concatenate((talk.space, talk.space[on])),
        "thread": np.concatenate((talk.thread, talk.thread[on])),
        "parent": np.concatenate((talk.parent, nothing)),
        "ref": np.concatenate((np.full(size, -1), on)),
    }


def _table(draw: np.random.Generator, rows: dict[str, Whole], order: Whole, number: int) -> pa.Table:
    size, first = len(order), number * PART
    acts = np.full(len(rows["t"]), -1)
    acts[order] = first + 1 + np.arange(size)
    taken = {name: values[order] for name, values in rows.items()}
    talk = taken["verb"] < 3
    basis = draw.choice(len(BASES), size, p=BASIS_SHARES)
    ranked = talk & (taken["parent"] >= 0)
    columns: dict[str, Any] = {
        "act": first + 1 + np.arange(size),
        "t": taken["t"],
        "actor": taken["actor"] + first,
        "person": _or_null(taken["person"] + first, taken["person"] >= 0),
        "verb": _words(VERBS, taken["verb"], np.ones(size, np.bool_)),
        "move": _words(MOVES, taken["move"], talk & (taken["move"] < len(MOVES) - 1)),
        "space": taken["space"] + first,
        "thread": taken["thread"] + first,
        "parent": _or_null(acts[taken["parent"]], taken["parent"] >= 0),
        "ref": _or_null(acts[taken["ref"]], taken["ref"] >= 0),
        "words": np.where(talk, 1 + draw.geometric(1 / 60, size), 0),
        "basis": _words(BASES, basis, np.ones(size, np.bool_)),
        "confidence": np.array(CONFIDENCE)[basis],
        "uptake": _or_null(np.log1p(draw.exponential(12.0, size)), ranked),
        "rk_t": _rank(draw, ranked),
        "rk_o": _rank(draw, ranked),
        "text_version": _or_null(np.ones(size, np.int64), talk),
        "contested": np.zeros(size, np.bool_),
    }
    return pa.table(columns)


def _rank(draw: np.random.Generator, there: Yes) -> "pa.Array[Any]":
    """What four draws can give; a pool was empty for one in twenty."""
    rank = draw.integers(0, 9, len(there)) / 8 - 0.5
    return _or_null(rank, there & (draw.random(len(there)) < 0.95))


def _or_null(values: Whole | Real, there: Yes) -> "pa.Array[Any]":
    return pa.array(values, mask=~there)


def _words(words: tuple[str | None, ...], index: Whole, there: Yes) -> "pa.Array[Any]":
    codes: Any = pa.array(np.where(there, index, 0).astype(np.int32), mask=~there)
    return pa.DictionaryArray.from_arrays(codes, [word or "" for word in words]).cast(pa.string())
