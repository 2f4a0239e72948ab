"""Whatever is in the files: items, or a BadFile."""

import contextlib
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.importers.detect import detect, silently
from tertulia.importers.errors import BadFile, ImporterError
from tertulia.importers.markdown import from_html, from_markdown, from_one_paragraph
from tertulia.importers.stream import Idea, Reply, Report
from tests.importers.dumps import HEADER, NAMES, Rows, only, stream, write_dump

WORDS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=30
)
MARKUP = st.lists(
    st.sampled_from([*list("<>/![]()`#*-_ \n\t&;\"'="), "p", "code", "pre", "a href"]) | WORDS
).map("".join)
SMALL = st.integers(-1, 5)
ROW_OF_POST = st.fixed_dictionaries(
    {
        "Id": SMALL,
        "PostTypeId": st.integers(1, 5),
        "CreationDate": st.dates().map(lambda day: f"{day}T00:00:00"),
    },
    optional={
        "ParentId": SMALL,
        "OwnerUserId": SMALL,
        "OwnerDisplayName": WORDS,
        "Body": WORDS,
        "AcceptedAnswerId": SMALL,
    },
)
ROW_OF_COMMENT = st.fixed_dictionaries(
    {"Id": SMALL, "PostId": SMALL, "CreationDate": st.dates().map(lambda day: f"{day}T00:00:00")},
    optional={"UserId": SMALL, "UserDisplayName": WORDS, "Text": WORDS | WORDS.map(lambda name: f"@{name}")},
)
ROW_OF_HISTORY = st.fixed_dictionaries(
    {
        "Id": st.integers(1, 99),
        "PostId": SMALL,
        "PostHistoryTypeId": st.integers(1, 10),
        "RevisionGUID": st.sampled_from("abc"),
        "CreationDate": st.dates().map(lambda day: f"{day}T00:00:00"),
    },
    optional={"UserId": SMALL, "Text": WORDS},
)


def assert_items_or_bad_file(root: str, content: bytes) -> None:
    """Any other exception than BadFile fails the test."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(BadFile):
        dump = write_dump(Path(folder) / "dump")
        (dump / NAMES[root]).write_bytes(content)
        assert isinstance(stream(dump)[-1], Report)


@given(root=st.sampled_from(sorted(NAMES)), rest=st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_after_a_valid_header_give_items_or_a_bad_file(root: str, rest: bytes) -> None:
    assert_items_or_bad_file(root, f"{HEADER}<{root}>\n".encode() + rest)


@given(
    root=st.sampled_from(sorted(NAMES)),
    row=st.dictionaries(
        st.sampled_from(
            ["Id", "PostId", "PostTypeId", "CreationDate", "VoteTypeId", "RelatedPostId", "Text"]
        ),
        st.text("0123456789-:T+.Z x", max_size=25).map(lambda value: value.replace('"', "")),
    ),
)
@settings(deadline=None)
def test_any_attributes_give_items_or_a_bad_file(root: str, row: dict[str, str]) -> None:
    attributes = " ".join(f'{key}="{value}"' for key, value in row.items())
    assert_items_or_bad_file(root, f"{HEADER}<{root}>\n<row {attributes} />\n</{root}>".encode())


@given(
    posts=st.lists(ROW_OF_POST, max_size=8),
    comments=st.lists(ROW_OF_COMMENT, max_size=8),
    posthistory=st.lists(ROW_OF_HISTORY, max_size=8),
)
@settings(deadline=None)
def test_parents_come_first_and_two_runs_give_the_same(
    posts: Rows, comments: Rows, posthistory: Rows
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dump = write_dump(Path(folder) / "dump", posts=posts, comments=comments, posthistory=posthistory)
        items = stream(dump)
        assert stream(dump) == items
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Reply):
            assert {item.idea, item.parent} <= seen
            assert item.author is None or item.author != item.addressee
        if not isinstance(item, Report):
            assert item.source_id not in seen
            seen.add(item.source_id)
    assert items[-1].ideas == len(only(Idea, items))  # type: ignore[union-attr]


@given(cut=st.integers(4, 2000), place=st.integers(4, 2000), junk=st.binary(min_size=1, max_size=20))
@settings(deadline=None)
def test_any_damage_to_a_zip_gives_items_or_a_refusal(cut: int, place: int, junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(ImporterError):
        dump = write_dump(Path(folder) / "dump")
        whole = Path(folder) / "dump.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(dump.iterdir()):
                archive.write(file, file.name)
        content = whole.read_bytes()
        whole.write_bytes((content[:place] + junk + content[place + len(junk) :])[: len(content) - cut % 7])
        assert isinstance(list(detect(whole).read(whole, silently))[-1], Report)


@given(text=MARKUP)
def test_any_markup_becomes_text(text: str) -> None:
    for convert in (from_html, from_markdown, from_one_paragraph):
        assert "\r" not in convert(text)
