"""Why a space reads as it does: the meetings that decided, for and against, act by act."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import EVERYTHING, Id, Visibility
from tertulia.engine.backends.contract import Backend
from tertulia.engine.params import DEFAULT, Params
from tertulia.engine.reading import read_space
from tertulia.engine.records import MeetingRead, SpaceReading
from tertulia.engine.table import Given, table_of
from tertulia.engine.windows import Window


@dataclass(frozen=True, slots=True)
class Line:
    """One act of a meeting: when (µs UTC), by whom, what, what it responds to or names, and how long it is."""

    act: int
    t: int
    actor: Id
    verb: str
    move: str | None
    on: int | None
    words: int


@dataclass(frozen=True, slots=True)
class Argument:
    """A meeting and its acts in order. Its influence is positive if it speaks for the state, in logits."""

    meeting: MeetingRead
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading with what speaks for it and against it, most decisive first. For a group under five: all its meetings,
    for those in it, as `group`."""

    reading: SpaceReading
    speaking_for: tuple[Argument, ...]
    against: tuple[Argument, ...]
    group: tuple[Argument, ...]


def explain(
    acts: Given,
    *,
    space: Id,
    at: int | None = None,
    window: Window = "12w",
    visibility: Visibility = EVERYTHING,
    params: Params = DEFAULT,
    chat: bool = False,
    backend: Backend | None = None,
) -> Explanation:
    """Say which exchanges decided a space's reading, with every act in them. Parameters and errors as `read_space`."""
    table = table_of(acts)
    reading = read_space(
        table,
        space=space,
        at=at,
        window=window,
        visibility=visibility,
        params=params,
        chat=chat,
        backend=backend,
    )
    parts = (reading.evidence_for, reading.evidence_against, reading.group)
    named = {act for part in parts for meeting in part for act in meeting.acts}
    lines = _lines(table, named)
    speaking_for, against, group = (
        tuple(Argument(meeting, tuple(lines[act] for act in meeting.acts)) for meeting in part)
        for part in parts
    )
    return Explanation(reading, speaking_for, against, group)


def _lines(table: pa.Table, acts: set[int]) -> dict[int, Line]:
    chosen = table.filter(pc.is_in(table.column("act"), pa.array(sorted(acts), pa.int64())))
    rows: list[dict[str, Any]] = chosen.to_pylist()
    return {
        row["act"]: Line(
            act=row["act"],
            t=row["t"],
            actor=row["actor"],
            verb=row["verb"],
            move=row["move"],
            on=row["ref"] if row["ref"] is not None else row["parent"],
            words=row["words"],
        )
        for row in rows
    }
