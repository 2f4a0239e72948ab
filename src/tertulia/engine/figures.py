"""The figures that a reading shows, each with its interval."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine.acts import Visibility
from tertulia.engine.inputs import (
    Inputs,
    answered_posterior,
    closed_posterior,
    exchange_posterior,
    uptake_measured,
    uptake_posterior,
)
from tertulia.engine.look import Look
from tertulia.engine.params import Params
from tertulia.engine.posterior import Beta, Moments, of_counts
from tertulia.engine.records import EpisodeShare, Feature
from tertulia.engine.spread import Estimate, evenness, fluidity, gini

KINDS = ("came_of_it", "both_ways", "one_way", "no_answer", "closed")


def features(look: Look, given: Inputs, visibility: Visibility) -> tuple[tuple[Feature, ...], int]:
    """The features of a window, and how many asks are too young to say what came of them."""
    params = look.params
    found = [*_shares(given, params), *_uptakes(given, params)]
    younger = 0
    if carries_closing(visibility):
        posterior = closed_posterior(given, params)
        mean = float(given.closed_in / given.present)
        counts = (int(given.present), int(given.present))
        found.append(_feature("closed", posterior, mean, counts, threshold=params.tau_closed, params=params))
    if visibility.outcome:
        acted, asks, younger = _acted(look.steps["acted"])
        posterior = of_counts(acted, asks - acted, params.prior, params.prior)
        share = acted / asks if asks else None
        found.append(_feature("acted_upon", posterior, share, (0, asks), threshold=None, params=params))
    return (*found, *_spread(look)), younger


def carries_closing(visibility: Visibility) -> bool:
    """Can the source carry what a closed exchange is made of?"""
    return visibility.outcome and visibility.movement


def episode_shares(became: pa.Table, params: Params) -> tuple[EpisodeShare, ...]:
    """How many episodes got no answer, went one way, both ways, or had something come of them.

    The four are exclusive and complete; each episode is what most became of it. Something came of it if a
    movement (credit, a decision, a trial, "what moved for me", "I was wrong") names another's contribution in
    it. A fifth row, `closed`, counts those with a closed exchange (something came of it on both sides); it
    is inside the first. An episode belongs to the window of its last contribution. Intervals: Jeffreys, 80 %.
    """
    row: dict[str, Any] = became.to_pylist()[0] if len(became) else dict.fromkeys((*KINDS, "episodes"), 0)
    found = []
    for kind in KINDS:
        low, high = of_counts(row[kind], row["episodes"] - row[kind]).interval(params.episode_interval)
        found.append(EpisodeShare(kind, row[kind], row["episodes"], float(low), float(high)))
    return tuple(found)


def _shares(given: Inputs, params: Params) -> list[Feature]:
    openings = int(given.answered + given.unanswered)
    share = float(given.answered / openings) if openings else None
    posterior = exchange_posterior(given.exchange, params)
    return [
        _of_people("exchange", given.exchange, posterior, threshold=params.tau_exchange, params=params),
        _feature(
            "answered",
            answered_posterior(given, params),
            share,
            (0, openings),
            threshold=params.tau_answered,
            params=params,
        ),
    ]


def _uptakes(given: Inputs, params: Params) -> list[Feature]:
    threshold = 0.5 + params.delta_uptake
    return [
        replace(
            _of_people(name, ranks, uptake_measured(ranks, params), threshold=threshold, params=params),
            above=float(uptake_posterior(ranks, params).above(threshold)),
        )
        for name, ranks in (("uptake_t", given.uptake_t), ("uptake_o", given.uptake_o))
        if ranks.people
    ]


def _spread(look: Look) -> list[Feature]:
    counts: NDArray[np.int64] = look.steps["people"].column("n").to_numpy()
    led = look.steps["led"]
    slices: dict[int, dict[Any, int]] = {}
    for row in led.to_pylist():
        slices.setdefault(row["slice"], {})[row["opener"]] = row["uptakes"]
    everything = (len(counts), int(counts.sum()))
    found = [
        _estimate("evenness", evenness(counts), everything, look.params),
        _estimate("gini", gini(counts), everything, look.params),
    ]
    moved = fluidity(slices, look.params.fluidity_uptakes)
    if moved is not None:
        openers = len({opener for uptakes in slices.values() for opener in uptakes})
        uptakes = sum(sum(uptakes.values()) for uptakes in slices.values())
        found.append(_estimate("fluidity", moved, (openers, uptakes), look.params))
    return found


def _estimate(name: str, estimate: Estimate, counts: tuple[int, int], params: Params) -> Feature:
    low, high = estimate.interval(params.feature_interval)
    return Feature(name, estimate.value, low, high, None, None, *counts)


def _acted(rows: pa.Table) -> tuple[int, int, int]:
    row: dict[str, Any] = rows.to_pylist()[0] if len(rows) else {"acted": 0, "asks": 0, "younger": 0}
    return row["acted"], row["asks"], row["younger"]


def _of_people(name: str, values: Moments, posterior: Beta, *, threshold: float, params: Params) -> Feature:
    mean = float(values.mean) if values.people else None
    counts = (int(values.people), int(values.items))
    return _feature(name, posterior, mean, counts, threshold=threshold, params=params)


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
    above = float(posterior.above(threshold)) if threshold is not None else None
    return Feature(name, mean, float(low), float(high), threshold, above, *counts)
