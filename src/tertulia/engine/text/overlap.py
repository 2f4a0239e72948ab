"""Which distinct words of a contribution stand also in some others, and what they weigh together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.text.contexts import NONE, Rows
from tertulia.engine.text.tokens import Numbers, Tokens, within

Sums: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

# Looked at together: enough that numpy's calls weigh little, few enough for the processor's cache and for memory.
_BLOCK: Final = 1024
_WORDS: Final = 1 << 16
_CELLS: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a comparison of words needs: the contributions, shape (rows, …) their `context`, the tokens of each as
    they follow each other, and each token once, and `idf` a word."""

    rows: Rows
    context: Numbers
    running: Tokens
    sets: Tokens
    idf: Sums


def shared(heard: Heard, answered: Numbers) -> tuple[Sums, Numbers]:
    """Σ idf over the distinct words that each of the rows `answered` shares with its context, and the number of
    distinct words in that context."""
    total, size = np.zeros(len(heard.rows)), np.zeros(len(heard.rows), np.int64)
    there = np.where(heard.context != NONE, heard.sets.sizes[heard.context], 0).sum(axis=1)
    for block in blocks(answered, there + heard.sets.sizes):
        row, column = np.nonzero(heard.context[block] != NONE)
        place = heard.context[block[row], column]
        read = Passages(heard.sets, row, heard.sets.starts[place], heard.sets.sizes[place], len(block))
        total[block], size[block] = overlap(heard, block, read)
    return total, size


def blocks(answered: Numbers, size: Numbers) -> Iterator[Numbers]:
    """Some of the places at a time, one after the other, whose `size`, a place each, is together about `_WORDS`."""
    before = np.cumsum(size[answered]) - size[answered]
    for part in np.split(answered, np.flatnonzero(np.diff(before // _WORDS)) + 1):
        for start in range(0, len(part), _BLOCK):
            yield part[start : start + _BLOCK]


class Passages:
    """Words read in turn for each of `count` pairs: `lengths` tokens from each of `starts` on, sorted by `pair`."""

    def __init__(self, tokens: Tokens, pair: Numbers, starts: Numbers, lengths: Numbers, count: int) -> None:
        self.ids = tokens.ids[within(starts, lengths)].astype(np.intp)
        self.sizes = np.bincount(pair, weights=lengths, minlength=count).astype(np.int64)
        self.ends = np.cumsum(self.sizes)
        self.begins = self.ends - self.sizes


def overlap(
    heard: Heard, place: Numbers, read: Passages, need: Numbers | None = None
) -> tuple[Sums, Numbers]:
    """For each pair, of the contribution at `place`: the idf of the distinct words of its passages that the
    contribution has too, and how many distinct words were taken: all, or the first `need`. Sorted by place."""
    new = np.concatenate([[True], place[1:] != place[:-1]])
    block, row = place[new], np.cumsum(new) - 1
    local, width = _numbered(heard, block, read.ids)
    words = local[read.ids]
    first = _first(words, read, width)
    running = np.concatenate([[0], np.cumsum(first)])
    before = running[read.begins]
    size = running[read.ends] - before
    ends = read.ends
    if need is not None:
        size = np.minimum(size, need)
        ends = np.searchsorted(running, before + size)
    own = np.zeros(len(block) * width, np.bool_)
    lengths = heard.sets.sizes[block]
    ids = heard.sets.ids[within(heard.sets.starts[block], lengths)]
    own[np.repeat(np.arange(len(block)) * width, lengths) + local[ids]] = True
    hit = np.flatnonzero(own[np.repeat(row * width, read.sizes) + words] & first)
    weight = np.concatenate([[0.0], np.cumsum(heard.idf[read.ids[hit]])])
    return weight[np.searchsorted(hit, ends)] - weight[np.searchsorted(hit, read.begins)], size


def _numbered(heard: Heard, block: Numbers, ids: NDArray[np.intp]) -> tuple[Numbers, int]:
    """Numbers of their own, from 0, for the words of the block and those read, a word each; and how many there are."""
    sets = heard.sets
    used = np.zeros(len(sets.words), np.bool_)
    used[sets.ids[within(sets.starts[block], sets.sizes[block])]] = True
    used[ids] = True
    return np.cumsum(used) - 1, int(np.count_nonzero(used))


def _first(words: Numbers, read: Passages, width: int) -> Flags:
    """Which words stand there for the first time in their pair's passages; `width`: how many words there are."""
    first = np.empty(len(words), np.bool_)
    # A few pairs at a time: a table of all would not fit in the processor's cache.
    some = max(1, _CELLS // max(1, width))
    last = np.empty(some * width, np.int32)
    for pair in range(0, len(read.sizes), some):
        sizes = read.sizes[pair : pair + some]
        here = slice(read.begins[pair], read.ends[pair + len(sizes) - 1])
        cells = np.repeat(np.arange(len(sizes)) * width, sizes) + words[here]
        # Written from the last to the first, so that the first stays; what was there before is never read.
        number = np.arange(len(cells), dtype=np.int32)
        last[cells[::-1]] = number[::-1]
        first[here] = last[cells] == number
    return first
