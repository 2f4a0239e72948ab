"""Reads a table of acts that is written down as text, and says what a space's reading finds in it."""

from dataclasses import dataclass
from typing import Any

from tertulia.engine.acts import Act
from tertulia.engine.backends.contract import Backend
from tertulia.engine.look import acts_of as of_space
from tertulia.engine.look import look
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.table import table_of


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


def found_in(case: Case, backend: Backend) -> dict[str, Any]:
    """Counts and means of a table, before any judgement on whether they are enough to say something."""
    end = int(case.at * DAY_US)
    start = None if case.days is None else end - case.days * DAY_US
    acts = of_space(table_of([act for act in acts_of(case.table) if act.t <= end]), space=1)
    seen = look(acts, space=1, start=start, end=end, params=DEFAULT, chat=False, backend=backend)
    given = seen.given
    sums, acted = seen.steps["sums"].to_pylist()[0], seen.steps["acted"].to_pylist()
    asks = acted[0] if acted else {"acted": 0, "asks": 0, "younger": 0}
    return {
        "people": given.present,
        "exchange": float(given.exchange.mean) if given.exchange.people else None,
        "answered": given.answered,
        "unanswered": given.unanswered,
        "meetings": sums["meetings"],
        "returned": sums["returned"],
        "closed": given.closed_in,
        "acted": asks["acted"],
        "asks": asks["asks"],
        "younger": asks["younger"],
    }
