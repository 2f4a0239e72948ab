import numpy as np
import pytest

from tertulia.engine.spread import Estimate, evenness, fluidity, gini


def test_evenness_is_one_where_all_write_the_same_and_gini_nothing() -> None:
    same = np.array([4, 4, 4, 4])

    assert (evenness(same), gini(same)) == (Estimate(pytest.approx(1), 0), Estimate(pytest.approx(0), 0))


def test_gini_is_half_the_mean_difference_over_the_mean() -> None:
    counts = np.array([1, 1, 2, 4, 12])
    differences = np.abs(counts[:, None] - counts[None, :]).mean()

    assert gini(counts).value == pytest.approx(differences / (2 * counts.mean()))


def test_evenness_is_entropy_over_its_most() -> None:
    shares = np.array([0.5, 0.25, 0.25])

    assert evenness(np.array([4, 2, 2])).value == pytest.approx(
        -(shares * np.log(shares)).sum() / np.log(3)
    )


def test_the_error_leaves_one_person_out_at_a_time() -> None:
    counts = np.array([1, 1, 2, 4, 12])
    left = np.array([gini(np.delete(counts, place)).value for place in range(len(counts))])
    even = np.array([evenness(np.delete(counts, place)).value for place in range(len(counts))])

    for found, values in ((gini(counts), left), (evenness(counts), even)):
        assert found.error == pytest.approx(np.sqrt(4 / 5 * np.square(values - values.mean()).sum()))


def test_leadership_that_stays_is_not_fluid_and_leadership_that_changes_is() -> None:
    stays = {0: {"Ana": 30, "Bo": 10}, 1: {"Ana": 60, "Bo": 20}}
    changes = {0: {"Ana": 30, "Bo": 10}, 1: {"Cleo": 60, "Dan": 20}}

    steady, fluid = fluidity(stays, 20), fluidity(changes, 20)

    assert steady is not None
    assert fluid is not None
    assert steady.value == pytest.approx(0, abs=0.05)
    assert fluid.value == 1


def test_fluidity_does_not_move_with_the_size_of_the_samples() -> None:
    draw = np.random.default_rng(5)
    shares = np.array([0.4, 0.3, 0.2, 0.1])

    def mean_of(uptakes: int) -> float:
        values = []
        for _ in range(300):
            slices = {
                number: dict(enumerate(draw.multinomial(uptakes, shares).tolist())) for number in (0, 1)
            }
            found = fluidity(slices, 20)
            values.append(found.value if found is not None else np.nan)
        return float(np.mean(values))

    assert mean_of(20) < 0.12
    assert mean_of(200) < 0.04


def test_slices_with_few_uptakes_are_not_compared() -> None:
    assert fluidity({0: {"Ana": 19, "Bo": 0}, 1: {"Ana": 40}}, 20) is None
    assert fluidity({0: {"Ana": 30}, 2: {"Ana": 40}}, 20) is None
