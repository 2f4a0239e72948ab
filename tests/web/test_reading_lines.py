"""Why an exchange stands among what speaks against the word for a place."""

from dataclasses import replace
from typing import Any, cast

import pytest

from tertulia.readings.queries.evidence import Deed, Told
from tertulia.web.reading_lines import why_against

DOUBT = cast("Deed", type("D", (), {"verb": "said", "starter": "challenge"})())
CHANGE = cast("Deed", type("D", (), {"verb": "credited", "starter": ""})())


def told(*, both_ways: bool, deeds: tuple[Deed, ...] = (DOUBT,)) -> Told:
    return Told(number=1, idea=cast("Any", None), people=(), mine=False, both_ways=both_ways, deeds=deeds)


def test_an_exchange_that_came_to_something_went_further_than_the_word() -> None:
    went_well = told(both_ways=True, deeds=(DOUBT, CHANGE))

    for state in ("both_ways_untold", "conversing", "broadcasting", "cohabiting_parallel"):
        assert "went further" in why_against(went_well, state)
    assert why_against(went_well, "collaborating") == ""


@pytest.mark.parametrize(("state", "why"), [("broadcasting", "It went both ways."), ("conversing", "")])
def test_an_exchange_both_ways_says_so_only_where_the_word_does_not(state: str, why: str) -> None:
    assert why_against(told(both_ways=True), state) == why


def test_one_that_went_one_way_says_that_already() -> None:
    assert why_against(replace(told(both_ways=True), both_ways=False), "both_ways_untold") == ""
