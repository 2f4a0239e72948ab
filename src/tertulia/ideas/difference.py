"""What changed between two versions, word by word. Computed once, when a version is written.

Both versions come as the blocks that `markdown.blocks` gives: safe HTML, whose text is escaped. Only text
between tags is ever wrapped, so that what comes out is as well nested as what came in.
"""

import html
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tertulia.ideas.alignment import LONGEST_STOP_WORD, Text, align, gaps, read


@dataclass(frozen=True, slots=True)
class Passage:
    """One top-level block of the new version."""

    clean: str
    # With the words that are new in <span class="changed">.
    marked: str
    # With what went in <del> and what came in <ins>.
    difference: str
    changed: bool
    # The old block with which it shares most words: notes in the margin move along.
    came_from: int | None
    # The new words, as plain text.
    inserted: str


# Two blocks are one block's past and present when at least this part of the smaller's longer words is shared.
_LEAST_SHARED: Final = 0.2
# A word found in more blocks than this says nothing about where a block came from.
_COMMON_WORD: Final = 40

# Where an insertion and a deletion open and close. `markdown.blocks` lets no control character through.
_INS, _SNI, _DEL, _LED = "\x01", "\x02", "\x03", "\x04"
_TOUCHING: Final = re.compile(rf"{_SNI}(\s*){_INS}")
_DELETION: Final = re.compile(rf"{_DEL}[^{_LED}]*{_LED}")


def compare(old_blocks: list[str], new_blocks: list[str]) -> list[Passage]:
    """One passage for each new block; together they hold every word of both versions."""
    old, new = read(old_blocks), read(new_blocks)
    match = align(old, new)
    came = _origins(old_blocks, new_blocks, old, new)
    _fill_from_alignment(came, old, new, match)
    went = _deletions(old, new, match)
    return [_passage(new, at, match, went, came[at]) for at in range(len(new_blocks))]


# Where a deletion is shown: before a word, after a word, or in a block that has no words.
_Place = tuple[str, int]


def _deletions(old: Text, new: Text, match: list[int]) -> dict[_Place, str]:
    """What went, by the place in the new version where it is shown; in the order in which it stood."""
    placed: defaultdict[_Place, str] = defaultdict(str)
    for i1, i2, j1, j2 in gaps(match, len(old.words)):
        slots = _slots(new, j1, j2)
        groups = _by_block(old, i1, i2)
        for (start, end), slot in zip(groups, _slots_of(old, groups, slots, j2), strict=True):
            place = _place(old, new, start, slots[slot])
            placed[place] += f"{_DEL}{_as_it_stood(old, new, start, end, place)}{_LED}"
    return placed


def _by_block(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(at for at in range(start + 1, end) if text.opens_block(at)), end]
    return [pair for pair in pairwise(cuts) if pair[0] < pair[1]]


def _slots(new: Text, start: int, end: int) -> list[_Place]:
    """Where a deletion can be shown beside what came: the end of the block before, each block, the next."""
    slots: list[_Place] = []
    if start > 0 and (start == len(new.words) or new.opens_block(start)):
        slots.append(("after", start - 1))
    slots += [("before", first) for first, _ in _by_block(new, start, end)]
    if end < len(new.words) and (start == end or new.opens_block(end)):
        slots.append(("before", end))
    return slots or [("in", 0)]


def _slots_of(old: Text, groups: list[tuple[int, int]], slots: list[_Place], following: int) -> list[int]:
    """The slot of each deleted group. What is left of a block keeps it, whole blocks pair with new ones."""
    fresh = [at for at, (kind, word) in enumerate(slots) if kind == "before" and word != following]
    chosen: list[int] = []
    for start, end in groups:
        goes_on = end < len(old.words) and not old.closes_block(end - 1)
        if not old.opens_block(start):
            slot = 0
        elif goes_on:
            slot = len(slots) - 1
        else:
            slot = fresh[min(len(chosen), len(fresh) - 1)] if fresh else 0
        chosen.append(max([slot, *chosen[-1:]]))
    return chosen


def _place(old: Text, new: Text, start: int, slot: _Place) -> _Place:
    """A mark that stood at a word is struck out at that word, not at the next."""
    kind, word = slot
    apart = kind == "before" and new.spaced[word] and not new.opens_block(word)
    return ("after", word - 1) if apart and not old.spaced[start] else slot


