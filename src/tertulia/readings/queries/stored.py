"""A stored reading as plain values. Pages use these; the engine, which brings scipy, is the worker's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figure:
    """One share: as counted (None: nobody to count), its 95 % interval, over people, or over things (people 0)."""

    mean: float | None
    low: float
    high: float
    threshold: float | None
    above: float | None
    people: int
    items: int


@dataclass(frozen=True, slots=True)
class Became:
    """How many conversations became `kind`, of all; the 80 % interval of that share."""

    kind: str
    count: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people in one conversation: their keys, the idea, and the acts between them."""

    thread: int
    people: tuple[str, ...]
    acts: tuple[int, ...]
    both_ways: bool
    closed: bool

    @property
    def number(self) -> int:
        """Its first act: an act is in one meeting, so that this names it, also in the next reading."""
        return self.acts[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waited when the reading was made: an opening, or a question or a doubt among the replies."""

    act: int
    thread: int
    kind: str


@dataclass(frozen=True, slots=True)
class Contested:
    """What is contested, how many meetings that leaves out, and what the reading says without them. `lean` where it is
    too early to say more."""

    acts: tuple[int, ...]
    meetings: int
    differs: bool
    over_limit: int
    state_without: str
    lean_without: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    space_id: int
    window: str
    on: date
    computed_at: datetime
    params_version: str
    text_versions: tuple[int, ...]
    start_at: datetime | None
    end_at: datetime
    first_said_at: datetime | None
    people: int
    contributions: int
    responses: int
    state: str
    probability: float | None
    leaning: str | None
    under_five: bool
    ceiling: str | None
    figures: dict[str, Figure]
    asks_younger: int
    became: tuple[Became, ...]
    speaking_for: tuple[Meeting, ...]
    against: tuple[Meeting, ...]
    group: tuple[Meeting, ...]
    changed: tuple[Meeting, ...]
    changed_total: int
    contest: Contested | None
    open_asks: tuple[Asked, ...]
    open_asks_total: int
    missing: tuple[str, ...]
    not_visible: tuple[str, ...]
    basis_shares: dict[str, float]

    def meetings(self) -> tuple[Meeting, ...]:
        """All that this reading shows."""
        return (*self.speaking_for, *self.against, *self.group, *self.changed)

    def meeting(self, number: int) -> Meeting | None:
        return next((meeting for meeting in self.meetings() if meeting.number == number), None)


def from_payload(payload: dict[str, Any], *, space_id: int, on: date, computed_at: datetime) -> Reading:
    read = payload["reading"]
    return Reading(
        space_id=space_id,
        window=read["window"],
        on=on,
        computed_at=computed_at,
        params_version=read["params_version"],
        text_versions=tuple(read["text_versions"]),
        start_at=_at(read["start"]),
        end_at=_at(read["end"]) or EPOCH,
        first_said_at=_at(payload["first_said_at"]),
        people=read["people"],
        contributions=read["contributions"],
        responses=read["responses"],
        state=read["state"],
        probability=read["probability"],
        leaning=read["leaning"],
        under_five=read["under_five"],
        ceiling=read["ceiling"],
        figures={row["name"]: _figure(row) for row in read["features"]},
        asks_younger=read["asks_younger"],
        became=tuple(Became(**row) for row in read["episodes"]),
        speaking_for=_meetings(read["evidence_for"]),
        against=_meetings(read["evidence_against"]),
        group=_meetings(read["group"]),
        changed=_meetings(payload["changed"]["exchanges"]),
        changed_total=payload["changed"]["count"],
        contest=_contested(read["contest"]),
        open_asks=tuple(Asked(row["act"], int(row["thread"]), row["kind"]) for row in read["open_asks"]),
        open_asks_total=read["open_asks_total"],
        missing=tuple(read["missing"]),
        not_visible=tuple(read["not_visible"]),
        basis_shares=read["basis_shares"],
    )


def _at(microseconds: int | None) -> datetime | None:
    return EPOCH + timedelta(microseconds=microseconds) if microseconds is not None else None


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{name: value for name, value in row.items() if name != "name"})


def _meetings(rows: list[dict[str, Any]]) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(int(row["thread"]), tuple(row["people"]), tuple(row["acts"]), row["both_ways"], row["closed"])
        for row in rows
        if row["acts"]
    )


def _contested(row: dict[str, Any] | None) -> Contested | None:
    if row is None:
        return None
    return Contested(
        acts=tuple(row["acts"]),
        meetings=row["meetings"],
        differs=row["differs"],
        over_limit=row["over_limit"],
        state_without=row["state_without"],
        lean_without=row["leaning_without"],
    )
