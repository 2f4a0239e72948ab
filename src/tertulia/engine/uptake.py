"""The text stage: did what one person said come back in what another answered, more than words do anyway?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from tertulia.engine import fold
from tertulia.engine.params import DEFAULT, Params
from tertulia.engine.table import Given
from tertulia.engine.text.cleaning import own_words
from tertulia.engine.text.contexts import NONE, Rows, contexts, copied
from tertulia.engine.text.draws import ELSEWHERE, OUT_OF_ORDER, drawn, pool
from tertulia.engine.text.overlap import Heard, shared
from tertulia.engine.text.tokens import Numbers, Texts, Tokens, distinct, starts_of, tokenise
from tertulia.engine.text.weights import Weights, own_idf, weights_of

__all__ = ["MEASURES", "Weights", "measure", "weights_of"]

_TYPES: Final[dict[str, Any]] = {
    "act": pa.int64(),
    "uptake": pa.float64(),
    "rk_t": pa.float64(),
    "rk_o": pa.float64(),
    "text_version": pa.int64(),
}
# The text version of what is measured without a table.
_FIRST: Final = 1
MEASURES: Final = pa.schema(_TYPES)
Floats: TypeAlias = NDArray[np.float64]
# Its type stubs know fewer kinds of arrays than the library does.
pc: Any = compute


def measure(
    acts: Given,
    texts: pa.Table,
    *,
    weights: Weights | None = None,
    params: Params = DEFAULT,
    chat: bool = False,
) -> pa.Table:
    """Say for each contribution how much of what it answers came back in it, and how that ranks among draws.

    Parameters: `acts`, a table of acts in any order, of one space or several; `texts`, columns `act` (int64) and
    `text` (string); `weights`, the frozen table of a text version (None: counted from each space's texts, version 1);
    `chat`, whether episodes end after 60 minutes, as on a chat, or after 90 days.

    Returns: `MEASURES`, one row for each contribution whose own text and whose context's texts are there, in the
    order of (space, time, act). `uptake`, ≥ 0: ln(1 + Σ idf over the distinct words shared with the context), null
    where there is no context, and for a say-back, whose words are the other's by intent. `rk_t`, −½ to ½: rank among
    draws from other episodes (is it about *this*?); `rk_o`: among draws from the same episode (about what was *just
    said*?); null where the pool cannot fill a draw. Same acts, texts and weights: same numbers, in any order of rows.
    Raises: KeyError where `texts` lacks a column; ValueError where an act has two texts.

    Source: ENGINE.md, section 2; the word overlap is that of Demszky et al. (2021), weighted.

    How to read it: a single rank says almost nothing (four draws); means over many contributions of a person, of a
    space, do. When not to: for one reply; across languages; in scripts without spaces between words, which are cut
    into pairs of characters that nobody has validated. A paraphrase without a common word counts as nothing.
    """
    said = fold.said(acts, params=params, chat=chat)
    said = said.sort_by([("space", "ascending"), ("t", "ascending"), ("act", "ascending")])
    # All of them at once: making the patterns ready takes longer than cleaning a small space.
    own = own_words(_texts_of(said["act"].to_numpy(), texts))
    measured = [
        _measure(_rows(said.slice(start, size)), own.slice(start, size), weights, params)
        for start, size in _spaces(said)
    ]
    return pa.concat_tables([MEASURES.empty_table(), *measured])


def _measure(rows: Rows, texts: Texts, weights: Weights | None, params: Params) -> pa.Table:
    there = texts.is_valid().to_numpy(zero_copy_only=False)
    tokens = tokenise(texts)
    sets = distinct(tokens)
    prior = params.weights_prior
    idf = own_idf(sets, prior) if weights is None else weights.idf(tokens.words, prior)
    context = contexts(rows, others=params.context_others, turns=params.context_turns)
    gone = copied(tokens, context, params.copied_run)
    if gone.any():
        tokens = _without(tokens, gone)
        sets = distinct(tokens)
    heard = Heard(rows, context, tokens, sets, idf)
    known = there & ((context == NONE) | there[context]).all(axis=1)
    answered = np.flatnonzero(known & (context[:, 0] != NONE) & ~rows.say_back)
    total, size = shared(heard, answered)
    answered = answered[size[answered] > 0]
    uptake = np.full(len(rows), np.nan)
    uptake[answered] = np.log1p(total[answered])
    ranks = {
        null: _ranks(total, drawn(heard, size, answered, pool(rows, null, params), params))
        for null in (ELSEWHERE, OUT_OF_ORDER)
    }
    version = np.full(len(rows), weights.version if weights else _FIRST)
    columns = (rows.act, uptake, ranks[ELSEWHERE], ranks[OUT_OF_ORDER], version)
    arrays = [
        pa.array(values[known], field.type, from_pandas=True)
        for values, field in zip(columns, MEASURES, strict=True)
    ]
    return pa.table(arrays, schema=MEASURES)


def _ranks(total: Floats, drawn_totals: Floats) -> Floats:
    """The share of draws below, half of those equal, less ½; not a number where a draw is missing."""
    own = total[:, None]
    rank = (drawn_totals < own).mean(axis=1) + (drawn_totals == own).mean(axis=1) / 2 - 0.5
    return np.where(np.isnan(drawn_totals).any(axis=1), np.nan, rank)


def _without(tokens: Tokens, gone: NDArray[np.bool_]) -> Tokens:
    return replace(tokens, ids=tokens.ids[~gone], starts=starts_of(~gone, tokens.sizes))


def _texts_of(acts: Numbers, table: pa.Table) -> Texts:
    """One text an act, null where there is none."""
    given: Numbers = table["act"].to_numpy()
    order = np.argsort(given, kind="stable")
    given = given[order]
    twice = given[1:][given[1:] == given[:-1]]
    if len(twice):
        raise ValueError(f"Act {twice[0]} has two texts")
    at = np.searchsorted(given, acts)
    known = at < len(given)
    known[known] = given[at[known]] == acts[known]
    row = np.zeros(len(acts), np.int64)
    row[known] = order[at[known]]
    texts: Any = table["text"].cast(pa.large_string()).combine_chunks()
    found: Texts = texts.take(pa.array(row, mask=~known))
    return found


def _spaces(said: pa.Table) -> Iterator[tuple[int, int]]:
    """Where the contributions of each space begin, in a table sorted by space, and how many they are."""
    ends = np.flatnonzero(np.diff(_coded(said["space"]), append=-1)) + 1
    sizes = np.diff(ends, prepend=0)
    return zip((ends - sizes).tolist(), sizes.tolist(), strict=True)


def _rows(said: pa.Table) -> Rows:
    episode = _coded(said["episode"])
    parent = pc.index_in(said["parent"], said["act"].combine_chunks())
    in_episode = np.argsort(episode, kind="stable")
    at = np.empty_like(in_episode)
    at[in_episode] = np.arange(len(at))
    return Rows(
        act=said["act"].to_numpy(),
        episode=episode,
        actor=_coded(said["actor"]),
        parent=pc.fill_null(parent, NONE).to_numpy().astype(np.int64),
        opening=pc.equal(said["opening"], 1).to_numpy(),
        say_back=pc.fill_null(pc.equal(said["move"], "say_back"), False).to_numpy(),
        in_episode=in_episode,
        at=at,
        turn=at - np.searchsorted(episode[in_episode], episode),
    )


def _coded(column: Any) -> Numbers:
    codes: Numbers = column.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes
