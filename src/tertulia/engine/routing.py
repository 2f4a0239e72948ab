"""Whom to ask: who answers on these topics, lately, and was credited there; nobody all day long."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.acts import Id
from tertulia.engine.params import DEFAULT_EXPERTISE, ExpertiseParams

# Before the stored powers of two grow past what a float holds.
RESCALE_AT: Final = 500.0
NOBODY: Final[Mapping[Id, float]] = {}


class _Forgetting:
    """A growing vector of counts a person, all of which halve together with every half-life."""

    def __init__(self) -> None:
        self.people: NDArray[np.int64] = np.zeros(8, np.int64)
        self.values: NDArray[np.float64] = np.zeros(8, np.float64)
        self.places: dict[int, int] = {}

    def add(self, person: int, weight: float) -> None:
        place = self.places.get(person)
        if place is None:
            place = self.places[person] = len(self.places)
            if place == len(self.people):
                self.people = np.concatenate([self.people, np.zeros(place, np.int64)])
                self.values = np.concatenate([self.values, np.zeros(place)])
            self.people[place] = person
        self.values[place] += weight

    def now(self, factor: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        size = len(self.places)
        return self.people[:size], self.values[:size] * factor


def _largest(scores: NDArray[np.float64], many: int) -> NDArray[np.intp]:
    """The places of at least so many largest, largest first, equals in order of place."""
    if many >= len(scores):
        return np.lexsort((np.arange(len(scores)), -scores))
    least = np.partition(scores, len(scores) - many)[len(scores) - many]
    among = np.flatnonzero(scores >= least)
    return among[np.lexsort((among, -scores[among]))]


class Router:
    """Remembers who answered on what, and says whom to ask next. Times are days, or any clock that only grows.

    score(p) = Σ_topics idf(topic)·ln(1 + answers of p there) + ln(1 + answers of p) + x_V(p), the answers halving with
    every `recency_half_life`; idf(topic) = ln((n + 1)/(1 + questions on it)). An input of who is asked, never shown.
    """

    def __init__(self, *, params: ExpertiseParams = DEFAULT_EXPERTISE) -> None:
        self.params = params
        self._ids: list[Id] = []
        self._index: dict[Id, int] = {}
        self._topics: dict[str, _Forgetting] = {}
        self._everywhere = _Forgetting()
        self._questions = 0
        self._on: Counter[str] = Counter()
        self._asked: Counter[Id] = Counter()
        self._day: int | None = None
        self._origin = 0.0

    def asked(self, topics: Iterable[str]) -> None:
        """A question was asked on these topics."""
        self._questions += 1
        self._on.update(dict.fromkeys(topics, 1))

    def answered(self, person: Id, topics: Iterable[str], *, at: float) -> None:
        """This person answered on these topics."""
        number = self._number(person)
        weight = self._weight(at)
        self._everywhere.add(number, weight)
        for topic in dict.fromkeys(topics):
            self._topics.setdefault(topic, _Forgetting()).add(number, weight)

    def whom_to_ask(
        self,
        topics: Iterable[str],
        *,
        at: float,
        not_these: Set[Id] = frozenset(),
        credit: Mapping[Id, float] = NOBODY,
        at_most: int = 10,
        spare: bool = True,
    ) -> list[Id]:
        """The people to ask, likeliest first.

        Parameters: `topics` of the question; `at`, the clock; `not_these`, who asks, and who does not want to be asked;
        `credit`, x_V of `expertise.expertise_for` for the one who asks; `at_most`; `spare`, whether whoever was given
        three questions on this whole number of the clock (a day) is left out, and the people returned count as given.
        Returns: at most `at_most` people who have answered here; fewer, or none, at the beginning.
        """
        if not self._ids:
            return []
        scores = self._scores(topics, at, credit)
        if spare and self._day != int(at):
            self._day, self._asked = int(at), Counter()
        resting = sum(count >= self.params.asked_a_day for count in self._asked.values()) if spare else 0
        order = _largest(scores, at_most + len(not_these) + resting)
        chosen: list[Id] = []
        for number in order:
            person = self._ids[number]
            rests = spare and self._asked[person] >= self.params.asked_a_day
            if person not in not_these and not rests:
                chosen.append(person)
                if len(chosen) == at_most:
                    break
        if spare:
            self._asked.update(chosen)
        return chosen

    def _scores(self, topics: Iterable[str], at: float, credit: Mapping[Id, float]) -> NDArray[np.float64]:
        factor = 1.0 / self._weight(at)
        scores = np.zeros(len(self._ids))
        people, values = self._everywhere.now(factor)
        scores[people] += self.params.popularity_weight * np.log1p(values)
        for topic in dict.fromkeys(topics):
            counts = self._topics.get(topic)
            if counts is not None:
                people, values = counts.now(factor)
                rare = log((self._questions + 1) / (1 + self._on[topic]))
                scores[people] += self.params.topic_weight * rare * np.log1p(values)
        for person, value in credit.items():
            number = self._index.get(person)
            if number is not None:
                scores[number] += self.params.credit_weight * value
        return scores

    def _number(self, person: Id) -> int:
        number = self._index.get(person)
        if number is None:
            number = self._index[person] = len(self._ids)
            self._ids.append(person)
        return number

    def _weight(self, at: float) -> float:
        """What something at this moment weighs, relative to the origin, which moves before it overflows."""
        exponent = (at - self._origin) / self.params.recency_half_life
        if exponent > RESCALE_AT:
            for counts in (self._everywhere, *self._topics.values()):
                counts.values *= 2.0**-exponent
            self._origin, exponent = at, 0.0
        return float(2.0**exponent)
