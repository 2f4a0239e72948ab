"""The climate of a space: one folded table, one window, one reading."""

from collections import Counter
from dataclasses import replace

from tertulia.engine.acts import Act, Id, Visibility
from tertulia.engine.asks import acted_posterior, acted_upon, open_asks
from tertulia.engine.contests import Contested, agreed, contested
from tertulia.engine.episodes import alternation, episode_shares
from tertulia.engine.evidence import chance_of, shown, weigh
from tertulia.engine.features import (
    Inputs,
    answered_posterior,
    closed_posterior,
    exchange_posterior,
    inputs,
    uptake_posterior,
)
from tertulia.engine.meetings import Talk
from tertulia.engine.params import Params
from tertulia.engine.posterior import Beta
from tertulia.engine.records import ContestRead, Feature, OpenAsk, SpaceReading
from tertulia.engine.states import State, Verdict, verdict
from tertulia.engine.tally import Tally, tally

MISSING_T = "uptake_against_other_threads"
MISSING_O = "uptake_against_other_order"
# What no trace of talk shows (Meier, Spada & Rummel 2007).
NEVER_VISIBLE = ("mutual_understanding", "time_management", "individual_orientation")


def read_climate(
    talk: Talk,
    acts: list[Act],
    *,
    space: Id,
    window: str,
    now: int,
    visibility: Visibility,
    params: Params,
) -> SpaceReading:
    """The reading of a folded space. See `tertulia.engine.reading.read_space`."""
    left_out = agreed(talk, acts)
    if left_out:
        # Once, before everything: no count, figure or list below knows of them.
        gone = talk.gone(left_out)
        talk, acts = talk.without(left_out), [act for act in acts if act.act not in gone]
    contests = contested(talk, acts, now, params)
    sums = tally(talk, params)
    given = inputs(sums, params)
    base = _base(talk, acts, given, space=space, window=window, visibility=visibility, params=params)
    if not given.present:
        return base
    if given.present < params.people_at_least:
        group = tuple(shown(meeting) for meeting in talk.meetings_in_window())
        return replace(base, under_five=True, state=State.TOO_EARLY, group=group)
    return _full(base, talk, sums, given, contests=contests, visibility=visibility, params=params)


def _base(
    talk: Talk,
    acts: list[Act],
    given: Inputs,
    *,
    space: Id,
    window: str,
    visibility: Visibility,
    params: Params,
) -> SpaceReading:
    said = talk.in_window()
    meetings = talk.meetings_in_window()
    waiting = open_asks(talk, acts, params)
    texts = tuple(sorted({one.text_version for one in said if one.text_version is not None}))
    return SpaceReading(
        space=space,
        window=window,
        start=talk.start,
        end=talk.end,
        params_version=params.version,
        text_versions=texts,
        people=given.present,
        contributions=len(said),
        openings=given.openings,
        responses=given.responses,
        meetings=len(meetings),
        returned=sum(meeting.both_ways for meeting in meetings),
        ceiling=None if _carries_closing(visibility) else State.CONVERSING,
        probabilities={} if given.present else {State.EMPTY.value: 1.0},
        open_asks=tuple(_listed(waiting, params.open_asks_listed)),
        open_asks_total=len(waiting),
        basis_shares=_basis_shares(talk),
        missing=_missing(given, texts),
        not_visible=_not_visible(visibility),
    )


def _listed(waiting: list[OpenAsk], most: int) -> list[OpenAsk]:
    """The oldest, who have waited longest, and the newest, who may still be reading; in their order."""
    if len(waiting) <= most:
        return waiting
    newest = most // 2
    return [*waiting[: most - newest], *waiting[len(waiting) - newest :]]


def _full(
    base: SpaceReading,
    talk: Talk,
    sums: Tally,
    given: Inputs,
    *,
    contests: Contested,
    visibility: Visibility,
    params: Params,
) -> SpaceReading:
    told, carries = not base.missing, _carries_closing(visibility)
    found = chance_of(given, told=told, carries_closing=carries, params=params)
    said = verdict(found, told=told, people=given.present, contributions=base.contributions, params=params)
    speaking_for, against = weigh(
        talk,
        sums,
        said.about,
        told=told,
        carries_closing=carries,
        params=params,
    )
    features, younger = _features(talk, given, visibility, params)
    return replace(
        base,
        state=said.state,
        about=said.about,
        probability=said.probability,
        leaning=said.leaning,
        probabilities={state.value: p for state, p in found.items()},
        features=features,
        asks_younger=younger,
        episodes=episode_shares(talk, params),
        alternation=alternation(talk),
        evidence_for=speaking_for,
        evidence_against=against,
        contest=_contest(talk, said, contests, told=told, carries_closing=carries, params=params),
    )


