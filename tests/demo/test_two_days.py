"""The demo on two days: the same community, so that "3 days ago" stays true on any of them."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import transaction

from tertulia.demo.load import load_demo
from tertulia.ledger.models import Act

TODAY = date(2026, 11, 23)


def ledger(days: int) -> list[tuple[object, ...]]:
    """The acts with names for keys, which are drawn by lot, and as if all had been some days earlier."""
    people = {person.key: person.name for person in apps.get_model("people", "Person").objects.all()}
    first = Act.objects.order_by("act").first()
    shift = {name: _first_number(name) for name in ("space", "thread")}
    assert first is not None
    return [
        (
            row.happened_at - timedelta(days=days), row.verb, row.move, people[row.actor], people.get(row.person or ""),
            row.space and row.space - shift["space"], row.thread and row.thread - shift["thread"],
            row.parent and row.parent - first.act, row.ref and row.ref - first.act, row.audience, row.words,
        )
        for row in Act.objects.order_by("act")
    ]  # fmt: skip


def _first_number(column: str) -> int:
    first = Act.objects.exclude(**{column: None}).order_by(column).values_list(column, flat=True).first()
    return int(first or 0)


@pytest.mark.django_db
def test_a_demo_loaded_on_another_day_is_the_same_but_for_the_days() -> None:
    ledgers = []
    for shift in (0, 137):
        with transaction.atomic():
            load_demo(today=TODAY + timedelta(days=shift))
            ledgers.append(ledger(shift))
            transaction.set_rollback(True)

    assert len(ledgers[0]) > 1000
    assert ledgers[0] == ledgers[1]
