"""Why an exchange stands among what speaks against the word for a place."""

from dataclasses import replace
from typing import Any, cast

import pytest

from tertulia.readings.queries.evidence import Deed, Told
from tertulia.web.reading_lines import why_against

DOUBT = cast("Deed", type("D", (), {"verb": "said", "starter": "challenge"})())
CHANGE = cast("Deed", type("D", (), {"verb": "credited", "starter": ""})())


def told(*, both_ways: bool, closed: bool = False, deeds: tuple[Deed, ...] = (DOUBT,)) -> Told:
    idea = cast("Any", None)
    return Told(1, idea, people=(), mine=False, both_ways=both_ways, closed=closed, deeds=deeds)


def test_an_exchange_that_came_to_something_went_further_than_the_word() -> None:
    went_well = told(both_ways=True, deeds=(DOUBT, CHANGE))

    for state in ("both_ways_untold", "conversing", "broadcasting", "cohabiting_parallel"):
        assert "went further" in why_against(went_well, state)


def test_an_exchange_that_speaks_against_collaborating_says_what_it_lacks() -> None:
    one_sided = told(both_ways=True, deeds=(DOUBT, CHANGE))

    assert why_against(one_sided, "collaborating") == "Something came of it, on one side."
    assert why_against(told(both_ways=True), "collaborating") == "Nothing came of it yet."
    assert why_against(replace(one_sided, closed=True), "collaborating") == ""


@pytest.mark.parametrize(("state", "why"), [("broadcasting", "It went both ways."), ("conversing", "")])
def test_an_exchange_both_ways_says_so_only_where_the_word_does_not(state: str, why: str) -> None:
    assert why_against(told(both_ways=True), state) == why


def test_one_that_went_one_way_says_that_already() -> None:
    assert why_against(replace(told(both_ways=True), both_ways=False), "both_ways_untold") == ""
