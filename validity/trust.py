"""Does a track record foresee whether the next risk is honoured? `python -m validity.trust --data ratings.parquet`.

Columns: at (int64, µs UTC), truster, trustee (id), value (float64; below 0 is a broken risk). Each value is foreseen
from what was there strictly earlier: the truster's own record of the trustee (their earlier values; the other's of them
count half, as what is not confirmed), and what people whom the truster has reason to believe have published about the
trustee, discounted by that belief. A value is one whole piece of evidence whatever its size. Nothing is fitted, and
nothing is added up over all who rate somebody.
"""

import argparse
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tertulia.engine.opinion import Opinion, discounted, evidence_of, expected, of_evidence
from tertulia.engine.params import DAY_US, DEFAULT_TIES
from validity.claim import Claim, Figure, bootstrap, tell
from validity.data import NoData, read, shared
from validity.ranks import auc, grouped, pairs_within, within

COLUMNS = ("at", "truster", "trustee", "value")
TEST_FROM = 0.7
WHOLE = 1000.0
HALF = 500.0
# The mood is everybody's last so many values.
MOOD = 200
PRIOR = DEFAULT_TIES.prior
BASE = DEFAULT_TIES.base_rate
ASKED = "above habit and mood, at least .80, on a second network .78"
Floats = NDArray[np.float64]
Row = tuple[int, object, object, float]


@dataclass
class Seen:
    """What the past holds for every row of the test, as lists that become arrays."""

    rows: list[Row] = field(default_factory=list)
    own: list[tuple[float, float]] = field(default_factory=list)
    habit: list[tuple[float, float]] = field(default_factory=list)
    mood: list[float] = field(default_factory=list)
    # Row, honoured and broken of the truster about the middle, and of the middle about the trustee.
    told: list[tuple[int, float, float, float, float]] = field(default_factory=list)


@dataclass
class Past:
    """Who has said what of whom so far: sums of thousandths, and when they were last brought up to date."""

    half_life_days: float | None
    of: dict[object, dict[object, list[float]]] = field(default_factory=dict)
    about: dict[object, set[object]] = field(default_factory=dict)
    habits: dict[object, list[float]] = field(default_factory=dict)
    last: deque[bool] = field(default_factory=lambda: deque(maxlen=MOOD))

    def add(self, row: Row) -> None:
        at, truster, trustee, value = row
        record = self.of.setdefault(truster, {}).setdefault(trustee, [0.0, 0.0, at])
        record[:] = [*self.at(record, at), at]
        record[0 if value >= 0 else 1] += WHOLE
        self.about.setdefault(trustee, set()).add(truster)
        self.habits.setdefault(truster, [0.0, 0.0])[0 if value >= 0 else 1] += WHOLE
        self.last.append(value >= 0)

    def at(self, record: Sequence[float], at: int) -> tuple[float, float]:
        """r and s of one record now: half as much a half-life later."""
        if self.half_life_days is None:
            return record[0], record[1]
        factor = 2.0 ** -((at - record[2]) / DAY_US / self.half_life_days)
        return record[0] * factor, record[1] * factor

    def see(self, row: Row, seen: Seen) -> None:
        at, truster, trustee, _ = row
        number = len(seen.rows)
        seen.rows.append(row)
        mine = self.of.get(truster, {})
        r, s = self.at(mine[trustee], at) if trustee in mine else (0.0, 0.0)
        theirs = self.of.get(trustee, {}).get(truster)
        if theirs is not None:
            back = self.at(theirs, at)
            r, s = r + back[0] * HALF / WHOLE, s + back[1] * HALF / WHOLE
        seen.own.append((r, s))
        seen.habit.append(tuple(self.habits.get(truster, (0.0, 0.0))))  # type: ignore[arg-type]
        seen.mood.append(sum(self.last) / len(self.last) if self.last else BASE)
        about = self.about.get(trustee, set())
        middles = mine.keys() & about if len(mine) < len(about) else about & mine.keys()
        for middle in middles:
            if middle != trustee:
                seen.told.append((number, *self.at(mine[middle], at), *self.at(self.of[middle][trustee], at)))


def look(rows: Sequence[Row], test_from: float, half_life_days: float | None) -> Seen:
    """Walk through the rows in time; what happens at the same moment does not know of each other."""
    past, seen = Past(half_life_days), Seen()
    begins = int(len(rows) * test_from)
    done = 0
    for _, moment in groupby(rows, key=lambda row: row[0]):
        together = list(moment)
        for place, row in enumerate(together, done):
            if place >= begins:
                past.see(row, seen)
        for row in together:
            past.add(row)
        done += len(together)
    return seen


