"""The claim that conversing is not cohabiting, on invented rooms: its keys and its logic, not its figures."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from validity import conversing
from validity.claim import Claim

SLOTS = ["Ana", "Bo", "Cleo", "Bo", "Ana", "Dan"]


def table(folder: Path, *, talking: bool) -> Path:
    """Forty rooms of one language; where people talk, most messages repeat two words of the one before."""
    rng = np.random.default_rng(5)
    rare = 1 / np.arange(1, 401)
    rare /= rare.sum()
    rows = []
    for room in range(40):
        last: list[str] = []
        for turn in range(20):
            words = [f"word{rank}" for rank in rng.choice(400, rng.integers(3, 10), p=rare)]
            if talking and last:
                words[:2] = rng.choice(last, 2).tolist()
            at = room * 10**10 + turn * 20_000_000
            who = SLOTS[int(rng.integers(0, 6))]
            rows.append({"room": f"r{room}", "at": at, "speaker": who, "text": " ".join(words), "more": 1})
            last = words
    path = folder / "rooms.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture(scope="module")
def talking(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    return conversing.claim(table(tmp_path_factory.mktemp("talking"), talking=True))


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    return conversing.claim(table(tmp_path_factory.mktemp("apart"), talking=False))


def value(claim: Claim, key: str) -> float:
    found = claim.as_json()[key]
    assert isinstance(found, float)
    return found


def test_rooms_that_talk_are_told_from_both_controls(talking: Claim) -> None:
    assert value(talking, "auc_foreign_words") > 0.9
    assert value(talking, "auc_shuffled") > 0.9


def test_rooms_in_which_nobody_takes_anything_up_are_told_from_nothing(apart: Claim) -> None:
    assert value(apart, "auc_foreign_words") == pytest.approx(0.5, abs=0.25)
    assert value(apart, "stated_real") == 0.0


def test_what_keeps_the_clock_cannot_be_told_by_the_clock(talking: Claim) -> None:
    assert value(talking, "clock_foreign_words") == 0.5
    assert value(talking, "turn_taking_foreign_words") == 0.5
    assert value(talking, "cohesion_shuffled") == 0.5


def test_the_keys_are_those_of_the_claim(talking: Claim) -> None:
    told = json.loads(json.dumps(talking.as_json()))

    assert {
        "auc_foreign_words",
        "auc_shuffled",
        "auc_foreign_rooms",
        "stated_real",
        "false_conversing",
        "false_cohabiting",
    } <= set(told)
    assert set(told["met"]) == set(told["asked"])
    assert (
        told["intervals"]["auc_shuffled"][0] <= told["auc_shuffled"] <= told["intervals"]["auc_shuffled"][1]
    )


def test_the_area_is_the_chance_to_score_higher() -> None:
    assert conversing.auc([2.0, 3.0], [1.0, 0.0]) == 1.0
    assert conversing.auc([1.0, 1.0], [1.0, 1.0]) == 0.5
    assert conversing.auc([0.0], [1.0]) == 0.0
