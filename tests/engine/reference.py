"""Who said what to whom, as the rule of ENGINE.md reads it aloud: slow and plain, to hold the SQL to."""

from collections.abc import Sequence
from typing import Any

from tertulia.engine.acts import Act, Id
from tertulia.engine.params import DAY_US, DEFAULT, MINUTE_US

TALK = ("posted", "replied", "answered")


def is_talk(act: Act | None) -> bool:
    return act is not None and act.verb in TALK and act.words >= 1


def said_by_hand(acts: Sequence[Act], *, chat: bool = False) -> dict[int, dict[str, Any]]:
    """By act: addressee, basis, confidence, episode, opening, answers."""
    by_act = {act.act: act for act in acts}
    talk = sorted((act for act in acts if is_talk(act)), key=lambda act: (act.t, act.act))
    found: dict[int, dict[str, Any]] = {}
    for place, act in enumerate(talk):
        before = [one for one in talk[:place] if (one.space, one.thread) == (act.space, act.thread)]
        parent = by_act.get(act.parent) if act.parent is not None else None
        parent = parent if parent is not None and parent.space == act.space else None
        to, basis, confidence = _addressee(act, parent, before)
        found[act.act] = {
            "addressee": to,
            "basis": basis,
            "confidence": confidence,
            "episode": _episode(act, before, found, chat=chat),
            "opening": int(act.verb == "posted"),
            "answers": None if act.verb == "posted" else _answers(act, parent, before, by_act, to),
        }
    return found


def _addressee(act: Act, parent: Act | None, before: list[Act]) -> tuple[Id | None, str, float]:
    if act.person is not None and act.person != act.actor:
        return act.person, act.basis, act.confidence
    if parent is None:
        return None, act.basis, act.confidence
    if parent.actor != act.actor:
        return parent.actor, act.basis, act.confidence
    beside = [one.actor for one in before if one.parent == act.parent and one.verb != "posted"]
    others = [who for who in beside if who != act.actor] or [
        one.actor for one in before if one.actor != act.actor
    ]
    return (others[-1] if others else None), "inferred_turn", DEFAULT.confidence_inferred


def _episode(act: Act, before: list[Act], found: dict[int, dict[str, Any]], *, chat: bool) -> int:
    gap = DEFAULT.chat_gap_minutes * MINUTE_US if chat else DEFAULT.episode_gap_days * DAY_US
    goes_on = before and act.t - before[-1].t <= gap
    return int(found[before[-1].act]["episode"]) if goes_on else act.act


def _answers(
    act: Act, parent: Act | None, before: list[Act], by_act: dict[int, Act], to: Id | None
) -> int | None:
    if parent is None:
        opened = [one.act for one in before if one.verb == "posted" and one.actor == to]
        return opened[-1] if opened else None
    if parent.actor == act.actor:
        return None
    # Up through the parent author's own additions, at most two, to what they opened.
    step: Act | None = parent
    for _ in range(3):
        if step is None or step.actor != parent.actor or step.space != act.space or not is_talk(step):
            return None
        if step.verb == "posted":
            return step.act
        step = by_act.get(step.parent) if step.parent is not None else None
    return None
