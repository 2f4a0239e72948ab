"""Cohorts beside each other."""

import json

import numpy as np
import pytest

from tertulia.engine.compare import compare, standing


def some(mean: float, people: int, seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    return rng.beta(4 * mean, 4 * (1 - mean), people).tolist()  # type: ignore[no-any-return]


def test_nine_people_are_not_told_of_not_even_that_they_are_nine() -> None:
    told = compare({"heard": {"spring": [0.5] * 9, "autumn": [0.5] * 10}})

    spring, autumn = told.cells
    assert (spring.suppressed, spring.people, spring.mean) == (True, None, None)
    assert (autumn.suppressed, autumn.people, autumn.mean) == (False, 10, 0.5)
    assert told.differences == ()
    assert "1 of 2 cells have fewer than 10 people" in told.notes[0]
    assert json.loads(json.dumps(told.to_dict()))["cells"][0]["people"] is None


def test_ten_people_who_all_have_nothing_are_not_sure_of_it() -> None:
    (cell,) = compare({"heard": {"spring": [0.0] * 10}}).cells

    assert cell.low == 0.0
    assert cell.high is not None
    assert cell.high > 0.03


def test_a_clear_difference_stands_and_none_does_not() -> None:
    told = compare(
        {
            "heard": {"spring": some(0.2, 80, 1), "autumn": some(0.6, 80, 2)},
            "acted": {"spring": some(0.4, 80, 3), "autumn": some(0.4, 80, 4)},
        }
    )

    heard, acted = told.differences
    assert heard.stands
    assert heard.high < 0
    assert not acted.stands
    assert acted.low < 0 < acted.high
    assert any("2 comparisons" in note for note in told.notes)


def test_intervals_cover_what_they_say() -> None:
    covered = 0
    for seed in range(300):
        told = compare({"x": {"a": some(0.5, 15, 2 * seed), "b": some(0.3, 30, 2 * seed + 1)}})
        covered += told.differences[0].low <= 0.2 <= told.differences[0].high

    # Of 300 at 95 %: 285, give or take three standard deviations.
    assert 274 <= covered <= 300


def test_many_comparisons_of_nothing_are_seldom_marked() -> None:
    marked = sum(
        any(
            each.stands
            for each in compare(
                {
                    f"m{n}": {"a": some(0.5, 20, 100 * seed + n), "b": some(0.5, 20, 100 * seed + 50 + n)}
                    for n in range(20)
                }
            ).differences
        )
        for seed in range(60)
    )

    assert marked <= 9


def test_a_later_small_p_carries_the_earlier_ones() -> None:
    assert standing([0.02, 0.04, 0.03, 0.9], 0.05).tolist() == [False, False, False, False]
    assert standing([0.01, 0.03, 0.02, 0.9], 0.05).tolist() == [True, True, True, False]
    assert standing([], 0.05).tolist() == []


def test_a_value_outside_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="heard of spring"):
        compare({"heard": {"spring": [1.2]}})
