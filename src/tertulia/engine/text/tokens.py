"""Texts as sequences and sets of whole numbers that stand for words."""

import re
import unicodedata
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

Numbers: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]
Texts: TypeAlias = "pa.Array[Any]"
# Its type stubs know fewer kinds of arrays than the library does.
pc: Any = compute

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
_PLAIN_BYTES: Final = np.array(
    [ord(chr(n).lower()) if n < 128 and chr(n).isalnum() else 32 if n < 128 else n for n in range(256)],
    np.uint8,
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts as tokens, in the order of the texts.

    `ids`, int32: every token of every text in turn, as a place in `words`; `starts`, int64, one more than there are
    texts: text i is ids[starts[i]:starts[i + 1]]. `words`: the distinct tokens. `unspaced`, bool a text: it has words
    of a script without spaces, cut into pairs of characters.
    """

    ids: NDArray[np.int32]
    starts: Numbers
    words: Texts
    unspaced: NDArray[np.bool_]

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.starts)


def tokenise(texts: Texts) -> Tokens:
    """Letters and digits of any script, lower case, two characters or more; a null is a text without tokens.

    Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Myanmar, Khmer) become overlapping pairs of
    characters. Nobody has checked how well that serves there: readings of such text are unvalidated.
    """
    texts, unspaced = _spaced(pc.fill_null(texts.cast(pa.large_string()), ""))
    pieces = pc.ascii_split_whitespace(texts)
    counts = np.diff(pieces.offsets.to_numpy()).astype(np.int64)
    coded = pieces.flatten().dictionary_encode()
    words = coded.dictionary
    long = pc.greater_equal(pc.utf8_length(words), 2).to_numpy(zero_copy_only=False)
    codes = coded.indices.to_numpy()
    kept = long[codes]
    place = np.cumsum(long, dtype=np.int32) - np.int32(1)
    words = words.filter(pa.array(long))
    return Tokens(place[codes[kept]], starts_of(kept, counts), words, unspaced)


def starts_of(kept: NDArray[np.bool_], counts: Numbers) -> Numbers:
    """Where each text begins, and the last ends, when of its `counts` tokens only those `kept` are left."""
    before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
    ends: Numbers = before[np.concatenate([[0], np.cumsum(counts)])]
    return ends


def hashed(words: Texts) -> Hashes:
    """A number of 64 bits for each word: the same in every process and on every machine, which places are not."""
    spelled: list[Any] = words.cast(pa.large_binary()).to_pylist()
    raw = b"".join([blake2b(word, digest_size=8).digest() for word in spelled])
    return np.frombuffer(raw, "<u8").astype(np.uint64)


def _spaced(texts: Texts) -> tuple[Texts, NDArray[np.bool_]]:
    """The texts with a space for whatever stands between words; and which have words cut into pairs."""
    beyond = pc.invert(pc.string_is_ascii(texts))
    unspaced = np.zeros(len(texts), np.bool_)
    if pc.any(beyond).as_py():
        some = pc.utf8_lower(texts.filter(beyond))
        # One form for letters with accents, however they were typed.
        some = pa.array([unicodedata.normalize("NFC", text) for text in some.to_pylist()], texts.type)
        here = pc.match_substring_regex(some, _UNSPACED_ANYWHERE)
        if pc.any(here).as_py():
            paired = [_UNSPACED_RUN.sub(_pairs, text) for text in some.filter(here).to_pylist()]
            some = pc.replace_with_mask(some, here, pa.array(paired, texts.type))
        unspaced[beyond.to_numpy(zero_copy_only=False)] = here.to_numpy(zero_copy_only=False)
        texts = pc.replace_with_mask(texts, beyond, pc.replace_substring_regex(some, _BETWEEN_WORDS, " "))
    plain: Texts = _plain(texts)
    return plain, unspaced


def _plain(texts: Any) -> Texts:
    """Lower case and spaces for what is ASCII, byte for byte, without looking at one text at a time; of no nulls."""
    _, offsets, letters = texts.buffers()
    if letters is None:
        return pa.array([""] * len(texts), pa.large_string())
    # A part of a column has all letters of the column under it.
    starts = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    plain = _PLAIN_BYTES[np.frombuffer(letters, np.uint8)[starts[0] : starts[-1]]]
    buffers = [None, pa.py_buffer((starts - starts[0]).tobytes()), pa.py_buffer(plain.tobytes())]
    return pa.Array.from_buffers(pa.large_string(), len(texts), buffers)


def _pairs(run: re.Match[str]) -> str:
    found = run[0]
    return " " + " ".join(map("".join, pairwise(found))) + " "


def within(starts: Numbers, lengths: Numbers) -> Numbers:
    """The places starts[i], starts[i] + 1, … of `lengths[i]` places each, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    places: Numbers = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return places


def distinct(tokens: Tokens) -> Tokens:
    """Each text's tokens once, in the order of their places in `words`."""
    width = max(1, len(tokens.words))
    owner = np.repeat(np.arange(len(tokens.starts) - 1), tokens.sizes)
    keys = np.sort(owner * width + tokens.ids)
    if len(keys):
        keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    starts = np.searchsorted(keys, np.arange(len(tokens.starts)) * width)
    ids = keys - np.repeat(np.arange(len(starts) - 1) * width, np.diff(starts))
    return replace(tokens, ids=ids.astype(np.int32), starts=starts)
