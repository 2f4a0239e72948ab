"""A person's network: their ties in words, whom to wake, whom to meet, where to look further."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pyarrow as pa

from tertulia.engine.acts import Id
from tertulia.engine.backends.contract import Backend
from tertulia.engine.entries import KINDS
from tertulia.engine.fold import acts_of_ledger, backend_for
from tertulia.engine.introductions import Introduction, Network
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams
from tertulia.engine.sql import load
from tertulia.engine.table import Given, ledger_source, topics_of
from tertulia.engine.tie_rows import Earned, State
from tertulia.engine.ties import last_moment, tie_constants, ties_script, with_opinion

NO_TOPICS: Final = pa.table({"act": pa.array([], pa.int64()), "topic": pa.array([], pa.string())})
LISTED: Final = 10


@dataclass(frozen=True, slots=True)
class TieInWords:
    """What is between the reader and `person`, without a number: `state`, what it had `earned`, since when (ISO dates,
    UTC), of which kinds of acts, the first and the last act of it, and whether they were here lately."""

    person: Id
    state: State
    earned: Earned
    first_on: str
    last_on: str
    kinds: tuple[str, ...]
    began_with: int | None
    last_exchanged: int | None
    here_lately: bool


@dataclass(frozen=True, slots=True)
class Beyond:
    """A space or a topic in which people the reader has ties to talk, and the reader does not; an act of each."""

    name: Id
    through: tuple[tuple[Id, int], ...]


@dataclass(frozen=True, slots=True)
class PersonReading:
    """A person's own view of their network. Plain values; nothing in it is a score, or for anybody else's eyes.

    `ties` and `waking` in order of belief, then of the last day; `waking`: dormant, once settling or settled, and
    here lately. `introductions`, `spaces` and `topics` each name who stands in the middle, and their public acts.
    """

    person: Id
    at: int
    params_version: str
    ties: tuple[TieInWords, ...]
    waking: tuple[TieInWords, ...]
    introductions: tuple[Introduction, ...]
    spaces: tuple[Beyond, ...]
    topics: tuple[Beyond, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe: what a page of this person may show."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def read_person(
    acts: Given,
    *,
    person: Id,
    at: int | None = None,
    readable: Given | None = None,
    topics: Given | None = None,
    resting: Set[Id] = frozenset(),
    backend: Backend | None = None,
    params: TieParams = DEFAULT_TIES,
) -> PersonReading:
    """Say what a person may go by in their network: the ties they have, and where to look further.

    Parameters: `acts`, a table of acts in which the person's own are complete; `at`, µs UTC (None: the last act);
    `readable`, the acts that this person may read (None: all of `acts`), from which alone others are suggested;
    `topics`, the table `act, topic`; `resting`, whom not to suggest now (who does not want it, who was asked enough
    today); `backend`. Returns: a `PersonReading`. Raises: `BadActs`.

    Source: ENGINE.md, section 4; Jøsang & Ismail (2002); that dormant ties are worth waking: Levin, Walter &
    Murnighan (2011). How to read it: by this person alone. When not to: as a picture of anybody, or put together for
    many people. For many readers build one `Network` and ask it.
    """
    private = ledger_source(acts)
    public = private if readable is None else ledger_source(readable)
    runner = backend or backend_for(private)
    moment = at if at is not None else last_moment(private, runner)
    constants = {
        **tie_constants(at=moment, params=params),
        "person": person,
        "lately_us": moment - params.dormant_days * DAY_US,
    }
    folding = ties_script(at=moment, params=params)
    mine = runner.run(
        acts_of_ledger(private).then(folding).then(load("mine", constants)),
        {"ledger": private},
        wanted=["mine", "my_ties"],
    )
    near = mine["my_ties"].select(["b", "r", "s"])
    listed = NO_TOPICS if topics is None else topics_of(topics)
    beyond = runner.run(
        acts_of_ledger(public)
        .then(folding)
        .then(load("published", constants))
        .then(load("beyond", constants)),
        {"ledger": public, "topics": listed, "near": near},
        wanted=["published", "here", "spaces_beyond", "topics_beyond"],
    )
    return _reading(person, moment, mine, beyond, resting, params)


def _reading(
    person: Id,
    at: int,
    mine: Mapping[str, pa.Table],
    beyond: Mapping[str, pa.Table],
    resting: Set[Id],
    params: TieParams,
) -> PersonReading:
    ties = in_words(mine["my_ties"], mine["mine"], here=_ids(beyond["here"]), params=params)
    asleep = (tie for tie in ties if tie.state == "dormant" and tie.here_lately)
    network = Network.of(mine["my_ties"], beyond["published"], params=params)
    return PersonReading(
        person=person,
        at=at,
        params_version=params.version,
        ties=ties,
        waking=tuple(tie for tie in asleep if tie.person not in resting),
        introductions=tuple(network.introductions(person, at_most=LISTED, resting=resting)),
        spaces=_beyond(beyond["spaces_beyond"], resting),
        topics=_beyond(beyond["topics_beyond"], resting),
    )


def published_of(
    acts: Given, *, at: int | None = None, backend: Backend | None = None, params: TieParams = DEFAULT_TIES
) -> pa.Table:
    """What y has published about z, for every y and z: credits, and "yes, that's it". The second hop of a network.

    Parameters: `acts`, only what the reader may read. Returns: `a` (y), `b` (z), `r` (float64, thousandths, forgotten
    and saturated like a tie's), `last_day` (int64), `first_act`, `last_act` (int64). Raises: `BadActs`.
    """
    ledger = ledger_source(acts)
    runner = backend or backend_for(ledger)
    moment = at if at is not None else last_moment(ledger, runner)
    script = ties_script(at=moment, params=params).then(
        load("published", tie_constants(at=moment, params=params))
    )
    return runner.run(acts_of_ledger(ledger).then(script), {"ledger": ledger}, wanted=["published"])[
        "published"
    ]


def in_words(
    ties: pa.Table, mine: pa.Table, *, here: Set[Id] = frozenset(), params: TieParams = DEFAULT_TIES
) -> tuple[TieInWords, ...]:
    """One person's rows of `ties_of` as words, in order of belief, then of the last day."""
    acts = {row["b"]: (row["first_act"], row["last_act"]) for row in mine.to_pylist()}
    rows = (
        with_opinion(ties, params=params).to_pylist()
        if "belief" not in ties.column_names
        else ties.to_pylist()
    )
    rows.sort(key=lambda row: (-row["belief"], -row["last_day"], str(row["b"])))
    return tuple(
        TieInWords(
            person=row["b"],
            state=row["state"],
            earned=row["earned"],
            first_on=day_in_words(row["first_day"]),
            last_on=day_in_words(row["last_day"]),
            kinds=kinds_in_words(row["kinds"]),
            began_with=acts.get(row["b"], (None, None))[0],
            last_exchanged=acts.get(row["b"], (None, None))[1],
            here_lately=row["b"] in here,
        )
        for row in rows
    )


def day_in_words(day: int) -> str:
    """A UTC day since 1970 as an ISO date."""
    return datetime.fromtimestamp(day * DAY_US // 1_000_000, UTC).date().isoformat()


def kinds_in_words(mask: int) -> tuple[str, ...]:
    """The kinds of evidence that a row's bits stand for."""
    return tuple(kind for place, kind in enumerate(KINDS) if mask >> place & 1)


def _ids(table: pa.Table) -> frozenset[Id]:
    there: list[Any] = table.column("actor").to_pylist()
    return frozenset(there)


def _beyond(table: pa.Table, resting: Set[Id]) -> tuple[Beyond, ...]:
    """The latest act of each person in each place; the place with the latest act first."""
    places: dict[Id, list[tuple[int, Id]]] = {}
    for row in table.to_pylist():
        if row["actor"] not in resting:
            places.setdefault(row["beyond"], []).append((row["act"], row["actor"]))
    latest: Callable[[Id], tuple[int, str]] = lambda place: (-max(places[place])[0], str(place))  # noqa: E731
    return tuple(
        Beyond(place, tuple((actor, act) for act, actor in sorted(places[place], reverse=True)[:3]))
        for place in sorted(places, key=latest)[:LISTED]
    )


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value
