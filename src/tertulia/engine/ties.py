"""The track record between two people: what each has to go by about the other, from a table of acts."""

from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine import opinion
from tertulia.engine.backends.contract import Backend, Source
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams
from tertulia.engine.sql import Script, Step, load

LAST: Script = Script("last", (Step("last", "TABLE", "SELECT MAX(t) AS t FROM acts"),))


def ties_of(
    source: Source,
    *,
    at: int | None = None,
    backend: Backend | None = None,
    params: TieParams = DEFAULT_TIES,
) -> pa.Table:
    """A's record of B, for every A and B between whom anything was honoured or broken.

    Parameters: `source`, a table of acts (`table.table_of`), a Parquet file or a folder of them; `at`, the moment in µs
    UTC (None: the last act); `backend`, where the fold runs (None: DuckDB in this process). Acts of anonymous people
    must have been left out or renamed by whoever gives the table.

    Returns: one row a pair: `a`, `b` (ids); `r`, `s` (float64, thousandths, ≥ 0, a day at most 2000, half as much after
    180 days); `belief`, `disbelief`, `uncertainty` (float64, together 1); `first_day`, `last_day` (int64, UTC days since
    1970), `days` (int64); `kinds` (int64, a bit each, in the order of `entries.KINDS`); `earned` (new, settling,
    settled) and `state` (the same, or dormant, reconnected). Rows in no order. Errors: those of the backend.

    Source: ENGINE.md, section 4; Jøsang & Ismail (2002). How to read it: from A's side alone, as something to remember
    by, in words and dates. When not to: added up over everybody (a person has no number), shown to anyone but A, or
    ordered by anything but belief.
    """
    runner = backend or DuckDB()
    moment = at if at is not None else _last(source, runner)
    found = runner.run(ties_script(at=moment, params=params), {"acts": source}, wanted=["ties"])["ties"]
    return with_opinion(found, params=params)


def days_of(
    source: Source, *, at: int | None = None, backend: Backend | None = None, params: TieParams = DEFAULT_TIES
) -> pa.Table:
    """What every day added: `a`, `b`, `day`, `r`, `s` (int64, raw thousandths), `kinds`; as a site keeps them."""
    runner = backend or DuckDB()
    moment = at if at is not None else _last(source, runner)
    script = ties_script(at=moment, params=params)
    return runner.run(script, {"acts": source}, wanted=["tie_days"])["tie_days"]


def ties_script(*, at: int, params: TieParams = DEFAULT_TIES) -> Script:
    """The fold as a script over the table `acts`, for any backend; its last step is `ties`."""
    constants = {name: value for name, value in asdict(params).items() if name != "version"}
    return load("ties", {**constants, "at_us": at, "at_day": at // DAY_US, "day_us": DAY_US})


def with_opinion(ties: pa.Table, *, params: TieParams = DEFAULT_TIES) -> pa.Table:
    """The rows with what their evidence amounts to."""
    found = opinion.of_evidence(_floats(ties, "r"), _floats(ties, "s"), prior=params.prior)
    for name, values in found._asdict().items():
        ties = ties.append_column(name, pa.array(values, pa.float64()))
    return ties


def _floats(table: pa.Table, name: str) -> opinion.Floats:
    return np.asarray(pc.cast(table.column(name), pa.float64()).to_numpy(), np.float64)


def _last(source: Source, backend: Backend) -> int:
    found = backend.run(LAST, {"acts": source}, wanted=["last"])["last"].column("t")[0].as_py()
    return int(found) if found is not None else 0
