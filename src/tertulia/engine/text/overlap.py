"""Which distinct words of a contribution stand also in some others, and what they weigh together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.text.contexts import NONE, Rows
from tertulia.engine.text.tokens import Numbers, Tokens, within

Sums: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

# Contributions looked at together: enough that numpy's calls weigh little, few enough for the processor's cache.
_BLOCK: Final = 256


class Desk:
    """Memory that is used again for block after block: asking the system anew for it takes longer than the work."""

    def __init__(self) -> None:
        self.room = np.empty(0, np.int32)

    def of(self, size: int) -> NDArray[np.int32]:
        if len(self.room) < size:
            self.room = np.empty(2 * size, np.int32)
        return self.room


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a comparison of words needs: the contributions, shape (rows, …) their `context`, the tokens of each as
    they follow each other, and each token once, `idf` a word, and room to work in."""

    rows: Rows
    context: Numbers
    running: Tokens
    sets: Tokens
    idf: Sums
    desk: Desk = field(default_factory=Desk)


def shared(heard: Heard, answered: Numbers) -> tuple[Sums, Numbers]:
    """Σ idf over the distinct words that each of the rows `answered` shares with its context, and the number of
    distinct words in that context."""
    total, size = np.zeros(len(heard.rows)), np.zeros(len(heard.rows), np.int64)
    for block in blocks(answered):
        row, column = np.nonzero(heard.context[block] != NONE)
        place = heard.context[block[row], column]
        words = Words(heard, heard.sets, block, place)
        total[block], size[block] = words.sums(np.arange(len(block)), row, place)
    return total, size


def blocks(answered: Numbers) -> Iterator[Numbers]:
    for start in range(0, len(answered), _BLOCK):
        yield answered[start : start + _BLOCK]


class Words:
    """The words of a block's rows and of the contributions `chosen` for them, under numbers of their own; of these
    contributions `read` is read, each word once or the words as they follow each other."""

    def __init__(self, heard: Heard, read: Tokens, block: Numbers, chosen: Numbers) -> None:
        sets = heard.sets
        self.read, self.idf, self.desk = read, heard.idf, heard.desk
        used = np.zeros(len(sets.words), np.bool_)
        for places in (block, chosen):
            used[sets.ids[within(sets.starts[places], sets.sizes[places])]] = True
        self.local = np.cumsum(used, dtype=np.int32) - np.int32(1)
        self.count = int(used.sum())
        lengths = sets.sizes[block]
        owner = np.repeat(np.arange(len(block)), lengths)
        self.own = np.zeros(len(block) * self.count, np.bool_)
        self.own[owner * self.count + self.local[sets.ids[within(sets.starts[block], lengths)]]] = True

    def sums(
        self,
        row: Numbers,
        pair: Numbers,
        place: Numbers,
        spin: Numbers | None = None,
        need: Numbers | None = None,
    ) -> tuple[Sums, Numbers]:
        """For each pair, whose row of the block is `row`: the idf of the distinct words of its contributions that its
        row has too, and how many distinct words were taken; of no more than the first `need`.

        `pair`, `place`: a pair and a contribution of its draw, sorted by pair; `spin`: where reading it begins.
        """
        lengths = self.read.sizes[place]
        owner = np.repeat(pair, lengths)
        ids = self.read.ids[_read(self.read.starts[place], lengths, spin)]
        local = self.local[ids]
        new = _first(owner * self.count + local, self.desk.of(len(row) * self.count))
        if need is not None:
            running = np.cumsum(new)
            begins = np.searchsorted(owner, np.arange(len(row)))
            before = np.concatenate([[0], running])[begins]
            new &= running <= (before + need)[owner]
        owner, local, ids = owner[new], local[new], ids[new]
        hit = self.own[row[owner] * self.count + local]
        total = np.bincount(owner[hit], weights=self.idf[ids[hit]], minlength=len(row))
        return total.astype(np.float64), np.bincount(owner, minlength=len(row)).astype(np.int64)


def _read(starts: Numbers, lengths: Numbers, spin: Numbers | None) -> Numbers:
    """The places of the tokens of each text from a token on to its end, then from its beginning up to that token."""
    if spin is None:
        return within(starts, lengths)
    before = spin % np.maximum(lengths, 1)
    parts = np.stack([lengths - before, before], axis=1).ravel()
    return within(np.stack([starts + before, starts], axis=1).ravel(), parts)


def _first(cells: Numbers, last: NDArray[np.int32]) -> Flags:
    """Which of the numbers stand there for the first time; `last`: room for each, whatever it holds."""
    # Written from the last to the first, so that the first stays; what was there before is never read.
    number = np.arange(len(cells), dtype=np.int32)
    last[cells[::-1]] = number[::-1]
    first: Flags = last[cells] == number
    return first
