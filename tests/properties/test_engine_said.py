"""The fold of talk is what its rule says, read aloud in plain Python, for every ledger."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.fold import said
from tests.engine.reference import said_by_hand
from tests.properties.ledgers import ledgers

COLUMNS = ("addressee", "basis", "confidence", "episode", "opening", "answers")


def by_sql(acts: list[Act], *, chat: bool = False) -> dict[int, dict[str, Any]]:
    rows = said(acts, chat=chat).to_pylist()
    assert len({row["act"] for row in rows}) == len(rows)
    return {row["act"]: {name: row[name] for name in COLUMNS} for row in rows}


@given(ledgers(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_contribution_is_placed_as_the_rule_reads(acts: list[Act], chat: bool) -> None:
    assert by_sql(acts, chat=chat) == said_by_hand(acts, chat=chat)


@given(ledgers(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_does_not_matter_to_what_was_said(acts: list[Act], random: Any) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)

    assert by_sql(shuffled) == by_sql(acts)


@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_people_may_be_numbers(acts: list[Act]) -> None:
    number = {
        who: place
        for place, who in enumerate(sorted({act.actor for act in acts} | {act.person or "" for act in acts}))
    }
    numbered = [
        replace(act, actor=number[act.actor], person=number[act.person] if act.person else None)
        for act in acts
    ]

    found = by_sql(numbered)

    for act, row in by_sql(acts).items():
        expected = number[row["addressee"]] if row["addressee"] else None
        assert found[act] == {**row, "addressee": expected}
