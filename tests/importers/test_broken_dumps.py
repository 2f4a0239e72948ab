"""Files that are not what they seem: an error for people, with file and line, before anything was given out."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tertulia.importers import xmlfile
from tertulia.importers.detect import detect, silently
from tertulia.importers.errors import BadFile
from tests.importers.dumps import HEADER, comment, on, question, stream, write_dump


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write_dump(tmp_path, posts=[question(number) for number in range(1, 6)], comments=[comment(1)])


def refusal(dump: Path) -> BadFile:
    """The error, which must come instead of the first item and not after it."""
    with pytest.raises(BadFile) as caught:
        next(detect(dump).read(dump, silently))
    return caught.value


def test_a_truncated_file_is_named_with_the_line_where_it_breaks_off(dump: Path) -> None:
    posts = (dump / "Posts.xml").read_text()
    (dump / "Posts.xml").write_text(posts[: posts.index('Id="4"') + 30])

    assert str(refusal(dump)) == "Posts.xml breaks off at line 6. Nothing was taken."


def test_a_file_without_its_last_line_breaks_off(dump: Path) -> None:
    posts = (dump / "Posts.xml").read_text()
    (dump / "Posts.xml").write_text(posts.replace("</posts>\n", ""))

    assert str(refusal(dump)) == "Posts.xml breaks off at line 8. Nothing was taken."


def test_lines_are_written_with_their_thousands() -> None:
    assert (
        str(BadFile("Posts.xml", 8112, "breaks off"))
        == "Posts.xml breaks off at line 8,112. Nothing was taken."
    )


def test_broken_xml_in_the_last_file_is_found_before_the_first_item(dump: Path) -> None:
    votes = (dump / "Votes.xml").read_text()
    (dump / "Votes.xml").write_text(votes.replace("</votes>", "<row Id=1 />\n</votes>"))

    error = refusal(dump)
    assert (error.path, error.line) == ("Votes.xml", 3)
    assert "not well-formed" in str(error)


def test_bytes_that_are_not_utf8_are_named_with_their_line(dump: Path) -> None:
    posts = (dump / "Posts.xml").read_bytes()
    (dump / "Posts.xml").write_bytes(posts.replace(b"Idea 3", b"Id\xe9e 3"))

    assert str(refusal(dump)) == "Posts.xml is not written in UTF-8 at line 5. Nothing was taken."


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-7", "gb2312", "hex", "nonsense"])
def test_a_file_that_names_another_encoding_is_refused(dump: Path, encoding: str) -> None:
    posts = (dump / "Posts.xml").read_text()
    (dump / "Posts.xml").write_text(posts.replace('encoding="utf-8"', f'encoding="{encoding}"'))

    error = refusal(dump)
    assert error.line == 1
    assert encoding in str(error)


def test_a_dump_saved_again_as_utf16_is_read(dump: Path) -> None:
    posts = (dump / "Posts.xml").read_text()
    (dump / "Posts.xml").write_text(posts.replace('encoding="utf-8"', 'encoding="utf-16"'), encoding="utf-16")

    assert len(stream(dump)) > 5


def test_an_entity_bomb_is_refused_where_it_is_declared(dump: Path) -> None:
    lolz = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'{HEADER}<!DOCTYPE posts [<!ENTITY l0 "lol">{lolz}]>\n<posts><row Id="&l9;"/></posts>'
    (dump / "Posts.xml").write_text(bomb)

    assert (
        str(refusal(dump)) == "Posts.xml declares a document type or entities at line 2. Nothing was taken."
    )


def test_a_reference_to_another_file_is_refused(dump: Path) -> None:
    (dump / "Posts.xml").write_text(f'{HEADER}<!DOCTYPE posts SYSTEM "other.dtd">\n<posts></posts>')

    assert refusal(dump).line == 2


@pytest.mark.parametrize("name", ["Posts.xml", "Users.xml", "Comments.xml"])
def test_a_missing_file_is_named(dump: Path, name: str) -> None:
    (dump / name).unlink()

    assert str(refusal(dump)) == f"{name} is missing from the dump. Nothing was taken."


@pytest.mark.parametrize("name", ["PostHistory.xml", "PostLinks.xml", "Votes.xml"])
def test_a_dump_without_its_lesser_files_is_read_and_says_so(dump: Path, name: str) -> None:
    (dump / name).unlink()

    assert f"{name}, which is not in the dump" in stream(dump)[-1].left_out  # type: ignore[union-attr]


def test_an_empty_file_is_named(dump: Path) -> None:
    (dump / "Posts.xml").write_bytes(b"")

    assert str(refusal(dump)) == "Posts.xml is empty. Nothing was taken."


def test_a_huge_attribute_is_refused_before_it_fills_the_memory(dump: Path) -> None:
    with (dump / "Posts.xml").open("w") as file:
        file.write(f'{HEADER}<posts>\n<row Id="1" Body="')
        for _ in range(2 * xmlfile.MOST_BYTES_BETWEEN_ELEMENTS // 2**20):
            file.write("x" * 2**20)

    assert "goes on for more than 8 MB without a new row" in str(refusal(dump))


def test_a_large_but_possible_attribute_is_read(dump: Path) -> None:
    write_dump(dump, posts=[question(Body="<p>" + "word " * 100_000 + "</p>")])

    assert len(stream(dump)) == 3


def test_elements_nested_without_end_are_refused(dump: Path) -> None:
    (dump / "Posts.xml").write_text(f"{HEADER}<posts>\n{'<x>' * 5000}")

    assert "nests its elements too deeply" in str(refusal(dump))


def test_html_nested_without_end_keeps_its_words(dump: Path) -> None:
    write_dump(dump, posts=[question(Body="<div>" * 20_000 + "words")])

    assert stream(dump)[1].text.strip() == "words"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"PostTypeId": 1, "CreationDate": on(1)}, "has a row without Id"),
        ({"Id": 1, "PostTypeId": 1}, "has a row whose CreationDate is not a date"),
        (
            {"Id": 1, "PostTypeId": 1, "CreationDate": "yesterday"},
            "has a row whose CreationDate is not a date",
        ),
        (
            {"Id": 1, "PostTypeId": 1, "CreationDate": "0001-01-01T00:00:00+23:00"},
            "CreationDate is not a date",
        ),
        ({"Id": "one", "PostTypeId": 1, "CreationDate": on(1)}, "has a row whose Id is not a number"),
        ({"Id": "9" * 30, "PostTypeId": 1, "CreationDate": on(1)}, "has a row whose Id is not a number"),
    ],
)
def test_a_row_without_what_it_needs_is_named_with_its_line(
    tmp_path: Path, row: dict[str, object], reason: str
) -> None:
    error = refusal(write_dump(tmp_path, posts=[row]))

    assert error.line == 3
    assert reason in str(error)


def test_a_zip_cut_in_the_middle_is_refused(dump: Path, tmp_path: Path) -> None:
    whole = tmp_path / "dump.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.write(dump / "Posts.xml", "Posts.xml")
    whole.write_bytes(whole.read_bytes()[:200])

    assert str(refusal(whole)) == f"{whole} is not a complete zip archive. Nothing was taken."


def test_a_damaged_file_in_a_zip_is_refused(dump: Path, tmp_path: Path) -> None:
    whole = tmp_path / "dump.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("Users.xml", "Posts.xml", "Comments.xml"):
            archive.write(dump / name, name)
    whole.write_bytes(whole.read_bytes().replace(b"Idea 3", b"Idea X"))

    assert str(refusal(whole)) == "Posts.xml is damaged inside its zip archive. Nothing was taken."


def test_nothing_is_left_on_the_disk(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    reading = detect(dump).read(dump, silently)
    next(reading)
    assert list(scratch.iterdir()) != []

    reading.close()  # type: ignore[attr-defined]

    assert list(scratch.iterdir()) == []


# getrusage would tell the peak of the process that started this one, if that was higher.
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_a_hundred_thousand_messages_stay_under_200_mb(tmp_path: Path) -> None:
    posts = [question(number) for number in range(1, 1001)]
    comments = (
        comment(n, to=n % 1000 + 1, by=n % 4 + 1, text=f"@Ana {n} " + "word " * 80) for n in range(1, 100_000)
    )
    write_dump(tmp_path, posts=posts, comments=comments)
    program = (
        "import re, sys\nfrom pathlib import Path\nfrom tertulia.importers.detect import detect, silently\n"
        "path = Path(sys.argv[1])\nfor item in detect(path).read(path, silently): pass\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1], item.comments)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )

    kilobytes, comments_read = map(int, done.stdout.split())
    assert comments_read == 99_999
    assert kilobytes < 200_000
