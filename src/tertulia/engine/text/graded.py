"""How much of what was said experts would hear in a reply: an overlap of words and a few plain signs, weighted.

For one reply beside another, never for a reading: a reading ranks the plain overlap of one reply against draws, where
its length and whether it asks are the same on both sides.
"""

import re
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine.params import DEFAULT, Params
from tertulia.engine.questions import asks
from tertulia.engine.text.cleaning import own_words
from tertulia.engine.text.tokens import Texts, distinct, tokenise
from tertulia.engine.text.weights import Weights, own_idf

SIGNS: Final = ("overlap", "said", "words", "words_squared", "asks", "numbers")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


def graded(
    said: Texts, replies: Texts, *, weights: Weights | None = None, params: Params = DEFAULT
) -> NDArray[np.float64]:
    """How far each reply takes up what was said, on the scale of the experts' scores (mean 0, higher is more).

    Parameters: two string arrays of one length, pair by pair; `weights`, the frozen table of a text version (None:
    counted from these texts). Returns float64, one a pair.

    Source: the weights are fitted on the 1,304 pairs of Demszky et al. (2021) that the project shares, lessons of
    mathematics in English; foreseen by group they follow experts better than the overlap alone (validity, *uptake*).

    How to read it: to put replies of one kind into an order. When not to: as a grade of a person; across languages; as
    a reading of a space, for which it counts long replies and questions too kindly.
    """
    found = signs(said, replies, weights=weights, params=params)
    score: NDArray[np.float64] = found @ np.array(params.graded) + params.graded_at_0
    return score


def signs(
    said: Texts, replies: Texts, *, weights: Weights | None = None, params: Params = DEFAULT
) -> NDArray[np.float64]:
    """What `graded` weighs, shape (pairs, `SIGNS`).

    overlap: ln(1 + Σ idf of the distinct words shared); said: that sum as a share of what was said; words: ln(1 +
    distinct words of the reply), and its square; asks: 1 or 0; numbers: ln(1 + distinct numbers shared, of one digit
    too).
    """
    texts: Texts = pa.concat_arrays([said.cast(pa.large_string()), replies.cast(pa.large_string())])
    sets = distinct(tokenise(own_words(texts)))
    prior = params.weights_prior
    idf = own_idf(sets, prior) if weights is None else weights.idf(sets.words, prior)
    ids = np.split(sets.ids, sets.starts[1:-1])
    rows = []
    for number, (before, after) in enumerate(zip(said.to_pylist(), replies.to_pylist(), strict=True)):
        heard, answer = ids[number], ids[number + len(said)]
        shared = idf[np.intersect1d(heard, answer)].sum()
        length = np.log1p(len(answer))
        figures = set(_NUMBER.findall(before or "")) & set(_NUMBER.findall(after or ""))
        rows.append(
            (
                np.log1p(shared),
                shared / max(idf[heard].sum(), 1e-9),
                length,
                length**2,
                float(asks(after or "")),
                np.log1p(len(figures)),
            )
        )
    return np.array(rows).reshape(len(said), len(SIGNS))
