"""What a frame lets through, held against the rule said act by act for any ledger."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.engine.table import table_of
from tertulia.ledger.append import NewAct, append_many
from tertulia.ledger.frame import acts_of_space
from tertulia.ledger.models import AUDIENCES

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SPACES = count(1)
PEOPLE = st.sampled_from(["ana", "bo", "cleo"])

rows = st.lists(
    st.fixed_dictionaries(
        {
            "verb": st.sampled_from(
                [
                    "replied",
                    "replied",
                    "withdrew",
                    "import_closed",
                    "import_undone",
                    "contested",
                    "contest_answered",
                ]
            ),
            "actor": PEOPLE,
            "person": st.none() | PEOPLE,
            "audience": st.sampled_from([*AUDIENCES, "space", "space"]),
            "import_id": st.none() | st.integers(1, 2),
            # Which earlier row it names, counted back.
            "back": st.integers(1, 4),
        }
    ),
    max_size=14,
)


def seen(drawn: list[dict[str, Any]], i: int) -> bool:
    """Whether row i is in no hidden import: some closing of it has no undoing after it."""
    one = drawn[i]["import_id"]
    if one is None:
        return True
    closed = [n for n, row in enumerate(drawn) if row["verb"] == "import_closed" and row["import_id"] == one]
    undone = [n for n, row in enumerate(drawn) if row["verb"] == "import_undone" and row["import_id"] == one]
    return any(not any(later > c for later in undone) for c in closed)


def named(drawn: list[dict[str, Any]], i: int) -> int:
    return i - int(drawn[i]["back"])


def takes_back(drawn: list[dict[str, Any]], i: int, j: int) -> bool:
    """Whether row i takes back row j."""
    return (
        drawn[i]["verb"] == "withdrew"
        and named(drawn, i) == j >= 0
        and drawn[i]["actor"] == drawn[j]["actor"]
        and seen(drawn, i)
        and seen(drawn, j)
    )


def stands(drawn: list[dict[str, Any]], i: int) -> bool:
    others = range(len(drawn))
    return seen(drawn, i) and not any(takes_back(drawn, i, j) or takes_back(drawn, j, i) for j in others)


def people_of(row: dict[str, Any]) -> set[str]:
    return {row["actor"], row["person"]} - {None}


def contests(drawn: list[dict[str, Any]], j: int, i: int) -> bool:
    """Whether row j contests row i, by one of its two people."""
    row = drawn[j]
    return (
        row["verb"] == "contested"
        and named(drawn, j) == i
        and stands(drawn, j)
        and row["actor"] in people_of(drawn[i])
    )


def is_agreed(drawn: list[dict[str, Any]], i: int) -> bool:
    """Whether somebody contests row i, and the other of its people later agrees."""
    return any(
        contests(drawn, j, i)
        and answer["verb"] == "contest_answered"
        and stands(drawn, k)
        and named(drawn, k) in (i, j)
        and answer["actor"] in people_of(drawn[i]) - {drawn[j]["actor"]}
        for j in range(len(drawn))
        for k, answer in enumerate(drawn)
        if k > j
    )


@pytest.mark.django_db
@given(drawn=rows)
@settings(max_examples=150, deadline=None)
def test_a_frame_follows_the_rule_for_any_ledger(drawn: list[dict[str, Any]]) -> None:
    for row in drawn:
        if row["verb"].startswith("import_"):
            row["import_id"] = row["import_id"] or 1
    space = next(SPACES)
    numbers: list[int] = []
    with transaction.atomic():
        for i, row in enumerate(drawn):
            columns = {name: row[name] for name in row if name != "back"}
            columns["move"] = "agrees" if row["verb"] == "contest_answered" else None
            # Before the first row there is nothing, and an act that is nowhere is named.
            ref = numbers[named(drawn, i)] if named(drawn, i) >= 0 else 10**9
            numbers += append_many([NewAct(**columns, ref=ref, space=space, thread=1, happened_at=NOON)])

    frame = acts_of_space(space)
    assert len(table_of(frame)) == len(frame)

    expected = [
        (numbers[i], is_agreed(drawn, i))
        for i, row in enumerate(drawn)
        if row["audience"] in ("space", "everyone") and stands(drawn, i)
    ]
    assert [(one.act, one.contested) for one in frame] == expected
