"""What would be shared with words that were not answered: draws of exactly the context's size from elsewhere."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from tertulia.engine.params import Params
from tertulia.engine.text.contexts import NONE, Rows
from tertulia.engine.text.overlap import Flags, Heard, Passages, Sums, blocks, overlap
from tertulia.engine.text.tokens import Hashes, Numbers, within

ELSEWHERE: Final = 0
OUT_OF_ORDER: Final = 1
# How many contributions of a pool are looked at first, and how many times as many in each further round.
_TRIES: Final = 24
_FURTHER: Final = 5
_LARGEST_POOL: Final = 1008
# n distinct words nearly always stand in the first _HEAPS · n ** _POWER running ones (Heaps' law). Where they do not,
# _MORE times as many are read as it then seems to take.
_HEAPS: Final = 0.85
_POWER: Final = 1.14
_MORE: Final = 1.4
# Pools up to these sizes, and all others, give up after contributions that have together, words in common counted each
# time, so many times the distinct words that are needed: where many are in common, before they are read to the end.
_POOLS: Final = np.array([24, 96, 384])
_GIVES_UP: Final = np.array([1.2, 9.6, 76.8, 614.4])


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


def drawn(heard: Heard, size: Numbers, answered: Numbers, near: Pool, params: Params) -> Sums:
    """The sum of idf shared with `null_draws` drawn contexts, shape (rows, draws); not a number without a pool.

    A draw is a passage: the pool's contributions in a pseudo-random order, each read as it was written, from a
    pseudo-random word of it on and around, until exactly as many distinct words are there as the context has. Both
    depend on (act, null, draw) alone. A pool that holds fewer words gives nothing, nor one that gives up before.

    Running words, not distinct ones: what everybody says stands in a text many times, but once among its distinct
    words, so that a part of these holds less of it than a text of that size does.
    """
    draws = params.null_draws
    found = np.full((len(heard.rows), draws), np.nan)
    if near.null == OUT_OF_ORDER:
        answered = _wide_enough(heard, near, params, answered)
    pairs = _pairs(heard, size, answered, near.null, draws)
    totals = np.full(len(pairs.place), np.nan)
    left, tries = np.arange(len(totals)), _TRIES
    most = int(_primes()[(near.high - near.low).max(initial=0)])
    while len(left):
        again = []
        for some in blocks(left, pairs.room + tries):
            totals[some], lacks = _draw(heard, near, params, pairs, some, tries)
            again.append(some[lacks])
        left, tries = np.concatenate(again), min(tries * _FURTHER, most)
    found[answered] = totals.reshape(-1, draws)
    return found


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What is to be drawn, one for each pair of a contribution and a draw of it, sorted by contribution.

    `place`, the contribution's; `seeds`; `need`: distinct words of its context; `room`: how many running words are
    read for it, which is raised where they were too few.
    """

    place: Numbers
    seeds: Hashes
    need: Numbers
    room: Numbers


def _pairs(heard: Heard, size: Numbers, answered: Numbers, null: int, draws: int) -> _Pairs:
    place = np.repeat(answered, draws)
    seeds = crc32(heard.rows.act[place], null, np.tile(np.arange(draws), len(answered)))
    need = size[place]
    return _Pairs(place, seeds, need, room=(_HEAPS * need**_POWER).astype(np.int64) + 2)


def _draw(
    heard: Heard, near: Pool, params: Params, pairs: _Pairs, some: Numbers, tries: int
) -> tuple[Sums, Flags]:
    """The sums of `some` pairs, not a number where there is none, and where there may be one in another round.

    It looks at `tries` contributions of the pool and reads `room` of their words: another round looks further for pairs
    for which these were too few. How far it looks makes no difference to what is drawn.
    """
    place, seeds, need, room = pairs.place[some], pairs.seeds[some], pairs.need[some], pairs.room[some]
    order, prime = _sequence(near, place, seeds, tries)
    pair, turn = np.nonzero((order != NONE) & _fits(heard, near, params, place[:, None], order))
    chosen = order[pair, turn]
    given_up = need * _GIVES_UP[np.searchsorted(_POOLS, prime)]
    kept = _before(heard.sets.sizes[chosen], pair, len(some)) < given_up[pair]
    pair, turn, chosen = pair[kept], turn[kept], chosen[kept]
    sizes = heard.running.sizes[chosen]
    lengths = np.minimum(sizes, room[pair] - _before(sizes, pair, len(some)))
    read = lengths > 0
    spin = (seeds[pair[read]] >> (turn[read] % 13 + 7).astype(np.uint64)).astype(np.int64)
    starts, lengths = _around(heard.running.starts[chosen[read]], sizes[read], spin, lengths[read])
    passages = Passages(heard.running, np.repeat(pair[read], 2), starts, lengths, len(some))
    total, taken = overlap(heard, place, passages, need)
    full = taken == need
    more = np.bincount(pair, weights=sizes, minlength=len(some)) > room
    pairs.room[some[more]] = room[more] * need[more] * _MORE // np.maximum(taken[more], 1) + 4
    return np.where(full, total, np.nan), ~full & (more | (tries < prime))


