"""The numbers that a correct import of a real dump gives."""

from pathlib import Path

import pytest

from tertulia.importers.detect import detect
from tertulia.importers.stream import Idea, Item, Link, Mark, Person, Reply, Version
from tests.importers.dumps import only, report, stream


@pytest.fixture(scope="module")
def dump(shared_data: Path) -> Path:
    return shared_data / "stackexchange" / "bicycles.meta"


@pytest.fixture(scope="module")
def items(dump: Path) -> list[Item]:
    return stream(dump)


def test_the_dump_is_recognised(dump: Path) -> None:
    assert detect(dump).name == "stackexchange"


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("people", 322),
        ("ideas", 453),
        ("answers", 971),
        ("comments", 2448),
        ("revisions_own", 382),
        ("revisions_others", 109),
        ("accepted", 157),
        ("links", 189),
    ],
)
def test_the_report_counts_what_the_dump_holds(items: list[Item], key: str, number: int) -> None:
    assert report(items).as_json()[key] == number


@pytest.mark.parametrize(
    ("reason", "number"),
    [
        ("edits by a bot", 601),
        ("edits that name nobody", 29),
        ("topic descriptions", 22),
        ("votes, which name nobody", 5417),
        ("notes that an edit had been suggested", 18),
        ("being heard by oneself: answers accepted by their own author (the mark is kept)", 7),
        ("authorship by a bot (the text is kept)", 3),
    ],
)
def test_the_report_counts_what_is_left_out(items: list[Item], reason: str, number: int) -> None:
    assert report(items).left_out[reason] == number


def test_368_of_553_leading_names_are_resolved(items: list[Item]) -> None:
    guessed = report(items).guessed

    assert guessed["addressees from a leading “@name”"] == 368
    assert guessed["leading “@name”s that match no earlier comment, taken as said to the post"] == 553 - 368
    assert sum(item.basis == "mentioned" for item in only(Reply, items)) == 368


def test_651_comments_are_by_the_author_of_the_post(items: list[Item]) -> None:
    authors = {item.source_id: item.author for item in items if isinstance(item, Idea | Reply)}
    under = {item.source_id: item.parent for item in only(Reply, items)}
    own = 0
    for item in only(Reply, items):
        post = item.parent
        while post.startswith("comment:"):
            post = under[post]
        registered = item.author is not None and item.author.startswith("user:")
        own += registered and item.kind == "comment" and authors[post] == item.author

    assert own == 651


def test_321_people_wrote_and_eleven_of_them_have_deleted_their_account(items: list[Item]) -> None:
    wrote = {item.author for item in items if isinstance(item, Idea | Reply)} - {None}
    deleted = [person for person in only(Person, items) if not person.claimable]

    assert len(wrote) == 321
    assert len(deleted) == 11


def test_everything_refers_to_what_came_before_it(items: list[Item]) -> None:
    people = {item.source_id for item in only(Person, items)}
    seen: set[str] = set()
    for item in items:
        match item:
            case Idea():
                assert item.author is None or item.author in people
            case Reply():
                assert {item.author, item.addressee} - {None} <= people
                assert {item.idea, item.parent} <= seen
                assert item.addressee != item.author or item.author is None
            case Version():
                assert item.by in people
                assert item.of in seen
            case Mark():
                assert item.by is None or item.by in people
                assert item.on in seen
            case Link():
                assert {item.from_idea, item.to_idea} - {None} <= seen
            case _:
                continue
        assert item.source_id not in seen
        seen.add(item.source_id)


def test_reading_twice_gives_the_same_stream(dump: Path, items: list[Item]) -> None:
    assert stream(dump) == items


def test_the_site_is_known_from_links_to_itself(items: list[Item]) -> None:
    first = next(item for item in only(Idea, items) if item.source_id == "post:1")

    assert first.url == "https://bicycles.meta.stackexchange.com/q/1"


def test_the_one_rollback_is_a_mark(items: list[Item]) -> None:
    assert [mark.on for mark in only(Mark, items) if mark.kind == "rolled_back"] == ["post:582"]


def test_every_inferred_move_is_a_question_and_says_that_it_was_inferred(items: list[Item]) -> None:
    assert {(item.move, item.move_inferred) for item in only(Reply, items)} == {
        (None, False),
        ("question", True),
    }
