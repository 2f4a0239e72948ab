"""Laws of opinions, of forgetting, and of what nobody can do to another's network."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.engine.entries import KINDS, Entry
from tertulia.engine.introductions import Introduction, Network
from tertulia.engine.opinion import Opinion, discounted, evidence_of, expected, fused, of_evidence
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams
from tertulia.engine.tie_rows import REFERENCE_DAY, DayRow, TieRow, apply, carried, remove, tie_of

AMOUNTS = st.floats(0, 1e7)
PRIOR = DEFAULT_TIES.prior
ENTRIES = st.lists(
    st.builds(
        Entry,
        a=st.just("Ana"),
        b=st.just("Bo"),
        day=st.integers(18_000, 18_040),
        kind=st.sampled_from(KINDS),
        weight=st.integers(1, 3000),
    ),
    min_size=1,
    max_size=25,
)


def opinions(r: float, s: float) -> Opinion:
    return of_evidence(r, s, prior=PRIOR)


def plain(opinion: Opinion) -> tuple[float, float, float]:
    return float(opinion.belief), float(opinion.disbelief), float(opinion.uncertainty)


@given(AMOUNTS, AMOUNTS)
def test_belief_disbelief_and_uncertainty_are_all_there_is(r: float, s: float) -> None:
    opinion = plain(opinions(r, s))

    assert sum(opinion) == pytest.approx(1)
    assert min(opinion) >= 0


@given(AMOUNTS, AMOUNTS, st.floats(1, 1e6))
def test_more_evidence_for_is_more_belief_and_less_of_the_rest(r: float, s: float, more: float) -> None:
    before, after = plain(opinions(r, s)), plain(opinions(r + more, s))

    assert after[0] >= before[0]
    assert after[1] <= before[1]
    assert after[2] < before[2]


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_two_sources_put_together_are_their_evidence_added(r: float, s: float, p: float, q: float) -> None:
    together = fused(opinions(r, s), opinions(p, q))

    assert plain(together) == pytest.approx(plain(opinions(r + p, s + q)), abs=1e-9)
    back = evidence_of(opinions(r, s), prior=PRIOR)
    assert [float(one) for one in back] == pytest.approx([r, s], rel=1e-6, abs=1e-6)


@given(st.floats(0, 1), AMOUNTS, AMOUNTS)
def test_what_is_passed_on_is_never_worth_more_than_who_passes_it_on(b: float, r: float, s: float) -> None:
    passed = discounted(b, opinions(r, s))

    assert float(passed.belief + passed.disbelief) <= b + 1e-12
    assert sum(plain(passed)) == pytest.approx(1)


def test_a_stranger_is_foreseen_better_than_somebody_with_twenty_kept_and_two_broken() -> None:
    known, stranger = opinions(20_000, 2_000), opinions(0, 0)

    assert expected(stranger, base_rate=0.95) > expected(known, base_rate=0.95)
    assert known.belief > stranger.belief


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: of_evidence(-1, 0, prior=PRIOR), "negative"),
        (lambda: of_evidence(float("nan"), 0, prior=PRIOR), "missing"),
        (lambda: of_evidence(1, 0, prior=0), "prior"),
        (lambda: discounted(1.1, opinions(1, 1)), "between 0 and 1"),
        (lambda: expected(opinions(1, 1), base_rate=2), "base_rate"),
        (lambda: evidence_of(Opinion(np.ones(1), np.zeros(1), np.zeros(1)), prior=1), "without uncertainty"),
        (lambda: fused(*[Opinion(np.ones(1), np.zeros(1), np.zeros(1))] * 2), "without uncertainty"),
    ],
)
def test_what_is_no_evidence_is_refused(call: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


@given(ENTRIES, st.integers(0, 2000), st.integers(0, 2000))
def test_what_is_forgotten_halves_with_every_half_life_and_changes_no_order(
    entries: list[Entry], soon: int, later: int
) -> None:
    rows = _rows(entries)
    first, last = (tie_of(rows, at=(18_040 + day) * DAY_US) for day in (soon, soon + later))

    assert first is not None
    assert last is not None
    factor = 2.0 ** (-later / DEFAULT_TIES.half_life_days)
    assert (last.r, last.s) == pytest.approx((first.r * factor, first.s * factor))
    # Time lowers certainty, never what outweighs what.
    assert (last.r > last.s) == (first.r > first.s) or first.r == pytest.approx(first.s)


@given(ENTRIES)
def test_one_day_never_counts_more_than_its_most(entries: list[Entry]) -> None:
    day = entries[0].day
    rows = _rows([Entry("Ana", "Bo", day, one.kind, one.weight) for one in entries])

    tie = tie_of(rows, at=day * DAY_US)

    assert tie is not None
    assert max(tie.r, tie.s) <= DEFAULT_TIES.day_at_most


@given(ENTRIES, st.randoms(use_true_random=False))
def test_adding_and_removing_in_any_order_leaves_the_very_same_sums(
    entries: list[Entry], shuffle: Any
) -> None:
    row: dict[int, DayRow | None] = {}
    tie = TieRow("Ana", "Bo")
    for entry in [*entries, *shuffle.sample(entries, len(entries))]:
        before = row.get(entry.day)
        row[entry.day] = apply(before, entry)
        tie = carried(tie, before, row[entry.day])
    for entry in entries:
        before = row[entry.day]
        assert before is not None
        row[entry.day] = remove(before, entry)
        tie = carried(tie, before, row[entry.day])

    rows = [one for one in row.values() if one is not None]
    assert sorted(rows, key=lambda one: one.day) == sorted(_rows(entries), key=lambda one: one.day)
    found = tie_of(rows, at=REFERENCE_DAY * DAY_US)
    assert found is not None
    assert tie.at(REFERENCE_DAY) == pytest.approx((found.r, found.s), abs=1e-6)


def test_what_is_not_there_cannot_be_removed() -> None:
    entry = Entry("Ana", "Bo", 3, "heard", 1000)
    row = DayRow("Ana", "Bo", 3)

    with pytest.raises(ValueError, match="to remove"):
        remove(row, entry)
    with pytest.raises(ValueError, match="another day"):
        apply(DayRow("Ana", "Bo", 4), entry)


def _rows(entries: list[Entry]) -> list[DayRow]:
    rows: dict[int, DayRow | None] = {}
    for entry in entries:
        rows[entry.day] = apply(rows.get(entry.day), entry)
    return [row for row in rows.values() if row is not None]


PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 20_000),
    max_size=25,
)


def table(pairs: dict[tuple[int, int], int], *, published: bool) -> pa.Table:
    size = len(pairs)
    columns = {
        "a": pa.array([a for a, _ in pairs], pa.int64()),
        "b": pa.array([b for _, b in pairs], pa.int64()),
        "r": pa.array([float(r) for r in pairs.values()], pa.float64()),
        "last_day": pa.array([10] * size, pa.int64()),
    }
    if published:
        acts = {"first_act": pa.array(range(size), pa.int64()), "last_act": pa.array(range(size), pa.int64())}
        return pa.table({**columns, **acts})
    return pa.table({**columns, "s": pa.array([0.0] * size, pa.float64())})


def introduced(
    ties: dict[tuple[int, int], int], told: dict[tuple[int, int], int], person: int
) -> list[Introduction]:
    everybody = TieParams(through_one=1000)
    network = Network.of(table(ties, published=False), table(told, published=True), params=everybody)
    return network.introductions(person, at_most=100)


@given(PAIRS, PAIRS, st.integers(2, 20), st.integers(1, 20_000))
@settings(deadline=None)
def test_a_ring_moves_nobody_who_has_no_tie_into_it(
    ties: dict[tuple[int, int], int], told: dict[tuple[int, int], int], size: int, praise: int
) -> None:
    ring = range(100, 100 + size)
    trading = {(one, other): praise for one in ring for other in ring if one != other}

    for person in {a for a, _ in ties}:
        before, after = introduced(ties, told, person), introduced(ties | trading, told | trading, person)
        assert [one.person for one in after] == [one.person for one in before]
        assert [[two.person for two in one.through] for one in after] == [
            [two.person for two in one.through] for one in before
        ]


@given(PAIRS, PAIRS, st.integers(2, 20), st.integers(1, 20_000))
@settings(deadline=None)
def test_through_one_tie_into_a_ring_nobody_of_it_is_believed_more_than_that_tie(
    ties: dict[tuple[int, int], int], told: dict[tuple[int, int], int], size: int, praise: int
) -> None:
    """Ana (0) has one tie into the ring; a person of whom two such ties speak comes before all of it."""
    ring = range(100, 100 + size)
    trading = {(one, other): 10**9 for one in ring for other in ring if one != other}
    spoken = {(200, 300): 10**9, (201, 300): 10**9}
    mine = {(0, 100): praise, (0, 200): praise, (0, 201): praise}

    order = [one.person for one in introduced(ties | trading | mine, trading | spoken, 0)]

    assert 300 in order
    assert all(order.index(300) < order.index(one) for one in ring if one in order)


def test_at_most_three_come_through_the_same_person() -> None:
    told = {(1, other): 5000 for other in range(10, 20)} | {(2, 30): 10}
    network = Network.of(table({(0, 1): 5000, (0, 2): 10}, published=False), table(told, published=True))

    assert [one.person for one in network.introductions(0)] == [10, 11, 12, 30]


@given(PAIRS, PAIRS)
@settings(deadline=None)
def test_introductions_are_those_of_a_plain_walk(
    ties: dict[tuple[int, int], int], told: dict[tuple[int, int], int]
) -> None:
    for person in {a for a, _ in ties}:
        friends = {b: r for (a, b), r in ties.items() if a == person}
        evidence: dict[int, float] = {}
        for (middle, other), r in told.items():
            if middle in friends and other != person and other not in friends:
                belief = friends[middle] / (friends[middle] + PRIOR) * r / (r + PRIOR)
                evidence[other] = evidence.get(other, 0.0) + belief / (1 - belief)
        plainly = sorted(evidence, key=lambda other: (-round(evidence[other], 9), other))
        found = [int(one.person) for one in introduced(ties, told, person)]
        assert [round(evidence[other], 6) for other in found] == [
            round(evidence[other], 6) for other in plainly
        ]
        assert set(found) == set(plainly)