def _contest(
    talk: Talk, said: Verdict, contests: Contested, *, told: bool, carries_closing: bool, params: Params
) -> ContestRead | None:
    if not contests.acts:
        return None
    sums = tally(talk, params, contests.open_)
    given = inputs(sums, params)
    found = chance_of(given, told=told, carries_closing=carries_closing, params=params)
    n = sum(person.n for person in sums.people.values())
    other = verdict(found, told=told, people=given.present, contributions=n, params=params)
    return ContestRead(
        acts=contests.acts,
        meetings=len(contests.open_),
        over_limit=contests.over_limit,
        differs=other.state != said.state,
        state_with=said.state,
        state_without=other.state,
        leaning_with=said.leaning,
        leaning_without=other.leaning,
        probabilities_without={state.value: p for state, p in found.items()},
    )


def _features(
    talk: Talk, given: Inputs, visibility: Visibility, params: Params
) -> tuple[tuple[Feature, ...], int]:
    openings = given.answered + given.unanswered
    found = [
        _feature(
            "exchange",
            exchange_posterior(given.exchange, params),
            given.exchange.mean,
            (given.exchange.people, given.exchange.items),
            threshold=params.tau_exchange,
            params=params,
        ),
        _feature(
            "answered",
            answered_posterior(given, params),
            given.answered / openings if openings else None,
            (0, openings),
            threshold=params.tau_answered,
            params=params,
        ),
    ]
    for name, ranks in (("uptake_t", given.rank_t), ("uptake_o", given.rank_o)):
        if ranks.people:
            posterior = uptake_posterior(ranks, params)
            counts = (ranks.people, ranks.items)
            taken_up = 0.5 + params.delta_uptake
            found.append(_feature(name, posterior, ranks.mean, counts, threshold=taken_up, params=params))
    younger = 0
    if _carries_closing(visibility):
        posterior, mean = closed_posterior(given, params), given.closed_in / given.present
        counts = (given.present, given.present)
        found.append(_feature("closed", posterior, mean, counts, threshold=params.tau_closed, params=params))
    if visibility.outcome:
        acted, old, younger = acted_upon(talk, params)
        posterior = acted_posterior(acted, old, params)
        mean_acted = acted / old if old else None
        found.append(_feature("acted_upon", posterior, mean_acted, (0, old), threshold=None, params=params))
    return tuple(found), younger


def _feature(
    name: str,
    posterior: Beta,
    mean: float | None,
    counts: tuple[int, int],
    *,
    threshold: float | None,
    params: Params,
) -> Feature:
    low, high = posterior.interval(params.feature_interval)
    above = posterior.above(threshold) if threshold is not None else None
    return Feature(name, mean, low, high, threshold, above, *counts)


def _carries_closing(visibility: Visibility) -> bool:
    return visibility.outcome and visibility.movement


def _missing(given: Inputs, texts: tuple[int, ...]) -> tuple[str, ...]:
    # Where nobody responded, a text stage that has been here had nothing to rank: nothing is missing then.
    if given.responses == 0 and texts:
        return ()
    codes = ((MISSING_T, given.rank_t), (MISSING_O, given.rank_o))
    return tuple(code for code, ranks in codes if not ranks.people)


def _not_visible(visibility: Visibility) -> tuple[str, ...]:
    names = ("addressee", "outcome", "movement", "confirmation")
    return (*NEVER_VISIBLE, *(name for name in names if not getattr(visibility, name)))


def _basis_shares(talk: Talk) -> dict[str, float]:
    counts = Counter(one.basis for one in talk.in_window() if one.to is not None)
    total = sum(counts.values())
    return {basis: counts[basis] / total for basis in sorted(counts)}
