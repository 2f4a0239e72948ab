"""The public facade of the engine."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import EVERYTHING, MOVEMENTS, OUTCOMES, TALK, Act, Id, Visibility
from tertulia.engine.backends.contract import Backend
from tertulia.engine.climate import read_climate
from tertulia.engine.fold import backend_for
from tertulia.engine.look import acts_of, look
from tertulia.engine.network import PersonReading, read_person
from tertulia.engine.organisation import read_organisation
from tertulia.engine.pair import PairReading, read_pair
from tertulia.engine.params import DAY_US, DEFAULT, Params
from tertulia.engine.records import (
    Alternation,
    ContestRead,
    EpisodeShare,
    Feature,
    MeetingRead,
    OpenAsk,
    SpaceReading,
)
from tertulia.engine.states import State
from tertulia.engine.table import Given, table_of
from tertulia.engine.windows import Window, days_of

__all__ = [
    "EVERYTHING",
    "Alternation",
    "ContestRead",
    "EpisodeShare",
    "Feature",
    "MeetingRead",
    "OpenAsk",
    "PairReading",
    "PersonReading",
    "SpaceReading",
    "State",
    "Window",
    "read_organisation",
    "read_pair",
    "read_person",
    "read_space",
    "without_agreed",
]

# A space's life ends with what somebody last did there, not with housekeeping such as an import's close.
MARKS: Final = frozenset(["noticed", "revised", "heard", "not_quite", "promised"])
LIVING: Final = TALK | OUTCOMES | MOVEMENTS | MARKS


def read_space(
    acts: Given,
    *,
    space: Id,
    at: int | None = None,
    window: Window = "12w",
    visibility: Visibility = EVERYTHING,
    params: Params = DEFAULT,
    chat: bool = False,
    backend: Backend | None = None,
) -> SpaceReading:
    """Say how a space is doing: do people there collaborate, converse, broadcast, or only share a room?

    Parameters: `acts`, a table of acts in any order, as `engine.table.table_of` takes it: an iterable of `Act` or of
    mappings, Arrow, Parquet, CSV (rows of other spaces are ignored; all of the space's rows, not only the window's,
    because an answer may be older than the window); `space`, its id; `at`, the end of the window in µs UTC (None: the
    space's last act, for imported spaces); `window`, 12 weeks (84 days), 1 year (365 days) or the whole life;
    `visibility`, what its source can carry; `chat`, whether episodes end after 60 minutes, as on a chat, or after 90
    days; `backend`, where the folds run (None: DuckDB, in this process).

    Returns: a `SpaceReading`; shares and probabilities are 0 to 1, times µs UTC, influences in logits. It displays
    itself in a notebook, and goes to Arrow, to a dict and to JSON.
    Raises: `BadActs` naming row and column; ValueError at an unknown window.

    How it is computed: every reading but the answered openings is a mean over people, so neither volume nor a
    few loud ones decide; the folds are SQL (sql/talk.sql, sql/reading.sql), one posterior serves all
    (`posterior.of_people`); states in `states.probabilities`; evidence by meeting in `evidence.weigh`. An exchange
    belongs to the window of its later side. Source: ENGINE.md, sections 1 and 3; what traces cannot show after Meier,
    Spada & Rummel (2007).

    How to read it: as a description of what was written, with its uncertainty; `too_early` is the usual
    answer for 12 weeks of a small space. When not to: as a forecast, about a person, or where `missing` is
    not empty as if small talk had been ruled out.
    """
    days = days_of(window, params)
    here = acts_of(table_of(acts), space=space)
    end = at if at is not None else last_lived(here)
    lived = here.filter(pc.less_equal(here.column("t"), pa.scalar(end)))
    seen = look(
        lived,
        space=space,
        start=None if days is None else end - days * DAY_US,
        end=end,
        params=params,
        chat=chat,
        backend=backend if backend is not None else backend_for(lived),
    )
    now = max(end, here.column("t")[-1].as_py()) if len(here) else end
    return read_climate(seen, here, window=window, now=now, visibility=visibility)


def last_lived(acts: pa.Table) -> int:
    """When somebody last did something in these acts, µs UTC; 0 if nobody did."""
    alive = pc.is_in(acts.column("verb"), pa.array(sorted(LIVING)))
    last = pc.max(acts.filter(alive).column("t")).as_py()
    return int(last) if last is not None else 0


def without_agreed(acts: Sequence[Act], *, params: Params = DEFAULT, chat: bool = False) -> list[Act]:
    """One space's acts without the meetings that a reading leaves out because their two people agreed to it.

    For whatever else is made of the same acts, so that it says the same. `read_space` does this itself and wants
    all of them. Raises: `BadActs`.
    """
    if not any(act.contested for act in acts):
        return list(acts)
    table = table_of(acts)
    space = table.column("space")[0].as_py()
    here = acts_of(table, space=space)
    end = here.column("t")[-1].as_py()
    seen = look(here, space=space, start=None, end=end, params=params, chat=chat, backend=backend_for(here))
    gone = set(seen.steps["gone"].column("act").to_pylist())
    return [act for act in acts if act.act not in gone]
