"""Random ledgers for property tests: valid acts of every shape that a source may bring."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US

PEOPLE = ("Ana", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gil")
TALK = ("replied", "replied", "replied", "answered")
OTHER = (
    "credited",
    "decided",
    "tried",
    "declined",
    "moved",
    "was_wrong",
    "heard",
    "noticed",
    "thanked",
    "contested",
)
# Days between one act and the next: ties, a sitting, a week, a month, a silence that ends an episode; and a clock
# that is not kept (imports hold answers dated before what they answer).
GAPS = (0.0, 0.0, 0.001, 0.05, 1.0, 8.0, 30.0, 95.0, -0.5)
RANKS = st.none() | st.floats(-0.5, 0.5)


@dataclass(frozen=True)
class Shape:
    """`spaces`, how many; `people`, the names that act; `ranked`, whether the text stage has been there."""

    spaces: int = 2
    people: tuple[str, ...] = PEOPLE
    ranked: bool = True


@st.composite
def ledgers(draw: st.DrawFn, least: int = 0, most: int = 45, shape: Shape = Shape()) -> list[Act]:
    """A list of valid acts, in the order in which they were appended: openings, what follows them, and the rest.

    Threads of different spaces may have the same id; parents may be missing, or stand in another space; people may
    speak to themselves; times may be equal or run backwards.
    """
    acts: list[Act] = []
    day = 400.0
    size: int = draw(st.integers(least, most))
    for number in range(1, size + 1):
        day += draw(st.sampled_from(GAPS))
        follows: int = draw(st.integers(0, 4))
        before = draw(st.sampled_from(acts)) if acts and follows else None
        verb = "posted" if before is None else draw(st.sampled_from(("posted", *TALK, *TALK, *OTHER)))
        acts.append(Act(**_columns(draw, shape, number, verb, before), t=int(day * DAY_US)))
    return acts


def _columns(draw: st.DrawFn, shape: Shape, number: int, verb: str, before: Act | None) -> dict[str, Any]:
    talk = verb in ("posted", "replied", "answered")
    ranked = shape.ranked and talk and verb != "posted"
    same_place = before is not None and draw(st.integers(0, 9)) > 0
    space = before.space if before and same_place else draw(st.integers(1, shape.spaces))
    thread = before.thread if before and verb != "posted" else draw(st.integers(1, 4))
    names_parent = before is not None and verb != "posted" and talk and draw(st.integers(0, 5)) > 0
    parent = (
        before.act if before and names_parent else draw(st.sampled_from([None, None, None, number + 900]))
    )
    return {
        "act": number,
        "actor": draw(st.sampled_from(shape.people)),
        "person": draw(st.sampled_from([None, None, None, *shape.people])),
        "verb": verb,
        "move": draw(st.sampled_from([None, "question", "challenge", "experience"])),
        "space": space,
        "thread": thread,
        "parent": parent if talk else None,
        "ref": before.act if before and not talk else None,
        "words": draw(st.sampled_from([0, 1, 9, 9, 9])) if talk else 0,
        "basis": draw(st.sampled_from(["declared", "declared", "explicit", "mentioned", "inferred_turn"])),
        "confidence": draw(st.sampled_from([1.0, 0.7])),
        "rk_t": draw(RANKS) if ranked else None,
        "rk_o": draw(RANKS) if ranked else None,
        "text_version": 1 if shape.ranked and talk else None,
    }
