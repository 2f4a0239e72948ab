"""From the sums of a frame to what the states are made of: posteriors and chances, of one frame or of many."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine.params import Params
from tertulia.engine.posterior import Beta, Count, Moments, Real, of_counts, of_people

MEANS = ("exchange", "rest", "uptake_t", "uptake_o")
COUNTS = (
    "answered",
    "unanswered",
    "responses",
    "closed_in",
    "present",
    "openers",
    "openings",
    "openings_squared",
    "contributions",
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the states' probabilities depend on, as a few numbers a frame.

    `exchange`, `rest`: φ over people, and without the few of highest φ; `uptake_t`, `uptake_o`: ranks against both
    nulls; openings old enough, answered and not; people in a closed exchange, and present; people who open, their
    openings Σn and Σn²; contributions.
    """

    exchange: Moments
    rest: Moments
    uptake_t: Moments
    uptake_o: Moments
    answered: Count
    unanswered: Count
    responses: Count
    closed_in: Count
    present: Count
    openers: Count
    openings: Count
    openings_squared: Count
    contributions: Count

    @classmethod
    def of(cls, sums: pa.Table) -> Self:
        """From the step `sums` of reading.sql, in the order of its rows."""
        means: dict[str, Any] = {name: _moments(sums, name) for name in MEANS}
        counts: dict[str, Any] = {name: _column(sums, name) for name in COUNTS}
        return cls(**means, **counts)

    def row(self, at: int) -> Self:
        """One frame of many."""
        means: dict[str, Any] = {name: _each(getattr(self, name), at) for name in MEANS}
        return type(self)(**means, **{name: getattr(self, name)[at] for name in COUNTS})

    def without(self, moved: pa.Table) -> Self:
        """This one frame without each of the meetings of `moved` (influence.sql), to first order."""
        changes: dict[str, Any] = {name: getattr(self, name).minus(_moments(moved, name)) for name in MEANS}
        answered = _column(moved, "answered")
        responses = _column(moved, "responses")
        changes |= {
            "answered": self.answered - answered,
            "unanswered": self.unanswered + answered,
            "responses": self.responses - responses,
            "contributions": self.contributions - responses,
            "closed_in": self.closed_in - _column(moved, "closed_in"),
            "present": self.present - _column(moved, "present"),
        }
        rows = np.zeros(len(moved), dtype=np.int64)
        for field in fields(self):
            if field.name not in changes:
                changes[field.name] = getattr(self, field.name) + rows
        return type(self)(**changes)


def _column(table: pa.Table, name: str) -> NDArray[Any]:
    values: NDArray[Any] = table.column(name).to_numpy()
    return values


def _moments(table: pa.Table, name: str) -> Moments:
    return Moments(*(_column(table, f"{name}_{part}") for part in ("k", "total", "squares", "items")))


def _each(moments: Any, at: int) -> Moments:
    return Moments(moments.people[at], moments.total[at], moments.squares[at], moments.items[at])


def exchange_posterior(values: Moments, params: Params) -> Beta:
    """φ: K people; n_eff at most the contributions behind them."""
    return of_people(values, params.prior, values.items)


def uptake_posterior(values: Moments, params: Params) -> Beta:
    """υ: K people; n_eff at most three times the ranks, which are of four draws."""
    return of_people(values, params.prior_uptake, params.uptake_cap * values.items)


def answered_posterior(given: Inputs, params: Params) -> Beta:
    """ρ, a share of openings."""
    return of_counts(given.answered, given.unanswered, params.prior, params.prior)


def closed_posterior(given: Inputs, params: Params) -> Beta:
    """γ, a share of people; "a rare beast"."""
    return of_counts(given.closed_in, given.present - given.closed_in, params.prior, params.prior_not_closed)


@dataclass(frozen=True, slots=True)
class Chances:
    """The probabilities that states are made of, each with its complement.

    Both tails are kept, because 1 − p has no digits left where a space is all but certain, and the
    influence of a meeting is read exactly there.
    """

    life: Real
    no_life: Real
    exchange: Real
    no_exchange: Real
    exchange_rest: Real
    few_voices: Real
    closed: Real


def chances(given: Inputs, params: Params, *, carries_closing: bool) -> Chances:
    """L, E⁺, E⁻, V and C of ENGINE.md, section 3.

    A null with no rank at all is left out of L. Without any response L is 0, and so are E⁺ and E⁻: where
    nobody responds nobody exchanges, and the prior of φ (which would give .56) knows less than that. V is 0
    where nobody opened anything: nobody broadcasts there.
    """
    talked = np.greater(given.responses, 0)
    life, no_life = _life(given, params)
    exchange = exchange_posterior(given.exchange, params)
    above = exchange.above(params.tau_exchange)
    rest = exchange_posterior(given.rest, params).above(params.tau_exchange)
    closed = closed_posterior(given, params).above(params.tau_closed) if carries_closing else 0.0
    return Chances(
        life=np.where(talked, life, 0.0),
        no_life=np.where(talked, no_life, 1.0),
        exchange=np.where(talked, above, 0.0),
        no_exchange=np.where(talked, exchange.below(params.tau_exchange), 1.0),
        exchange_rest=np.where(talked, np.minimum(above, rest), 0.0),
        few_voices=few_voices(given, params),
        closed=np.where(talked, closed, 0.0),
    )


def _life(given: Inputs, params: Params) -> tuple[Real, Real]:
    answered = answered_posterior(given, params)
    taken: Real = np.asarray(1.0)
    not_taken: Real = np.asarray(0.0)
    for ranks in (given.uptake_t, given.uptake_o):
        posterior = uptake_posterior(ranks, params)
        threshold = 0.5 + params.delta_uptake
        there = np.greater(ranks.people, 0)
        above = np.where(there, posterior.above(threshold), 1.0)
        below = np.where(there, posterior.below(threshold), 0.0)
        # The smaller of the two, with its own complement; of equals the one that keeps more digits.
        less = (above < taken) | ((above == taken) & (below > not_taken))
        taken, not_taken = np.where(less, above, taken), np.where(less, below, not_taken)
    yes, no = answered.above(params.tau_answered), answered.below(params.tau_answered)
    return yes * taken, no + yes * not_taken


def few_voices(given: Inputs, params: Params) -> Real:
    """V: 1 if those who open are fewer than half of those present, or in effect fewer than 1.5 people."""
    opened = np.greater(given.openings, 0)
    squared = np.maximum(given.openings_squared, 1)
    effective = np.square(np.asarray(given.openings, dtype=np.float64)) / squared
    few = (2 * given.openers < given.present) | (effective < params.voices_at_least)
    return np.where(opened & few, 1.0, 0.0)
