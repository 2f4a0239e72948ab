"""Two people's sheets beside each other and beside the engine: invented codes, real folds."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.histories import write_channel
from validity.coding.draw import draw, write
from validity.coding.histories import read_history
from validity.coding.sheets import Sheets, read_key, read_sheets
from validity.coding.states import likeliest
from validity.coding.told import EpisodeTold, WindowTold, episodes_told, measured, windows_told
from validity.data import NoData
from validity.people import of_codes

ORDER = ("nobody", "one_way", "both_ways")


def _told(codes: Sequence[str]) -> dict[str, EpisodeTold]:
    """The engine says these; a conversation's length says nothing."""
    return {
        f"e{n}": EpisodeTold(
            {"became": code, "depends": "topic", "small_talk": "no"}, code, {"post_count": 3.0}, f"here {n}"
        )
        for n, code in enumerate(codes)
    }


def _sheets(one: Sequence[str], other: Sequence[str], **more: str) -> Sheets:
    return {
        coder: {f"e{n}": {"id": f"e{n}", "became": code, **more} for n, code in enumerate(codes)}
        for coder, codes in (("Ana", one), ("Bo", other))
    }


def test_where_all_say_the_same_every_kappa_is_one_and_the_claim_is_met() -> None:
    codes = ORDER * 10
    claim = of_codes(_sheets(codes, codes), _told(codes), {}, "sheets")
    for key in ("kappa_coders", "kappa_engine"):
        assert claim.figures[key].value == pytest.approx(1)
        assert claim.figures[key].met


def test_what_coders_differ_on_is_left_out_of_the_consensus_and_counted() -> None:
    engine = ORDER * 10
    other = ["one_way" if n < 6 else code for n, code in enumerate(engine)]
    claim = of_codes(_sheets(engine, other), _told(engine), {}, "sheets")
    # Of the six that Bo changed, two were one way before.
    assert "became: 26 of 30 coded alike; 4 coded differently, and left out of the consensus." in claim.notes
    assert claim.figures["kappa_engine"].value == pytest.approx(1)
    assert claim.figures["kappa_coders"].value == pytest.approx(0.8)


def test_an_engine_that_counts_no_better_than_a_baseline_does_not_meet_the_claim() -> None:
    codes = ORDER * 10
    told = {
        id_: EpisodeTold(
            one.codes, one.whole, {"post_count": float(ORDER.index(one.codes["became"]))}, one.thread
        )
        for id_, one in _told(codes).items()
    }
    claim = of_codes(_sheets(codes, codes), told, {}, "sheets")
    assert claim.baselines["kappa_post_count_two_thresholds"].value == pytest.approx(1)
    assert claim.figures["kappa_engine"].met is False


def test_a_cell_left_empty_is_left_out() -> None:
    codes = list(ORDER * 4)
    claim = of_codes(_sheets(codes, ["", *codes[1:]]), _told(codes), {}, "sheets")
    assert "became: 11 of 11 coded alike; 0 coded differently, and left out of the consensus." in claim.notes


def _windows(*judged: tuple[str, str, float]) -> tuple[Sheets, dict[str, WindowTold]]:
    """By window what both coders say, the engine's likeliest state and its probability."""
    sheets = {
        coder: {
            f"w{n}": {"id": f"w{n}", "state": code, "confidence": "0.8"}
            for n, (code, _, _) in enumerate(judged)
        }
        for coder in ("Ana", "Bo")
    }
    told = {
        f"w{n}": WindowTold({state: p, "rests_on_few": 1 - p}, ceiling=True)
        for n, (_, state, p) in enumerate(judged)
    }
    return sheets, told


def test_calibration_compares_what_is_said_with_how_often_it_is_right() -> None:
    sheets, told = _windows(*[("broadcasting", "broadcasting", 0.9)] * 3, ("parallel", "broadcasting", 0.9))
    claim = of_codes(sheets, {}, told, "sheets")
    assert claim.figures["calibration_error"].value == pytest.approx(0.15)
    assert claim.figures["calibration_error"].met is False
    assert claim.figures["reliability_from_0.8"].value == pytest.approx(0.75)
    assert claim.baselines["calibration_error_of_coders"].value == pytest.approx(0.2)


