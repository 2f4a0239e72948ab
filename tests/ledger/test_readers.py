"""A reader follows the ledger from its cursor: in batches, once, and again from zero to the same tables."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from tertulia.ledger.cursor import Act, follow, position, rebuild
from tertulia.ledger.models import Cursor, Measure
from tests.ledger.conftest import Append

pytestmark = pytest.mark.django_db


class WordsOfThread:
    """Keeps a row a thread, as a reader with a table of its own would."""

    name = "words"

    def __init__(self, fails_at: int | None = None) -> None:
        self.fails_at = fails_at
        self.batches: list[list[int]] = []

    def fold(self, acts: Sequence[Act]) -> None:
        self.batches.append([act.act for act in acts])
        for act in acts:
            if act.act == self.fails_at:
                raise RuntimeError("the reader broke")
            row, _ = Measure.objects.get_or_create(
                act=act.thread or 0, defaults={"text_version": 0, "uptake": 0}
            )
            row.text_version += 1
            # Not the same in another order.
            row.uptake = 31 * (row.uptake or 0) % 1009 + act.words
            row.save()

    def clear(self) -> None:
        Measure.objects.all().delete()


def table() -> list[tuple[int, int, float | None]]:
    return list(Measure.objects.order_by("act").values_list("act", "text_version", "uptake"))


def test_a_reader_gets_every_act_once_in_order_and_in_batches(act: Append) -> None:
    numbers = [act("ana", words=n) for n in range(7)]
    reader = WordsOfThread()

    assert follow(reader, batch=3) == 7
    assert reader.batches == [numbers[:3], numbers[3:6], numbers[6:]]
    assert position("words") == numbers[-1]
    assert follow(reader, batch=3) == 0


def test_a_reader_gets_acts_of_every_audience_and_import(act: Append) -> None:
    numbers = [act("ana", audience="me"), act("bo", import_id=3), act("cleo", space=None, thread=2)]
    reader = WordsOfThread()

    follow(reader)

    assert reader.batches == [numbers]


def test_a_reader_goes_on_where_it_was(act: Append) -> None:
    act("ana")
    follow(WordsOfThread())
    later = act("bo")
    reader = WordsOfThread()

    follow(reader)

    assert reader.batches == [[later]]


def test_two_readers_have_a_cursor_each(act: Append) -> None:
    act("ana")
    follow(WordsOfThread())
    other = WordsOfThread()
    other.name = "other"

    assert follow(other) == 1


def test_a_fold_that_fails_leaves_nothing_of_its_batch_and_keeps_the_batches_before(act: Append) -> None:
    numbers = [act("ana", words=n) for n in range(6)]

    with pytest.raises(RuntimeError, match="the reader broke"):
        follow(WordsOfThread(fails_at=numbers[4]), batch=3)

    assert position("words") == numbers[2]
    assert table() == [(1, 3, (0 * 31 + 1) * 31 + 2)]


def test_rebuilding_from_zero_gives_equal_tables(act: Append) -> None:
    for n in range(9):
        act("ana", words=n, thread=n % 2)
        follow(WordsOfThread(), batch=2)
    before = table()

    assert rebuild(WordsOfThread(), batch=4) == 9
    assert table() == before


def test_rebuilding_an_empty_ledger_empties_the_tables() -> None:
    Measure.objects.create(act=1, text_version=1)

    assert rebuild(WordsOfThread()) == 0
    assert table() == []


def test_a_reader_with_nothing_to_do_writes_nothing(
    act: Append, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    act("ana")
    follow(WordsOfThread())
    before = Cursor.objects.get(reader="words").updated_at

    with django_assert_num_queries(2):
        follow(WordsOfThread())

    assert Cursor.objects.get(reader="words").updated_at == before


def test_a_cursor_says_when_it_moved(act: Append) -> None:
    act("ana")
    before = datetime.now(UTC)
    follow(WordsOfThread())

    assert Cursor.objects.get(reader="words").updated_at >= before


def test_an_unknown_reader_stands_before_the_first_act() -> None:
    assert position("nobody") == 0


@pytest.mark.django_db(transaction=True)
def test_following_inside_another_transaction_is_refused(act: Append) -> None:
    with transaction.atomic():
        act("ana")
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        follow(WordsOfThread())
    assert not connection.in_atomic_block


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        follow(WordsOfThread(), batch=0)
