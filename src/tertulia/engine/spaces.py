"""All spaces of a ledger at once: one row a space and window, at any size. No evidence: that is for one space."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tertulia.engine.acts import EVERYTHING, Id, Visibility
from tertulia.engine.backends.contract import Backend, Source
from tertulia.engine.evidence import chance_of
from tertulia.engine.figures import carries_closing
from tertulia.engine.fold import acts_of_ledger, backend_for, constants, talk
from tertulia.engine.inputs import (
    Inputs,
    answered_posterior,
    closed_posterior,
    exchange_posterior,
    uptake_measured,
)
from tertulia.engine.kinds import id_types
from tertulia.engine.look import EVER, frames_of, left_out_of
from tertulia.engine.params import DAY_US, DEFAULT, Params
from tertulia.engine.posterior import Beta, Real, of_counts
from tertulia.engine.sql import load
from tertulia.engine.states import CHANCES, State, verdicts
from tertulia.engine.table import TOGETHER, Given, ledger_source, names_and_types
from tertulia.engine.windows import days_of

COUNTED: Final = ("contributions", "openings", "responses", "meetings", "returned")
ACTED: Final = ("acted", "asks", "younger")
BECAME: Final = ("episodes", "came_of_it", "both_ways", "one_way", "no_answer", "closed")


def read_spaces(
    source: Given,
    *,
    at: int | None = None,
    window: str = "12w",
    back: int = 1,
    visibility: Visibility = EVERYTHING,
    params: Params = DEFAULT,
    chat: bool = False,
    backend: Backend | None = None,
    is_checked: bool = False,
) -> pa.Table:
    """Say how every space of a ledger is doing, one row a space and window: state, probabilities, features.

    Parameters: `source`, as `engine.table.table_of` takes it; Parquet is read where it lies, also where it is larger
    than memory. `at`, the end of the windows in µs UTC (None: each space's last act); `window`, "12w", "1y" or "all";
    `back`, how many adjacent windows of each space, newest first (1 for "all"); `visibility`, `chat`, as for
    `read_space`, of all spaces; `backend`, where it is computed; `is_checked`, whether a Parquet ledger's rows were
    checked (`engine.table.checked`) where it comes from, so that they need not be here.

    Returns an Arrow table ordered by space and end: space; window (0 the newest); start (int64 or null), end (µs);
    people, contributions, openings, responses, meetings, returned (int64); the features exchange, answered, uptake_t,
    uptake_o, closed, acted_upon, each with its mean (null: nobody to count) and _low, _high of its 95 % interval;
    episodes and what became of them; state, leaning, about (string), probability, and p_ of every state (0 to 1; null
    under five people). Windows in which nobody spoke have the state `empty`. Contests that are open are not
    computed without; what two agreed on is left out. Raises as `table_of`; ValueError at an unknown window.

    How to read it: as `read_space`, for the aggregates of many places; not to rank them. Source: ENGINE.md, section 3.
    """
    ledger = ledger_source(source, is_checked=is_checked)
    chosen = backend if backend is not None else backend_for(ledger)
    ids = id_types(names_and_types(ledger), TOGETHER)
    frames = _frames(_lives(ledger, chosen, at), at=at, days=days_of(window, params), back=back)
    script = acts_of_ledger(ledger, until=at).then(talk(params, chat=chat))
    for name in ("reading", "sums", "became"):
        script = script.then(load(name, constants(params, chat=chat)))
    tables: dict[str, Source] = {
        "ledger": ledger,
        "frames": frames_of(frames, ids["space"]),
        "left_out": left_out_of([], ids["actor"]),
    }
    found = chosen.run(script, tables, wanted=["sums", "became", "acted"])
    rows = _side_by_side(found["sums"], found["became"], found["acted"])
    return _read(rows, frames, visibility=visibility, params=params)


def _lives(ledger: Source, backend: Backend, at: int | None) -> list[tuple[Id, int, int]]:
    script = acts_of_ledger(ledger, until=at).then(load("lives", {}))
    lives = backend.run(script, {"ledger": ledger}, wanted=["lives"])["lives"].sort_by("space")
    columns = (lives.column(name).to_pylist() for name in ("space", "begins", "ends"))
    return list(zip(*columns, strict=True))


def _frames(
    lives: list[tuple[Id, int, int]], *, at: int | None, days: int | None, back: int
) -> list[tuple[int, Id, int, int]]:
    """The windows of every space, the newest first, no further back than its first act."""
    frames: list[tuple[int, Id, int, int]] = []
    for space, begins, last in lives:
        end = at if at is not None else last
        for _ in range(back if days is not None else 1):
            start = EVER if days is None else end - days * DAY_US
            frames.append((len(frames), space, start, end))
            if start < begins:
                break
            end = start
    return frames


def _side_by_side(sums: pa.Table, became: pa.Table, acted: pa.Table) -> pa.Table:
    """The steps as one table, a row a frame in the order of the frames; counts that a frame lacks are 0."""
    frames = len(sums)
    found = sums.sort_by("frame")
    for step, names in ((became, BECAME), (acted, ACTED)):
        places = step.column("frame").to_numpy()
        for name in names:
            values = np.zeros(frames, dtype=np.int64)
            values[places] = step.column(name).to_numpy()
            found = found.append_column(f"n_{name}", pa.array(values))
    return found


def _read(
    rows: pa.Table, frames: list[tuple[int, Id, int, int]], *, visibility: Visibility, params: Params
) -> pa.Table:
    given = Inputs.of(rows)
    told = _told(rows, given)
    chances = chance_of(given, told=told, carries_closing=carries_closing(visibility), params=params)
    people = np.asarray(given.present)
    said = verdicts(
        chances, told=told, people=people, contributions=np.asarray(given.contributions), params=params
    )
    judged = people >= params.people_at_least
    about = np.array([state.value for state in CHANCES])[said.about]
    state = np.where(judged & said.stated, about, State.TOO_EARLY.value)
    leans = judged & ~said.stated & said.leans
    columns: dict[str, Any] = {
        "space": rows.column("space"),
        "window": pa.array(_numbers_back(frames), pa.int64()),
        "start": pa.array([None if frame[2] == EVER else frame[2] for frame in frames], pa.int64()),
        "end": rows.column("ends"),
        "people": rows.column("present"),
        **{name: rows.column(name) for name in COUNTED},
        **_features(rows, given, visibility, params),
        "episodes": rows.column("n_episodes"),
        **{f"episodes_{name}": rows.column(f"n_{name}") for name in BECAME[1:]},
        "asks_younger": rows.column("n_younger"),
        "told": pa.array(told),
        "state": pa.array(np.where(people > 0, state, State.EMPTY.value)),
        "leaning": pa.array(about, mask=~leans),
        "about": pa.array(about, mask=~judged),
        "probability": pa.array(said.probability, mask=~judged),
        **{f"p_{one.value}": pa.array(chances[one], mask=~judged) for one in CHANCES},
        "params_version": pa.array([params.version] * len(rows), pa.string()),
    }
    return pa.table(columns)


def _told(rows: pa.Table, given: Inputs) -> NDArray[np.bool_]:
    """Were both nulls there? Where nobody responded, a text stage that has been here had nothing to rank."""
    seen = np.asarray(pc.is_valid(rows.column("text_version")))
    both = np.greater(given.uptake_t.people, 0) & np.greater(given.uptake_o.people, 0)
    found: NDArray[np.bool_] = both | (np.equal(given.responses, 0) & seen)
    return found


def _numbers_back(frames: list[tuple[int, Id, int, int]]) -> list[int]:
    numbers: list[int] = []
    for place, frame in enumerate(frames):
        same = place > 0 and frames[place - 1][1] == frame[1]
        numbers.append(numbers[-1] + 1 if same else 0)
    return numbers


def _features(rows: pa.Table, given: Inputs, visibility: Visibility, params: Params) -> dict[str, Any]:
    openings = given.answered + given.unanswered
    acted, asks = rows.column("n_acted").to_numpy(), rows.column("n_asks").to_numpy()
    nothing = np.zeros(len(rows), dtype=np.bool_)
    closing = ~nothing if carries_closing(visibility) else nothing
    outcome = ~nothing if visibility.outcome else nothing
    found: dict[str, tuple[Beta, Real, Any]] = {
        "exchange": (exchange_posterior(given.exchange, params), given.exchange.mean, given.exchange.people),
        "answered": (answered_posterior(given, params), _share(given.answered, openings), openings),
        "uptake_t": (uptake_measured(given.uptake_t, params), given.uptake_t.mean, given.uptake_t.people),
        "uptake_o": (uptake_measured(given.uptake_o, params), given.uptake_o.mean, given.uptake_o.people),
        "closed": (closed_posterior(given, params), _share(given.closed_in, given.present), closing),
        "acted_upon": (of_counts(acted, asks - acted), _share(acted, asks), asks * outcome),
    }
    judged = np.asarray(given.present) >= params.people_at_least
    columns: dict[str, Any] = {}
    for name, (posterior, mean, there) in found.items():
        hidden = ~judged | np.equal(there, 0)
        low, high = posterior.interval(params.feature_interval)
        for suffix, values in (("", mean), ("_low", low), ("_high", high)):
            columns[f"{name}{suffix}"] = pa.array(np.asarray(values, dtype=np.float64), mask=hidden)
    return columns


def _share(part: Any, of: Any) -> NDArray[np.float64]:
    found: NDArray[np.float64] = part / np.maximum(of, 1)
    return found
