"""From the sums of a frame to what the states are made of: posteriors and chances, of one frame or of many."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine.params import Params
from tertulia.engine.posterior import Beta, Count, Moments, Real, of_counts, of_people

MEANS = ("exchange", "rest", "uptake_t", "uptake_t_rest", "uptake_o", "uptake_o_rest")
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
    "answers",
    "answers_squared",
    "answerable_squared",
    "answers_answerable",
)
RELIABILITIES = ("reliable_t", "reliable_o")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the states' probabilities depend on, as a few numbers a frame.

    `exchange`, `rest`: φ over people, and without the few of highest φ; `uptake_t`, `uptake_o`: ranks against both
    nulls, and without the few of highest ones; openings old enough, answered and not; people in a closed exchange, and
    present; people who open, their openings Σn and Σn²; contributions; answers that people gave to openings of others
    old enough, Σa and Σa², and these openings themselves, Σn² and Σa·n; of what people's mean ranks differ by, the part
    that is not chance, 0 to 1.
    """

    exchange: Moments
    rest: Moments
    uptake_t: Moments
    uptake_t_rest: Moments
    uptake_o: Moments
    uptake_o_rest: Moments
    answered: Count
    unanswered: Count
    responses: Count
    closed_in: Count
    present: Count
    openers: Count
    openings: Count
    openings_squared: Count
    contributions: Count
    answers: Count
    answers_squared: Count
    answerable_squared: Count
    answers_answerable: Count
    reliable_t: Real
    reliable_o: Real

    @classmethod
    def of(cls, sums: pa.Table) -> Self:
        """From the step `sums` of reading.sql, in the order of its rows."""
        means: dict[str, Any] = {name: _moments(sums, name) for name in MEANS}
        counts: dict[str, Any] = {name: _column(sums, name) for name in COUNTS}
        for whole, rest in (
            ("exchange", "rest"),
            ("uptake_t", "uptake_t_rest"),
            ("uptake_o", "uptake_o_rest"),
        ):
            means[whole] = means[whole].designed(_column(sums, f"{whole}_shared"))
            means[rest] = replace(means[rest], design=means[whole].design)
        for null in ("t", "o"):
            within, apiece = (_column(sums, f"uptake_{null}_{part}") for part in ("within", "apiece"))
            counts[f"reliable_{null}"] = reliability(means[f"uptake_{null}"], within, apiece)
        return cls(**means, **counts)

    def row(self, at: int) -> Self:
        """One frame of many."""
        means: dict[str, Any] = {name: _each(getattr(self, name), at) for name in MEANS}
        return type(self)(**means, **{name: getattr(self, name)[at] for name in (*COUNTS, *RELIABILITIES)})

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
    return Moments(*(getattr(moments, field.name)[at] for field in fields(Moments)))


def reliability(values: Moments, within: Real, apiece: Real) -> Real:
    """Which part of what people differ by is theirs, and not chance: 1 − σ²·mean(1/n)/s², 0 to 1.

    `values`, mean ranks of K people, each of n ranks; `within`, Σ(rank − their own mean)²; `apiece`, Σ1/n. Where
    everybody has a single rank, chance is not known, and everything is taken to be theirs.
    """
    k, degrees = values.people, values.items - values.people
    known = np.greater(degrees, 0) & np.greater(k, 1) & np.greater(values.scatter, 0)
    chance = within / np.where(known, degrees, 1) * apiece / np.where(known, k, 1)
    variance = values.scatter / np.where(known, k - 1, 1)
    return np.where(known, np.clip(1 - chance / np.where(known, variance, 1.0), 0.0, 1.0), 1.0)


def without_few(whole: Moments, rest: Moments, reliable: Real) -> Moments:
    """The moments of those left without the few of highest mean, as far as these are high by more than chance.

    Whoever is highest is so by chance, too: leaving them out lowers a mean that nobody carries. What is expected of
    those who are left lies between everybody and them, at the reliable part (Efron & Morris 1975): the mean, and in
    the same measure the people it is told from.
    """

    def between(all_: Real, others: Real) -> Real:
        return all_ + (others - all_) * reliable

    mean = between(np.nan_to_num(whole.mean), np.nan_to_num(rest.mean))
    people = between(whole.people, rest.people)
    squares = between(whole.scatter, rest.scatter) + people * mean * mean
    return Moments(people, people * mean, squares, between(whole.items, rest.items), rest.design)


def exchange_posterior(values: Moments, params: Params) -> Beta:
    """φ: K people; n_eff at most the contributions behind them."""
    return of_people(values, params.prior, values.items)


def uptake_posterior(values: Moments, params: Params) -> Beta:
    """υ, asked whether it lies above its threshold: K people; n_eff at most three times the ranks, which are of four
    draws. The prior doubts: ranks of ½ are what people who do not listen have."""
    return of_people(values, params.prior_uptake, params.uptake_cap * values.items, _of_a_rank(params))


def uptake_measured(values: Moments, params: Params) -> Beta:
    """υ, as it was measured: what its interval is of. A prior that doubts would pull it towards ½, and an interval
    that is pulled does not hold what it promises to."""
    return of_people(values, params.prior, params.uptake_cap * values.items, _of_a_rank(params))


def _of_a_rank(params: Params) -> float:
    """The variance of a rank by chance, (d+2)/(12d) with d draws, in ½(1−½): half of what yes or no varies by."""
    return (params.null_draws + 2) / (3 * params.null_draws)


