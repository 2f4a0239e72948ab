"""Two versions side by side: which word of the new one is which word of the old one.

The longest common subsequence alone reads as confetti; here chance agreements are given up, so that
a sentence that was replaced reads as one that went and one that came.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from tertulia.importers.words import UNSPACED


@dataclass(frozen=True, slots=True)
class Text:
    """A version as words and marks of punctuation, each with what stands around it."""

    words: list[str]
    block_of: list[int]
    is_word: list[bool]
    # Whether a space stands before it.
    spaced: list[bool]
    sentence_of: list[int]
    # For each block, the HTML between its words and the words, as (html, number of the word or -1).
    pieces: list[list[tuple[str, int]]]

    def opens_block(self, at: int) -> bool:
        return at == 0 or self.block_of[at] != self.block_of[at - 1]

    def closes_block(self, at: int) -> bool:
        return at == len(self.words) - 1 or self.block_of[at] != self.block_of[at + 1]


# Words, marks and the letters of scripts without spaces. An escaped character (&amp;) is never cut in two.
_MARK: Final = rf"(?:&\#?\w+;|[^\w&{UNSPACED}]|&(?!\#?\w+;)|_)"
_INNER: Final = rf"(?:&\#?\w+;|[^\w&{UNSPACED}\u2014\u2013\u2026]|&(?!\#?\w+;)|_)"
_LETTERS: Final = rf"[^\W_{UNSPACED}]+"
_UNIT: Final = re.compile(rf"[{UNSPACED}]|{_LETTERS}(?:{_INNER}+{_LETTERS})*|{_MARK}")
_PIECE: Final = re.compile(r"""<(?:[^>"]|"[^"]*")*>|\s+|[^<\s]+|<""")
_INLINE_TAG: Final = re.compile(r"</?(?:a|em|strong|s|code)\b")
_WORD: Final = re.compile(rf"[^\W_]|[{UNSPACED}]")
_LONE_LETTER: Final = re.compile(rf"[{UNSPACED}]")
_ENDS_SENTENCE: Final = re.compile("[.!?\u2026\u3002\uff01\uff1f]")

# An equal run shorter than this, between two changes, is chance.
_FEWEST_KEPT: Final = 3
# So is one of up to so many words when none is longer than a stop word.
_MOST_STOP_WORDS: Final = 5
LONGEST_STOP_WORD: Final = 3
# A run as long as this stays, however little of its sentence it is.
_SURELY_KEPT: Final = 8
# Above this product of words, versions are compared at their ends only: the table would not fit in memory.
_LARGEST_TABLE: Final = 400_000_000
_FARTHEST_SLIDE: Final = 40


def read(blocks: list[str]) -> Text:
    text = Text([], [], [], [], [], [])
    sentence = 0
    for number, block in enumerate(blocks):
        pieces: list[tuple[str, int]] = []
        spaced = True
        sentence += 1
        ended = False
        for piece in _PIECE.findall(block):
            if piece[0] == "<" or piece.isspace():
                pieces.append((piece, -1))
                spaced = spaced or not _INLINE_TAG.match(piece)
                continue
            for unit in _UNIT.findall(piece):
                is_word = bool(_WORD.search(unit))
                # A closing quote after the full stop is still of the sentence.
                sentence += ended and (spaced or is_word)
                ended = not is_word and (bool(_ENDS_SENTENCE.search(unit)) or (ended and not spaced))
                pieces.append((unit, len(text.words)))
                text.words.append(unit)
                text.block_of.append(number)
                text.is_word.append(is_word)
                text.spaced.append(spaced)
                text.sentence_of.append(sentence)
                spaced = False
        text.pieces.append(pieces)
    return text


def align(old: Text, new: Text) -> list[int]:
    """For each new word the old one that it is, or -1; growing."""
    match = _common(old, new)
    _join_across_short_runs(new, match)
    _join_across_replaced_sentences(old, new, match)
    _join_across_short_runs(new, match)
    _keep_full_stops(old, new, match)
    _keep_ends(old, new, match)
    _slide(new, match, len(old.words))
    backwards = inverted(match, len(old.words))
    _slide(old, backwards, len(new.words))
    match = inverted(backwards, len(new.words))
    _keep_marks_with_words(old, new, match)
    return match


def inverted(match: list[int], size: int) -> list[int]:
    turned = [-1] * size
    for at, other in enumerate(match):
        if other >= 0:
            turned[other] = at
    return turned


def gaps(match: list[int], size: int) -> list[tuple[int, int, int, int]]:
    """Where something went or came: old from, old to, new from, new to."""
    found = []
    i = j = 0
    for at, other in enumerate([*match, size]):
        if other < 0:
            continue
        if other > i or at > j:
            found.append((i, other, j, at))
        i, j = other + 1, at + 1
    return found


def _common(old: Text, new: Text) -> list[int]:
    match = [-1] * len(new.words)
    numbers: dict[str, int] = {}
    before = [numbers.setdefault(word, len(numbers)) for word in old.words]
    after = [numbers.setdefault(word, len(numbers)) for word in new.words]
    if len(before) * len(after) > _LARGEST_TABLE:
        _match_ends(before, after, match)
        return match
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            match[step.dest_start : step.dest_end] = range(step.src_start, step.src_end)
    return match


def _match_ends(before: list[int], after: list[int], match: list[int]) -> None:
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        match[head] = head
        head += 1
    tail = 1
    while tail <= shorter - head and before[-tail] == after[-tail]:
        match[-tail] = len(before) - tail
        tail += 1


def _runs(new: Text, match: list[int]) -> Iterator[tuple[int, int]]:
    """Where words stayed as they were, side by side, within one new block."""
    start = 0
    for at in range(1, len(match) + 1):
        if at < len(match) and match[at] == match[at - 1] + 1 and match[at - 1] >= 0:
            if not new.opens_block(at):
                continue
        elif at < len(match) and match[at] == match[at - 1] == -1:
            continue
        if match[start] >= 0:
            yield start, at
        start = at


def _join_across_short_runs(new: Text, match: list[int]) -> None:
    """A few equal words between two changes make a difference choppy: they join the changes."""
    chance = [
        (start, end)
        for start, end in _runs(new, match)
        if _is_slight(new.words[start:end]) and not new.opens_block(start) and not new.closes_block(end - 1)
    ]
    for start, end in chance:
        match[start:end] = [-1] * (end - start)


def _is_slight(run: list[str]) -> bool:
    words = [word for word in run if _WORD.search(word)]
    if len(words) < _FEWEST_KEPT:
        return True
    return len(words) <= _MOST_STOP_WORDS and all(
        len(word) <= LONGEST_STOP_WORD and not _LONE_LETTER.match(word) for word in words
    )


def _join_across_replaced_sentences(old: Text, new: Text, match: list[int]) -> None:
    """A sentence of which less than half stayed reads as one that went and one that came."""
    size_old = Counter(s for s, counts in zip(old.sentence_of, old.is_word, strict=True) if counts)
    size_new = Counter(s for s, counts in zip(new.sentence_of, new.is_word, strict=True) if counts)
    pairs = [(s, old.sentence_of[i] if i >= 0 else -1) for s, i in zip(new.sentence_of, match, strict=True)]
    kept = Counter(pair for pair, counts in zip(pairs, new.is_word, strict=True) if counts and pair[1] >= 0)
    for start, end in list(_runs(new, match)):
        if sum(new.is_word[start:end]) >= _SURELY_KEPT:
            continue
        for at in range(start, end):
            inside, outside = pairs[at]
            if 2 * kept[pairs[at]] < min(size_new[inside], size_old[outside]) or not kept[pairs[at]]:
                match[at] = -1


def _keep_full_stops(old: Text, new: Text, match: list[int]) -> None:
    """Where a sentence that stayed ends otherwise, its full stop keeps the next one's changes apart."""
    for i1, i2, j1, j2 in gaps(match, len(old.words)):
        i, j = _full_stop(old, i1, i2), _full_stop(new, j1, j2)
        if i is not None and j is not None and old.words[i] == new.words[j]:
            match[j] = i


def _full_stop(text: Text, start: int, end: int) -> int | None:
    """Where, before `end`, the sentence ends that goes on at `start`."""
    for at in range(start, end):
        if start == 0 or text.sentence_of[at] != text.sentence_of[start - 1]:
            break
        if not text.is_word[at] and _ENDS_SENTENCE.match(text.words[at]):
            return at
    return None


def _keep_ends(old: Text, new: Text, match: list[int]) -> None:
    """Where all that went stands at the ends of what came, nothing went; and the other way round."""
    for i1, i2, j1, j2 in gaps(match, len(old.words)):
        shorter = min(i2 - i1, j2 - j1)
        head = 0
        while head < shorter and old.words[i1 + head] == new.words[j1 + head]:
            head += 1
        tail = 0
        while tail < shorter - head and old.words[i2 - 1 - tail] == new.words[j2 - 1 - tail]:
            tail += 1
        if head + tail < shorter:
            head, tail = 0, _closing_marks(new, j2 - tail, j2)
        match[j1 : j1 + head] = range(i1, i1 + head)
        match[j2 - tail : j2] = range(i2 - tail, i2)


def _closing_marks(text: Text, start: int, end: int) -> int:
    """How many marks at the end stay outside of a change: commas, but not the full stop of a sentence."""
    at = end
    while at > start and not text.is_word[at - 1] and not _ENDS_SENTENCE.match(text.words[at - 1]):
        at -= 1
    return end - at


def _slide(text: Text, match: list[int], size: int) -> None:
    """Of the places where the same insertion can stand, the one that a reader would name: whole sentences."""
    for i1, i2, j1, j2 in gaps(match, size):
        # Only where nothing of the other text stands in between.
        if i1 != i2 or j1 == j2:
            continue
        left, right = _room(text, match, j1, j2, i1)
        best = max(range(-left, right + 1), key=lambda by: (_naturalness(text, j1 + by, j2 + by), -abs(by)))
        for by in range(abs(best)):
            gone, come = (j1 + by, j2 + by) if best > 0 else (j2 - 1 - by, j1 - 1 - by)
            match[gone], match[come] = match[come], -1


def _room(text: Text, match: list[int], start: int, end: int, other: int) -> tuple[int, int]:
    """How far to the left and to the right an insertion can slide over the same words."""
    words = text.words
    left = 0
    while left < min(start, _FARTHEST_SLIDE) and words[start - 1 - left] == words[end - 1 - left]:
        if match[start - 1 - left] != other - 1 - left:
            break
        left += 1
    right = 0
    while right < min(len(words) - end, _FARTHEST_SLIDE) and words[start + right] == words[end + right]:
        if match[end + right] != other + right:
            break
        right += 1
    return left, right


def _naturalness(text: Text, start: int, end: int) -> int:
    if text.opens_block(start):
        return 4 if text.closes_block(end - 1) else 2
    opens_sentence = text.sentence_of[start] != text.sentence_of[start - 1]
    return 3 if opens_sentence else int(text.spaced[start])


def _keep_marks_with_words(old: Text, new: Text, match: list[int]) -> None:
    """A comma alone is hard to see as a change: the word that it stands at goes with it."""
    for i1, i2, j1, j2 in gaps(match, len(old.words)):
        if any(old.is_word[i1:i2]) or any(new.is_word[j1:j2]):
            continue
        before, after = j1 - 1, j2
        follows = (j1 == j2 or not new.spaced[j1]) and (i1 == i2 or not old.spaced[i1])
        leads = after < len(match) and not (new.spaced[after] and old.spaced[i2])
        if before >= 0 and follows and new.is_word[before] and match[before] == i1 - 1:
            match[before] = -1
        elif leads and new.is_word[after] and match[after] == i2:
            match[after] = -1
