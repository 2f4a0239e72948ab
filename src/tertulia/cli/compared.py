"""Two histories beside each other: what each person of either has, as cohorts of the comparison of the engine."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tertulia.cli.given import Given, acts_in
from tertulia.engine.acts import Id, validate
from tertulia.engine.compare import Comparison, compare
from tertulia.engine.meetings import fold
from tertulia.engine.params import DEFAULT
from tertulia.engine.reading import SpaceReading
from tertulia.engine.tally import Person, tally

Floats = NDArray[np.float64]


def compared(cohorts: Mapping[str, tuple[Given, SpaceReading]]) -> Comparison:
    """By the name of each cohort, what was read and its reading, whose window and end are taken.

    Only means over people are compared. A person counts where they have a value, so cohorts may be smaller here than
    in the readings; fewer than ten people are not told.
    """
    values: dict[str, dict[str, Floats]] = {"exchange": {}, "uptake_t": {}, "uptake_o": {}}
    for name, (given, reading) in cohorts.items():
        people = _people(given, reading.space, reading)
        values["exchange"][name] = _shares([(one.phi, one.phi_n) for one in people])
        values["uptake_t"][name] = _shares([(one.rk_t, one.rk_t_n) for one in people], 0.5)
        values["uptake_o"][name] = _shares([(one.rk_o, one.rk_o_n) for one in people], 0.5)
    return compare({measure: of for measure, of in values.items() if any(len(each) for each in of.values())})


def _people(given: Given, space: Id, reading: SpaceReading) -> list[Person]:
    acts = [act for act in validate(acts_in(given.of_space(space))) if act.t <= reading.end]
    start = None if reading.start is None else reading.start
    talk = fold(acts, start=start, end=reading.end, params=DEFAULT, chat=given.source(space).chat)
    return list(tally(talk, DEFAULT).people.values())


def _shares(sums: Sequence[tuple[float, int]], above: float = 0.0) -> Floats:
    """Each person's mean, for whom there is one; rounding must not push it out of 0 to 1."""
    each = np.array([total / number + above for total, number in sums if number], np.float64)
    return np.clip(each, 0.0, 1.0)
