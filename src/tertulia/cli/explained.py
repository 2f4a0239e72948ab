"""The acts that decided a reading, for it and against it, ready to be shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.cli import words
from tertulia.cli.given import Given
from tertulia.cli.kept import moment, rows
from tertulia.engine.reading import MeetingRead, SpaceReading

MOST_ACTS = 12
MOST_LETTERS = 160
ESCAPED = re.compile(r"\\([^\w\s])")


@dataclass(frozen=True, slots=True)
class ActLine:
    act: int
    when: str
    who: str
    verb: str
    to: str | None
    move: str | None
    words: int
    basis: str
    text: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class MeetingLines:
    """One meeting: `influence` in logits; `total` acts, of which the first are listed and `more` are not."""

    thread: str
    people: tuple[str, ...]
    days: str
    both_ways: bool
    closed: bool
    influence: float | None
    url: str | None
    acts: tuple[ActLine, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.acts)


@dataclass(frozen=True, slots=True)
class Explained:
    reading: SpaceReading
    title_for: str
    title_against: str
    speaking_for: tuple[MeetingLines, ...]
    against: tuple[MeetingLines, ...]


def explain(given: Given, reading: SpaceReading) -> Explained:
    """With names and words where they lie beside the acts; else with keys and numbers alone."""
    about = words.STATES[reading.about] if reading.about else "anything"
    lines = _Lines(given, reading)
    return Explained(
        reading=reading,
        title_for=f"What speaks most for {about}",
        title_against="What speaks most against it",
        speaking_for=lines.of(reading.evidence_for),
        against=lines.of(reading.evidence_against),
    )


class _Lines:
    """The acts of a reading's meetings, looked up once."""

    def __init__(self, given: Given, reading: SpaceReading) -> None:
        meetings = (*reading.evidence_for, *reading.evidence_against)
        wanted = [act for meeting in meetings for act in meeting.acts[:MOST_ACTS]]
        self.inferred = given.source(reading.space).inferred_moves
        self.acts = rows(_among(given.acts, wanted), "act")
        self.texts = rows(_among(given.texts, wanted), "act")
        self.sources = rows(_among(given.sources, wanted), "act")
        self.names = {key: str(row["name"]) for key, row in rows(given.people, "key").items()}

    def of(self, meetings: Sequence[MeetingRead]) -> tuple[MeetingLines, ...]:
        return tuple(self._meeting(meeting) for meeting in meetings)

    def _meeting(self, meeting: MeetingRead) -> MeetingLines:
        listed = tuple(self._act(act) for act in meeting.acts[:MOST_ACTS] if act in self.acts)
        begins, ends = words.day(meeting.begins), words.day(meeting.ends)
        return MeetingLines(
            thread=str(meeting.thread),
            people=tuple(self._called(person) for person in meeting.people),
            days=begins if begins == ends else f"{begins} to {ends}",
            both_ways=meeting.both_ways,
            closed=meeting.closed,
            influence=meeting.influence,
            url=listed[0].url if listed else None,
            acts=listed,
            total=len(meeting.acts),
        )

    def _act(self, number: int) -> ActLine:
        act = self.acts[number]
        text = self.texts.get(number, {}).get("text")
        move = f"{act['move']}, inferred" if act["move"] and self.inferred else act["move"]
        return ActLine(
            act=number,
            when=f"{moment(act['t']):%Y-%m-%d %H:%M}",
            who=self._called(act["actor"]),
            verb=act["verb"].replace("_", " "),
            to=self._called(act["person"]) if act["person"] is not None else None,
            move=move,
            words=act["words"],
            basis=act["basis"].replace("_", " "),
            text=_shortened(text) if text else None,
            url=self.sources.get(number, {}).get("url"),
        )

    def _called(self, key: Any) -> str:
        return self.names.get(key, str(key))


def _among(table: pa.Table | None, acts: Sequence[int]) -> pa.Table | None:
    return table.filter(pc.is_in(table["act"], pa.array(acts, pa.int64()))) if table is not None else None


def _shortened(text: str) -> str:
    """One line, without the backslashes that keep Markdown from taking a sign for more than it is."""
    line = " ".join(ESCAPED.sub(r"\1", text).split())
    return line if len(line) <= MOST_LETTERS else line[:MOST_LETTERS].rsplit(" ", 1)[0] + " …"
