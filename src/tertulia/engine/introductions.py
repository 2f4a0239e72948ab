"""Whom a person might meet: people of whom somebody they have good reason to listen to has said something in public."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine import opinion
from tertulia.engine.acts import Id
from tertulia.engine.params import DEFAULT_TIES, TieParams

Whole = NDArray[np.int64]
MIDDLE_PEOPLE: Final = 3


@dataclass(frozen=True, slots=True)
class Through:
    """The one in the middle, and the first and the last public act of theirs that speaks for the person."""

    person: Id
    acts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody to meet, and through whom. There is no number in it, and none is to be added."""

    person: Id
    through: tuple[Through, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe, for a page: ids and acts."""
        return {
            "person": self.person,
            "through": [{"person": one.person, "acts": list(one.acts)} for one in self.through],
        }


@dataclass(frozen=True, slots=True)
class _Edges:
    """Rows by their first person: those of person i stand from `starts[i]` to `starts[i + 1]`."""

    starts: Whole
    other: Whole
    belief: opinion.Floats
    last_day: Whole
    acts: Whole

    def of(self, person: int) -> slice:
        return slice(int(self.starts[person]), int(self.starts[person + 1]))


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody's ties, and what everybody has published of whom, as sorted arrays: built once, asked often."""

    people: NDArray[Any]
    ties: _Edges
    published: _Edges
    params: TieParams

    @classmethod
    def of(cls, ties: pa.Table, published: pa.Table, *, params: TieParams = DEFAULT_TIES) -> Self:
        """From the rows of `ties.ties_of` and of `network.published_of`."""
        sides = [table.column(name).to_numpy() for table in (ties, published) for name in ("a", "b")]
        people, codes = np.unique(np.concatenate(sides), return_inverse=True)
        ends = np.cumsum([len(side) for side in sides])
        a, b, y, z = np.split(codes, ends[:-1])
        mine = _edges(len(people), a, b, _belief(ties, params), ties)
        theirs = _edges(len(people), y, z, _belief(published, params), published)
        return cls(people, mine, theirs, params)

    def introductions(
        self, person: Id, *, at_most: int = 10, resting: Set[Id] = frozenset()
    ) -> list[Introduction]:
        """People whom `person` has no tie to, and whom people they have a tie to have credited or confirmed in public.

        `resting`: whom not to suggest now, because they do not want it or were asked enough today. Belief in z is that
        in y times y's published belief in z, evidence added over all y: it rises by at most b_xy for each, and nobody
        without a tie into a ring is moved by it. Looked at are the 200 whom the person believes most, and the 100 of
        whom each of these has spoken most; ordered by belief, then by last day. A person not in the network gets
        none. At most 3 come through the same person, so that nobody fills another's list with their friends, or with
        accounts of their own. Source: Jøsang & Ismail (2002), belief discounting; ENGINE.md, section 4.
        """
        me = int(np.searchsorted(self.people, person)) if len(self.people) else 0
        if me >= len(self.people) or self.people[me] != person:
            return []
        mine = self.ties.of(me)
        friends, belief = self.ties.other[mine], self.ties.belief[mine]
        asked = _most(belief, self.params.listened_to)
        rows, between = self._said_by(friends[asked])
        if not len(rows):
            return []
        between = asked[between]
        told = belief[between] * self.published.belief[rows]
        candidates = self.published.other[rows]
        useful = (told > 0) & (candidates != me) & ~_in_sorted(candidates, friends)
        rows, between, told, candidates = rows[useful], between[useful], told[useful], candidates[useful]
        found, place = np.unique(candidates, return_inverse=True)
        # Evidence added up orders as belief does, which is what it amounts to.
        evidence = np.bincount(place, told / (1.0 - told), len(found))
        last = np.zeros(len(found), np.int64)
        np.maximum.at(last, place, self.published.last_day[rows])
        order = np.lexsort((found, -last, -evidence))
        chosen: list[Introduction] = []
        through: Counter[Id] = Counter()
        for one in order:
            who = self._introduction(found[one], np.flatnonzero(place == one), rows, friends[between], told)
            best = who.through[0].person
            if who.person not in resting and through[best] < self.params.through_one:
                through[best] += 1
                chosen.append(who)
                if len(chosen) == at_most:
                    break
        return chosen

    def _said_by(self, friends: Whole) -> tuple[Whole, Whole]:
        """The rows that friends have published, and the friend's place for each."""
        begin, end = self.published.starts[friends], self.published.starts[friends + 1]
        lengths = np.minimum(end - begin, self.params.spoken_of)
        between = np.repeat(np.arange(len(friends)), lengths)
        first = np.repeat(begin - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        return first + np.arange(len(between)), between

    def _introduction(
        self, candidate: int, where: Whole, rows: Whole, friends: Whole, told: opinion.Floats
    ) -> Introduction:
        best = where[np.argsort(-told[where], kind="stable")][:MIDDLE_PEOPLE]
        through = tuple(
            Through(
                _plain(self.people[friends[one]]),
                tuple(dict.fromkeys(self.published.acts[rows[one]].tolist())),
            )
            for one in best
        )
        return Introduction(_plain(self.people[candidate]), through)


def _most(belief: opinion.Floats, at_most: int) -> NDArray[np.intp]:
    """The places of the largest, in order of place."""
    if len(belief) <= at_most:
        return np.arange(len(belief))
    return np.sort(np.argpartition(-belief, at_most)[:at_most])


def _in_sorted(values: Whole, ordered: Whole) -> NDArray[np.bool_]:
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[place] == values
    return found


def _plain(value: Any) -> Id:
    told: Id = value.item() if isinstance(value, np.generic) else value
    return told


def _belief(table: pa.Table, params: TieParams) -> opinion.Floats:
    r = table.column("r").to_numpy()
    s = table.column("s").to_numpy() if "s" in table.column_names else np.zeros(len(r))
    return opinion.of_evidence(r, s, prior=params.prior).belief


def _edges(people: int, first: Whole, second: Whole, belief: opinion.Floats, table: pa.Table) -> _Edges:
    # What was published stands by belief, of which the most is looked at; ties by whom they are to.
    said = "first_act" in table.column_names
    order = np.lexsort((second, -belief, first)) if said else np.lexsort((second, first))
    acts = (
        np.stack([table.column(name).to_numpy()[order] for name in ("first_act", "last_act")], axis=1)
        if said
        else np.empty((0, 2), np.int64)
    )
    starts = np.searchsorted(first[order], np.arange(people + 1))
    return _Edges(starts, second[order], belief[order], table.column("last_day").to_numpy()[order], acts)
