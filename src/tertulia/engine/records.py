"""What a reading consists of: frozen plain values that go to JSON and back."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self, get_type_hints

import pyarrow as pa

from tertulia.engine.acts import Id
from tertulia.engine.show import html_of
from tertulia.engine.states import State

_ARROW: Final = {str: pa.string(), int: pa.int64(), float: pa.float64(), float | None: pa.float64()}


@dataclass(frozen=True, slots=True)
class Feature:
    """One share that is read: `mean` as counted (None: nobody to count), its posterior's 95 % interval,
    the chance that it lies above `threshold` (None: none), over `people` (0: over things) and `items`."""

    name: str
    mean: float | None
    low: float
    high: float
    threshold: float | None
    above: float | None
    people: int
    items: int


@dataclass(frozen=True, slots=True)
class EpisodeShare:
    """How many conversations became `kind`, of all; the Jeffreys 80 % interval of that share."""

    kind: str
    count: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Alternation:
    """A-B-A triples: seen, expected if the same turns came in any order, and possible. Descriptive only."""

    seen: int
    expected: float
    possible: int


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """One meeting: who, in which thread, its acts in order, what it was. `influence` is the change that it
    makes to the logit of the state (None: not asked); `exact` says by a full recount, not to first order."""

    thread: Id
    episode: int
    people: tuple[Id, ...]
    acts: tuple[int, ...]
    begins: int
    ends: int
    both_ways: bool
    closed: bool
    influence: float | None
    exact: bool


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """Something asked that waits: `kind` opening, question or challenge; its age in whole days."""

    act: int
    thread: Id
    kind: str
    age_days: int


@dataclass(frozen=True, slots=True)
class ContestRead:
    """Open contests: the acts contested, how many meetings that leaves out, and the reading with and without
    them. `differs`: the state is not the same, so both are to be shown. `over_limit`: contested meetings that
    are in both readings, because one person's contests move at most a tenth."""

    acts: tuple[int, ...]
    meetings: int
    over_limit: int
    differs: bool
    state_with: State
    state_without: State
    leaning_with: State | None
    leaning_without: State | None
    probabilities_without: dict[str, float]


@dataclass(frozen=True, slots=True)
class SpaceReading:
    """A reading of one space in one window. Plain values; `to_dict` and `from_dict` are each other's inverse.

    `start` (exclusive; None: since its first act) and `end` (inclusive) are µs UTC. `state` is what may be
    said, `probability` that of `about` (the stated, leaning or likeliest state). `returned` counts meetings
    both ways. `missing` are codes of what the text stage has not given, `not_visible` of what traces, or this
    source, cannot show; `ceiling` is set where the source cannot carry what collaborating needs.
    `group` lists the meetings of a group under five, for those in it; such a reading has no state.
    """

    space: Id
    window: str
    start: int | None
    end: int
    params_version: str
    text_versions: tuple[int, ...]
    people: int
    contributions: int
    openings: int
    responses: int
    meetings: int
    returned: int
    open_asks: tuple[OpenAsk, ...]
    open_asks_total: int
    basis_shares: dict[str, float]
    missing: tuple[str, ...]
    not_visible: tuple[str, ...]
    ceiling: State | None
    probabilities: dict[str, float]
    state: State = State.EMPTY
    about: State | None = None
    probability: float | None = None
    leaning: State | None = None
    under_five: bool = False
    features: tuple[Feature, ...] = ()
    asks_younger: int = 0
    episodes: tuple[EpisodeShare, ...] = ()
    alternation: Alternation | None = None
    evidence_for: tuple[MeetingRead, ...] = ()
    evidence_against: tuple[MeetingRead, ...] = ()
    contest: ContestRead | None = None
    group: tuple[MeetingRead, ...] = ()

    def feature(self, name: str) -> Feature | None:
        """The feature of that name, if this reading has it."""
        return next((feature for feature in self.features if feature.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe: dicts, lists, strings, numbers, booleans and None."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def to_arrow(self) -> pa.Table:
        """Its figures as a table, a row each with the columns of `Feature`; the whole reading, as JSON, in the metadata
        of the schema under `tertulia.reading`."""
        types = get_type_hints(Feature)
        columns = {
            name: pa.array([getattr(feature, name) for feature in self.features], _ARROW[types[name]])
            for name in types
        }
        whole = json.dumps(self.to_dict(), allow_nan=False)
        return pa.table(columns).replace_schema_metadata({"tertulia.reading": whole})

    def _repr_html_(self) -> str:
        """How it shows itself in a notebook."""
        return html_of(self)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """The reading that `to_dict` gave. Raises KeyError (no such field), ValueError (unknown state)."""
        values = {field.name: stored[field.name] for field in fields(cls)}
        values["features"] = tuple(Feature(**row) for row in stored["features"])
        values["episodes"] = tuple(EpisodeShare(**row) for row in stored["episodes"])
        for name in ("evidence_for", "evidence_against", "group"):
            values[name] = tuple(_meeting(row) for row in stored[name])
        values["open_asks"] = tuple(OpenAsk(**row) for row in stored["open_asks"])
        for name in ("text_versions", "missing", "not_visible"):
            values[name] = tuple(stored[name])
        values["state"] = State(stored["state"])
        for name in ("about", "leaning", "ceiling"):
            values[name] = _state(stored[name])
        alternation, contest = stored["alternation"], stored["contest"]
        values["alternation"] = Alternation(**alternation) if alternation else None
        values["contest"] = _contest(contest) if contest else None
        return cls(**values)


def _plain(value: object) -> object:
    if isinstance(value, State):
        return value.value
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _state(code: str | None) -> State | None:
    return State(code) if code is not None else None


def _meeting(row: dict[str, Any]) -> MeetingRead:
    return MeetingRead(**{**row, "people": tuple(row["people"]), "acts": tuple(row["acts"])})


def _contest(row: dict[str, Any]) -> ContestRead:
    return ContestRead(
        **{
            **row,
            "acts": tuple(row["acts"]),
            "state_with": State(row["state_with"]),
            "state_without": State(row["state_without"]),
            "leaning_with": _state(row["leaning_with"]),
            "leaning_without": _state(row["leaning_without"]),
        }
    )
