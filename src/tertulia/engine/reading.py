"""The public facade of the engine."""

from collections.abc import Iterable
from typing import Final, Literal

from tertulia.engine.acts import MOVEMENTS, OUTCOMES, TALK, Act, Id, Visibility, validate
from tertulia.engine.climate import read_climate
from tertulia.engine.contests import agreed
from tertulia.engine.meetings import fold
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

__all__ = [
    "EVERYTHING",
    "Alternation",
    "ContestRead",
    "EpisodeShare",
    "Feature",
    "MeetingRead",
    "OpenAsk",
    "SpaceReading",
    "State",
    "Window",
    "read_space",
    "without_agreed",
]

Window = Literal["12w", "1y", "all"]
EVERYTHING: Final = Visibility()
# A space's life ends with what somebody last did there, not with housekeeping such as an import's close.
MARKS: Final = frozenset(["noticed", "revised", "heard", "not_quite", "promised"])
LIVING: Final = TALK | OUTCOMES | MOVEMENTS | MARKS


def read_space(
    acts: Iterable[Act],
    *,
    space: Id,
    at: int | None = None,
    window: Window = "12w",
    visibility: Visibility = EVERYTHING,
    params: Params = DEFAULT,
    chat: bool = False,
) -> SpaceReading:
    """Say how a space is doing: do people there collaborate, converse, broadcast, or only share a room?

    Parameters: `acts`, a table of acts in any order (rows of other spaces are ignored; all of the space's
    rows, not only the window's, because an answer may be older than the window); `space`, its id; `at`, the
    end of the window in µs UTC (None: the space's last act, for imported spaces); `window`, 12 weeks (84
    days), 1 year (365 days) or the whole life; `visibility`, what its source can carry; `chat`, whether
    episodes end after 60 minutes, as on a chat, or after 90 days.

    Returns: a `SpaceReading`; shares and probabilities are 0 to 1, times µs UTC, influences in logits.
    Raises: `BadActs` naming row and column; ValueError at an unknown window.

    How it is computed: every reading but the answered openings is a mean over people, so neither volume nor a
    few loud ones decide; one posterior for all (`posterior.of_people`); states in `states.probabilities`;
    evidence by meeting in `evidence.weigh`. An exchange belongs to the window of its later side. Source:
    ENGINE.md, sections 1 and 3; what traces cannot show after Meier, Spada & Rummel (2007).

    How to read it: as a description of what was written, with its uncertainty; `too_early` is the usual
    answer for 12 weeks of a small space. When not to: as a forecast, about a person, or where `missing` is
    not empty as if small talk had been ruled out.
    """
    rows = validate(acts)
    here = [act for act in rows if act.space == space]
    lengths = {"12w": params.window_12w_days, "1y": params.window_year_days, "all": None}
    if window not in lengths:
        raise ValueError(f"window must be 12w, 1y or all, not {window!r}")
    end = at if at is not None else max((act.t for act in here if act.verb in LIVING), default=0)
    days = lengths[window]
    start = None if days is None else end - days * DAY_US
    lived = [act for act in here if act.t <= end]
    talk = fold(lived, start=start, end=end, params=params, chat=chat)
    now = max(end, here[-1].t) if here else end
    return read_climate(
        talk,
        here,
        space=space,
        window=window,
        now=now,
        visibility=visibility,
        params=params,
    )


def without_agreed(acts: Iterable[Act], *, params: Params = DEFAULT, chat: bool = False) -> list[Act]:
    """One space's acts without the meetings that a reading leaves out because their two people agreed to it.

    For whatever else is made of the same acts, so that it says the same. `read_space` does this itself and wants
    all of them. Raises: `BadActs`.
    """
    rows = validate(acts)
    if not any(act.contested for act in rows):
        return rows
    talk = fold(rows, start=None, end=rows[-1].t, params=params, chat=chat)
    gone = talk.gone(agreed(talk, rows))
    return [act for act in rows if act.act not in gone]
