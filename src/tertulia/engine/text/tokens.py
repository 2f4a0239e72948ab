"""Texts as sequences and sets of whole numbers that stand for words."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]

# Marks belong to words: without them Hindi, Arabic and combined accents fall apart.
_BETWEEN_WORDS: Final = r"[^\pL\pM\pN]+"
# Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, Japanese, Chinese.
_UNSPACED: Final = (
    "\u0e01-\u0e4e\u0e81-\u0eff\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED_RUN: Final = re.compile(f"[{_UNSPACED}]+")
_UNSPACED_ANYWHERE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}]"
_BEYOND_ASCII: Final = r"[^\x00-\x7f]"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts as tokens, in the order of the texts.

    `ids`, int32: every token of every text in turn, as a place in `words`; `starts`, int64, one more than there are
    texts: text i is ids[starts[i]:starts[i + 1]]. `words`: the distinct tokens; `hashes`, uint64, a word each: the
    same for the same word in every run, which places are not. `unspaced`, bool a text: it has words of a script
    without spaces, cut into pairs of characters.
    """

    ids: NDArray[np.int32]
    starts: Numbers
    words: pa.Array
    hashes: Hashes
    unspaced: NDArray[np.bool_]

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.starts)


def tokenise(texts: pa.Array) -> Tokens:
    """Letters and digits of any script, lower case, two characters or more; a null is a text without tokens.

    Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Myanmar, Khmer) become overlapping pairs of
    characters. Nobody has checked how well that serves there: readings of such text are unvalidated.
    """
    texts = pc.fill_null(texts.cast(pa.large_string()), "")
    texts, unspaced = _with_pairs(_composed(pc.utf8_lower(texts)))
    pieces = pc.split_pattern_regex(texts, _BETWEEN_WORDS)
    counts = np.diff(pieces.offsets.to_numpy()).astype(np.int64)
    coded = pieces.flatten().dictionary_encode()
    words = coded.dictionary
    long = pc.greater_equal(pc.utf8_length(words), 2).to_numpy(zero_copy_only=False)
    codes = coded.indices.to_numpy()
    kept = long[codes]
    place = np.cumsum(long, dtype=np.int32) - np.int32(1)
    owner = np.repeat(np.arange(len(counts)), counts)
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(np.bincount(owner[kept], minlength=len(counts)), out=starts[1:])
    words = words.filter(pa.array(long))
    return Tokens(place[codes[kept]], starts, words, hashed(words), unspaced)


def hashed(words: pa.Array) -> Hashes:
    """A number of 64 bits for each word: the same in every process and on every machine."""
    raw = b"".join([blake2b(word.encode(), digest_size=8).digest() for word in words.to_pylist()])
    return np.frombuffer(raw, "<u8").astype(np.uint64)


def _composed(texts: pa.Array) -> pa.Array:
    """One form for letters with accents, however they were typed."""
    beyond = pc.match_substring_regex(texts, _BEYOND_ASCII)
    if not pc.any(beyond).as_py():
        return texts
    composed = [unicodedata.normalize("NFC", text) for text in texts.filter(beyond).to_pylist()]
    return pc.replace_with_mask(texts, beyond, pa.array(composed, texts.type))


def _with_pairs(texts: pa.Array) -> tuple[pa.Array, NDArray[np.bool_]]:
    unspaced = pc.match_substring_regex(texts, _UNSPACED_ANYWHERE)
    if pc.any(unspaced).as_py():
        paired = [_UNSPACED_RUN.sub(_pairs, text) for text in texts.filter(unspaced).to_pylist()]
        texts = pc.replace_with_mask(texts, unspaced, pa.array(paired, texts.type))
    return texts, unspaced.to_numpy(zero_copy_only=False)


def _pairs(run: re.Match[str]) -> str:
    found = run[0]
    return " " + " ".join(map("".join, pairwise(found))) + " "


def within(starts: Numbers, lengths: Numbers) -> Numbers:
    """The places starts[i], starts[i] + 1, … of `lengths[i]` places each, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - lengths), lengths)


def distinct(tokens: Tokens) -> Tokens:
    """Each text's tokens once, in the order of their hashes, so that places do not matter to what follows."""
    rank = np.empty(len(tokens.hashes), np.int64)
    rank[np.argsort(tokens.hashes, kind="stable")] = np.arange(len(tokens.hashes))
    owner = np.repeat(np.arange(len(tokens.starts) - 1), tokens.sizes)
    keys = np.sort(owner * max(1, len(rank)) + rank[tokens.ids])
    if len(keys):
        keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    owner, ranks = np.divmod(keys, max(1, len(rank)))
    starts = np.zeros_like(tokens.starts)
    np.cumsum(np.bincount(owner, minlength=len(starts) - 1), out=starts[1:])
    back = np.argsort(rank, kind="stable").astype(np.int32)
    return Tokens(back[ranks], starts, tokens.words, tokens.hashes, tokens.unspaced)
