"""What was asked and still waits, and what was acted upon."""

from tertulia.engine.acts import ASKING, Act
from tertulia.engine.meetings import Talk
from tertulia.engine.params import DAY_US, Params
from tertulia.engine.posterior import Beta, of_counts
from tertulia.engine.records import OpenAsk
from tertulia.engine.talk import Contribution

# Marks that are not an answer to what was asked, although they may name it.
NOT_AN_ANSWER = frozenset(
    [
        *("thanked", "heard", "not_quite", "shared", "linked", "named", "unnamed"),
        *("contested", "contest_answered", "hidden", "edited", "withdrew"),
    ]
)


def open_asks(talk: Talk, acts: list[Act], params: Params) -> list[OpenAsk]:
    """Openings that nobody answered, and questions and challenges that their addressee did not; oldest first.

    At least one day old, and in the window. An answer is anything the addressee later says to the asker in
    that thread, or an act of theirs that responds to it or names it ("I don't know" is one). The record
    names what was asked and never who owes the answer.
    """
    answered = _answered(talk, acts)
    waiting: list[OpenAsk] = []
    for one in talk.in_window():
        kind = _kind(one)
        age = (talk.end - one.t) // DAY_US
        if kind is None or age < params.open_ask_days or one.act in answered:
            continue
        waiting.append(OpenAsk(one.act, one.thread, kind, age))
    return waiting


def _kind(one: Contribution) -> str | None:
    if one.opening:
        return "opening"
    return one.move if one.move in ASKING and one.to is not None else None


def _answered(talk: Talk, acts: list[Act]) -> set[int]:
    asked = {one.act: one for one in talk.said if _kind(one) is not None}
    answered = {act for act in talk.answers if act in asked}
    for act in acts:
        if act.verb in NOT_AN_ANSWER:
            continue
        for named in (act.parent, act.ref):
            one = asked.get(named) if named is not None else None
            if one is not None and act.actor == one.to:
                answered.add(one.act)
    last_said = {(one.thread, one.actor, one.to): one.order for one in talk.said}
    for one in asked.values():
        if not one.opening and last_said.get((one.thread, one.to or "", one.actor), (0, 0)) > one.order:
            answered.add(one.act)
    return answered


def acted_upon(talk: Talk, params: Params) -> tuple[int, int, int]:
    """Asks (questions and challenges) with an outcome within 28 days, all asks old enough, and younger ones.

    Younger ones are counted beside it, because what came of them is not known yet.
    """
    limit = params.outcome_days * DAY_US
    asks = {one.act: one for one in talk.in_window() if one.move in ASKING and not one.opening}
    old = {act for act, one in asks.items() if talk.end - one.t >= limit}
    acted = {
        deed.ref
        for deed in talk.deeds
        if deed.is_outcome and deed.ref in old and deed.t - asks[deed.ref].t <= limit
    }
    return len(acted), len(old), len(asks) - len(old)


def acted_posterior(acted: int, old: int, params: Params) -> Beta:
    return of_counts(acted, old - acted, params.prior, params.prior)
