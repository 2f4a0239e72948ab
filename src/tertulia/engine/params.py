"""Every constant of the engine: default, unit, range, source. One version, which each reading names."""

from dataclasses import dataclass
from typing import Final

MINUTE_US: Final = 60_000_000
HOUR_US: Final = 60 * MINUTE_US
DAY_US: Final = 24 * HOUR_US
# Below this a probability is as good as none; it keeps logits finite, and no reading depends on it.
LEAST_CHANCE: Final = 1e-300
# Two sums of the same numbers in another order differ by less: such a difference decides nothing.
INFLUENCE_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Params:
    """The constants of a space's reading.

    "Fitted" means: set while looking at the data shared by the project (validity.md says so first);
    "by convention": another value would serve as well, nothing was fitted. A change is a new `version`.

    | constant | unit | range | source |
    |---|---|---|---|
    | episode_gap_days, chat_gap_minutes | days, minutes | > 0 | fitted: runs of talk in threads and on IRC |
    | tau_exchange (τ_E) | share | 0 to 1 | fitted |
    | tau_answered (τ_A) | share | 0 to 1 | fitted |
    | tau_closed (τ_C) | share | 0 to 1 | fitted; "a rare beast" (the seed) |
    | delta_uptake (δ) | rank | 0 to ½ | fitted: the bias that approximate sizes left |
    | prior, prior_uptake, prior_not_closed | pseudo-counts | > 0 | Jeffreys; 5 and 4 fitted |
    | uptake_cap | draws a rank | > 0 | fitted |
    | few_at_most, few_share | people, people | ≥ 1 | fitted against rings of 5 in 30 |
    | voices_at_least | effective people | ≥ 1 | fitted |
    | answerable_days | days | ≥ 0 | by convention: a week to answer |
    | outcome_days | days | > 0 | by convention: four weeks to act |
    | stated_from, lean_from | probability | ½ to 1 | by convention |
    | people_at_least, contributions_at_least | people, contributions | ≥ 1 | decency, not evidence |
    | confidence_inferred | confidence of an edge | 0 to 1 | by convention: ENGINE.md, section 1 |
    | contest_days, contest_share | days, share | > 0, 0 to 1 | by convention |
    | context_others, context_turns | contributions | ≥ 1 | by convention: what is still in view |
    | copied_run | tokens in a row | ≥ 2 | by convention: longer than chance repeats |
    | null_draws | draws | ≥ 1 | by convention |
    | null_reach | contributions before and after | 1 to 500 | by convention |
    | null_phase | ratio of positions in an episode | ≥ 1 | set on one half of the rooms, against greetings |
    | null_echo | contributions after | ≥ 0 | set on one half of the rooms: what follows answers it |
    | null_pool_at_least | contributions | ≥ 1 | by convention |
    | graded, graded_at_0 | experts' scores a sign | any | fitted: 1,304 pairs of Demszky et al. (2021) |
    | weights_prior | contributions | > 0 | by convention; 0 to 1,000 read alike |
    """

    version: str = "3"
    episode_gap_days: int = 90
    chat_gap_minutes: int = 60
    window_12w_days: int = 84
    window_year_days: int = 365
    tau_exchange: float = 0.4
    tau_answered: float = 0.1
    tau_closed: float = 0.2
    delta_uptake: float = 0.03
    prior: float = 0.5
    prior_uptake: float = 5.0
    prior_not_closed: float = 4.0
    uptake_cap: float = 3.0
    exchange_contributions: int = 2
    exchange_people: int = 5
    few_at_most: int = 5
    few_share: int = 6
    voices_at_least: float = 1.5
    answerable_days: int = 7
    outcome_days: int = 28
    stated_from: float = 0.8
    lean_from: float = 0.5
    people_at_least: int = 5
    contributions_at_least: int = 20
    feature_interval: float = 0.95
    episode_interval: float = 0.80
    evidence_for: int = 5
    evidence_against: int = 2
    evidence_exact: int = 20
    confidence_inferred: float = 0.3
    slice_days: int = 84
    fluidity_uptakes: int = 20
    organisation_spaces: int = 3
    organisation_people: int = 10
    contest_days: int = 30
    contest_share: float = 0.1
    open_ask_days: int = 1
    open_asks_listed: int = 50
    context_others: int = 5
    context_turns: int = 8
    copied_run: int = 8
    null_draws: int = 4
    null_reach: int = 200
    null_phase: float = 2.0
    null_echo: int = 5
    null_pool_at_least: int = 3
    weights_prior: float = 50.0
    # In the order of engine.text.graded.SIGNS; `python -m validity.uptake --fit` makes them.
    graded: tuple[float, ...] = (0.211, 0.386, 0.464, -0.074, 0.15, 0.297)
    graded_at_0: float = -1.222