def opinions(seen: Seen) -> Opinion:
    """The truster's opinion of the trustee at every row: their own record and what they were told, evidence added."""
    own = np.array(seen.own).reshape(-1, 2)
    r, s = own[:, 0].copy(), own[:, 1].copy()
    if seen.told:
        told = np.array(seen.told)
        number = told[:, 0].astype(np.intp)
        believed = of_evidence(told[:, 1], told[:, 2], prior=PRIOR).belief
        passed_on = discounted(believed, of_evidence(told[:, 3], told[:, 4], prior=PRIOR))
        more_r, more_s = evidence_of(passed_on, prior=PRIOR)
        r += np.bincount(number, more_r, len(r))
        s += np.bincount(number, more_s, len(s))
    return of_evidence(r, s, prior=PRIOR)


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What was foreseen for every row of the test, by what, and what came."""

    good: NDArray[np.bool_]
    owners: NDArray[np.intp]
    interval: "Interval"
    pooled: Floats
    fixed: Floats
    habit: Floats
    mood: Floats
    constant: Floats

    def area(self, scores: Floats) -> Figure:
        groups = grouped(scores)
        return Figure(auc(self.good, groups), *self.interval(lambda weights: auc(self.good, groups, weights)))

    def brier(self, scores: Floats) -> Figure:
        errors = (scores - self.good) ** 2
        interval = self.interval(lambda weights: float((weights * errors).sum() / weights.sum()))
        return Figure(float(errors.mean()), *interval)

    def inside(self) -> Figure:
        pairs = pairs_within(self.owners, self.good, self.fixed)
        return Figure(within(pairs), *self.interval(lambda weights: within(pairs, weights)))


class Interval:
    """95 % intervals with whole targets drawn anew, each weighing as often as it was drawn."""

    def __init__(self, targets: NDArray[np.intp]) -> None:
        self.targets = targets
        self.many = int(targets.max()) + 1

    def __call__(self, statistic: Callable[[Floats], float]) -> tuple[float, float]:
        def drawn(chosen: Sequence[int]) -> float:
            return statistic(np.bincount(chosen, minlength=self.many)[self.targets].astype(np.float64))

        return bootstrap(range(self.many), drawn)


def foresee(rows: Sequence[Row], seen: Seen, test_from: float) -> Forecasts:
    """The forecasts of one network. Pooled, a stranger is as good as the truster's habit; within, as the base rate."""
    opinion = opinions(seen)
    habit = expected(of_evidence(*np.array(seen.habit).T, prior=PRIOR), base_rate=BASE)
    past = [row[3] >= 0 for row in rows[: int(len(rows) * test_from)]]
    return Forecasts(
        good=np.array([row[3] >= 0 for row in seen.rows]),
        owners=np.unique([str(row[1]) for row in seen.rows], return_inverse=True)[1],
        interval=Interval(np.unique([str(row[2]) for row in seen.rows], return_inverse=True)[1]),
        pooled=opinion.belief + habit * opinion.uncertainty,
        fixed=expected(opinion, base_rate=BASE),
        habit=habit,
        mood=np.array(seen.mood),
        constant=np.full(len(seen.rows), np.mean(past)),
    )


def claim(rows: Sequence[Row], name: str, *, test_from: float) -> Claim:
    """The claim on one network. Raises ValueError if nothing is left to be foreseen."""
    rows = sorted(rows, key=lambda row: row[0])
    seen = look(rows, test_from, DEFAULT_TIES.half_life_days)
    if not seen.rows:
        raise ValueError("There is nothing to foresee: every row is past.")
    made = foresee(rows, seen, test_from)
    pooled, habit, mood = made.area(made.pooled), made.area(made.habit), made.area(made.mood)
    inside = made.inside()
    brier, constant = made.brier(made.pooled), made.brier(made.constant)
    return Claim(
        "a track record foresees the next risk",
        name,
        {
            "auc": judged(pooled, ASKED, max(0.78, value_of(habit), value_of(mood))),
            "within_truster": judged(inside, "at least .63, with a fixed base rate", 0.63),
            "brier": replace(brier, asked="below the constant", met=value_of(brier) < value_of(constant)),
        },
        {
            "auc_habit": habit,
            "auc_mood": mood,
            "brier_constant": constant,
            **_variants(rows, test_from, made),
        },
        tuple(_notes(seen, made)),
    )


def judged(figure: Figure, asked: str, least: float) -> Figure:
    return replace(figure, asked=asked, met=value_of(figure) >= least)


def value_of(figure: Figure) -> float:
    return float("nan") if figure.value is None else figure.value


def _variants(rows: Sequence[Row], test_from: float, made: Forecasts) -> dict[str, Figure]:
    """The same without forgetting, and without what others told: what each part is worth."""
    found = {}
    seen = look(rows, test_from, None)
    lasting = opinions(seen)
    seen.told.clear()
    for name, opinion in (("never_forgetting", lasting), ("own_record_alone", opinions(seen))):
        pooled = opinion.belief + made.habit * opinion.uncertainty
        pairs = pairs_within(made.owners, made.good, expected(opinion, base_rate=BASE))
        found[f"auc_{name}"] = Figure(auc(made.good, grouped(pooled)))
        found[f"within_truster_{name}"] = Figure(within(pairs))
    return found


def _notes(seen: Seen, made: Forecasts) -> Iterator[str]:
    told = len({row[0] for row in seen.told}) / len(seen.rows)
    own = float(np.mean([sum(record) > 0 for record in seen.own]))
    yield (
        f"{len(made.good):,} values foreseen, {1 - made.good.mean():.1%} of them broken. Something was told through a "
        f"middle person for {told:.0%}, the truster's own record said something for {own:.0%}; for the rest there is "
        "only the truster's habit."
    )
    yield (
        "Nothing is added up over all who rate somebody. It would raise the area (on the shared network to about .90), "
        "and it would be a score of a person."
    )
    yield "Such networks hardly repeat a pair; validity.repeated tests forgetting, saturation and weeks."


def read_rows(path: Path) -> list[Row]:
    table = read(path, COLUMNS)
    return list(zip(*(table.column(name).to_pylist() for name in COLUMNS), strict=True))


def claims(folder: Path) -> list[Claim]:
    """The claim on the shared network."""
    path = folder / "validity" / "trust" / "otc.parquet"
    return [claim(read_rows(path), path.name, test_from=TEST_FROM)]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a Parquet file: at, truster, trustee, value")
    parser.add_argument(
        "--test-from", type=float, default=TEST_FROM, help="which share of the rows is only past"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    try:
        if given.data:
            found = [claim(read_rows(given.data), given.data.name, test_from=given.test_from)]
        else:
            found = claims(shared())
    except NoData as absent:
        print(absent)
        return 2
    for one in found:
        tell(one, as_json=given.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
