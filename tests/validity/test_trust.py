"""The claim on track records: what it foresees from, and what it must not look at."""

import random
from collections.abc import Sequence

import pytest

from validity.ranks import auc, grouped
from validity.trust import Row, claim, look, opinions

DAY = 86_400_000_000


def network(seed: int = 1, people: int = 60, rows: int = 4000) -> list[Row]:
    """Everybody rates everybody now and then; a quarter of the people mostly break what they risk."""
    rng = random.Random(seed)
    broken = {f"p{n}": (0.8 if n % 4 == 0 else 0.05) for n in range(people)}
    made: list[Row] = []
    for number in range(rows):
        one, other = rng.sample(sorted(broken), 2)
        made.append((number * DAY // 10, one, other, -1.0 if rng.random() < broken[other] else 0.5))
    return made


def test_it_tells_who_keeps_their_word_from_who_does_not() -> None:
    figures = claim(network(), "made up", test_from=0.7).as_json()

    assert float(str(figures["auc"])) > 0.8
    assert float(str(figures["within_truster"])) > 0.8
    assert float(str(figures["brier"])) < float(str(figures["brier_constant"]))
    assert float(str(figures["auc"])) > float(str(figures["auc_habit"]))


def test_where_nothing_is_to_be_told_it_tells_nothing() -> None:
    rng = random.Random(2)
    made = [(at, one, other, rng.choice([-1.0, 0.5])) for at, one, other, _ in network()]

    assert claim(made, "noise", test_from=0.7).as_json()["within_truster"] == pytest.approx(0.5, abs=0.06)


def test_the_future_and_the_same_moment_are_not_looked_at() -> None:
    rows = network(rows=400)
    last = rows[-1]
    seen = look([*rows, last], 0.0, 180)
    turned = [*rows[:-1], (*last[:3], -last[3]), (*last[:3], -last[3])]

    assert _of_last(turned) == pytest.approx(float(opinions(seen).belief[-1]))


def _of_last(rows: Sequence[Row]) -> float:
    return float(opinions(look(rows, 0.0, 180)).belief[-1])


def test_strangers_move_nobody() -> None:
    rows: list[Row] = [(1, "Ana", "Bo", 1.0)]
    rows += [(2 + n, f"ring {n}", "Cleo", 1.0) for n in range(20)]
    rows.append((100, "Ana", "Cleo", 1.0))

    assert _of_last(rows) == 0.0


def test_an_area_counts_equals_half_and_weights_as_often_as_drawn() -> None:
    import numpy as np

    good = np.array([True, False, True, False])
    groups = grouped(np.array([0.9, 0.1, 0.5, 0.5]))

    assert auc(good, groups) == pytest.approx(3.5 / 4)
    assert auc(good, groups, np.array([1.0, 2.0, 0.0, 0.0])) == 1.0
    assert np.isnan(auc(np.array([True]), grouped(np.array([0.3]))))
