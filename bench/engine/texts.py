"""Invented texts for a ledger's contributions, and what the text stage takes for them on one core."""

import os
from typing import Any, Final

import numpy as np
import pyarrow as pa

from bench.engine import ledger
from bench.engine.apart import spent
from tertulia.engine.uptake import measure

WORDS: Final = 30_000
SYLLABLES: Final = (
    "ba",
    "den",
    "ki",
    "lo",
    "mur",
    "ne",
    "pa",
    "ris",
    "so",
    "tan",
    "ul",
    "ve",
    "wen",
    "xi",
    "yor",
    "zu",
)
# Of a space's own words, and how much of a reply is taken from what it answers: both as on a forum, roughly.
TAKEN_UP: Final = 0.15
LONGEST: Final = 400


def text_stage(messages: int) -> dict[str, Any]:
    """Messages a second, drawing included, the fold of talk included; on one core."""
    return _measured(ledger.part(0, round(messages / ledger.TALK_SHARE)), chat=False)


def one_space(messages: int, words: int, parents: bool) -> dict[str, Any]:
    """The same of one space, in which a message has so many words on average; without parents it is a chat."""
    return _measured(_one_space(messages, words, parents=parents), chat=not parents)


def _measured(acts: pa.Table, *, chat: bool) -> dict[str, Any]:
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    texts = of_acts(acts)
    cost = spent(lambda: measure(acts, texts, chat=chat))
    return {**cost, "messages": len(texts), "per_cpu_s": round(len(texts) / cost["cpu_s"])}


def _one_space(messages: int, words: int, *, parents: bool) -> pa.Table:
    """Sixty people, five threads at a time, two hundred messages in these, one each half minute."""
    draw = np.random.default_rng([ledger.SEED, words, parents])
    number = np.arange(messages)
    thread = number // 200 * 5 + draw.integers(0, 5, messages)
    order = np.argsort(thread, kind="stable")
    begins = np.searchsorted(thread[order], thread[order])
    # Most answer the message before, some an earlier one.
    answered = order[np.maximum(number - draw.geometric(0.5, messages), begins)]
    parent = np.empty(messages, np.int64)
    parent[order] = answered
    opening = np.isin(number, order[begins])
    return pa.table(
        {
            "act": number,
            "t": number * ledger.HOUR_US // 120,
            "actor": draw.integers(0, 60, messages),
            "verb": np.where(opening, "posted", "replied"),
            "space": np.ones(messages, np.int64),
            "thread": thread,
            "parent": pa.array(parent, mask=opening | (not parents)),
            "words": draw.geometric(1 / words, messages),
        }
    )


def of_acts(acts: pa.Table, *, seed: int = ledger.SEED) -> pa.Table:
    """`act`, `text` for every contribution: words by Zipf's law, a part of them out of what is responded to."""
    draw = np.random.default_rng([seed, 99])
    said = (
        acts.filter(pa.compute.greater(acts.column("words"), pa.scalar(0)))
        .select(["act", "parent", "words"])
        .to_pydict()
    )
    weights = 1 / np.arange(1, WORDS + 1)
    bounds = np.cumsum(weights / weights.sum())
    words = np.array([_word(number) for number in range(WORDS)])
    lengths = np.minimum(said["words"], LONGEST)
    spoken = words[np.minimum(np.searchsorted(bounds, draw.random(int(lengths.sum()))), WORDS - 1)]
    ends = np.cumsum(lengths)
    texts: dict[int, list[str]] = {}
    for act, parent, end, length in zip(said["act"], said["parent"], ends, lengths, strict=True):
        own = spoken[end - length : end].tolist()
        before = texts.get(parent)
        if before:
            for place in draw.integers(0, length, round(length * TAKEN_UP)).tolist():
                own[place] = before[place % len(before)]
        texts[act] = own
    return pa.table({"act": list(texts), "text": [" ".join(one) for one in texts.values()]})


def _word(number: int) -> str:
    """Every number another word; the frequent ones are short."""
    parts, rest = [], number + 16
    while rest:
        rest, digit = divmod(rest, len(SYLLABLES))
        parts.append(SYLLABLES[digit])
    return "".join(parts)
