"""The claim of recovery."""

import json
from pathlib import Path

import pytest

from validity import recovery
from validity.agents.space import space_of
from validity.agents.ways import KINDS, Kind, Ways
from validity.claim import Claim
from validity.recovered import ACTS_A_SPACE, Read, made, read
from validity.recovery_figures import (
    abstained,
    accuracy,
    baselines,
    coverage,
    headline,
    hits,
    true_values,
)
from validity.recovery_notes import notes

KIND = {kind.name: kind for kind in KINDS}


@pytest.fixture(scope="module")
def claim() -> Claim:
    chosen = [KIND[name] for name in ("conversing", "silent", "small_talk", "ring", "between_ways")]
    return recovery.claim(kinds=chosen, sizes=(15, 30), seeds=2, fresh=3)


def a_reading(kind: str, said: str | None, **intervals: tuple[float, float]) -> Read:
    one = made(KIND[kind], 15, [1])[0]
    return Read(one, said, {}, intervals)


def test_it_prints_the_keys_that_are_asked_for(claim: Claim) -> None:
    told = claim.as_json()

    for key in ("accuracy", "abstained", "accuracy_15", "abstained_30", "coverage", "coverage_exchange"):
        assert key in told, key
    assert {"right_reply_density", "right_mean_words", "right_gini"} <= set(told["baselines"])  # type: ignore[call-overload]
    json.dumps(told)


def test_every_kind_and_size_has_its_row_in_the_confusion_table(claim: Claim) -> None:
    rows = [note for note in claim.notes if ", in truth " in note]

    assert len(rows) == 4 + 5
    assert any(note.startswith("conversing, 30 people, in truth conversing: ") for note in rows)
    assert not any(note.startswith("ring, 15 people") for note in rows)


def test_spaces_at_a_threshold_are_scored_apart() -> None:
    reads = [
        a_reading("conversing", "conversing"),
        a_reading("conversing", "broadcasting"),
        a_reading("silent", None),
        a_reading("between_ways", "broadcasting"),
        a_reading("between_ways", "collaborating"),
    ]

    told = headline(reads)

    assert told["accuracy"].value == 0.5
    assert told["abstained"].value == pytest.approx(1 / 3)
    assert told["accuracy_threshold_wrong"].value == 0.25
    assert told["threshold_neither"].value == 0.5


def test_accuracy_is_of_the_stated_alone() -> None:
    reads = [a_reading("silent", None), a_reading("silent", "cohabiting")]

    assert accuracy(reads) == 1
    assert abstained(reads) == 0.5


def test_an_interval_covers_its_truth_or_not() -> None:
    reads = [
        a_reading("conversing", None, exchange=(0.2, 0.4), answered=(0.9, 1.0)),
        a_reading("conversing", None, exchange=(0.6, 0.9)),
    ]

    found = coverage(hits(reads, {"conversing": {"exchange": 0.7, "answered": 1.0}}))

    assert found["coverage"].value == 0.5
    assert found["coverage_answered"].value is None


def test_true_values_are_means_over_all_people() -> None:
    spaces = made(KIND["conversing"], 15, [1, 2])

    people = [value for one in spaces for value in one.truth.returned]
    assert true_values(spaces)["exchange"] == pytest.approx(sum(people) / len(people))


def test_a_baseline_finds_the_threshold_on_other_people() -> None:
    fit = [*made(KIND["silent"], 15, [1, 2, 3]), *made(KIND["conversing"], 15, [1, 2, 3])]
    reads = [a_reading("silent", None), a_reading("conversing", None)]

    assert baselines(fit, reads)["right_reply_density"].value == 1


def test_the_engine_counts_what_its_maker_knows() -> None:
    for one in read(Kind("lively", Ways(acts=0.5, moves=0.8)), 15, [1, 2]):
        known = true_values([one.made])

        for feature in ("exchange", "answered", "closed", "uptake_t", "uptake_o"):
            assert one.values[feature] == pytest.approx(known[feature]), feature


def test_silence_is_cohabiting() -> None:
    assert [one.said for one in read(KIND["silent"], 30, [1, 2])] == ["cohabiting", "cohabiting"]


def test_posts_that_hardly_anybody_answers_cohabit_although_words_out_of_order_are_missing() -> None:
    assert [one.said for one in read(KIND["parallel_posts"], 60, [1, 2])] == ["cohabiting", "cohabiting"]


def test_a_ring_of_five_among_the_silent_never_talks_with_the_place() -> None:
    said = {one.said for one in read(KIND["ring_among_silent"], 60, range(1, 7))}

    assert not said & {"conversing", "collaborating"}


def test_no_space_has_more_acts_than_are_set_apart_for_it() -> None:
    assert max(len(space_of(kind, 60, 1).rows) for kind in KINDS) < ACTS_A_SPACE / 10


def test_a_kind_that_is_not_recovered_is_told_with_the_reason() -> None:
    reads = [a_reading("ring", "broadcasting"), a_reading("silent", "cohabiting")]
    told = notes({15: reads}, [], {})

    assert any(note.startswith("ring is not recovered: two states are true") for note in told)
    assert not any(note.startswith("ring_among_silent") for note in told)


def test_it_needs_no_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(recovery, "KINDS", (KIND["silent"], KIND["conversing"]))
    monkeypatch.setattr(recovery, "FRESH", 2)
    monkeypatch.setenv("TERTULIA_TEST_DATA", str(Path("nowhere")))

    assert recovery.main(["--json", "--seeds", "1", "--first-seed", "5"]) == 0

    assert json.loads(capsys.readouterr().out)["data"].startswith("2 kinds, 1 seeds from 5")
