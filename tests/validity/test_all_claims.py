"""All claims in one run."""

import json
from pathlib import Path

import pytest

from validity import __main__ as every


def test_what_has_no_data_is_left_out_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERTULIA_TEST_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setattr(every, "ROOT", tmp_path)

    assert every.main(["--only", "moves", "uptake"]) == 0

    assert "moves: left out. There is no folder" in capsys.readouterr().out
    assert set(json.loads((tmp_path / "build" / "validity.json").read_text())["left_out"]) == {
        "moves",
        "uptake",
    }


def test_a_run_of_some_claims_leaves_what_the_page_says_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERTULIA_TEST_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setattr(every, "ROOT", tmp_path)
    monkeypatch.setattr(every, "PAGE", tmp_path / "validity.md")
    (tmp_path / "validity.md").write_text("# Head\n\n## recovery (14 kinds)\n\nIt took hours.\n")

    assert every.main(["--only", "moves", "--write"]) == 0

    written = (tmp_path / "validity.md").read_text()
    assert "## recovery (14 kinds)\n\nIt took hours." in written
    assert "- *moves*: There is no folder" in written


def test_the_figures_of_a_run_are_left_in_a_file(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERTULIA_TEST_DATA", str(shared_data))
    monkeypatch.setattr(every, "ROOT", tmp_path)

    assert every.main(["--only", "moves"]) == 0

    told = json.loads((tmp_path / "build" / "validity.json").read_text())["claims"]
    assert [claim["claim"] for claim in told] == ["question or not"]
    assert told[0]["macro_f1"] >= 0.8