def _as_it_stood(old: Text, new: Text, start: int, end: int, place: _Place) -> str:
    words = "".join(f" {old.words[at]}" if old.spaced[at] else old.words[at] for at in range(start, end))
    kind, word = place
    # The space belongs to the deletion: without it, the new version is exactly what it is.
    return f"{words.strip()} " if kind == "before" and new.spaced[word] else words


def _passage(
    new: Text, number: int, match: list[int], went: dict[_Place, str], came_from: int | None
) -> Passage:
    block = "".join(piece for piece, _ in new.pieces[number])
    marked: list[str] = []
    inserted: list[str] = []
    for piece, word in new.pieces[number]:
        if word < 0:
            marked.append(piece)
            continue
        marked.append(went.get(("before", word), ""))
        if match[word] < 0:
            marked.append(f"{_INS}{piece}{_SNI}")
            inserted.append(f" {piece}" if new.spaced[word] else piece)
        else:
            marked.append(piece)
        marked.append(went.get(("after", word), ""))
    text = "".join([*marked, went.get(("in", number), "")])
    difference = _wrapped(text, "<ins>", "</ins>").replace(_DEL, "<del>").replace(_LED, "</del>")
    return Passage(
        clean=block,
        marked=_wrapped(_DELETION.sub("", text), '<span class="changed">', "</span>"),
        difference=difference,
        changed=difference != block,
        came_from=came_from,
        inserted=html.unescape("".join(inserted)).strip(),
    )


def _wrapped(text: str, opening: str, closing: str) -> str:
    return _TOUCHING.sub(r"\1", text).replace(_INS, opening).replace(_SNI, closing)


def _origins(old_blocks: list[str], new_blocks: list[str], old: Text, new: Text) -> list[int | None]:
    """For each new block the old one that shares most with it."""
    same: defaultdict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(old_blocks):
        same[block].append(at)
    told_old, told_new = _telling(old, len(old_blocks)), _telling(new, len(new_blocks))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    stands = set(new_blocks)
    for at, words in enumerate(told_old):
        # What stands as it was became no other block, however many words they share: its notes stay where they are.
        if old_blocks[at] not in stands:
            for word in words:
                holders[word].append(at)
    origins: list[int | None] = []
    for at, block in enumerate(new_blocks):
        if block in same:
            origins.append(_nearest(same[block], at))
        else:
            origins.append(_origin(at, told_new[at], told_old, holders))
    return origins


def _nearest(places: list[int], at: int) -> int:
    """Of several equal blocks, the one that stands nearest. Looked at one by one, ten thousand of them take 20 s."""
    after = bisect_left(places, at)
    return min(places[max(0, after - 1) : after + 1], key=lambda other: abs(other - at))


def _fill_from_alignment(origins: list[int | None], old: Text, new: Text, match: list[int]) -> None:
    """A block of short words alone is known by the words that stayed."""
    stayed: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for at, other in enumerate(match):
        if other >= 0 and new.is_word[at]:
            stayed[new.block_of[at]][old.block_of[other]] += 1
    for at, counts in stayed.items():
        if origins[at] is None:
            origins[at] = counts.most_common(1)[0][0]


def _telling(text: Text, blocks: int) -> list[Counter[str]]:
    """The words of each block but the short ones, which every block has."""
    found: list[Counter[str]] = [Counter() for _ in range(blocks)]
    for at, word in enumerate(text.words):
        if text.is_word[at] and (len(word) > LONGEST_STOP_WORD or not word.isascii()):
            found[text.block_of[at]][word] += 1
    return found


def _origin(
    at: int, words: Counter[str], told_old: list[Counter[str]], holders: dict[str, list[int]]
) -> int | None:
    shared: Counter[int] = Counter()
    for word, times in words.items():
        blocks = holders.get(word, [])
        if len(blocks) > _COMMON_WORD:
            continue
        for other in blocks:
            shared[other] += min(times, told_old[other][word])
    enough = {
        other: count
        for other, count in shared.items()
        if count >= _LEAST_SHARED * min(words.total(), told_old[other].total())
    }
    return max(enough, key=lambda other: (enough[other], -abs(other - at), -other), default=None)
