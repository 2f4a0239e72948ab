"""How much a mean over people varies when they are drawn anew: what pairs share, who answers much, and chance."""

from itertools import product

import numpy as np
import pytest

from tertulia.engine.fold import backend_for
from tertulia.engine.inputs import (
    Inputs,
    answered_posterior,
    closed_posterior,
    reliability,
    uptake_measured,
    uptake_posterior,
    without_few,
)
from tertulia.engine.look import look
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.posterior import Moments, of_people
from tertulia.engine.table import table_of
from tests.engine.tables import Table, monologue, round_table


def inputs(table: Table) -> Inputs:

    acts = table_of(table.acts)
    seen = look(
        acts,
        space=table.space,
        start=None,
        end=int(90 * DAY_US),
        params=DEFAULT,
        chat=False,
        backend=backend_for(acts),
    )
    return seen.given


def moments(*values: float, items: int = 100) -> Moments:
    return Moments(len(values), sum(values), sum(y * y for y in values), items)


def uneven_talk() -> Table:
    """Some are answered back, some by the same person again and again, some never; without an opening."""
    table = Table()
    people = ("Ana", "Bo", "Cleo", "Dan", "Eve", "Finn")
    back = {("Ana", "Bo"), ("Ana", "Cleo"), ("Dan", "Eve"), ("Bo", "Cleo")}
    for n, (one, other) in enumerate(product(people, people)):
        if one != other and (n % 3 or (one, other) in back):
            first = table.day(n).add(one, "replied", person=other, thread=n, words=9)
            if (one, other) in back:
                table.replies(other, first)
    return table


def brute_design(table: Table) -> float:
    """Σ over all pairs of parts of values with a person in common, over the scatter: by definition, pair by pair."""
    said = [
        (act.actor, act.person or table.acts[(act.parent or 0) - 1001].actor, act.thread)
        for act in table.acts
        if act.words
    ]
    met = {(one, other, thread) for one, other, thread in said}
    parts = [(one, other, float((other, one, thread) in met)) for one, other, thread in said]
    own: dict[object, list[float]] = {}
    for one, _, y in parts:
        own.setdefault(one, []).append(y)
    read = {one: ys for one, ys in own.items() if len(ys) > 1}
    means = {one: float(np.mean(ys)) for one, ys in read.items()}
    middle = float(np.mean(list(means.values())))
    parts = [(one, other, (y - middle) / len(read[one])) for one, other, y in parts if one in read]
    shared = sum(a[2] * b[2] for a in parts for b in parts if {a[0], a[1]} & {b[0], b[1]})
    scatter = sum((mean - middle) ** 2 for mean in means.values())
    return float(shared / scatter)


def test_the_design_effect_of_exchange_is_its_definition() -> None:
    table = uneven_talk()

    assert brute_design(table) > 1.05
    assert inputs(table).exchange.design == pytest.approx(brute_design(table), rel=1e-9)


def test_without_the_few_people_hang_together_as_all_do() -> None:
    given = inputs(uneven_talk())

    assert given.rest.design == given.exchange.design


def test_what_pairs_share_makes_an_interval_wider_and_nothing_makes_it_narrower() -> None:
    alone = moments(0.2, 0.4, 0.6, 0.9, 0.7)
    low, high = of_people(alone, 0.5, 100).interval(0.95)
    lower, higher = of_people(alone.designed(2 * alone.scatter), 0.5, 100).interval(0.95)

    assert lower < low < high < higher
    assert alone.designed(0.0).design == 1


def test_people_who_are_all_alike_have_no_design_effect() -> None:
    assert moments(1.0, 1.0, 1.0).designed(1e-18).design == 1


def test_a_closed_exchange_counts_its_two_people_for_hardly_more_than_one() -> None:
    given = inputs(monologue())
    nobody = closed_posterior(given, DEFAULT)

    # Two where few are in: half of those who are not.
    assert nobody.a == 0.5
    assert nobody.b == pytest.approx(4 + given.present / 2, rel=0.06)


def test_closed_exchanges_of_all_people_are_evidence_of_all() -> None:
    given = inputs(round_table(threads=80, people=40))
    all_in = type(given)(
        **{name: getattr(given, name) for name in given.__slots__} | {"closed_in": given.present}
    )

    assert closed_posterior(all_in, DEFAULT).a > 0.5 + 0.7 * given.present


def test_openings_of_many_say_more_than_as_many_of_one() -> None:
    many = inputs(round_table(threads=24, people=12))
    one = inputs(monologue(threads=24))

    assert many.answered == one.answered == 24
    assert answered_posterior(many, DEFAULT).a > 2 * answered_posterior(one, DEFAULT).a


def test_the_interval_of_uptake_is_not_pulled_and_its_question_is() -> None:
    values = moments(0.9, 0.95, 1.0, 0.9, 0.95)
    low, high = uptake_measured(values, DEFAULT).interval(0.95)

    assert low < 0.94 < high
    assert uptake_posterior(values, DEFAULT).interval(0.95)[1] < 0.94


def test_people_who_differ_by_chance_alone_are_not_told_apart() -> None:
    rng = np.random.default_rng(1)
    kept = []
    for _ in range(200):
        ranks = rng.uniform(0, 1, (30, 4))
        means = ranks.mean(axis=1)
        within = float(((ranks - means[:, None]) ** 2).sum())
        few = np.sort(means)[::-1]
        whole, rest = moments(*few, items=120), moments(*few[5:], items=100)
        left = without_few(whole, rest, reliability(whole, within, 30 / 4))
        kept.append((float(whole.mean), float(rest.mean), float(left.mean)))
    whole_mean, rest_mean, left_mean = np.mean(kept, axis=0)

    assert whole_mean - rest_mean > 0.03
    assert left_mean == pytest.approx(whole_mean, abs=0.01)


def test_five_who_listen_among_thirty_are_told_apart() -> None:
    rng = np.random.default_rng(2)
    ranks = rng.uniform(0, 1, (30, 20))
    ranks[:5] = 0.95
    means = ranks.mean(axis=1)
    few = np.sort(means)[::-1]
    whole, rest = moments(*few, items=600), moments(*few[5:], items=500)
    left = without_few(whole, rest, reliability(whole, float(((ranks - means[:, None]) ** 2).sum()), 30 / 20))

    assert whole.mean > 0.56
    assert left.mean < 0.53


def test_single_ranks_are_taken_as_they_are() -> None:
    assert reliability(moments(0.2, 0.9, 0.5, items=3), 0.0, 3.0) == 1
