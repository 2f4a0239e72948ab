"""What each contribution could have taken something up from, and what of it is only copied."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.text.tokens import Hashes, Numbers, Tokens, within

NONE: Final = -1
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_BLOCK: Final = 1024


@dataclass(frozen=True, slots=True)
class Rows:
    """The contributions of one space in the order of (t, act), as whole numbers; a place is a number in that order.

    `act`; `episode`, `actor`, coded from 0; `parent`, the place of the parent or −1; `opening`, `say_back`, bool.
    `in_episode`: the places in the order of (episode, place); `at`: where each place stands in that; `turn`: how many
    contributions of its episode come before.
    """

    act: Numbers
    episode: Numbers
    actor: Numbers
    parent: Numbers
    opening: NDArray[np.bool_]
    say_back: NDArray[np.bool_]
    in_episode: Numbers
    at: Numbers
    turn: Numbers

    def __len__(self) -> int:
        return len(self.act)


def contexts(rows: Rows, *, others: int, turns: int) -> Numbers:
    """The places of each contribution's context, shape (rows, others), −1 where there is none.

    The parent, if it is another person's; else the last `others` contributions by other people among the `turns`
    before it in its episode, the latest first.
    """
    found = np.full((len(rows), others), NONE, np.int64)
    count = np.zeros(len(rows), np.int64)
    actor, episode = rows.actor[rows.in_episode], rows.episode[rows.in_episode]
    for back in range(1, turns + 1):
        later, earlier = rows.in_episode[back:], rows.in_episode[:-back]
        fits = (episode[back:] == episode[:-back]) & (actor[back:] != actor[:-back])
        fits &= count[later] < others
        at = later[fits]
        found[at, count[at]] = earlier[fits]
        count[at] += 1
    answers = (rows.parent != NONE) & (rows.actor[rows.parent] != rows.actor)
    found[answers] = NONE
    found[answers, 0] = rows.parent[answers]
    return found


def copied(tokens: Tokens, context: Numbers, run: int) -> NDArray[np.bool_]:
    """Which tokens stand in a run of `run` or more that also stands in the same order in one text of the context.

    Shape: as `tokens.ids`. Quoting is not uptake, however it was pasted.
    """
    marked = np.zeros(len(tokens.ids) + 1, np.int64)
    grams, owner, begins = _grams(tokens, run)
    starts = np.searchsorted(owner, np.arange(len(tokens.starts)))
    lengths = np.diff(starts)
    for column in context.T:
        pairs = np.flatnonzero((column != NONE) & (lengths > 0))
        pairs = pairs[lengths[column[pairs]] > 0]
        for start in range(0, len(pairs), _BLOCK):
            row = pairs[start : start + _BLOCK]
            answered = column[row]
            own, theirs = within(starts[row], lengths[row]), within(starts[answered], lengths[answered])
            key = row.astype(np.uint64) * _SPREAD
            mine = grams[own] ^ np.repeat(key, lengths[row])
            there = grams[theirs] ^ np.repeat(key, lengths[answered])
            hit = begins[own[_also_in(mine, there)]]
            np.add.at(marked, hit, 1)
            np.add.at(marked, hit + run, -1)
    return np.cumsum(marked[:-1]) > 0


def _also_in(mine: Hashes, theirs: Hashes) -> Numbers:
    """The places of what stands in both. Almost nothing does, so most is ruled out by its first bits."""
    bits = max(8, int(8 * len(theirs)).bit_length())
    shift = np.uint64(64 - bits)
    seen = np.zeros(1 << bits, np.bool_)
    seen[theirs >> shift] = True
    maybe = np.flatnonzero(seen[mine >> shift])
    seen[:] = False
    seen[mine[maybe] >> shift] = True
    found: Numbers = maybe[np.isin(mine[maybe], theirs[seen[theirs >> shift]], kind="sort")]
    return found


def _grams(tokens: Tokens, run: int) -> tuple[Hashes, Numbers, Numbers]:
    """One number for each run of tokens inside a text, the text it is in, and where it begins."""
    if len(tokens.ids) < run:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    hashes = _mixed(_SPREAD * np.arange(1, len(tokens.words) + 1, dtype=np.uint64))[tokens.ids]
    grams = np.zeros(len(hashes) - run + 1, np.uint64)
    for step in range(run):
        grams = grams * _SPREAD + hashes[step : len(hashes) - run + 1 + step]
    owner = np.repeat(np.arange(len(tokens.starts) - 1), tokens.sizes)
    begins = np.flatnonzero(owner[: len(grams)] == owner[run - 1 :])
    return grams[begins], owner[begins], begins


def _mixed(numbers: Hashes) -> Hashes:
    """For each of 0, 1, … another number, none of whose bits says anything of the others (splitmix64)."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    mixed: Hashes = numbers ^ (numbers >> np.uint64(31))
    return mixed
