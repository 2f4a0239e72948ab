"""What those who code get to see, and what they must not: names, sources, figures, keys."""

import csv
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.histories import PEOPLE, write_channel
from tests.importers.blogs import comment, post, write_blog
from validity.coding.blind import Cut, Names, first_words, heading, in_order, letters, offset, plain, sheet
from validity.coding.draw import Piece, draw, write
from validity.coding.histories import History, read_history
from validity.coding.sampling import LENGTHS, episodes, even, length_class, meetings, twelve_weeks
from validity.data import NoData

ALL = Cut(contributions=40, words=120)
NAMES = Names({"p1": "Ana Lopes", "p2": "bo_", "p3": "Going", "p4": "Mac"}, {"going"})
HERE = {"p1": "A", "p2": "B"}


@pytest.fixture
def channel(tmp_path: Path) -> History:
    return read_history("irc-meetings", write_channel(tmp_path, days=12))


@pytest.fixture
def blog(tmp_path: Path) -> History:
    body = "Ana Lopes asks: see https://bread.example/why and write to ana@example.org."
    late: dict[str, Any] = {"date": "2020-06-20 10:00:00", "date_gmt": "2020-06-20 09:00:00"}
    comments = [comment(1, content="Ask @ana, says Dan.", by="Dan"), comment(2, by="Cleo", **late)]
    return read_history(
        "cc-labs", write_blog(tmp_path, post(1, *comments, body=body), post(2, by="bo", day=3))
    )


def _drawn(folder: Path, *histories: History, seed: int = 1) -> tuple[Path, Path]:
    out, keys = folder / "out", folder / "keys"
    write(out, keys, *draw(histories, seed))
    return out, keys


def _all_texts(out: Path) -> str:
    return "\n".join(path.read_text() for path in sorted(out.rglob("*.txt")))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_speakers_are_letters_in_the_order_in_which_they_speak() -> None:
    assert in_order([{"actor": name} for name in ("p9", "p2", "p9", "p1")]) == {
        "p9": "A",
        "p2": "B",
        "p1": "C",
    }
    assert letters(28)[25:] == ["Z", "AA", "AB"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ana Lopes said so", "A said so"),
        ("as @AnaLopes said, and @ana too", "as A said, and A too"),
        ("bo_: are you there", "B: are you there"),
        ("I am going, @Going", "I am going, [name]"),
        ("Mac has a mac", "[name] has a mac"),
        ("the @stranger", "the [name]"),
    ],
)
def test_names_are_taken_out_where_they_are_names(written: str, read: str) -> None:
    assert NAMES.out_of(written, HERE) == read


def test_addresses_are_taken_out() -> None:
    text = "See [the page](https://a.example/b) or www.a.example/c, ![x](https://d.example), mail ana@example.org"
    assert plain(text) == "See the page or [link], x, mail [mail]"


def test_long_contributions_are_cut_and_say_so() -> None:
    assert first_words("one two\nthree", 2) == "one two […]"
    assert first_words("one  two", 2) == "one two"


def test_times_count_from_the_first_words() -> None:
    assert [offset(minutes * 60_000_000) for minutes in (0, 1, 61, 2 * 1440)] == [
        "at once",
        "1 minute",
        "1 hour",
        "2 days",
    ]


def test_a_long_conversation_is_cut_from_its_start(channel: History) -> None:
    rows = next(iter(channel.episodes.values()))
    shown = sheet(rows, channel, Names(channel.names), Cut(contributions=3, words=4))
    assert shown.is_cut
    assert [line[:2] for line in shown.text.splitlines()] == ["#1", "#2", "#3"]
    assert not sheet(rows, channel, Names(channel.names), ALL).is_cut


def test_what_a_source_shows_of_its_order_is_shown_and_what_an_importer_guessed_is_not(
    blog: History, channel: History
) -> None:
    first = next(iter(blog.episodes.values()))
    assert " under #1: " in sheet(first, blog, Names(blog.names), ALL).text
    talk = next(iter(channel.episodes.values()))
    assert " under #" not in sheet(talk, channel, Names(channel.names), ALL).text


