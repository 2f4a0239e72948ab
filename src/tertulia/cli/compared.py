"""Two histories beside each other: what each person of either has, as cohorts of the comparison of the engine."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tertulia.cli.given import Given
from tertulia.engine.compare import Comparison, compare
from tertulia.engine.fold import backend_for
from tertulia.engine.look import acts_of, look
from tertulia.engine.params import DEFAULT
from tertulia.engine.reading import SpaceReading
from tertulia.engine.table import table_of

Floats = NDArray[np.float64]
# reading.sql adds φ up in whole numbers, so that no engine's order of adding shows.
PHI_UNIT = 1e9


def compared(cohorts: Mapping[str, tuple[Given, SpaceReading]]) -> Comparison:
    """By the name of each cohort, what was read and its reading, whose window and end are taken.

    Only means over people are compared, over the same people as in the readings; fewer than ten are not told.
    """
    values: dict[str, dict[str, Floats]] = {"exchange": {}, "uptake_t": {}, "uptake_o": {}}
    for name, (given, reading) in cohorts.items():
        people = _people(given, reading)
        values["exchange"][name] = _exchange(people)
        values["uptake_t"][name] = _ranks(people, "rk_t")
        values["uptake_o"][name] = _ranks(people, "rk_o")
    return compare({measure: of for measure, of in values.items() if any(len(each) for each in of.values())})


def _people(given: Given, reading: SpaceReading) -> pa.Table:
    """The step of the same reading that has a row for each person."""
    acts = acts_of(table_of(given.acts), space=reading.space)
    lived = acts.filter(pc.less_equal(acts["t"], pa.scalar(reading.end)))
    seen = look(
        lived,
        space=reading.space,
        start=reading.start,
        end=reading.end,
        params=DEFAULT,
        chat=given.source(reading.space).chat,
        backend=backend_for(lived),
    )
    return seen.steps["people"]


def _exchange(people: pa.Table) -> Floats:
    """Each person's φ: of those who said something twice, or of everybody where they are too few, as it is read."""
    sums, number, said = (people[name].to_numpy().astype(np.float64) for name in ("phi", "phi_n", "n"))
    there = number > 0
    regular = there & (said >= DEFAULT.exchange_contributions)
    if regular.sum() >= DEFAULT.exchange_people:
        there = regular
    return np.clip(sums[there] / number[there] / PHI_UNIT, 0.0, 1.0)


def _ranks(people: pa.Table, total: str) -> Floats:
    """Each person's mean rank plus one half, for whom there is one; rounding must not push it out of 0 to 1."""
    sums, number = (people[name].to_numpy().astype(np.float64) for name in (total, f"{total}_n"))
    there = number > 0
    return np.clip(sums[there] / number[there] + 0.5, 0.0, 1.0)
