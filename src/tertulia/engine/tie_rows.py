"""The rows of a track record: a row a pair and day, kept entry by entry, and what they say at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from tertulia.engine.acts import Id
from tertulia.engine.entries import HONOURED, KINDS, Entry
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams

Earned = Literal["new", "settling", "settled"]
State = Literal["new", "settling", "settled", "dormant", "reconnected"]
# To which the sums of a tie's row are brought: any day would do, as long as it never moves. 1 January 2020.
REFERENCE_DAY: Final = 18_262


@dataclass(frozen=True, slots=True)
class DayRow:
    """What one UTC day added to A's record of B: raw thousandths of each kind, in the order of `entries.KINDS`."""

    a: Id
    b: Id
    day: int
    weights: tuple[int, ...] = (0,) * len(KINDS)

    @property
    def r(self) -> int:
        return sum(self.weights[: len(HONOURED)])

    @property
    def s(self) -> int:
        return sum(self.weights[len(HONOURED) :])

    @property
    def kinds(self) -> int:
        """A bit each kind, as in the rows that SQL gives."""
        return sum(1 << place for place, weight in enumerate(self.weights) if weight)


@dataclass(frozen=True, slots=True)
class TieRow:
    """A's record of B, forgotten or foretold to `REFERENCE_DAY`: r and s with saturation, in thousandths."""

    a: Id
    b: Id
    r: float = 0.0
    s: float = 0.0

    def at(self, day: int, *, params: TieParams = DEFAULT_TIES) -> tuple[float, float]:
        """r and s on a day: half as much a half-life later."""
        factor = 2.0 ** ((REFERENCE_DAY - day) / params.half_life_days)
        return self.r * factor, self.s * factor


@dataclass(frozen=True, slots=True)
class Tie:
    """What A's record says of B at a moment. `earned` survives a silence, which `state` names."""

    a: Id
    b: Id
    r: float
    s: float
    first_day: int
    last_day: int
    days: int
    kinds: int
    earned: Earned
    state: State


def apply(row: DayRow | None, entry: Entry, *, times: int = 1) -> DayRow | None:
    """The day's row with this entry added (`times` below 0: removed); None where nothing is left.

    Raises: ValueError for an entry of another pair or day, or one that is not there to be removed. Whether its act was
    folded before is for the caller to know: an act already folded changes nothing.
    """
    row = row or DayRow(entry.a, entry.b, entry.day)
    if (row.a, row.b, row.day) != (entry.a, entry.b, entry.day):
        raise ValueError("that entry is of another pair or another day")
    place = KINDS.index(entry.kind)
    weights = list(row.weights)
    weights[place] += times * entry.weight
    if weights[place] < 0:
        raise ValueError(f"there is no entry {entry.kind} of {entry.weight} to remove")
    return replace(row, weights=tuple(weights)) if any(weights) else None


def remove(row: DayRow, entry: Entry) -> DayRow | None:
    """The day's row without this entry, exactly as if it had never been there; None where nothing is left."""
    return apply(row, entry, times=-1)


def carried(
    tie: TieRow, before: DayRow | None, after: DayRow | None, *, params: TieParams = DEFAULT_TIES
) -> TieRow:
    """The tie's row when one of its days changes: r by (min(S+w, C) − min(S, C))·2^((d − L)/h), s likewise.

    L is `REFERENCE_DAY` for all rows rather than each row's first day, so that a row can be written without being
    read. Source: ENGINE.md, section 4.
    """
    row = before or after
    if row is None:
        return tie
    factor = 2.0 ** ((row.day - REFERENCE_DAY) / params.half_life_days)
    old = (before.r, before.s) if before else (0, 0)
    new = (after.r, after.s) if after else (0, 0)
    r, s = (
        min(now, params.day_at_most) - min(then, params.day_at_most)
        for then, now in zip(old, new, strict=True)
    )
    return replace(tie, r=tie.r + r * factor, s=tie.s + s * factor)


def tie_of(days: Iterable[DayRow], *, at: int, params: TieParams = DEFAULT_TIES) -> Tie | None:
    """One pair's days as a tie at `at` (µs UTC); None if nothing happened until then.

    States: *settling*, honoured in 2 ISO weeks; *settled*, in 4 within 730 days and in 2 kinds, and more than twice as
    much honoured as broken; *dormant*, was either and nothing for 90 days or 3 of its usual gaps; *reconnected*, for 28
    days after that; else *new*. Source: ENGINE.md, section 4; that formerly strong ties keep their trust: Levin, Walter
    & Murnighan (2011).
    """
    today = at // DAY_US
    rows = sorted((row for row in days if row.day <= today), key=lambda row: row.day)
    if not rows:
        return None
    good = [row for row in rows if row.r > 0]
    earned: Earned = "new"
    if good and _week(good[0].day) < _week(good[-1].day):
        earned = "settled" if _is_settled(rows, params) else "settling"
    r, s = _forgotten(rows, today, params)
    kinds = 0
    for row in rows:
        kinds |= row.kinds
    return Tie(
        a=rows[0].a,
        b=rows[0].b,
        r=r,
        s=s,
        first_day=rows[0].day,
        last_day=rows[-1].day,
        days=len(rows),
        kinds=kinds,
        earned=earned,
        state=_silence(rows, today, params) or earned,
    )


def _week(day: int) -> int:
    return (day + 3) // 7


def _capped(row: DayRow, params: TieParams) -> tuple[int, int]:
    return min(row.r, params.day_at_most), min(row.s, params.day_at_most)


def _forgotten(rows: Sequence[DayRow], today: int, params: TieParams) -> tuple[float, float]:
    r = s = 0.0
    for row in rows:
        factor = 2.0 ** ((row.day - today) / params.half_life_days)
        honoured, broken = _capped(row, params)
        r, s = r + honoured * factor, s + broken * factor
    return r, s


def _is_settled(rows: Sequence[DayRow], params: TieParams) -> bool:
    ever = [_capped(row, params) for row in rows]
    if sum(r for r, _ in ever) <= 2 * sum(s for _, s in ever):
        return False
    weeks: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.r > 0:
            weeks[_week(row.day)] |= row.kinds & ((1 << len(HONOURED)) - 1)
    for last in weeks:
        within = [week for week in weeks if 0 <= last - week <= params.settled_span_weeks]
        kinds = 0
        for week in within:
            kinds |= weeks[week]
        if len(within) >= params.settled_weeks and kinds.bit_count() >= 2:
            return True
    return False


def _silence(rows: Sequence[DayRow], today: int, params: TieParams) -> State | None:
    """Dormant, or reconnected after having been: judged by what had been earned when the silence began."""
    if today - rows[-1].day >= params.dormant_days:
        return "dormant" if _is_silence(rows, today - rows[-1].day, params) else None
    before = [row for row in rows if row.day <= today - params.reconnected_days]
    if not before or len(before) == len(rows):
        return None
    silence = rows[len(before)].day - before[-1].day
    return "reconnected" if silence >= params.dormant_days and _is_silence(before, silence, params) else None


def _is_silence(before: Sequence[DayRow], silence: int, params: TieParams) -> bool:
    good = [row.day for row in before if row.r > 0]
    if not good or _week(good[0]) == _week(good[-1]):
        return False
    gaps = [later.day - earlier.day for earlier, later in pairwise(before)]
    return silence >= params.dormant_gaps * median(gaps)
