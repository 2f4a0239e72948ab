"""What would be shared with words that were not answered: draws of exactly the context's size from elsewhere."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.params import Params
from tertulia.engine.text.contexts import NONE, Rows
from tertulia.engine.text.tokens import Hashes, Numbers, Tokens, within

Sums = NDArray[np.float64]

ELSEWHERE: Final = 0
OUT_OF_ORDER: Final = 1
_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class Pool:
    """Where a null draws from: `order`, the places in the order in which they are near each other, and for each row
    the run of positions in it, `low` up to before `high`, that it may draw from."""

    null: int
    order: Numbers
    low: Numbers
    high: Numbers


def pool(rows: Rows, null: int, params: Params) -> Pool:
    """The contributions within `null_reach` before and after: in the space for elsewhere, else in the episode."""
    reach = params.null_reach
    if null == ELSEWHERE:
        at = np.arange(len(rows))
        return Pool(null, at, np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(rows)))
    episode = rows.episode[rows.in_episode]
    first = np.searchsorted(episode, episode, side="left")[rows.at]
    last = np.searchsorted(episode, episode, side="right")[rows.at]
    low, high = np.maximum(first, rows.at - reach), np.minimum(last, rows.at + reach + 1)
    return Pool(null, rows.in_episode, low, high)


def wide_enough(rows: Rows, context: Numbers, near: Pool, params: Params) -> NDArray[np.bool_]:
    """Whether a row's pool out of order holds contributions by others, not of its context, as many as its context has
    and `null_pool_at_least`."""
    who = rows.actor[rows.in_episode]
    by_actor = np.argsort(who, kind="stable")
    keys = who[by_actor] * len(rows) + by_actor
    own = rows.actor * len(rows)
    mine = np.searchsorted(keys, own + near.high) - np.searchsorted(keys, own + near.low)
    at = rows.at[context]
    inside = (context != NONE) & (at >= near.low[:, None]) & (at < near.high[:, None])
    others = near.high - near.low - mine - inside.sum(axis=1)
    return others >= np.maximum(params.null_pool_at_least, (context != NONE).sum(axis=1))


def shared(rows: Rows, context: Numbers, sets: Tokens, idf: Sums, answered: Numbers) -> tuple[Sums, Numbers]:
    """Σ idf over the distinct words that each of the rows `answered` shares with its context, and the number of
    distinct words in that context."""
    total, size = np.zeros(len(rows)), np.zeros(len(rows), np.int64)
    for block in _blocks(answered):
        taken = _Taken(block, np.arange(len(block)), sets, idf, np.unique(context[block]))
        for column in context[block].T:
            some = np.flatnonzero(column != NONE)
            taken.add(some, column[some], np.zeros(len(some), np.int64), None)
        total[block], size[block] = taken.total, taken.size
    return total, size


def drawn(
    rows: Rows,
    context: Numbers,
    size: Numbers,
    sets: Tokens,
    idf: Sums,
    answered: Numbers,
    near: Pool,
    params: Params,
) -> Sums:
    """The same sum for `null_draws` drawn contexts, shape (rows, draws); not a number where there is no pool.

    A draw takes contributions in a pseudo-random order that depends on (act, null, draw) alone, until it holds as
    many distinct words as the context; of the last one it takes just so many, again in an order that depends on these.
    A pool that runs out before gives nothing.
    """
    draws = params.null_draws
    found = np.full((len(rows), draws), np.nan)
    if near.null == OUT_OF_ORDER:
        answered = answered[wide_enough(rows, context, near, params)[answered]]
    for block in _blocks(answered):
        pairs = np.repeat(np.arange(len(block)), draws)
        draw = np.tile(np.arange(draws), len(block))
        seeds = crc32(rows.act[block][pairs], near.null, draw)
        sequence = _Sequence(rows, context, near, block[pairs], seeds, params.null_phase)
        taken = _Taken(block, pairs, sets, idf, sequence.everything())
        need = size[block][pairs]
        active = np.arange(len(pairs))
        turn = 0
        while len(active):
            picked, place = sequence.next(active)
            rotation = (seeds[picked] >> np.uint64(7 + turn % 13)).astype(np.int64)
            taken.add(picked, place, rotation, need)
            active = picked[taken.size[picked] < need[picked]]
            turn += 1
        full = taken.size == need
        found[block] = np.where(full, taken.total, np.nan).reshape(len(block), draws)
    return found


def _blocks(answered: Numbers) -> list[Numbers]:
    return [answered[start : start + _BLOCK] for start in range(0, len(answered), _BLOCK)]


class _Taken:
    """What has been drawn so far for pairs of (row of a block, draw): which words, how many, what they weigh together
    where the row has them too."""

    def __init__(self, block: Numbers, pairs: Numbers, sets: Tokens, idf: Sums, near: Numbers) -> None:
        self.sets = sets
        self.pairs = pairs
        self.idf = idf
        self.local, self.words = _local_words(sets, np.union1d(block, near[near != NONE]))
        self.own = np.zeros((len(block), self.words), np.bool_)
        length = sets.sizes[block]
        self.own[
            np.repeat(np.arange(len(block)), length),
            self.local[sets.ids[within(sets.starts[block], length)]],
        ] = True
        self.seen = np.zeros(len(pairs) * self.words, np.bool_)
        self.size = np.zeros(len(pairs), np.int64)
        self.total = np.zeros(len(pairs))

    def add(self, pairs: Numbers, places: Numbers, rotation: Numbers, need: Numbers | None) -> None:
        """Take the words of one place for each of the pairs, no more than it still needs."""
        length = self.sets.sizes[places]
        owner = np.repeat(pairs, length)
        step = within(np.zeros(len(pairs), np.int64), length)
        if need is not None:
            turned = np.repeat(rotation % np.maximum(length, 1), length)
            step = step + turned
            whole = np.repeat(length, length)
            step = np.where(step >= whole, step - whole, step)
        ids = self.sets.ids[np.repeat(self.sets.starts[places], length) + step]
        local = self.local[ids]
        cell = owner * self.words + local
        new = ~self.seen[cell]
        if need is not None:
            running = np.cumsum(new)
            before = np.concatenate([[0], running])[np.cumsum(length) - length]
            new &= running - np.repeat(before, length) <= np.repeat(need[pairs] - self.size[pairs], length)
        owner, local, ids, cell = owner[new], local[new], ids[new], cell[new]
        self.seen[cell] = True
        self.size += np.bincount(owner, minlength=len(self.size))
        hit = self.own[self.pairs[owner], local]
        self.total += np.bincount(owner[hit], weights=self.idf[ids[hit]], minlength=len(self.total))


def _local_words(sets: Tokens, places: Numbers) -> tuple[NDArray[np.int32], int]:
    """New numbers for the words of these places alone, from 0, and how many there are."""
    used = np.zeros(len(sets.words), np.bool_)
    used[sets.ids[within(sets.starts[places], sets.sizes[places])]] = True
    return np.cumsum(used, dtype=np.int32) - np.int32(1), int(used.sum())


class _Sequence:
    """The order in which each pair tries the contributions of its pool: from a start by equal strides around a prime
    not below the pool's size, so that each comes once."""

    def __init__(
        self, rows: Rows, context: Numbers, near: Pool, place: Numbers, seeds: Hashes, phase: float
    ) -> None:
        self.rows = rows
        self.near = near
        self.place = place
        self.context = context[place]
        self.phase = phase
        self.low, self.width = near.low[place], near.high[place] - near.low[place]
        self.prime = _primes()[np.minimum(self.width, len(_primes()) - 1)]
        self.position = (seeds % self.prime.astype(np.uint64)).astype(np.int64)
        stride = (seeds >> np.uint64(16)) % np.maximum(self.prime - 1, 1).astype(np.uint64)
        self.stride = stride.astype(np.int64) + 1
        self.tried = np.zeros(len(place), np.int64)

    def everything(self) -> Numbers:
        """All places that these pairs might try."""
        marked = np.zeros(len(self.near.order) + 1, np.int64)
        np.add.at(marked, self.low, 1)
        np.add.at(marked, self.low + self.width, -1)
        return self.near.order[np.flatnonzero(np.cumsum(marked[:-1]))]

    def next(self, pairs: Numbers) -> tuple[Numbers, Numbers]:
        """Those of the pairs that have a contribution left, and the next one of each."""
        found = np.full(len(pairs), NONE)
        todo = np.arange(len(pairs))
        while len(todo):
            pair = pairs[todo]
            at = self.position[pair]
            self.tried[pair] += 1
            self.position[pair] = (at + self.stride[pair]) % self.prime[pair]
            inside = at < self.width[pair]
            place = self.near.order[np.where(inside, self.low[pair] + at, 0)]
            fits = inside & self._fits(pair, place)
            found[todo[fits]] = place[fits]
            todo = todo[~fits & (self.tried[pair] < self.prime[pair])]
        some = found != NONE
        return pairs[some], found[some]

    def _fits(self, pair: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """By another person, and for words from elsewhere of another episode and of the same kind as the context: an
        opening or not, and about as deep in its episode, because greetings come first everywhere."""
        rows, place = self.rows, self.place[pair]
        fits = rows.actor[place] != rows.actor[other]
        if self.near.null == OUT_OF_ORDER:
            return fits & (self.context[pair] != other[:, None]).all(axis=1)
        latest = self.context[pair, 0]
        deep, there = rows.turn[latest] + 1, rows.turn[other] + 1
        fits &= (rows.opening[latest] == rows.opening[other]) & (rows.episode[place] != rows.episode[other])
        return fits & (there <= self.phase * deep) & (deep <= self.phase * there)


@cache
def _primes() -> Numbers:
    """The smallest prime not below 0, 1, 2, … up to 1009."""
    size = 1010
    sieve = np.ones(size, np.bool_)
    sieve[:2] = False
    for n in range(2, 32):
        sieve[n * n :: n] = False
    primes = np.flatnonzero(sieve)
    return primes[np.searchsorted(primes, np.arange(primes[-1] + 1))]


@cache
def _crc_table() -> Hashes:
    table = np.arange(256, dtype=np.uint64)
    for _ in range(8):
        table = np.where(
            table & np.uint64(1), (table >> np.uint64(1)) ^ np.uint64(0xEDB88320), table >> np.uint64(1)
        )
    return table


def crc32(act: Numbers, null: int, draw: Numbers) -> Hashes:
    """zlib.crc32 of the ten bytes (act as int64, null, draw), little-endian, for whole arrays."""
    table = _crc_table()
    state = np.full(len(act), 0xFFFFFFFF, np.uint64)
    parts = [(act.astype(np.uint64) >> np.uint64(8 * byte)) & np.uint64(255) for byte in range(8)]
    for part in [*parts, np.full(len(act), null, np.uint64), draw.astype(np.uint64)]:
        state = (state >> np.uint64(8)) ^ table[(state ^ part) & np.uint64(255)]
    return state ^ np.uint64(0xFFFFFFFF)