def answered_posterior(given: Inputs, params: Params) -> Beta:
    """ρ, a share of openings; the same few people answer many of them, and open many."""
    share = _kept_off_the_edges(given.answered, given.answered + given.unanswered, params.prior, params.prior)
    alone = share * (1 - share) / (given.answered + given.unanswered + 1)
    together = np.square((1 - share) * np.log1p(-share)) * _uneven(given)
    return of_counts(given.answered, given.unanswered, params.prior, params.prior, 1 + together / alone)


def _uneven(given: Inputs) -> Real:
    """The variance of ln(answers an opening) when people are drawn anew: Σ(a/A − n/N)² over people who gave a of the A
    answers and made n of the N openings, less 1/A + 1/N, which is chance, and in ρ already. Not below 0."""
    answers = np.asarray(given.answers, np.float64)
    openings = np.asarray(given.answered + given.unanswered, np.float64)
    known = np.greater(answers, 0) & np.greater(openings, 0)
    a, n = np.where(known, answers, 1.0), np.where(known, openings, 1.0)
    uneven = (
        given.answers_squared / a**2
        - 2 * given.answers_answerable / (a * n)
        + given.answerable_squared / n**2
    )
    return np.where(known, np.maximum(0.0, uneven - 1 / a - 1 / n), 0.0)


def closed_posterior(given: Inputs, params: Params) -> Beta:
    """γ, a share of people; "a rare beast".

    An exchange that closes puts two people in at once. If pairs close by themselves, and m is the share of people who
    are in, the variance of m is that of K single people times 1 + (1−m)(−ln(1−m))/m: 2 where few are, 1 where all are.
    """
    m = _kept_off_the_edges(given.closed_in, given.present, params.prior, params.prior_not_closed)
    design = 1 - (1 - m) * np.log1p(-m) / m
    outside = given.present - given.closed_in
    return of_counts(given.closed_in, outside, params.prior, params.prior_not_closed, design)


def _kept_off_the_edges(part: Count, of: Count, yes: float, no: float) -> Real:
    return (part + yes) / (of + yes + no)


@dataclass(frozen=True, slots=True)
class Chances:
    """The probabilities that states are made of, each with its complement.

    Both tails are kept, because 1 − p has no digits left where a space is all but certain, and the
    influence of a meeting is read exactly there.
    """

    life: Real
    no_life: Real
    life_rest: Real
    exchange: Real
    no_exchange: Real
    exchange_rest: Real
    few_voices: Real
    closed: Real


def chances(given: Inputs, params: Params, *, carries_closing: bool) -> Chances:
    """L⁺, L⁻, E⁺, E⁻, V and C of ENGINE.md, section 3; L⁻ and E⁻ without the few on whom it may rest.

    A null with no rank at all is left out of L. Without any response L is 0, and so are E⁺ and E⁻: where
    nobody responds nobody exchanges, and the prior of φ (which would give .56) knows less than that. So it is without
    the few: where nobody else has a value, what they bring is all there is, and without them there is nothing. V is 0
    where nobody opened anything: nobody broadcasts there.
    """
    talked = np.greater(given.responses, 0)
    life, no_life, life_rest = _life(given, params)
    exchange = exchange_posterior(given.exchange, params)
    above = exchange.above(params.tau_exchange)
    rest = exchange_posterior(given.rest, params).above(params.tau_exchange)
    rest = np.where(np.greater(given.rest.people, 0), rest, 0.0)
    closed = closed_posterior(given, params).above(params.tau_closed) if carries_closing else 0.0
    return Chances(
        life=np.where(talked, life, 0.0),
        no_life=np.where(talked, no_life, 1.0),
        life_rest=np.where(talked, life_rest, 0.0),
        exchange=np.where(talked, above, 0.0),
        no_exchange=np.where(talked, exchange.below(params.tau_exchange), 1.0),
        exchange_rest=np.where(talked, np.minimum(above, rest), 0.0),
        few_voices=few_voices(given, params),
        closed=np.where(talked, closed, 0.0),
    )


def _life(given: Inputs, params: Params) -> tuple[Real, Real, Real]:
    answered = answered_posterior(given, params)
    taken: Real = np.asarray(1.0)
    not_taken: Real = np.asarray(0.0)
    taken_rest: Real = np.asarray(1.0)
    threshold = 0.5 + params.delta_uptake
    for ranks, rest, reliable in (
        (given.uptake_t, given.uptake_t_rest, given.reliable_t),
        (given.uptake_o, given.uptake_o_rest, given.reliable_o),
    ):
        posterior = uptake_posterior(ranks, params)
        there = np.greater(ranks.people, 0)
        above = np.where(there, posterior.above(threshold), 1.0)
        below = np.where(there, posterior.below(threshold), 0.0)
        # The smaller of the two, with its own complement; of equals the one that keeps more digits.
        less = (above < taken) | ((above == taken) & (below > not_taken))
        taken, not_taken = np.where(less, above, taken), np.where(less, below, not_taken)
        others = uptake_posterior(without_few(ranks, rest, reliable), params).above(threshold)
        others = np.where(np.greater(rest.people, 0), others, 0.0)
        taken_rest = np.minimum(taken_rest, np.where(there, others, 1.0))
    taken_rest = np.minimum(taken, taken_rest)
    yes, no = answered.above(params.tau_answered), answered.below(params.tau_answered)
    return yes * taken, no + yes * not_taken, yes * taken_rest


def few_voices(given: Inputs, params: Params) -> Real:
    """V: 1 if those who open are fewer than half of those present, or in effect fewer than 1.5 people."""
    opened = np.greater(given.openings, 0)
    squared = np.maximum(given.openings_squared, 1)
    effective = np.square(np.asarray(given.openings, dtype=np.float64)) / squared
    few = (2 * given.openers < given.present) | (effective < params.voices_at_least)
    return np.where(opened & few, 1.0, 0.0)
