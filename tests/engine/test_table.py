from dataclasses import replace
from typing import Any

import pytest

from tertulia.engine.acts import Act, BadActs
from tertulia.engine.table import table_of

GOOD = Act(act=7, t=1, actor="Ana", verb="posted", space=1, thread=1, words=3)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "7"),
        ("t", 1.5),
        ("actor", ""),
        ("person", 3),
        ("verb", "shouted"),
        ("move", "rant"),
        ("space", None),
        ("thread", None),
        ("thread", 1.5),
        ("parent", "x"),
        ("ref", True),
        ("words", -1),
        ("basis", "felt"),
        ("confidence", 1.1),
        ("confidence", None),
        ("uptake", -0.1),
        ("uptake", float("inf")),
        ("rk_t", 0.6),
        ("rk_o", float("nan")),
        ("text_version", 1.0),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column(column: str, value: Any) -> None:
    bad = replace(GOOD, **{column: value})

    with pytest.raises(BadActs, match=f"Row 1 .*column {column}:") as refused:
        table_of([replace(GOOD, act=6), bad])

    assert (refused.value.row, refused.value.column) == (1, column)


def test_an_act_that_stands_twice_is_refused() -> None:
    with pytest.raises(BadActs, match=r"Row 1 .*column act: stands twice"):
        table_of([GOOD, GOOD])


def test_a_mark_outside_any_thread_is_allowed() -> None:
    assert len(table_of([Act(act=1, t=0, actor="Ana", verb="joined")])) == 1
