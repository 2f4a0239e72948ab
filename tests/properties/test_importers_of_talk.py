"""Whatever is in a blog's export or in a channel's log: a stream, or a sentence."""

import contextlib
import lzma
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.importers.detect import silently
from tertulia.importers.errors import ImporterError
from tertulia.importers.irc import read as irc
from tertulia.importers.stream import Item, Progress, Reply, Report
from tertulia.importers.wordpress import read as wordpress
from tests.importers.blogs import comment, export, post

Read = Callable[[Path, Progress], Iterator[Item]]
HEADER = export()[: export().index("<title>")].encode()
TEXT = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=20
)
NUMBER = st.integers(-1, 4)
COMMENT = st.fixed_dictionaries(
    {"number": NUMBER},
    optional={
        "by": TEXT,
        "mail": TEXT | st.just("cleo@example.org"),
        "day": st.integers(0, 33),
        "parent": NUMBER,
        "user_id": NUMBER,
        "content": TEXT,
        "author_url": TEXT | st.sampled_from(["https://blog.example.org/?p=1", "http://[::1", "//x:99999/"]),
        "approved": st.sampled_from(["1", "0", "spam", ""]),
        "type": st.sampled_from(["", "comment", "pingback", "trackback", "order_note"]),
        "date_gmt": TEXT | st.just("0000-00-00 00:00:00"),
    },
)
NICKS = st.sampled_from(
    ["ana", "ana_", "Bo", "TableBot", "cleo1", "cleo", "dan|away", "ChanServ", "<", "x y"]
)
CALLS = st.builds(lambda nick, text: f"{nick}: {text}", NICKS, TEXT)
RELAYS = st.builds(lambda nick, text: f"<{nick}> {text}", NICKS, TEXT)
LINE = st.builds(
    lambda hour, minute, nick, text: f"2020-01-01T{hour:02}:{minute:02} <{nick}> {text}",
    st.integers(0, 23),
    st.integers(0, 59),
    NICKS,
    TEXT | CALLS | RELAYS,
)


def read_or_refuse(read: Read, content: bytes, name: str) -> list[Item]:
    """The stream, or nothing where it is refused with a sentence; any other exception fails the test."""
    items: list[Item] = []
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(ImporterError):
        path = Path(folder) / name
        path.write_bytes(content)
        items = list(read(path, silently))
    return items


def is_whole(items: list[Item]) -> bool:
    return not items or isinstance(items[-1], Report)


def assert_in_order(items: list[Item]) -> None:
    seen: set[str | None] = {None}
    for item in items[:-1]:
        if isinstance(item, Reply):
            assert {item.idea, item.parent, item.author, item.addressee} <= seen
            assert item.author != item.addressee
        assert item.source_id not in seen  # type: ignore[union-attr]
        seen.add(item.source_id)  # type: ignore[union-attr]


@given(content=st.binary(max_size=400))
@settings(deadline=None)
@pytest.mark.parametrize(
    ("read", "start", "name"),
    [
        (wordpress.read, HEADER, "blog.xml"),
        (irc.read, b"2020-01-01T10:00 <ana> hello\n", "a.log"),
        (irc.read, b"", "2020-01-01.log"),
        (irc.read, b"\xfd7zXZ\x00", "a.log.xz"),
    ],
)
def test_any_bytes_give_a_stream_or_a_sentence(read: Read, start: bytes, name: str, content: bytes) -> None:
    assert is_whole(read_or_refuse(read, start + content, name))


@given(comments=st.lists(COMMENT, max_size=6), posts=st.lists(NUMBER, min_size=1, max_size=3), date=TEXT)
@settings(deadline=None)
def test_any_blog_gives_parents_first_and_the_same_again(
    comments: list[dict[str, object]], posts: list[int], date: str
) -> None:
    written = [comment(**one) for one in comments]  # type: ignore[arg-type]
    whole = export(
        *(post(number, *written[i::3], post_date_gmt=date) for i, number in enumerate(posts))
    ).encode()

    items = read_or_refuse(wordpress.read, whole, "blog.xml")
    assert items
    assert_in_order(items)
    assert read_or_refuse(wordpress.read, whole, "blog.xml") == items


@given(lines=st.lists(LINE, min_size=1, max_size=25))
@settings(deadline=None)
def test_any_log_gives_parents_first_and_each_message_once(lines: list[str]) -> None:
    content = "".join(f"{line}\n" for line in ["2020-01-01T00:00 <ana> hello", *lines]).encode()

    items = read_or_refuse(irc.read, content, "a.log")
    assert_in_order(items)
    if items:
        report = items[-1]
        assert isinstance(report, Report)
        assert report.counted["messages"] == report.ideas + report.comments


@given(cut=st.integers(0, 200), place=st.integers(0, 200), junk=st.binary(min_size=1, max_size=8))
@settings(deadline=None)
def test_any_damage_to_an_xz_gives_a_stream_or_a_sentence(cut: int, place: int, junk: bytes) -> None:
    packed = lzma.compress(b"2020-01-01T10:00 <ana> hello\n" * 40)
    damaged = (packed[:place] + junk + packed[place + len(junk) :])[: len(packed) - cut % 9]

    assert is_whole(read_or_refuse(irc.read, damaged, "a.log.xz"))