DEFAULT: Final = Params()


@dataclass(frozen=True, slots=True)
class TieParams:
    """The constants of the track record between two people.

    Weights say how much was risked: "by convention" means that another scale would serve as well; none was fitted.

    | constant | unit | range | source |
    |---|---|---|---|
    | answered … not_heard | thousandths of one honoured or broken risk | > 0 | by convention |
    | prior (W) | thousandths | > 0 | Jøsang & Ismail (2002): one of each, as two whole pieces of evidence |
    | day_at_most (C) | thousandths a day | > 0 | by convention: an afternoon is not a year |
    | half_life_days (h) | days | > 0 | by convention; the second claim on trust tries others |
    | not_kept_after_us, not_heard_after_us | µs | ≥ 0 | by convention: four weeks to do it, two to think again |
    | settled_weeks, settled_span_weeks | ISO weeks | ≥ 1 | by convention; 104 weeks are 728 of the 730 days |
    | dormant_days, dormant_gaps, reconnected_days | days, gaps, days | > 0 | by convention |
    | base_rate (a) | probability | 0 to 1 | forecasts of the claims only; never orders anything |
    | listened_to, spoken_of, through_one | people | ≥ 1 | by convention: the most that is looked at, and listed |
    """

    version: str = "1"
    answered: int = 250
    heard: int = 1000
    acted: int = 1000
    declined: int = 500
    moved_me: int = 1000
    met: int = 1000
    kept: int = 500
    missed: int = 1000
    not_kept: int = 500
    not_heard: int = 500
    prior: int = 2000
    day_at_most: int = 2000
    half_life_days: int = 180
    not_kept_after_us: int = 28 * DAY_US
    not_heard_after_us: int = 14 * DAY_US
    settled_weeks: int = 4
    settled_span_weeks: int = 104
    dormant_days: int = 90
    dormant_gaps: int = 3
    reconnected_days: int = 28
    base_rate: float = 0.95
    listened_to: int = 200
    spoken_of: int = 100
    through_one: int = 3


DEFAULT_TIES: Final = TieParams()


@dataclass(frozen=True, slots=True)
class ExpertiseParams:
    """The constants of expertise and of whom to ask.

    | constant | unit | range | source |
    |---|---|---|---|
    | half_life_days | days | > 0 | by convention: expertise moves with time |
    | strangers_at_most | weight of all strangers together | ≥ 0 | against rings: n accounts add at most this |
    | recency_half_life | days, or questions | > 0 | fitted: of 50 to 400 questions on the shared sites |
    | topic_weight, popularity_weight, credit_weight | factors | ≥ 0 | not fitted: each counts once |
    | asked_a_day | questions a person a day | ≥ 1 | by convention: nobody is asked all day |
    """

    version: str = "1"
    half_life_days: int = 90
    strangers_at_most: float = 1.0
    recency_half_life: float = 100.0
    topic_weight: float = 1.0
    popularity_weight: float = 1.0
    credit_weight: float = 1.0
    asked_a_day: int = 3


DEFAULT_EXPERTISE: Final = ExpertiseParams()


@dataclass(frozen=True, slots=True)
class CohortParams:
    """The constants of comparing cohorts, all by convention: nobody is told of fewer than ten; 95 %; 5 %.

    | constant | unit | range |
    |---|---|---|
    | least_people | people | ≥ 2 |
    | interval | probability | 0 to 1 |
    | false_discoveries (q) | share of what is marked | 0 to 1 |
    """

    version: str = "1"
    least_people: int = 10
    interval: float = 0.95
    false_discoveries: float = 0.05


DEFAULT_COHORTS: Final = CohortParams()