def test_a_conversation_that_begins_under_an_old_opening_shows_it(blog: History) -> None:
    rows = [found for found in blog.episodes.values() if not found[0]["opening"]]
    assert len(rows) == 1
    before = heading(rows[0][0], blog, Names(blog.names), ALL, in_order(rows[0]))
    assert before.startswith("(Before this, somebody else had begun with: Post 1")


def test_coders_see_no_name_no_source_and_no_address(tmp_path: Path, blog: History, channel: History) -> None:
    out, _ = _drawn(tmp_path, blog, channel)
    seen = _all_texts(out)
    for hidden in (*PEOPLE, "Ana Lopes", "Cleo", "Dan", "cc-labs", "irc", "https", "example.org", "2020"):
        assert not re.search(rf"(?<!\w){re.escape(hidden)}(?!\w)", seen, re.IGNORECASE), hidden
    assert "#1 A: " in seen


def test_coders_get_texts_a_guide_and_empty_sheets_and_nothing_else(
    tmp_path: Path, blog: History, channel: History
) -> None:
    out, keys = _drawn(tmp_path, blog, channel)
    names = {str(path.relative_to(out)).split("/")[0] for path in out.rglob("*") if path.is_file()}
    assert names == {"episodes", "windows", "guide.md", "sheet-episodes.csv", "sheet-windows.csv"}
    for name in ("episodes", "windows"):
        blank, key = _rows(out / f"sheet-{name}.csv"), _rows(keys / f"{name}.csv")
        assert [row["id"] for row in blank] == [row["id"] for row in key]
        assert {row["id"] for row in key} == {path.stem for path in (out / name).glob("*.txt")}
        assert not any(value for row in blank for column, value in row.items() if column != "id")


def test_keys_may_not_lie_where_coders_look(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="would see them"):
        write(tmp_path, tmp_path / "keys", [Piece("A: yes", {})], [])


def test_a_key_leads_back_to_its_conversation(tmp_path: Path, blog: History) -> None:
    out, keys = _drawn(tmp_path, blog)
    for row in _rows(keys / "episodes.csv"):
        found = blog.episodes[blog.episode_of(row["first"])]
        assert len(found) == int(row["contributions"]) >= int(row["shown"])
        assert (out / "episodes" / f"{row['id']}.txt").read_text().count("#1 ") == 1
    with pytest.raises(NoData, match="begins with post:404"):
        blog.episode_of("post:404")


def test_the_same_seed_draws_the_same_and_another_draws_another(tmp_path: Path, channel: History) -> None:
    first, keys = _drawn(tmp_path / "one", channel)
    again, _ = _drawn(tmp_path / "two", channel)
    assert _all_texts(first) == _all_texts(again)
    _, others = _drawn(tmp_path / "three", channel, seed=2)
    assert (keys / "windows.csv").read_text() != (others / "windows.csv").read_text()


def test_episodes_are_drawn_by_their_length(channel: History) -> None:
    found = episodes(channel, 5, seed=1)
    assert len(found) == 5
    assert all(one.length == length_class(len(channel.episodes[one.episode])) for one in found)
    assert {(one.drawn, one.there) for one in found} == {(5, 12)}


def test_classes_share_evenly_and_a_small_one_gives_all_it_has() -> None:
    assert even({"short": 100, "middle": 3, "long": 100}, 13) == {"short": 5, "middle": 3, "long": 5}
    assert even({"short": 2}, 5) == {"short": 2}
    assert [length_class(n) for n in (1, 5, 6, 700)] == [1, 3, 6, LENGTHS[-1]]


def test_meetings_are_bundled_in_a_row_and_weeks_do_not_overlap(channel: History, blog: History) -> None:
    bundles = meetings(channel, size=5)
    assert [len(bundle.episodes) for bundle in bundles] == [5, 5]
    assert bundles[0].ends < bundles[1].begins + 1
    # Twelve days are no twelve weeks, and two people are no five.
    assert twelve_weeks(channel) == []
    assert twelve_weeks(blog) == []


def test_chance_is_not_shared_with_others(tmp_path: Path, channel: History) -> None:
    random.seed(7)
    before = random.getstate()
    draw([channel], seed=1)
    assert random.getstate() == before