def _before(sizes: Numbers, pair: Numbers, count: int) -> Numbers:
    """The sum of the sizes that come before each, of its pair."""
    sums = np.concatenate([[0], np.cumsum(sizes)])
    before: Numbers = sums[:-1] - sums[np.searchsorted(pair, np.arange(count))][pair]
    return before


def _around(starts: Numbers, sizes: Numbers, spin: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """The first `lengths` tokens of each text, read from one of them on to the end and from the beginning again: two
    stretches a text, the second perhaps empty, by where they begin and how long they are."""
    skipped = spin % sizes
    to_its_end = np.minimum(lengths, sizes - skipped)
    begins = np.stack([starts + skipped, starts], axis=1)
    return begins.ravel(), np.stack([to_its_end, lengths - to_its_end], axis=1).ravel()


def _wide_enough(heard: Heard, near: Pool, params: Params, answered: Numbers) -> Numbers:
    """Those for which as many contributions as the context has, and `null_pool_at_least`, can be drawn out of order."""
    found = []
    for block in blocks(answered, near.high - near.low):
        context = (heard.context[block] != NONE).sum(axis=1)
        width = (near.high - near.low)[block]
        row = np.repeat(np.arange(len(block)), width)
        other = near.order[within(near.low[block], width)]
        fits = np.bincount(row[_fits(heard, near, params, block[row], other)], minlength=len(block))
        found.append(block[fits >= np.maximum(params.null_pool_at_least, context)])
    return np.concatenate([answered[:0], *found])


def _sequence(near: Pool, place: Numbers, seeds: Hashes, tries: int) -> tuple[Numbers, Numbers]:
    """The first `tries` contributions of each pool in the order of its seed, −1 for none; and how many tries are all.

    From a start by equal strides around a prime not below the pool's size, so that each comes once.
    """
    low, width = near.low[place], near.high[place] - near.low[place]
    prime = _primes()[width]
    start = (seeds % prime.astype(np.uint64)).astype(np.int64)
    stride = ((seeds >> np.uint64(16)) % (prime - 1).astype(np.uint64)).astype(np.int64) + 1
    steps = np.arange(tries)
    at = (start[:, None] + stride[:, None] * steps) % prime[:, None]
    inside = (at < width[:, None]) & (steps < prime[:, None])
    return np.where(inside, near.order[np.where(inside, low[:, None] + at, 0)], NONE), prime


def _fits(heard: Heard, near: Pool, params: Params, place: Numbers, other: Numbers) -> Flags:
    """By another person, and more.

    Elsewhere: of another episode and of the same kind as the context: an opening or not, and about as deep in its
    episode, because greetings come first everywhere. Out of order: not of the context, and not an answer to the
    contribution (where answers are not told: not among the next `null_echo`), because there its own words come back.
    """
    rows, context = heard.rows, heard.context
    fits: Flags = rows.actor[place] != rows.actor[other]
    if near.null == OUT_OF_ORDER:
        later = rows.turn[other] - rows.turn[place]
        fits &= (rows.parent[other] != NONE) | (later < 0) | (later > params.null_echo)
        fits &= rows.parent[other] != place
        for column in context.T:
            fits &= column[place] != other
        return fits
    latest = context[:, 0][place]
    deep, there = rows.turn[latest] + 1, rows.turn[other] + 1
    fits &= (rows.opening[latest] == rows.opening[other]) & (rows.episode[place] != rows.episode[other])
    return fits & (there <= params.null_phase * deep) & (deep <= params.null_phase * there)


@cache
def _primes() -> Numbers:
    """The smallest prime above 2 that is not below 0, 1, 2, …"""
    sieve = np.ones(_LARGEST_POOL + 2, np.bool_)
    sieve[:3] = False
    sieve[4::2] = False
    for n in range(3, 32):
        sieve[n * n :: n] = False
    primes = np.flatnonzero(sieve)
    return primes[np.searchsorted(primes, np.arange(primes[-1] + 1))]


@cache
def _crc_table() -> Hashes:
    table = np.arange(256, dtype=np.uint64)
    for _ in range(8):
        odd = (table & np.uint64(1)).astype(np.bool_)
        table = np.where(odd, (table >> np.uint64(1)) ^ np.uint64(0xEDB88320), table >> np.uint64(1))
    return table


def crc32(act: Numbers, null: int, draw: Numbers) -> Hashes:
    """zlib.crc32 of the ten bytes (act as int64, null, draw), little-endian, for whole arrays."""
    table = _crc_table()
    state = np.full(len(act), 0xFFFFFFFF, np.uint64)
    parts = [(act.astype(np.uint64) >> np.uint64(8 * byte)) & np.uint64(255) for byte in range(8)]
    for part in [*parts, np.full(len(act), null, np.uint64), draw.astype(np.uint64)]:
        state = (state >> np.uint64(8)) ^ table[(state ^ part) & np.uint64(255)]
    return state ^ np.uint64(0xFFFFFFFF)
