"""A history of any size is recalled, told of and taken back: no query holds a value for each of its rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tertulia.history.actions import bring_history, undo
from tertulia.history.models import SourceId
from tertulia.history.queries import import_numbered, would_go_with
from tertulia.ideas.actions.book import Book, recall
from tertulia.ideas.models import Idea, Reply
from tertulia.importers.detect import silently
from tests.community import site_keeper
from tests.importers.dumps import comment, edit, question, write_dump

pytestmark = pytest.mark.django_db

# Django itself gives SQLite up to 999 values at once.
MOST_VALUES, IDEAS = 1_000, 1_010


@contextmanager
def few_values() -> Iterator[None]:
    limit = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
    usual = connection.connection.setlimit(limit, MOST_VALUES)
    yield
    connection.connection.setlimit(limit, usual)


def bring(path: Path) -> int:
    return bring_history(by=site_keeper(), path=path, space_name="Kitchens", progress=silently).import_id


def test_a_newer_export_with_a_word_on_every_idea_is_taken_back(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("sqlite: how many values PostgreSQL takes cannot be set")
    posts = [question(number) for number in range(1, IDEAS + 1)]
    comments = [comment(number, to=number) for number in range(1, IDEAS + 1)]
    again = [comment(IDEAS + number, to=number, day=4) for number in range(1, IDEAS + 1)]
    edits = [edit(number, 5, "Why not?", post=number) for number in range(1, IDEAS + 1)]
    bring(write_dump(tmp_path / "old", posts=posts, comments=comments))
    second = bring(write_dump(tmp_path / "new", posts=posts, comments=[*comments, *again], posthistory=edits))

    known = SourceId.objects.filter(kind__in=["idea", "reply"]).values_list("kind", "source_id", "row")
    book = Book(space=1, import_id=3, audience="space")
    with few_values():
        recall(book, [(kind, source_id, row or 0) for kind, source_id, row in known])
        assert not would_go_with(import_numbered(second)).anything()
        undo(by=site_keeper(), import_id=second)

    assert len(book.places) == 3 * IDEAS

    assert Reply.objects.count() == IDEAS
    assert Idea.objects.filter(text="Why?", replies_shown=1).count() == IDEAS
