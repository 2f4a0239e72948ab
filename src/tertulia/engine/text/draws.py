"""What would be shared with words that were not answered: draws of exactly the context's size from elsewhere."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from tertulia.engine.params import Params
from tertulia.engine.text.contexts import NONE, Rows
from tertulia.engine.text.overlap import Flags, Heard, Sums, Words, blocks
from tertulia.engine.text.tokens import Hashes, Numbers

ELSEWHERE: Final = 0
OUT_OF_ORDER: Final = 1
# How many contributions of a pool are looked at first, and how many more words than are needed.
_TRIES: Final = 24
_AMPLE: Final = 1.2
_LARGEST_POOL: Final = 1008


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
    depend on (act, null, draw) alone. A pool that holds fewer words gives nothing.

    Running words, not distinct ones: what everybody says stands in a text many times, but once among its distinct
    words, so that a part of these holds less of it than a text of that size does.
    """
    draws = params.null_draws
    found = np.full((len(heard.rows), draws), np.nan)
    for block in blocks(answered):
        row = np.repeat(np.arange(len(block)), draws)
        seeds = crc32(heard.rows.act[block][row], near.null, np.tile(np.arange(draws), len(block)))
        sums = _draw(heard, near, params, block, row, seeds, size[block][row])
        if near.null == OUT_OF_ORDER:
            sums[~_wide_enough(heard, near, params, block)[row]] = np.nan
        found[block] = sums.reshape(len(block), draws)
    return found


def _draw(
    heard: Heard, near: Pool, params: Params, block: Numbers, row: Numbers, seeds: Hashes, need: Numbers
) -> Sums:
    """One sum for each pair of (row of the block, draw).

    It looks at a few contributions first, and at more for pairs whose first ones hold too few words. How many it looks
    at makes no difference to what is drawn.
    """
    totals = np.full(len(row), np.nan)
    left = np.arange(len(row))
    tries, ample = _TRIES, _AMPLE
    while len(left):
        place = block[row[left]]
        order, ended = _sequence(near, place, seeds[left], tries)
        fits = (order != NONE) & _fits(heard, near, params, place[:, None], order)
        lengths = np.where(fits, heard.sets.sizes[order], 0)
        before = np.cumsum(lengths, axis=1) - lengths
        pair, turn = np.nonzero(fits & (before < need[left][:, None] * ample))
        chosen = order[pair, turn]
        spin = (seeds[left][pair] >> (turn % 13 + 7).astype(np.uint64)).astype(np.int64)
        words = Words(heard, heard.running, block, chosen)
        total, size = words.sums(row[left], pair, chosen, spin, need[left])
        full = size == need[left]
        totals[left[full]] = total[full]
        left = left[~full & ~ended]
        tries, ample = tries * 4, ample * 8
    return totals


def _wide_enough(heard: Heard, near: Pool, params: Params, block: Numbers) -> Flags:
    """Whether as many contributions as the context has, and `null_pool_at_least`, can be drawn out of order."""
    context = (heard.context[block] != NONE).sum(axis=1)
    steps = np.arange(int((near.high - near.low)[block].max()))
    at = near.low[block][:, None] + steps
    inside = at < near.high[block][:, None]
    other = near.order[np.where(inside, at, 0)]
    fits = inside & _fits(heard, near, params, block[:, None], other)
    enough: Flags = fits.sum(axis=1) >= np.maximum(params.null_pool_at_least, context)
    return enough


def _sequence(near: Pool, place: Numbers, seeds: Hashes, tries: int) -> tuple[Numbers, Flags]:
    """The first `tries` contributions of each pool in the order of its seed, −1 for none, and whether that is all.

    From a start by equal strides around a prime not below the pool's size, so that each comes once.
    """
    low, width = near.low[place], near.high[place] - near.low[place]
    prime = _primes()[width]
    start = (seeds % prime.astype(np.uint64)).astype(np.int64)
    stride = ((seeds >> np.uint64(16)) % (prime - 1).astype(np.uint64)).astype(np.int64) + 1
    steps = np.arange(tries)
    at = (start[:, None] + stride[:, None] * steps) % prime[:, None]
    inside = (at < width[:, None]) & (steps < prime[:, None])
    return np.where(inside, near.order[np.where(inside, low[:, None] + at, 0)], NONE), tries >= prime


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
