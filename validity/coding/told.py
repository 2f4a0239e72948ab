"""What the engine says of the conversations and windows that people coded, and what is trivially counted of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.episodes import episodes_of
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.reading import read_space
from tertulia.engine.uptake import measure
from validity.coding.histories import History
from validity.coding.sheets import Row
from validity.talk_counts import Rows, gini, rarity, reply_density, responsivity, vector

FATES: Final = {
    "no_answer": "nobody",
    "one_way": "one_way",
    "both_ways": "both_ways",
    "came_of_it": "came_of_it",
}


@dataclass(frozen=True, slots=True)
class EpisodeTold:
    """`codes`: by question what the engine says; `whole`, what it says became of it beyond what was shown;
    `counts`, the baselines; `thread`, for intervals."""

    codes: Mapping[str, str]
    whole: str
    counts: Mapping[str, float]
    thread: str


@dataclass(frozen=True, slots=True)
class WindowTold:
    """By state its probability; whether the source lets nothing above conversing be said."""

    probabilities: Mapping[str, float]
    ceiling: bool


def measured(history: History) -> pa.Table:
    """The acts with what the text stage says of them."""
    acts = history.tables.acts
    ranks = measure(acts, history.tables.texts, chat=history.chat)
    return acts.join(ranks, keys="act", join_type="left outer").sort_by("act")


def episodes_told(key: Mapping[str, Row], history: History, acts: pa.Table) -> dict[str, EpisodeTold]:
    """By id, of the drawn episodes of one history. What was not shown is not counted, but for `whole`."""
    begins = {id_: history.episode_of(row["first"]) for id_, row in key.items()}
    shown = {id_: history.episodes[begins[id_]][: int(row["shown"])] for id_, row in key.items()}
    unseen = [row["act"] for id_ in key for row in history.episodes[begins[id_]][len(shown[id_]) :]]
    seen = acts.filter(pc.invert(pc.is_in(acts.column("act"), pa.array(unseen, pa.int64()))))
    whole, part = _fates(acts, history.chat), _fates(seen, history.chat)
    ranks = {row["act"]: row for row in acts.select(["act", "rk_t", "rk_o"]).to_pylist()}
    actors: list[dict[str, Any]] = acts.select(["act", "actor"]).to_pylist()
    authors = {row["act"]: row["actor"] for row in actors}
    idf = rarity(history.texts.values())
    found = {}
    for id_, rows in shown.items():
        became = part[begins[id_]]
        depends = _depends(rows, ranks)
        small = became in {"both_ways", "came_of_it"} and depends != "utterance"
        codes = {"became": became, "depends": depends, "small_talk": "yes" if small else "no"}
        counts = _counts(rows, authors, history.texts, idf)
        found[id_] = EpisodeTold(codes, whole[begins[id_]], counts, f"{history.name} {rows[0]['thread']}")
    return found


def _fates(acts: pa.Table, chat: bool) -> dict[int, str]:
    rows: list[dict[str, Any]] = episodes_of(acts, chat=chat).to_pylist()
    return {row["episode"]: FATES[row["became"]] for row in rows}


def _depends(rows: Rows, ranks: Mapping[int, Mapping[str, Any]]) -> str:
    """Means over the people, as a reading takes them, of one conversation: which the engine never states by itself."""
    means = []
    for name in ("rk_t", "rk_o"):
        people: dict[Any, list[float]] = {}
        for row in rows:
            rank = ranks[row["act"]][name]
            if rank is not None:
                people.setdefault(row["actor"], []).append(rank)
        means.append(float(np.mean([np.mean(values) for values in people.values()])) if people else None)
    on_this, on_what_was_just_said = means
    # Without a rank against the other order (too short a talk) the first alone decides, as in a reading.
    if on_this is None or on_this <= DEFAULT.delta_uptake:
        return "no"
    after = on_what_was_just_said
    return "utterance" if after is None or after > DEFAULT.delta_uptake else "topic"


def _counts(
    rows: Rows, authors: Mapping[int, str], texts: Mapping[int, str], idf: Mapping[str, float]
) -> dict[str, float]:
    speakers = [row["actor"] for row in rows]
    vectors = [vector(texts[row["act"]], idf) for row in rows]
    overall, internal = responsivity(speakers, vectors)
    return {
        "post_count": float(len(rows)),
        "reply_density": reply_density(rows, authors),
        "gini": gini(rows),
        "gca_responsivity": overall,
        "gca_cohesion": internal,
    }


def windows_told(key: Mapping[str, Row], history: History, acts: pa.Table) -> dict[str, WindowTold]:
    """By id, of the drawn windows of one history."""
    return {id_: _window_told(row, history, acts) for id_, row in key.items()}


def _window_told(row: Row, history: History, acts: pa.Table) -> WindowTold:
    if row["kind"] == "twelve weeks":
        reading = read_space(
            acts,
            space=history.name,
            at=int(row["ends"]),
            window="12w",
            visibility=history.visibility,
            chat=history.chat,
        )
    else:
        # Read when the last opening has been answered or will not be.
        reading = read_space(
            _threads(acts, history, row["firsts"].split()),
            space=history.name,
            at=int(row["ends"]) + DEFAULT.answerable_days * DAY_US,
            window="all",
            visibility=history.visibility,
            chat=history.chat,
        )
    return WindowTold(reading.probabilities, reading.ceiling is not None)


def _threads(acts: pa.Table, history: History, firsts: Sequence[str]) -> pa.Table:
    threads = {history.episodes[history.episode_of(first)][0]["thread"] for first in firsts}
    return acts.filter(pc.is_in(acts.column("thread"), pa.array(sorted(threads), pa.int64())))
