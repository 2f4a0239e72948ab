"""Reads a table of acts that is written down as text, and says what a space's reading finds in it."""

from dataclasses import dataclass
from typing import Any

from tertulia.engine.acts import Act
from tertulia.engine.asks import acted_upon
from tertulia.engine.features import inputs
from tertulia.engine.meetings import fold
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.tally import tally


@dataclass(frozen=True)
class Case:
    """A sentence, a table with one act a line (`label day actor verb on [move]`), and what is found in it."""

    says: str
    table: str
    finds: dict[str, Any]
    at: float = 100
    days: int | None = None


def acts_of(table: str) -> list[Act]:
    """Acts from text: `on` is the parent of something said, the `ref` of anything else, `-` for nothing."""
    acts: list[Act] = []
    by_label: dict[str, Act] = {}
    for number, line in enumerate(table.strip().splitlines(), 1):
        label, day, actor, verb, on, *move = line.split()
        named = by_label[on] if on != "-" else None
        talk = verb in ("posted", "replied", "answered")
        act = Act(
            act=number,
            t=int(float(day) * DAY_US),
            actor=actor,
            verb=verb,
            move=move[0] if move else None,
            space=1,
            thread=named.thread if named else number,
            parent=named.act if named and talk else None,
            ref=named.act if named and not talk else None,
            words=10 if talk else 0,
        )
        acts.append(act)
        by_label[label] = act
    return acts


def found_in(case: Case) -> dict[str, Any]:
    """Counts and means of a table, before any judgement on whether they are enough to say something."""
    end = int(case.at * DAY_US)
    start = None if case.days is None else end - case.days * DAY_US
    acts = [act for act in acts_of(case.table) if act.t <= end]
    talk = fold(acts, start=start, end=end, params=DEFAULT, chat=False)
    given = inputs(tally(talk, DEFAULT), DEFAULT)
    acted, old, younger = acted_upon(talk, DEFAULT)
    meetings = talk.meetings_in_window()
    return {
        "people": given.present,
        "exchange": given.exchange.mean,
        "answered": given.answered,
        "unanswered": given.unanswered,
        "meetings": len(meetings),
        "returned": sum(meeting.both_ways for meeting in meetings),
        "closed": given.closed_in,
        "acted": acted,
        "asks": old,
        "younger": younger,
    }
