"""Agreement beyond chance, thresholds that are found on the others, and how far probabilities are to be believed."""

import math

import pytest

from validity.agreement import calibration_error, foretold, kappa, reliability
from validity.talk_counts import gini, reply_density, responsivity, vector


def _table(both: int, first: int, second: int, neither: int) -> tuple[list[str], list[str]]:
    pairs = (
        [("yes", "yes")] * both
        + [("yes", "no")] * first
        + [("no", "yes")] * second
        + [("no", "no")] * neither
    )
    return [one for one, _ in pairs], [other for _, other in pairs]


def test_kappa_of_a_known_table() -> None:
    # Observed (20 + 15)/50 = .7; by chance .5 · .6 + .5 · .4 = .5.
    assert kappa(*_table(20, 5, 10, 15)) == pytest.approx(0.4)


def test_kappa_is_one_where_all_agree_and_nought_where_only_chance_does() -> None:
    assert kappa(*_table(7, 0, 0, 3)) == pytest.approx(1)
    assert kappa(*_table(9, 9, 9, 9)) == pytest.approx(0)
    assert kappa(*_table(0, 5, 5, 0)) == pytest.approx(-1)


def test_kappa_is_not_a_number_where_everybody_says_one_thing() -> None:
    assert math.isnan(kappa(*_table(8, 0, 0, 0)))
    assert math.isnan(kappa([], []))


def test_a_threshold_finds_two_codes_that_a_number_separates() -> None:
    codes = ["nobody"] * 5 + ["both_ways"] * 5
    assert foretold([1, 1, 1, 2, 2, 7, 8, 8, 9, 9], codes) == codes


def test_one_threshold_cannot_tell_three_codes_and_two_can() -> None:
    values = [1, 1, 1, 2, 2, 2, 3, 3, 3]
    codes = ["nobody"] * 3 + ["one_way"] * 3 + ["both_ways"] * 3
    assert foretold(values, codes, thresholds=2) == codes
    assert len(set(foretold(values, codes))) < 3


def test_what_is_foretold_of_an_item_does_not_know_its_code() -> None:
    # The only one of its code: found on the others, nothing can say it.
    codes = ["both_ways", "nobody", "nobody", "one_way", "one_way"]
    assert foretold([9, 1, 1, 3, 3], codes)[0] != "both_ways"


def test_calibration_error_is_the_distance_between_said_and_right() -> None:
    curve = reliability([0.9] * 10 + [0.5] * 10, [True] * 9 + [False] + [True] * 9 + [False])
    assert [(one.count, one.right) for one in curve] == [(10, 0.9), (10, 0.9)]
    assert calibration_error(curve) == pytest.approx(0.2)


def test_a_probability_of_one_lies_in_the_last_bin() -> None:
    assert [one.low for one in reliability([1.0], [True])] == [0.8]


def _rows(*said: tuple[str, int | None]) -> list[dict[str, object]]:
    return [{"act": act, "actor": actor, "parent": parent} for act, (actor, parent) in enumerate(said, 1)]


def test_reply_density_counts_ordered_pairs_of_speakers() -> None:
    rows = _rows(("Ana", None), ("Bo", 1), ("Ana", 2), ("Cleo", 1))
    assert reply_density(rows, {1: "Ana", 2: "Bo", 3: "Ana", 4: "Cleo"}) == pytest.approx(3 / 6)
    assert reply_density(_rows(("Ana", None)), {1: "Ana"}) == 0


def test_gini_is_nought_where_all_speak_as_often() -> None:
    assert gini(_rows(("Ana", None), ("Bo", 1))) == pytest.approx(0)
    assert gini(_rows(*[("Ana", None)] * 3, ("Bo", 1))) == pytest.approx(0.25)


def test_responsivity_is_likeness_to_others_and_cohesion_to_oneself() -> None:
    idf = {"rye": 1.0, "oven": 1.0}
    said = [("Ana", "rye"), ("Bo", "rye"), ("Ana", "oven"), ("Bo", "oven")]
    speakers = [who for who, _ in said]
    vectors = [vector(text, idf) for _, text in said]
    # Bo after Ana at lag 1: both alike, 1. Ana after Bo at lag 1: 0. Lag 2: each after themselves, 0. Lag 3: 0.
    assert responsivity(speakers, vectors) == pytest.approx((1 / 3 / 2, 0))


def test_one_contribution_responds_to_nothing() -> None:
    assert responsivity(["Ana"], [vector("rye", {"rye": 1.0})]) == (0, 0)
