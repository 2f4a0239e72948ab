"""The claim of uptake, on invented pairs."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from validity import uptake
from validity.uptake import Pairs, cross_validated, fitted, pairs_of, uptakes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Eighty pairs, the score of which is the number of words taken up; the last without a score."""
    rng = np.random.default_rng(6)
    rows: list[dict[str, object]] = []
    for number in range(80):
        said = [f"word{rank}" for rank in rng.choice(300, 8, replace=False)]
        taken = int(rng.integers(0, 6))
        reply = said[:taken] + [f"other{rank}" for rank in rng.choice(300, 6 - taken)]
        rows.append(
            {
                "group": str(number // 4),
                "said": " ".join(said),
                "reply": " ".join(reply),
                "score": float(taken),
            }
        )
    rows.append({"group": "none", "said": "a", "reply": "b", "score": None})
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "pairs.parquet")
    return tmp_path / "pairs.parquet"


def pairs(path: Path) -> Pairs:
    return pairs_of(parquet.read_table(path))


def test_pairs_without_a_score_are_left_out(path: Path) -> None:
    assert len(pairs(path).score) == 80


def test_uptake_follows_what_was_taken_up_and_length_does_not(path: Path) -> None:
    told = uptake.claim(path).as_json()

    assert {"rho", "rho_length", "rho_said", "rho_trained"} <= set(told)
    assert told["rho"] > 0.95  # type: ignore[operator]
    assert abs(told["rho_length"]) < 0.3  # type: ignore[arg-type]


def test_a_reply_that_repeats_nothing_has_uptake_0(path: Path) -> None:
    found = pairs(path)

    assert (uptakes(found)[found.score == 0] == 0).all()


def test_weights_that_never_saw_a_group_cannot_know_its_noise() -> None:
    rng = np.random.default_rng(7)
    noise = pa.array([""] * 200, pa.large_string())
    blind = Pairs(np.array([str(n // 4) for n in range(200)]), noise, noise, rng.normal(size=200))
    signs = rng.normal(size=(200, 6))

    assert abs(uptake.rho(cross_validated(blind, signs), blind.score)) < 0.25


def test_fitted_weights_give_back_a_straight_line() -> None:
    signs = np.random.default_rng(8).normal(size=(500, 2))

    weights, at_0 = fitted(signs, signs @ np.array([2.0, -1.0]) + 3)

    assert weights == pytest.approx([2, -1], abs=0.02)
    assert at_0 == pytest.approx(3, abs=0.02)


def test_the_command_prints_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert uptake.main(["--data", str(path), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["claim"] == "uptake"
