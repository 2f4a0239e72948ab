"""Which conversations changed somebody's mind: the first thing that a reading says. Pure: acts in, plain values out."""

from collections.abc import Iterable, Sequence
from typing import Any

from tertulia.engine.acts import TALK, Act

# A change credited to a reply, "what moved for me", "I was wrong": each says of a mind that it changed.
# Having tried or decided something does not.
MIND = frozenset(["credited", "moved", "was_wrong"])
MOST = 50


def changed_minds(acts: Sequence[Act], *, start: int | None, end: int) -> dict[str, Any]:
    """How many exchanges (two people in one thread) changed a mind in the window (µs), and the newest of them."""
    rows = sorted(acts, key=lambda one: (one.t, one.act))
    order = {act.act: place for place, act in enumerate(rows)}
    said = {act.act: act for act in rows if act.verb in TALK}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for act in rows:
        named = said.get(act.ref) if act.ref is not None else None
        if act.verb not in MIND or named is None or named.actor == act.actor:
            continue
        if act.contested or named.contested or act.basis == "inferred_turn" or not _within(act.t, start, end):
            continue
        one, other = sorted([str(act.actor), str(named.actor)])
        key = (str(named.thread), one, other)
        exchange = found.pop(key, None) or {
            "thread": named.thread,
            "people": [one, other],
            "acts": [],
            "both_ways": True,
            "closed": False,
        }
        exchange["acts"] = sorted({*exchange["acts"], named.act, act.act}, key=order.__getitem__)
        # Put back at the end: the order is that of the last change.
        found[key] = exchange
    newest_first = list(reversed(found.values()))
    return {"count": len(found), "exchanges": newest_first[:MOST]}


def first_said_at(acts: Iterable[Act], *, start: int | None, end: int) -> int | None:
    """When the first contribution of the window was made, µs UTC."""
    return min(
        (a.t for a in acts if a.verb in TALK and a.words > 0 and _within(a.t, start, end)), default=None
    )


def _within(t: int, start: int | None, end: int) -> bool:
    return (start is None or t > start) and t <= end
