import numpy as np
import pytest

from tertulia.engine.posterior import Beta, Moments, of_counts, of_people


def moments(*values: float) -> Moments:
    return Moments(len(values), sum(values), sum(value * value for value in values), len(values))


def of(*values: float, cap: float) -> Beta:
    return of_people(moments(*values), 0.5, cap)


def test_nobody_leaves_the_prior() -> None:
    assert of(cap=9) == Beta(0.5, 0.5)


def test_the_posterior_follows_its_formula() -> None:
    # K = 5, m = .325, m̃ = 2.125/6, (K−1)s² = .8625; worked by hand from the structure of the seed page.
    shrunk = 2.125 / 6
    spread = shrunk * (1 - shrunk)
    effective = 5 * spread / ((0.8625 + 2 * spread) / 6)

    found = of(0.625, 1, 0, 0, 0, cap=6)

    assert found.a == pytest.approx(0.5 + 0.325 * effective)
    assert found.b == pytest.approx(0.5 + 0.675 * effective)


def test_the_cap_keeps_a_few_contributions_from_saying_much() -> None:
    found = of(*[1.0] * 10, cap=12)

    assert found.a + found.b == pytest.approx(1 + 12)


def test_people_who_differ_say_less_than_people_who_agree() -> None:
    apart, alike = of(0, 0, 1, 1, cap=99), of(0.5, 0.5, 0.5, 0.5, cap=99)

    assert apart.a + apart.b < alike.a + alike.b


def test_taking_a_person_out_undoes_putting_them_in() -> None:
    assert moments(0.25, 0.75).minus(moments(0.75)) == moments(0.25)


def test_many_rows_at_once_are_what_each_is_alone() -> None:
    rows = [(), (0.5,), (0.0, 1.0, 0.25), (1.0,) * 9]
    each = [moments(*row) for row in rows]
    together = Moments(
        *(np.array([getattr(one, part) for one in each]) for part in ("people", "total", "squares", "items"))
    )

    found = of_people(together, 0.5, together.items)

    assert np.asarray(found.a) == pytest.approx([of(*row, cap=len(row)).a for row in rows])
    assert np.asarray(found.above(0.4)) == pytest.approx([of(*row, cap=len(row)).above(0.4) for row in rows])


@pytest.mark.parametrize(
    ("count", "low", "high"), [(7, 0.13, 0.29), (17, 0.37, 0.57), (8, 0.14, 0.32), (4, 0.06, 0.20)]
)
def test_jeffreys_intervals_are_those_of_the_reading_page(count: int, low: float, high: float) -> None:
    found = of_counts(count, 36 - count).interval(0.8)

    assert found == pytest.approx((low, high), abs=0.0099)


def test_both_tails_are_exact_and_add_up() -> None:
    found = Beta(200.5, 0.5)

    assert 0 < found.below(0.4) < 1e-70
    assert found.above(0.4) + found.below(0.4) == pytest.approx(1)
