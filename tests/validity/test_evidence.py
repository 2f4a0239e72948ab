"""Lines of evidence that were read by hand: which are drawn, and whether a verdict is still about its line."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tertulia.engine.records import SpaceReading
from tests.importers.blogs import comment, post, write_blog
from validity import evidence
from validity.claim import Claim
from validity.coding.histories import read_history
from validity.data import NoData
from validity.evidence import CHECKED, COLUMNS, Kept, beside, claim, read_checked, wilson, write_drawn
from validity.evidence_lines import WHOLE, Line, drawn

Drawn = tuple[list[Line], SpaceReading]
GUESTS = ("Cleo", "Dan", "Eva", "Fay", "Gil", "Hal", "Ida", "Jo")
RIGHT = Kept("right", "It was so.")


def _talk(number: int, year: int) -> str:
    """A post on which everybody comments; Ana answers Cleo alone."""
    said = [
        comment(
            10 * number + place,
            by=name,
            mail=f"{name.lower()}@example.org",
            date=f"{year}-03-{place + 2:02} 10:00:00",
            date_gmt=f"{year}-03-{place + 2:02} 09:00:00",
            content=f"{name} bakes rye number {number} for {place + 1} hours.",
        )
        for place, name in enumerate(GUESTS)
    ]
    back = comment(
        10 * number + 9,
        by="Ana",
        mail="ana@example.org",
        user_id=1,
        parent=10 * number,
        date=f"{year}-03-20 10:00:00",
        date_gmt=f"{year}-03-20 09:00:00",
        content=f"An hour is short for rye number {number}.",
    )
    dates: dict[str, Any] = {"post_date": f"{year}-03-01 10:00:00", "post_date_gmt": f"{year}-03-01 09:00:00"}
    return post(number, *said, back, body=f"Rye number {number} needs an oven.", **dates)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    posts = [_talk(year - 2009 + 10 * n, year) for year in (2010, 2011, 2012) for n in range(5)]
    return drawn(read_history("cc-labs", write_blog(tmp_path_factory.mktemp("blog"), *posts)))


def _claim(found: Drawn, kept: Mapping[Line, Kept], gone: int = 0) -> Claim:
    return claim("cc-labs", found[1], beside(found[0], kept), gone=gone)


def test_a_line_says_who_spoke_to_whom_when_and_what_became_of_it(lines: Drawn) -> None:
    said = {line.idea: line.says for line in lines[0] if line.side == "against"}
    assert said
    for idea, says in said.items():
        year = 2009 + int(idea.removeprefix("post:")) % 10
        # Ana was the first in the export and Cleo the first of the guests.
        assert says == f"p2 to p1: 1, {year}-03-02; p1 to p2: 1, {year}-03-20; both ways"


def test_the_lines_of_the_whole_life_are_drawn_all_and_those_of_years_as_many_as_are_asked(
    lines: Drawn,
) -> None:
    found, reading = lines
    whole = [line for line in found if line.reading == WHOLE]
    assert len(whole) == len(reading.evidence_for) + len(reading.evidence_against)
    years = [line for line in found if line.reading != WHOLE]
    assert years
    assert {line.reading for line in years} <= {"2010", "2011", "2012"}
    assert sum(line.side == "for" for line in years) <= 5
    assert sum(line.side == "against" for line in years) <= 3
    assert len({line.acts for line in found}) == len(found)


def test_a_line_that_the_engine_says_otherwise_is_not_checked_and_its_verdict_is_counted_as_gone(
    lines: Drawn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found, reading = lines
    changed = replace(found[0], says=found[0].says + " of old")
    kept = dict.fromkeys([changed, *found[1:]], RIGHT)
    path = tmp_path / "checked.csv"
    write_drawn(path, list(kept), kept)
    monkeypatch.setattr(evidence, "CHECKED", path)
    monkeypatch.setattr(evidence, "HISTORIES", ("cc-labs",))
    monkeypatch.setattr(evidence, "history", lambda name, _folder: name)
    monkeypatch.setattr(evidence, "drawn", lambda _history: (found, reading))

    told = evidence.claims(tmp_path)[0]

    assert told.figures["not_checked"].value == pytest.approx(1 / len(found))
    assert told.figures["not_checked"].met is False
    assert told.figures["right"].value == 1
    assert any(note.startswith("For: ") and "1 not checked" in note for note in told.notes)
    assert any(note.startswith("1 kept verdicts are about lines") for note in told.notes)


@pytest.mark.parametrize("part", ["reading", "word", "side", "idea", "acts", "says"])
def test_a_verdict_is_about_every_part_of_its_line(lines: Drawn, part: str) -> None:
    found = lines[0]
    kept = {replace(found[0], **{part: "another"}): RIGHT}
    assert [one.kept for one in beside(found, kept)] == [None] * len(found)


def test_the_tally_says_what_failed_by_side_with_its_reason(lines: Drawn) -> None:
    found = lines[0]
    verdicts = ["untrue", "misleading", "wrong_side"] + ["right"] * (len(found) - 3)
    kept = {line: Kept(verdict, f"{verdict} here.") for line, verdict in zip(found, verdicts, strict=True)}

    told = _claim(lines, kept)

    n = len(found)
    assert told.figures["right"].value == pytest.approx((n - 3) / n)
    assert told.figures["true_and_on_its_side"].value == pytest.approx((n - 2) / n)
    assert told.figures["true"].value == pytest.approx((n - 1) / n)
    assert told.figures["right_against"].value == 1
    assert told.figures["not_checked"].met is True
    assert (told.figures["right"].low, told.figures["right"].high) == wilson(n - 3, n)
    assert any(note.endswith("(all), untrue: untrue here.") for note in told.notes)
    assert any("(all), wrong side: wrong_side here." in note for note in told.notes)
    assert not any("right here." in note for note in told.notes)


def test_who_read_is_said_and_lines_that_nobody_read_have_no_share(lines: Drawn) -> None:
    told = _claim(lines, {})
    assert told.figures["right"].value is None
    assert told.figures["not_checked"].value == 1
    assert "Read by a language model, one reader, who had seen the engine's line" in "".join(told.notes)


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert wilson(16, 30) == pytest.approx((0.3614, 0.6977), abs=1e-3)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-3)
    assert wilson(0, 0) == (None, None)


def test_lines_are_written_to_be_read_with_the_verdicts_that_are_about_them(
    lines: Drawn, tmp_path: Path
) -> None:
    found = lines[0]
    path = tmp_path / "to_read.csv"

    assert write_drawn(path, found, {found[1]: RIGHT}) == len(found) - 1

    assert read_checked(path) == {found[1]: RIGHT}
    with path.open(newline="") as rows:
        assert [row["acts"] for row in csv.DictReader(rows)] == [line.acts for line in found]


def _write(path: Path, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


ROW = ("cc-labs", "all", "broadcasting", "for", "post:1", "comment:2", "p2 to p1: 1, 2010-01-01; one way")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(*ROW, "nice", "It was.")], r"row 2 \(post:1\): verdict is 'nice', not one of right, misleading"),
        ([(*ROW, "right", " ")], r"row 2 \(post:1\): a verdict without its reason"),
        ([(*ROW, "right", "So."), (*ROW, "untrue", "No.")], r"row 3 \(post:1\): there is another verdict"),
    ],
)
def test_verdicts_that_cannot_be_are_refused_by_name(
    rows: Sequence[Sequence[str]], says: str, tmp_path: Path
) -> None:
    with pytest.raises(NoData, match=f"kept.csv, {says}"):
        read_checked(_write(tmp_path / "kept.csv", rows))


def test_a_file_without_a_column_or_none_at_all_is_refused_by_name(tmp_path: Path) -> None:
    columns = [name for name in COLUMNS if name not in {"says", "reason"}]
    path = _write(tmp_path / "kept.csv", [], columns)
    with pytest.raises(NoData, match=r"kept.csv has no column says, reason"):
        read_checked(path)
    with pytest.raises(NoData, match="There is no file"):
        read_checked(tmp_path / "nothing.csv")


def test_where_there_is_no_data_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERTULIA_TEST_DATA", str(tmp_path / "nowhere"))
    assert evidence.main([]) == 2
    assert "There is no folder" in capsys.readouterr().out


def test_thirty_lines_were_read_fifteen_of_each_history_with_a_reason_of_one_sentence() -> None:
    kept = read_checked(CHECKED)
    histories = [line.history for line in kept]
    assert (histories.count("bicycles.meta"), histories.count("cc-labs")) == (15, 15)
    assert [line.side for line in kept].count("against") == 10
    assert all(one.reason.endswith(".") and len(one.reason) < 200 for one in kept.values())


def test_the_kept_verdicts_and_those_to_be_read_are_all_lines_of_the_shared_histories(
    shared_data: Path,
) -> None:
    for told in evidence.claims(shared_data):
        tallies = [note for note in told.notes if note.startswith(("For: ", "Against: "))]
        counted = [int(word) for note in tallies for word in note.split() if word.isdigit()]
        # Right or not, or changed since and not checked: none is lost.
        assert sum(counted) == 15
        assert told.notes[0].startswith("Its whole life reads as ")
