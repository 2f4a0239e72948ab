"""Contests: which meetings a reading is made with and without."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.look import Look, MeetingKey
from tertulia.engine.met import keys_of, meeting_key
from tertulia.engine.params import DAY_US, Params

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contested:
    """`open_`: meetings that the second reading leaves out; `acts`: what is openly contested in this window;
    `over_limit`: meetings that somebody's tenth left in."""

    open_: frozenset[MeetingKey]
    acts: tuple[int, ...]
    over_limit: int


def contested(look: Look, acts: pa.Table, now: int) -> Contested:
    """What is openly contested among the window's meetings.

    `acts`: all of the space's, also later than the window, because contests speak about the past. A contest is an act
    `contested` whose `ref` is the act it contests, by that act's actor or addressee. It is open until the other of the
    two answers (`contest_answered` that names the contest or the act), or for 30 days; then the act is back. `now`:
    µs, later than any act given. One person's contests take out at most 10 % of the meetings read, rounded down, the
    earliest first: below ten meetings, none. A meeting that its two gave up is not there any more.
    """
    params = look.params
    contests = _open_contests(acts, now, params)
    if not contests:
        return Contested(frozenset(), (), 0)
    keys = set(keys_of(look.steps["met"]))
    holding = _meetings_of(look, {contest["ref"] for contest in contests})
    each_may = int(len(keys) * params.contest_share)
    taken: dict[Any, set[MeetingKey]] = {}
    over: set[MeetingKey] = set()
    named: list[int] = []
    for contest in contests:
        key = holding.get(contest["ref"])
        if key is None or key not in keys:
            continue
        named.append(contest["ref"])
        mine = taken.setdefault(contest["actor"], set())
        if key in mine or len(mine) < each_may:
            mine.add(key)
        else:
            over.add(key)
    out = frozenset(key for mine in taken.values() for key in mine)
    return Contested(out, tuple(dict.fromkeys(named)), len(over - out))


def _meetings_of(look: Look, acts: Collection[int]) -> dict[int, MeetingKey]:
    named = pa.array(sorted(acts), pa.int64())
    found: dict[int, MeetingKey] = {}
    for step, other in (("placed", "addressee"), ("deeds", "author")):
        rows = look.steps[step]
        for row in rows.filter(pc.is_in(rows.column("act"), named)).to_pylist():
            if row[other] is not None:
                found[row["act"]] = meeting_key(row["episode"], row["actor"], row[other])
    return found


def _open_contests(acts: pa.Table, now: int, params: Params) -> list[Row]:
    rows = _rows(acts, "verb", ["contested", "contest_answered"])
    contests = [
        row
        for row in rows
        if row["verb"] == "contested"
        and row["ref"] is not None
        and now - row["t"] <= params.contest_days * DAY_US
    ]
    if not contests:
        return []
    answers = [row for row in rows if row["verb"] == "contest_answered"]
    about = {row["act"]: row for row in _rows(acts, "act", [row["ref"] for row in contests])}
    targets = [row["ref"] if row["ref"] is not None else row["parent"] for row in about.values()]
    named = {row["act"]: row for row in _rows(acts, "act", [act for act in targets if act is not None])}
    found = []
    for contest in contests:
        row = about.get(contest["ref"])
        people = {row["actor"], _addressee(row, named)} if row is not None else set()
        if contest["actor"] in people and not any(_answers(one, contest, people) for one in answers):
            found.append(contest)
    return found


def _rows(acts: pa.Table, column: str, values: list[Any]) -> list[Row]:
    kind = acts.schema.field(column).type
    chosen = acts.filter(pc.is_in(acts.column(column), pa.array(values, kind)))
    return chosen.select(["act", "t", "actor", "person", "verb", "parent", "ref"]).to_pylist()


def _answers(answer: Row, contest: Row, people: set[Any]) -> bool:
    """The rule of the ledger's frame: it names the contest or its act, and is by the other of that act's people."""
    named = {answer["ref"], answer["parent"]}.intersection((contest["act"], contest["ref"]))
    return (
        bool(named)
        and answer["actor"] in people - {contest["actor"]}
        and (answer["t"], answer["act"]) > (contest["t"], contest["act"])
    )


def _addressee(row: Row, named: dict[int, Row]) -> Any:
    if row["person"] is not None:
        return row["person"]
    target = named.get(row["ref"] if row["ref"] is not None else row["parent"])
    return target["actor"] if target is not None else None
