"""The claim of questions, on invented messages."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from validity import moves
from validity.moves import macro_f1

ROWS = [
    ("a", "Why would it?", "Probing", "Reasoning"),
    ("a", "I think so.", "Non-probing-deliberation", "Solution"),
    ("b", "what do you think", "Probing", "Moderation"),
    ("b", "agreed", "Non-probing-deliberation", "Agree"),
    ("b", "tell us more.", "Probing", "Moderation"),
    ("c", "hello?", "None", "0"),
    ("c", "hello", "0", "0"),
    ("c", "hello", None, None),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [dict(zip(moves.COLUMNS, row, strict=True)) for row in ROWS]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "moves.parquet")
    return tmp_path / "moves.parquet"


def test_messages_without_a_kind_are_left_out_and_the_baselines_stand_beside(path: Path) -> None:
    told = moves.claim(path).as_json()

    # Two of three that ask, both that do not; one missed.
    assert told["macro_f1"] == pytest.approx((0.8 + 0.8) / 2)
    assert told["macro_f1_question_mark"] == pytest.approx((0.5 + 2 / 3) / 2)
    assert told["macro_f1_majority"] == pytest.approx((0.75 + 0) / 2)
    assert "5 messages" in str(told["notes"])


def test_the_mean_of_both_classes_punishes_saying_the_same_of_everything() -> None:
    truth = np.array([True, False, False, False])

    assert macro_f1(truth, truth) == 1.0
    assert macro_f1(truth, np.zeros(4, np.bool_)) == pytest.approx((0 + 6 / 7) / 2)


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert moves.main(["--data", str(tmp_path / "nowhere.parquet")]) == 2

    assert "nowhere.parquet" in capsys.readouterr().out


def test_a_missing_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parquet.write_table(pa.table({"room": ["a"], "text": ["b"]}), tmp_path / "short.parquet")

    assert moves.main(["--data", str(tmp_path / "short.parquet")]) == 2

    assert "has no column kind, target" in capsys.readouterr().out
