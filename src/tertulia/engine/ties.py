"""The track record between two people: what each has to go by about the other, from a table of acts."""

from collections.abc import Callable
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine import opinion
from tertulia.engine.backends.contract import Backend, Source
from tertulia.engine.fold import acts_of_ledger, backend_for
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams
from tertulia.engine.sql import Constant, Script, load
from tertulia.engine.table import Given, ledger_source


def ties_of(
    source: Given,
    *,
    at: int | None = None,
    backend: Backend | None = None,
    params: TieParams = DEFAULT_TIES,
) -> pa.Table:
    """A's record of B, for every A and B between whom anything was honoured or broken.

    Parameters: `source`, a table of acts as `table.table_of` takes it; `at`, the moment in µs
    UTC (None: the last act); `backend`, where the fold runs (None: DuckDB in this process). Acts of anonymous people
    must have been left out or renamed by whoever gives the table.

    Returns: one row a pair: `a`, `b` (ids); `r`, `s` (float64, thousandths, ≥ 0, a day at most 2000, half as much
    after 180 days); `belief`, `disbelief`, `uncertainty` (float64, together 1); `first_day`, `last_day` (int64, UTC
    days since 1970), `days` (int64); `kinds` (int64, a bit each, in the order of `entries.KINDS`); `earned` (new,
    settling, settled) and `state` (the same, or dormant, reconnected). Rows in no order. Raises: `BadActs`.

    Source: ENGINE.md, section 4; Jøsang & Ismail (2002). How to read it: from A's side alone, as something to remember
    by, in words and dates. When not to: added up over everybody (a person has no number), shown to anyone but A, or
    ordered by anything but belief.
    """
    return with_opinion(_run(ties_script, "ties", source, at, backend, params), params=params)


def days_of(
    source: Given, *, at: int | None = None, backend: Backend | None = None, params: TieParams = DEFAULT_TIES
) -> pa.Table:
    """What every day added: `a`, `b`, `day`, `r`, `s` (int64, raw thousandths), `kinds`; as a site keeps them."""
    return _run(days_script, "tie_days", source, at, backend, params)


def ties_script(*, at: int, params: TieParams = DEFAULT_TIES) -> Script:
    """The fold as a script over the table `acts`, for any backend; its last step is `ties`."""
    return days_script(at=at, params=params).then(words_script(at=at, params=params))


def days_script(*, at: int, params: TieParams = DEFAULT_TIES) -> Script:
    """Its first half: what every day added. Over the table `acts`; its last step is `tie_days`."""
    return load("tie_days", tie_constants(at=at, params=params))


def words_script(*, at: int, params: TieParams = DEFAULT_TIES) -> Script:
    """Its second half: what the days amount to at a moment. Over the table `tie_days`."""
    return load("ties", tie_constants(at=at, params=params))


def tie_constants(*, at: int, params: TieParams = DEFAULT_TIES) -> dict[str, Constant]:
    """What the scripts of track records call `:name`: the parameters and the moment."""
    return {**asdict(params), "at_us": at, "at_day": at // DAY_US, "day_us": DAY_US}


def last_moment(ledger: Source, backend: Backend) -> int:
    """When the last act happened, µs UTC; 0 in an empty table."""
    script = acts_of_ledger(ledger).then(load("last", {}))
    found = backend.run(script, {"ledger": ledger}, wanted=["last"])["last"].column("t")[0].as_py()
    return int(found) if found is not None else 0


def with_opinion(ties: pa.Table, *, params: TieParams = DEFAULT_TIES) -> pa.Table:
    """The rows with what their evidence amounts to."""
    found = opinion.of_evidence(_floats(ties, "r"), _floats(ties, "s"), prior=params.prior)
    for name, values in found._asdict().items():
        ties = ties.append_column(name, pa.array(values, pa.float64()))
    return ties


def _floats(table: pa.Table, name: str) -> opinion.Floats:
    return np.asarray(pc.cast(table.column(name), pa.float64()).to_numpy(), np.float64)


def _run(
    fold: Callable[..., Script],
    wanted: str,
    source: Given,
    at: int | None,
    backend: Backend | None,
    params: TieParams,
) -> pa.Table:
    ledger = ledger_source(source)
    runner = backend or backend_for(ledger)
    moment = at if at is not None else last_moment(ledger, runner)
    script = acts_of_ledger(ledger).then(fold(at=moment, params=params))
    return runner.run(script, {"ledger": ledger}, wanted=[wanted])[wanted]
