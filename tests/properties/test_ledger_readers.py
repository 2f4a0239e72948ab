"""However the ledger is cut into batches, and wherever a reader breaks: the tables are those of one unbroken fold."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tertulia.ledger.append import append
from tertulia.ledger.cursor import Act, follow, rebuild
from tertulia.ledger.models import Measure

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Broke(Exception):
    pass


class Chain:
    """A table that shows every act skipped, folded twice or folded out of order; breaks at its nth act."""

    name = "chain"

    def __init__(self, breaks_at: int | None = None) -> None:
        self.left = breaks_at

    def fold(self, acts: Sequence[Act]) -> None:
        for act in acts:
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    raise Broke
            row, _ = Measure.objects.get_or_create(act=act.thread or 0, defaults={"text_version": 0})
            row.text_version = (row.text_version * 31 + act.words) % 1_000_003
            row.save()

    def clear(self) -> None:
        Measure.objects.all().delete()


def chained(acts: list[tuple[int, int]]) -> dict[int, int]:
    """The same by hand, from threads and words."""
    table: dict[int, int] = {}
    for thread, words in acts:
        table[thread] = (table.get(thread, 0) * 31 + words) % 1_000_003
    return table


def table() -> dict[int, int]:
    return dict(Measure.objects.values_list("act", "text_version"))


acts = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 1000)), max_size=12)
# One visit of the reader: how many acts were appended before it, its batch, and the act at which it breaks.
visits = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6), st.none() | st.integers(0, 5)), max_size=6)


class ReadersOfAnyLedger(TestCase):
    @given(acts=acts, visits=visits, batch=st.integers(1, 20))
    @settings(max_examples=60, deadline=None)
    def test_any_visits_and_any_breaks_end_in_the_tables_of_one_fold(
        self, acts: list[tuple[int, int]], visits: list[tuple[int, int, int | None]], batch: int
    ) -> None:
        waiting = iter(acts)
        for appended, size, breaks_at in visits:
            for (thread, words), _ in zip(waiting, range(appended), strict=False):
                append(verb="replied", actor="ana", space=1, thread=thread, words=words, happened_at=NOON)
            with suppress(Broke):
                follow(Chain(breaks_at), batch=size)
        folded: list[Any] = list(Act.objects.order_by("act").values_list("thread", "words"))

        follow(Chain(), batch=batch)
        followed = table()
        rebuild(Chain(), batch=batch)

        assert followed == chained(folded)
        assert table() == followed
