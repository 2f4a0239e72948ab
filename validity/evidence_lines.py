"""Which lines of evidence are read by hand: what each says, in codes, and the draw, which nobody has a hand in.

Two kinds of lines of a history. Those of its whole life, which whoever brings it here is shown: all of them, five for
and two against. And of the readings of single years (the 365 days up to its end) that state a word: five for and three
against, drawn by a hash of the seed and of what the line says, without the meetings of the whole life, and each meeting
once. A hash and not a shuffle: if the engine gives one line more, the others stay drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import pyarrow as pa

from tertulia.engine.acts import TALK, Id
from tertulia.engine.explain import Argument, Explanation, explain
from tertulia.engine.records import SpaceReading
from tertulia.engine.states import State
from validity.coding.histories import History
from validity.coding.told import measured

HISTORIES: Final = ("bicycles.meta", "cc-labs")
SIDES: Final = ("for", "against")
SEED: Final = 20261128
WHOLE: Final = "all"
OF_YEARS: Final[Mapping[str, int]] = {"for": 5, "against": 3}
NOT_STATED: Final = (State.TOO_EARLY, State.EMPTY)
SECOND_US: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of evidence. `reading`: `all`, or the year; `word`: what it stands for or against; `idea` and `acts`:
    the ids that the source gives the opening of the thread and the acts of the meeting, in their order; `says`: who
    (p1, p2, … in the order of the export) spoke to whom, how often, when, and what became of it."""

    history: str
    reading: str
    word: str
    side: str
    idea: str
    acts: str
    says: str


def drawn(history: History) -> tuple[list[Line], SpaceReading]:
    """The lines to be read of one history, those of its whole life first; and the reading of its whole life."""
    acts = measured(history)
    whole = _explained(acts, history)
    lines = list(_lines(whole, WHOLE, history))
    met = {_meeting(line) for line in lines}
    pool: list[Line] = []
    for year in _years(acts):
        found = _explained(acts, history, year)
        if found.reading.state in NOT_STATED:
            continue
        for line in _lines(found, str(year), history):
            if _meeting(line) not in met:
                met.add(_meeting(line))
                pool.append(line)
    for side, number in OF_YEARS.items():
        lines += sorted((line for line in pool if line.side == side), key=_lot)[:number]
    return lines, whole.reading


def _lot(line: Line) -> str:
    return sha256("\n".join((str(SEED), *astuple(line))).encode()).hexdigest()


def _meeting(line: Line) -> str:
    """The acts alone say which meeting it is: no act belongs to two."""
    return line.acts


def _years(acts: pa.Table) -> range:
    times: list[Any] = acts.column("t").to_pylist()
    first, last = (datetime.fromtimestamp(t / SECOND_US, UTC).year for t in (min(times), max(times)))
    return range(first, last + 1)


def _explained(acts: pa.Table, history: History, year: int | None = None) -> Explanation:
    ends = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp()) * SECOND_US - 1 if year else None
    return explain(
        acts,
        space=history.name,
        at=ends,
        window="1y" if year else "all",
        visibility=history.visibility,
        chat=history.chat,
    )


def _lines(found: Explanation, reading: str, history: History) -> Iterator[Line]:
    word = found.reading.about.value if found.reading.about else "nothing"
    for side, arguments in zip(SIDES, (found.speaking_for, found.against), strict=True):
        for one in arguments:
            opened = history.opened.get(int(one.meeting.thread))
            yield Line(
                history=history.name,
                reading=reading,
                word=word,
                side=side,
                idea=history.source_ids[opened["act"]] if opened else "not by a person",
                acts=" ".join(history.source_ids.get(act, f"act:{act}") for act in one.meeting.acts),
                says=says(one, history),
            )


def says(argument: Argument, history: History) -> str:
    """What a line tells whoever reads it, without words and names."""
    guessed = {
        row["act"] for row in history.episodes[argument.meeting.episode] if row["basis"] == "inferred_turn"
    }
    one, other = argument.meeting.people
    parts: dict[tuple[Id, Id], list[tuple[int, int]]] = {}
    for line in argument.lines:
        if line.verb in TALK:
            towards = other if line.actor == one else one
            parts.setdefault((line.actor, towards), []).append((line.t, line.act))
    told = [_direction(who, to, acts, guessed) for (who, to), acts in parts.items()]
    return "; ".join([*told, _became(argument)])


def _direction(who: Id, to: Id, acts: Sequence[tuple[int, int]], guessed: set[int]) -> str:
    days = [f"{datetime.fromtimestamp(t / SECOND_US, UTC):%Y-%m-%d}" for t, _ in acts]
    when = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    turns = sum(act in guessed for _, act in acts)
    return f"{who} to {to}: {len(acts)}, {when}" + (f", {turns} by turn" if turns else "")


def _became(argument: Argument) -> str:
    if argument.meeting.closed:
        return "came of it on both sides"
    if any(line.verb not in TALK for line in argument.lines):
        return "came of it"
    return "both ways" if argument.meeting.both_ways else "one way"
