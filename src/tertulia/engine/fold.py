"""The fold of talk: a ledger in, what was said to whom out, on any backend. The rules are in sql/talk.sql."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import pyarrow as pa

from tertulia.engine.backends.contract import Backend, Source
from tertulia.engine.backends.duckdb import DuckDB
from tertulia.engine.kinds import id_types
from tertulia.engine.params import DAY_US, DEFAULT, MINUTE_US, Params
from tertulia.engine.sql import Constant, Script, Step, load
from tertulia.engine.table import COLUMNS, TOGETHER, Given, ledger_source, names_and_types

# Up to so many acts one thread is quicker than several, and its sums come in one order.
SMALL: Final = 200_000
_SQL: Final = {"whole": "BIGINT", "real": "DOUBLE", "word": "VARCHAR", "yes": "BOOLEAN"}


def said(
    source: Given, *, params: Params = DEFAULT, chat: bool = False, backend: Backend | None = None
) -> pa.Table:
    """Say who said what to whom: one row a contribution, of all spaces at once.

    Parameters: `source`, a table of acts as `engine.table.table_of` takes it; `chat`, whether episodes end after 60
    minutes of silence or after 90 days; `backend`, where it is computed.

    Returns an Arrow table, rows in no particular order: act, t (int64, µs UTC); actor, addressee (id; null: nobody),
    basis, confidence of that address (0 to 1); space, thread (id); episode (int64, the act of its first contribution);
    opening (0 or 1); answers (int64, the opening that it answers, or null); parent, move, words, uptake, rk_t, rk_o,
    text_version as in the acts. Raises as `table_of` does.

    The addressee is the person whom the row names, else the parent's author; under one's own parent it is the last
    other under that parent, else in the thread, with basis `inferred_turn`. An act answers the opening that it responds
    to, also where it responds to the opener's own addition to it, up to two additions deep; an act without a parent,
    to somebody who opened something in that thread, answers what they opened last. Source: ENGINE.md, section 1.
    """
    ledger = ledger_source(source)
    chosen = backend if backend is not None else backend_for(ledger)
    script = acts_of_ledger(ledger).then(talk(params, chat=chat))
    return chosen.run(script, {"ledger": ledger}, wanted=["said"])["said"]


def talk(params: Params, *, chat: bool) -> Script:
    """The script talk.sql, from `acts` to `said`, `deeds`, `meetings` and `answerings`."""
    return load("talk", constants(params, chat=chat))


def constants(params: Params, *, chat: bool) -> Mapping[str, Constant]:
    """What the scripts call `:name`: the parameters, and their times in microseconds."""
    gap = params.chat_gap_minutes * MINUTE_US if chat else params.episode_gap_days * DAY_US
    return {
        **asdict(params),
        "gap_us": gap,
        "answerable_us": params.answerable_days * DAY_US,
        "outcome_us": params.outcome_days * DAY_US,
        "open_ask_us": params.open_ask_days * DAY_US,
        "slice_us": params.slice_days * DAY_US,
        "day_us": DAY_US,
    }


def acts_of_ledger(ledger: Source, *, until: int | None = None) -> Script:
    """The script that makes `acts` of the table or Parquet given as `ledger`: every column, in the engine's types.

    `until`: leave out what happened after this time, µs UTC.
    """
    types = names_and_types(ledger)
    ids = id_types(types, TOGETHER)
    columns = []
    for column in COLUMNS:
        kind = _SQL.get(column.kind) or ("BIGINT" if pa.types.is_integer(ids[column.name]) else "VARCHAR")
        value = column.name if column.name in types else _literal(column.default)
        columns.append(f"CAST({value} AS {kind}) AS {column.name}")
    only = "" if until is None else f" WHERE t <= {until:d}"
    # Made of this module's own names, and of a whole number.
    select = f"SELECT {', '.join(columns)} FROM ledger{only}"  # noqa: S608
    return Script("acts", (Step("acts", "VIEW", select),))


def backend_for(ledger: Source) -> DuckDB:
    """DuckDB in this process, with one thread where there is little to do."""
    small = isinstance(ledger, pa.Table) and len(ledger) <= SMALL
    return DuckDB(threads=1 if small else None)


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value).upper()