def test_under_the_ceiling_conversing_means_conversing_or_more() -> None:
    sheets, told = _windows(
        *[("collaborating", "conversing", 1.0)] * 3, ("silent", "cohabiting_parallel", 1.0)
    )
    assert of_codes(sheets, {}, told, "sheets").figures["calibration_error"].value == pytest.approx(0)


def test_the_kinds_of_cohabiting_are_one_state() -> None:
    shares = {"cohabiting_small_talk": 0.3, "cohabiting_parallel": 0.3, "conversing": 0.4}
    assert likeliest(WindowTold(shares, ceiling=False)) == ("cohabiting", 0.6)


def test_windows_of_which_nothing_can_be_said_are_left_out() -> None:
    sheets, told = _windows(("cannot_say", "conversing", 0.9), ("conversing", "conversing", 0.9))
    claim = of_codes(sheets, {}, told, "sheets")
    assert any(note.startswith("Windows: 1 of 2 coded alike") for note in claim.notes)


def _write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_sheets_are_read_from_a_folder_or_from_one_file_of_both(tmp_path: Path) -> None:
    one, other = "id,became,note\ne1,one_way,yes\n", "id,became,note\ne1,both_ways,\n"
    folder = tmp_path / "sheets"
    folder.mkdir()
    _write(folder / "Ana-episodes.csv", one)
    _write(folder / "Bo-episodes.csv", other)
    _write(folder / "Bo-windows.csv", "id,state,confidence,note\nw1,silent,0.5,\n")
    found = read_sheets(folder)
    assert {coder: rows["e1"]["became"] for coder, rows in found.items()} == {
        "Ana": "one_way",
        "Bo": "both_ways",
    }
    assert found["Bo"]["w1"]["state"] == "silent"
    both = _write(tmp_path / "both.csv", "coder,id,became\nAna,e1,one_way\nBo,e1,both_ways\n")
    assert read_sheets(both)["Bo"]["e1"]["became"] == "both_ways"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("coder,id,became\nAna,e1,maybe\nBo,e1,nobody\n", "e1: became is 'maybe'"),
        ("coder,id,confidence\nAna,w1,80\nBo,w1,0.8\n", "w1: confidence is '80'"),
        ("id,became\ne1,nobody\n", "no column coder"),
        ("coder,id,became\nAna,e1,nobody\n", "codes of 1 people"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(NoData, match=says):
        read_sheets(_write(tmp_path / "both.csv", text))


def test_before_anybody_has_coded_the_claim_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="nobody has coded yet"):
        read_sheets(tmp_path / "sheets")


def test_the_engine_is_asked_of_just_what_was_drawn(tmp_path: Path) -> None:
    channel = read_history("irc-meetings", write_channel(tmp_path, days=12))
    write(tmp_path / "out", tmp_path / "keys", *draw([channel], seed=1))
    acts = measured(channel)
    key = read_key("episodes", tmp_path / "keys")
    told = episodes_told(key, channel, acts)
    assert set(told) == set(key)
    # They sit in a round: everybody speaks to the one before, and nobody is spoken to by whom they spoke to.
    assert {one.codes["became"] for one in told.values()} == {"one_way"}
    assert {one.counts["post_count"] for one in told.values()} == {15.0}
    # Shown is one contribution alone: what comes after it is not counted, but in the whole.
    first = {id_: {**row, "shown": "1"} for id_, row in key.items()}
    cut = episodes_told(first, channel, acts)
    assert {(one.codes["became"], one.whole) for one in cut.values()} == {("nobody", "one_way")}
    windows = windows_told(read_key("windows", tmp_path / "keys"), channel, acts)
    assert len(windows) == 2
    assert all(sum(one.probabilities.values()) == pytest.approx(1) for one in windows.values())
