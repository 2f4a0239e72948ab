"""From sums per person to what the states are made of: moments, posteriors, chances."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from tertulia.engine.params import Params
from tertulia.engine.posterior import Beta, Moments, of_counts, of_people
from tertulia.engine.tally import Person, Tally


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the states' probabilities depend on, as a few numbers.

    `exchange`, `exchange_rest`: φ over people, and without the few of highest φ; `rank_t`, `rank_o`: uptake
    against both nulls; openings old enough, answered and not; people in and not in a closed exchange;
    people who open, their openings Σn and Σn².
    """

    exchange: Moments
    exchange_rest: Moments
    rank_t: Moments
    rank_o: Moments
    answered: int
    unanswered: int
    responses: int
    closed_in: int
    present: int
    openers: int
    openings: int
    openings_squared: int


def eligible(sums: Tally, params: Params) -> dict[str, Person]:
    """Whose φ is read: people with 2 or more contributions; everybody, if fewer than 5 such."""
    valued = {who: person for who, person in sums.people.items() if person.phi_n}
    regular = {who: person for who, person in valued.items() if person.n >= params.exchange_contributions}
    return regular if len(regular) >= params.exchange_people else valued


def the_few(read: dict[str, Person], params: Params) -> frozenset[str]:
    """The min(5, ⌈K/6⌉) people of highest φ, on whom a reading must not rest."""
    few = min(params.few_at_most, math.ceil(len(read) / params.few_share))
    ranked = sorted(read, key=lambda who: (-read[who].phi / read[who].phi_n, -read[who].phi_n, who))
    return frozenset(ranked[:few])


def inputs(sums: Tally, params: Params) -> Inputs:
    """The `Inputs` of a tally."""
    read = eligible(sums, params)
    few = the_few(read, params)
    everyone = list(sums.people.values())
    openings = [person.openings for person in everyone if person.openings]
    return Inputs(
        exchange=moments((person.phi, person.phi_n) for person in read.values()),
        exchange_rest=moments((person.phi, person.phi_n) for who, person in read.items() if who not in few),
        rank_t=moments((rank(person.rk_t, person.rk_t_n), person.rk_t_n) for person in everyone),
        rank_o=moments((rank(person.rk_o, person.rk_o_n), person.rk_o_n) for person in everyone),
        answered=sums.answered,
        unanswered=sums.unanswered,
        responses=sums.responses,
        closed_in=sum(1 for person in everyone if person.closed),
        present=len(everyone),
        openers=len(openings),
        openings=sum(openings),
        openings_squared=sum(n * n for n in openings),
    )


def rank(total: float, n: int) -> float:
    """The sum of ranks moved from −½…½ to 0…1, so that its mean is one too."""
    return total + n / 2


def moments(sums: Iterable[tuple[float, int]]) -> Moments:
    """The moments of one mean a person, from each one's (sum, count); who has no value is not there."""
    found = Moments()
    for total, n in sums:
        if n:
            found = found.plus(total / n, n)
    return found


def exchange_posterior(values: Moments, params: Params) -> Beta:
    return of_people(values, params.prior, values.items)


def uptake_posterior(values: Moments, params: Params) -> Beta:
    return of_people(values, params.prior_uptake, params.uptake_cap * values.items)


def answered_posterior(given: Inputs, params: Params) -> Beta:
    return of_counts(given.answered, given.unanswered, params.prior, params.prior)


def closed_posterior(given: Inputs, params: Params) -> Beta:
    no = given.present - given.closed_in
    return of_counts(given.closed_in, no, params.prior, params.prior_not_closed)


@dataclass(frozen=True, slots=True)
class Chances:
    """The probabilities that states are made of, each with its complement.

    Both tails are kept, because 1 − p has no digits left where a space is all but certain, and the
    influence of a meeting is read exactly there.
    """

    life: float
    no_life: float
    exchange: float
    no_exchange: float
    exchange_rest: float
    few_voices: float
    closed: float


def chances(given: Inputs, params: Params, *, carries_closing: bool) -> Chances:
    """L, E⁺, E⁻, V and C of ENGINE.md, section 3.

    A null with no rank at all is left out of L. Without any response L is 0, and so are E⁺ and E⁻: where
    nobody responds nobody exchanges, and the prior of φ (which would give .56) knows less than that. V is 0
    where nobody opened anything: nobody broadcasts there.
    """
    if given.responses == 0:
        return Chances(0.0, 1.0, 0.0, 1.0, 0.0, float(few_voices(given, params)), 0.0)
    life, no_life = _life(given, params)
    exchange = exchange_posterior(given.exchange, params)
    rest = exchange_posterior(given.exchange_rest, params)
    above = exchange.above(params.tau_exchange)
    return Chances(
        life=life,
        no_life=no_life,
        exchange=above,
        no_exchange=exchange.below(params.tau_exchange),
        exchange_rest=min(above, rest.above(params.tau_exchange)),
        few_voices=float(few_voices(given, params)),
        closed=closed_posterior(given, params).above(params.tau_closed) if carries_closing else 0.0,
    )


def _life(given: Inputs, params: Params) -> tuple[float, float]:
    answered = answered_posterior(given, params)
    taken = (1.0, 0.0)
    for ranks in (given.rank_t, given.rank_o):
        if ranks.people:
            posterior = uptake_posterior(ranks, params)
            threshold = 0.5 + params.delta_uptake
            taken = min(taken, (posterior.above(threshold), posterior.below(threshold)))
    yes, no = answered.above(params.tau_answered), answered.below(params.tau_answered)
    return yes * taken[0], no + yes * taken[1]


def few_voices(given: Inputs, params: Params) -> bool:
    """V: those who open are fewer than half of those present, or in effect fewer than 1.5 people."""
    if not given.openings:
        return False
    effective = given.openings**2 / given.openings_squared
    return 2 * given.openers < given.present or effective < params.voices_at_least
