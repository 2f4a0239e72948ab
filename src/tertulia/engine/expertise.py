"""Expertise on a topic, for one viewer: who was credited there, by whom that viewer has reason to listen to."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tertulia.engine.acts import Id
from tertulia.engine.backends.contract import Backend
from tertulia.engine.fold import acts_of_ledger, backend_for
from tertulia.engine.params import DEFAULT_EXPERTISE, DEFAULT_TIES, ExpertiseParams
from tertulia.engine.sql import load
from tertulia.engine.table import Given, ledger_source, topics_of
from tertulia.engine.ties import last_moment, tie_constants, ties_script


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who was credited on a topic, and the credits that say so; for a page, in no order of merit."""

    person: Id
    acts: tuple[int, ...]


def credits_of(
    acts: Given,
    topics: Given,
    *,
    at: int | None = None,
    backend: Backend | None = None,
    params: ExpertiseParams = DEFAULT_EXPERTISE,
) -> pa.Table:
    """Who credited whom on which topic, as far as it still counts.

    Parameters: `acts`, a table of acts; `topics`, the table `act, topic` (a thread has the topics of its acts); `at`,
    µs UTC (None: the last act). Returns: `topic`, `giver`, `receiver`, `last_act` and `e` (float64, > 0: credits of the
    giver, one a day at most, half as much after 90 days, less what the receiver credited the giver on any topic).
    Rows in no order. Raises: `BadActs`. Source: ENGINE.md, section 5.
    """
    ledger = ledger_source(acts)
    runner = backend or backend_for(ledger)
    moment = at if at is not None else last_moment(ledger, runner)
    constants = {**tie_constants(at=moment), "expertise_half_life_days": params.half_life_days}
    script = (
        acts_of_ledger(ledger)
        .then(ties_script(at=moment, params=DEFAULT_TIES))
        .then(load("credits", constants))
    )
    tables = {"ledger": ledger, "topics": topics_of(topics)}
    return runner.run(script, tables, wanted=["credits"])["credits"]


def expertise_for(
    credits: pa.Table,
    beliefs: Mapping[Id, float],
    topics: Iterable[str],
    *,
    params: ExpertiseParams = DEFAULT_EXPERTISE,
) -> dict[Id, float]:
    """x_V(p) = Σ_c κ_V(c)·e_c/(e_c + 1), summed over the topics: an input of routing, and of nothing else.

    Parameters: `credits`, rows of `credits_of`; `beliefs`, the viewer's belief in each person they have a tie to, 0 to
    1; `topics`. All who are strangers to the viewer together weigh at most 1 a topic. Returns: people with more than 0.

    How to read it: as a hint on whom to ask today. When not to: it is nobody's property, differs from viewer to viewer,
    and is never shown, stored for a person, or put into an order on a screen. Source: ENGINE.md, section 5.
    """
    found: dict[Id, float] = {}
    for topic in dict.fromkeys(topics):
        rows = _on(credits, topic)
        if len(rows):
            for person, value in _on_one(rows, beliefs, params):
                found[person] = found.get(person, 0.0) + value
    return found


def _on_one(rows: pa.Table, beliefs: Mapping[Id, float], params: ExpertiseParams) -> list[tuple[Id, float]]:
    givers: list[Any] = rows.column("giver").to_pylist()
    e: NDArray[np.float64] = rows.column("e").to_numpy()
    weight = np.array([beliefs.get(giver, 0.0) for giver in givers])
    stranger = np.array([giver not in beliefs for giver in givers])
    people, place = np.unique(np.array(rows.column("receiver").to_pylist()), return_inverse=True)
    each = e / (e + 1.0)
    by_ties = np.bincount(place, weight * each, len(people))
    by_strangers = np.bincount(place, stranger * each, len(people))
    whole = by_ties + np.minimum(by_strangers, params.strangers_at_most)
    return [(_plain(person), float(value)) for person, value in zip(people, whole, strict=True) if value > 0]


def known_for(credits: pa.Table, topic: str, *, willing: Set[Id]) -> list[Known]:
    """Who was credited on a topic, of those who want to be asked: by name, not by number, each with the credits.

    `willing`: who has opted in; nobody else is named. Ordered by id, because any other order would be a ranking.
    """
    rows = _on(credits, topic).to_pylist()
    acts: dict[Id, list[int]] = {}
    for row in rows:
        if row["receiver"] in willing:
            acts.setdefault(row["receiver"], []).append(row["last_act"])
    return [Known(person, tuple(sorted(acts[person]))) for person in sorted(acts, key=str)]


def _on(credits: pa.Table, topic: str) -> pa.Table:
    return credits.filter(pc.field("topic") == topic)


def _plain(value: Any) -> Id:
    told: Id = value.item() if isinstance(value, np.generic) else value
    return told
