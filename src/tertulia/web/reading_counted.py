"""How it is counted: the page's numbers come from the engine's constants, so that page and reading cannot differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertulia.readings import queries
from tertulia.web.reading_words import state_names


@dataclass(frozen=True)
class Constant:
    """One number: what it is for, its value with its unit, and where it comes from."""

    what: str
    value: str
    source: str


@dataclass(frozen=True)
class State:
    name: str
    formula: str
    says: str


@dataclass(frozen=True)
class CountedPage:
    version: str
    exchange_percent: int
    answered_percent: int
    closed_percent: int
    uptake_percent: int
    compared_among: int
    answerable_days: int
    outcome_days: int
    episode_days: int
    sure_percent: int
    lean_percent: int
    people_at_least: int
    contributions_at_least: int
    contest_days: int
    contest_percent: int
    few_at_most: int
    evidence_for: int
    evidence_against: int
    states: tuple[State, ...]
    constants: tuple[Constant, ...]


def counted_page() -> CountedPage:
    params = queries.PARAMS
    return CountedPage(
        version=params.version,
        exchange_percent=percent(params.tau_exchange),
        answered_percent=percent(params.tau_answered),
        closed_percent=percent(params.tau_closed),
        uptake_percent=percent(0.5 + params.delta_uptake),
        compared_among=params.null_reach,
        answerable_days=params.answerable_days,
        outcome_days=params.outcome_days,
        episode_days=params.episode_gap_days,
        sure_percent=percent(params.stated_from),
        lean_percent=percent(params.lean_from),
        people_at_least=params.people_at_least,
        contributions_at_least=params.contributions_at_least,
        contest_days=params.contest_days,
        contest_percent=percent(params.contest_share),
        few_at_most=params.few_at_most,
        evidence_for=params.evidence_for,
        evidence_against=params.evidence_against,
        states=states(),
        constants=constants(),
    )


def percent(share: float) -> int:
    return round(share * 100)


def states() -> tuple[State, ...]:
    names = state_names()
    rows = (
        (
            "collaborating",
            "L · E⁻ · C",
            _("what is said is taken up, both ways, and things come of it on both sides"),
        ),
        ("conversing", "L · E⁻ · (1 − C)", _("taken up, both ways")),
        ("broadcasting", "L(1 − E⁺) + (1 − L)(1 − E⁺)V", _("those who open do not come back")),
        ("cohabiting_small_talk", "(1 − L)E⁺", _("people answer each other, and leave ideas where they lie")),
        ("cohabiting_parallel", "(1 − L)(1 − E⁺)(1 − V)", _("people write side by side")),
        ("rests_on_few", "L(E⁺ − E⁻)", _("without the few of most exchange it would not be so")),
        (
            "both_ways_untold",
            "E⁺ − L(E⁺ − E⁻)",
            _("while a null is missing: conversing, collaborating or small talk"),
        ),
    )
    return tuple(State(names[code], formula, says) for code, formula, says in rows)


def constants() -> tuple[Constant, ...]:
    params = queries.PARAMS
    fitted, chosen = _("fitted"), _("by convention")
    decency = _("decency, not evidence")
    rows = (
        (_("a conversation ends after silence of"), _days(params.episode_gap_days), fitted),
        (_("exchange: above"), f"{percent(params.tau_exchange)} %", fitted),
        (_("answered openings: above"), f"{percent(params.tau_answered)} %", fitted),
        (_("uptake: a rank above"), f"{percent(0.5 + params.delta_uptake)} %", fitted),
        (_("people in a closed exchange: above"), f"{percent(params.tau_closed)} %", fitted),
        (_("the few: at most"), _people(params.few_at_most), fitted),
        (_("time to answer an opening"), _days(params.answerable_days), chosen),
        (_("time to act on a question or a doubt"), _days(params.outcome_days), chosen),
        (_("a state is said from a probability of"), f"{percent(params.stated_from)} %", chosen),
        (_("it leans from a probability of"), f"{percent(params.lean_from)} %", chosen),
        (_("people at least"), _people(params.people_at_least), decency),
        (_("contributions at least"), str(params.contributions_at_least), decency),
        (_("a contest stands for at most"), _days(params.contest_days), chosen),
        (
            _("meetings that one person's contests leave out, at most"),
            f"{percent(params.contest_share)} %",
            chosen,
        ),
    )
    return tuple(Constant(*row) for row in rows)


def _days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def _people(n: int) -> str:
    return ngettext("%(n)d person", "%(n)d people", n) % {"n": n}
