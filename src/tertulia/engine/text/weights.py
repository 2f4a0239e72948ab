"""What a word weighs: the fewer contributions have it, the more it says that it came back."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine.text.cleaning import own_words
from tertulia.engine.text.tokens import Hashes, Numbers, Texts, Tokens, distinct, hashed, tokenise

# Weights are whole multiples of this, so that a sum does not depend on the order in which it is made.
GRAIN: Final = 2.0**-16
_LEAST_STORED: Final = 2


@dataclass(frozen=True, slots=True)
class Weights:
    """How many contributions had each word when they were counted: a table that is then left as it is.

    `version`: the `text_version` of every value measured with it. `contributions`: how many were counted. `hashes`,
    uint64, sorted: the words, as `tokens.hashed` numbers them, because a list of words would outlive whoever wrote
    them; `counts`, int64: contributions with that word. Words of a single contribution are not kept.
    """

    version: int
    contributions: int
    hashes: Hashes
    counts: Numbers

    def idf(self, words: Texts, prior: float) -> NDArray[np.float64]:
        """What each of the words weighs; one that the table does not know has been said once: it stands before us."""
        counts = np.ones(len(words), np.int64)
        if len(self.hashes):
            wanted = hashed(words)
            at = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
            counts = np.where(self.hashes[at] == wanted, self.counts[at], counts)
        return idf(counts, self.contributions, prior)

    def as_arrow(self) -> pa.Table:
        """Columns `hash` (uint64), `contributions` (int64); version and total in the schema's metadata."""
        table = pa.table({"hash": self.hashes, "contributions": self.counts})
        return table.replace_schema_metadata(
            {"text_version": str(self.version), "contributions": str(self.contributions)}
        )

    @classmethod
    def from_arrow(cls, table: pa.Table) -> Self:
        """The table that `as_arrow` gave. Raises KeyError or ValueError where it is another one."""
        told = table.schema.metadata or {}
        return cls(
            int(told[b"text_version"]),
            int(told[b"contributions"]),
            table["hash"].to_numpy().astype(np.uint64),
            table["contributions"].to_numpy().astype(np.int64),
        )


def weights_of(texts: pa.Table, *, version: int = 1) -> Weights:
    """Count, for each word, the contributions that have it: the frozen table of a `text_version`.

    `texts`: columns `act` (int64) and `text` (string), one row a contribution of the space, in any order. Quotes,
    code and the like are left out first. Source of the weighting: Spärck Jones (1972), inverse document frequency.
    """
    column = texts["text"].combine_chunks()
    return count(distinct(tokenise(own_words(column))), version=version)


def count(sets: Tokens, *, version: int) -> Weights:
    """The same, of texts whose distinct tokens are there already."""
    found = contributions_with(sets)
    kept = np.flatnonzero(found >= _LEAST_STORED)
    hashes = hashed(sets.words.take(pa.array(kept, pa.int64())))
    order = np.argsort(hashes, kind="stable")
    return Weights(version, spoken(sets), hashes[order], found[kept[order]])


def own_idf(sets: Tokens, prior: float) -> NDArray[np.float64]:
    """What each word weighs by the table that `count` would make of the same texts, without making it."""
    return idf(np.maximum(contributions_with(sets), 1), spoken(sets), prior)


def idf(counts: Numbers, contributions: int, prior: float) -> NDArray[np.float64]:
    """ln((n + prior + 1)/(1 + df)), a word each, in whole multiples of `GRAIN`.

    `prior`: contributions without any of these words that are counted beside, so that a new space begins with words
    that weigh alike.
    """
    plain = np.log((contributions + prior + 1) / (1 + counts))
    return np.maximum(np.round(plain / GRAIN), 1.0) * GRAIN


def contributions_with(sets: Tokens) -> Numbers:
    """In how many texts each word stands."""
    found: Numbers = np.bincount(sets.ids, minlength=len(sets.words))
    return found


def spoken(sets: Tokens) -> int:
    """How many texts have a word."""
    return int((sets.sizes > 0).sum())
