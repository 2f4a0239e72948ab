"""What is between two people, from one side."""

import json

import pytest

from tertulia.engine.pair import PairReading, read_pair
from tertulia.engine.params import DAY_US
from tests.engine.tables import Table


def read(table: Table, a: str = "Ana", b: str = "Bo", *, at: float = 40) -> PairReading:
    return read_pair(table.acts, a=a, b=b, at=int(at * DAY_US))


def test_it_says_how_it_began_and_what_went_both_ways() -> None:
    table = Table()
    idea = table.opens("Ana")
    reply = table.day(1).replies("Bo", idea)
    credit = table.day(2).does("Ana", "credited", reply)
    table.day(3).replies("Cleo", idea)

    reading = read(table)

    assert reading.began is not None
    assert (reading.began.act, reading.began.actor) == (reply, "Bo")
    assert [(act.act, act.closes) for act in reading.acts] == [(reply, ()), (credit, ("moved_me",))]
    assert (reading.state, reading.last_on) == ("new", "1970-01-03")


def test_the_other_side_is_another() -> None:
    table = Table()
    reply = table.replies("Bo", table.opens("Ana"))
    table.does("Ana", "credited", reply)

    assert [act.closes for act in read(table, "Bo", "Ana").acts] == [(), ("acted",)]


def test_what_is_open_names_whose_turn_it_is() -> None:
    table = Table()
    idea = table.opens("Ana")
    question = table.replies("Bo", idea, move="question")
    reply = table.replies("Bo", idea)
    promise = table.does("Ana", "promised", reply)
    told = table.replies("Ana", reply, move="say_back")

    waiting = {(matter.kind, matter.act): matter.turn for matter in read(table).open}

    assert waiting == {("asked", question): "Ana", ("promised", promise): "Ana", ("said_back", told): "Bo"}


def test_what_was_answered_told_and_confirmed_is_not_open() -> None:
    table = Table()
    idea = table.opens("Ana")
    question = table.replies("Bo", idea, move="question")
    table.replies("Ana", question)
    reply = table.replies("Bo", idea)
    table.does("Ana", "promised", reply)
    tried = table.does("Ana", "tried", reply)
    table.does("Bo", "heard", tried)
    told = table.replies("Ana", reply, move="say_back")
    table.does("Bo", "not_quite", told)

    assert read(table).open == ()


def test_nothing_is_read_of_somebody_who_does_not_want_to_be_noted() -> None:
    table = Table()
    reply = table.replies("Bo", table.opens("Ana"))
    table.does("Ana", "credited", reply)
    table.day(60).add("Bo", "measuring_off")

    reading = read(table)

    assert (reading.acts, reading.state, reading.open) == ((), None, ())


def test_a_page_can_take_it_as_it_is() -> None:
    table = Table()
    reply = table.replies("Bo", table.opens("Ana"))
    table.does("Ana", "credited", reply)

    shown = read(table).to_dict()

    assert json.loads(json.dumps(shown))["acts"][1]["closes"] == ["moved_me"]
    assert not {"r", "s", "belief"} & set(shown)


def test_nobody_is_a_pair_with_themselves() -> None:
    with pytest.raises(ValueError, match="two people"):
        read_pair([], a="Ana", b="Ana")
