"""What is simulated must be able to fail: without the rules, playing wins."""

from validity.gaming import community as sixty_people
from validity.gaming import flattery, label_spam, space, with_ring
from validity.repeated import WITHOUT, foreseen, world


def test_labels_alone_win_nothing_and_flattery_does() -> None:
    assert label_spam() == 0
    assert flattery(1) < 0.5 < flattery(10)


def test_a_ring_is_in_the_ledger_when_it_is_said_to_be() -> None:
    made = sixty_people(0)
    before = len(made.acts)
    ring = with_ring(made, 3, tie=True)

    assert {act.actor for act in made.acts[before:]} == {*ring, "person 0"}
    assert len(space(1, ring=True).acts) > len(space(1, ring=False).acts)


def test_the_last_risk_is_not_among_what_foresees_it() -> None:
    for case in world("bursts", 3)[:100]:
        assert all(row.day < case.day for row in case.rows)


def test_a_burst_counts_less_with_saturation() -> None:
    cases = [case for case in world("bursts", 3) if any(row.r > 2000 for row in case.rows)]

    with_it, _ = foreseen(cases, WITHOUT["engine"])
    without, _ = foreseen(cases, WITHOUT["no_saturation"])

    assert (with_it != without).any()
