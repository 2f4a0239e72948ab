"""What is trivially counted of a conversation: how much, how dense, how even, and how alike its words are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Vector = Mapping[str, float]
Rows = Sequence[Mapping[str, Any]]
# The span of contributions over which one can respond to another, as many as GCA would look back.
SPAN: Final = 10
WORD: Final = re.compile(r"[^\W_]{2,}")


def reply_density(rows: Rows, author_of: Mapping[int, str]) -> float:
    """Which share of all ordered pairs of speakers have one replying to the other, by the parents of the source."""
    people = {row["actor"] for row in rows}
    pairs = {(row["actor"], author_of.get(row["parent"])) for row in rows if row["parent"] is not None}
    inside = sum(one != other and other in people for one, other in pairs)
    return inside / (len(people) * (len(people) - 1)) if len(people) > 1 else 0.0


def gini(rows: Rows) -> float:
    """Of the contributions over the speakers: 0, everybody as many."""
    counts = sorted(Counter(row["actor"] for row in rows).values())
    n, total = len(counts), sum(counts)
    weighted = sum(place * count for place, count in enumerate(counts, 1))
    return (2 * weighted - (n + 1) * total) / (n * total)


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """By word ln(n / df), over all contributions of a history."""
    documents = [set(words(text)) for text in texts]
    counts = Counter(word for found in documents for word in found)
    return {word: math.log(len(documents) / count) for word, count in counts.items()}


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def vector(text: str, idf: Mapping[str, float]) -> Vector:
    """The words' counts times their rarity, of length 1; empty where no word is rare."""
    raw = {word: count * idf.get(word, 0.0) for word, count in Counter(words(text)).items()}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items() if value} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * large.get(word, 0.0) for word, value in small.items())


def responsivity(speakers: Sequence[str], vectors: Sequence[Vector], span: int = SPAN) -> tuple[float, float]:
    """Overall responsivity and internal cohesion of a conversation, each a mean over its people (Dowell, Nixon &
    Graesser 2019).

    r(τ, a, b) is the mean likeness of what a says to what b said τ contributions before, 0 where that never happens;
    averaged over τ = 1 … span. Overall responsivity of a: its mean over all b but a; internal cohesion: b = a. Here
    likeness is the cosine of tf-idf vectors, where GCA first used latent semantic analysis, and the span is ten
    contributions, or as many as there are.
    """
    people = list(dict.fromkeys(speakers))
    reach = min(span, len(speakers) - 1)
    if reach < 1:
        return 0.0, 0.0
    means: dict[tuple[str, str], float] = {}
    for lag in range(1, reach + 1):
        seen: dict[tuple[str, str], list[float]] = {}
        for at in range(lag, len(speakers)):
            pair = speakers[at], speakers[at - lag]
            seen.setdefault(pair, []).append(cosine(vectors[at], vectors[at - lag]))
        for pair, found in seen.items():
            means[pair] = means.get(pair, 0.0) + sum(found) / len(found) / reach
    own = sum(means.get((one, one), 0.0) for one in people) / len(people)
    if len(people) < 2:
        return 0.0, own
    others = sum(value for (one, other), value in means.items() if one != other)
    return others / (len(people) * (len(people) - 1)), own
