"""What is said of a space, and what is not, with the traps that a reading must not fall into."""

from dataclasses import replace
from typing import Any

import pytest

from tertulia.engine.acts import Visibility
from tertulia.engine.reading import State
from tests.engine.tables import CROWD, PEOPLE, Table, monologue, round_table, seed_page

RANKED: dict[str, Any] = {"rk_t": 0.3, "rk_o": 0.3, "text_version": 1}
CHANCE: dict[str, Any] = {"rk_t": 0.0, "rk_o": 0.0, "text_version": 1}


def silence(**columns: int) -> Table:
    table = Table()
    for n in range(24):
        table.day(n).opens(PEOPLE[n % 8], **columns)
    return table.day(40)


def ring_in_a_crowd(ring: int = 5, crowd: int = 25) -> Table:
    """A few who always answer one another; everybody else writes to them twice and gets nothing back."""
    table = Table()
    for n in range(20):
        idea = table.day(n).opens(PEOPLE[n % ring])
        reply = table.replies(PEOPLE[(n + 1) % ring], idea)
        table.replies(PEOPLE[n % ring], reply)
        for step in range(3):
            table.replies(f"guest {(3 * n + step) % crowd}", idea)
    return table.day(40)


def closing_table() -> Table:
    """A round table where every thread's author credits a reply and its writer is moved as well."""
    table = Table()
    for n in range(16):
        one, other = PEOPLE[n % 8], PEOPLE[(n + 1) % 8]
        idea = table.day(n).opens(one)
        reply = table.replies(other, idea, **RANKED)
        answer = table.replies(one, reply, **RANKED)
        table.does(one, "credited", reply)
        table.does(other, "moved", answer)
    return table.day(40)


def test_the_seed_page_is_too_early_and_leans_to_broadcasting() -> None:
    reading = seed_page().read(at=20)

    assert (reading.people, reading.contributions, reading.meetings, reading.returned) == (5, 6, 4, 1)
    assert (reading.state, reading.leaning) == (State.TOO_EARLY, State.BROADCASTING)
    assert reading.probability == pytest.approx(0.62, abs=0.005)


def test_the_seed_page_is_never_collaborating_whatever_the_text_stage_says() -> None:
    table = seed_page()
    told = Table()
    for act in table.acts:
        ranks = {"rk_t": 0.5, "rk_o": 0.5} if act.verb == "replied" else {}
        told.acts.append(type(act)(**{name: getattr(act, name) for name in act.__slots__} | ranks))

    reading = told.read(at=20)

    assert reading.missing == ()
    assert (reading.state, reading.leaning) == (State.TOO_EARLY, State.BROADCASTING)
    assert reading.probabilities["collaborating"] < 0.05


def test_a_page_that_answers_nobody_broadcasts() -> None:
    assert monologue().read(at=40).state is State.BROADCASTING


def test_without_the_text_stage_both_ways_is_all_that_can_be_said_of_a_round_table() -> None:
    reading = round_table().read(at=40)

    assert reading.state is State.BOTH_WAYS_UNTOLD
    assert reading.missing == ("uptake_against_other_threads", "uptake_against_other_order")
    assert "conversing" not in reading.probabilities


def test_with_one_null_alone_a_round_table_stays_untold() -> None:
    reading = round_table(rk_t=0.4, text_version=1).read(at=40)

    assert reading.state is State.BOTH_WAYS_UNTOLD
    assert reading.missing == ("uptake_against_other_order",)


def test_a_round_table_that_takes_words_up_converses() -> None:
    assert round_table(**RANKED).read(at=40).state is State.CONVERSING


def test_a_round_table_that_takes_nothing_up_makes_small_talk() -> None:
    reading = round_table(threads=80, people=40, **CHANCE).read(at=99)

    assert reading.state is State.COHABITING_SMALL_TALK


def test_taking_up_the_topic_without_what_was_just_said_is_not_conversing() -> None:
    reading = round_table(threads=80, people=40, rk_t=0.5, rk_o=0.0, text_version=1).read(at=99)

    assert reading.state is State.COHABITING_SMALL_TALK


def test_a_round_table_where_things_come_of_it_on_both_sides_collaborates() -> None:
    assert closing_table().read(at=60).state is State.COLLABORATING


def test_a_source_that_cannot_carry_outcomes_is_never_said_to_collaborate() -> None:
    reading = closing_table().read(at=60, visibility=Visibility(outcome=False))

    assert (reading.state, reading.ceiling) == (State.CONVERSING, State.CONVERSING)
    assert reading.probabilities["collaborating"] == 0


def test_silence_is_cohabiting_in_silence_once_a_text_stage_has_been_there() -> None:
    assert silence(text_version=1).read(at=60).state is State.COHABITING_SILENT


def test_silence_needs_no_text_stage_to_be_silence() -> None:
    reading = silence().read(at=60)

    assert reading.state is State.COHABITING_SILENT
    assert reading.probabilities["both_ways_untold"] == 0


def test_with_one_null_alone_what_is_not_taken_up_is_small_talk_whatever_the_other_would_say() -> None:
    reading = round_table(threads=80, people=40, rk_t=0.0, text_version=1).read(at=99)

    assert reading.state is State.COHABITING_SMALL_TALK
    assert reading.missing == ("uptake_against_other_order",)


def test_with_one_null_alone_posts_that_nobody_takes_up_are_parallel() -> None:
    table = Table()
    for n in range(240):
        idea = table.day(n / 6).opens(CROWD[n % 40])
        table.replies(CROWD[(n + 1) % 40], idea, rk_t=0.0, text_version=1)

    assert table.read(at=60).state is State.COHABITING_PARALLEL


def test_a_ring_among_people_whom_nobody_answers_rests_on_few() -> None:
    table = Table()
    ring = [f"ring {n}" for n in range(5)]
    for guest in CROWD:
        table.opens(guest)
    for n in range(40):
        idea = table.day(24 + n / 10).opens(ring[n % 5], text_version=1)
        reply = table.replies(ring[(n + 1) % 5], idea, rk_t=0.5, rk_o=0.5, text_version=1)
        table.replies(ring[n % 5], reply, rk_t=0.5, rk_o=0.5, text_version=1)

    assert table.read(at=60).state is State.RESTS_ON_FEW


def test_five_who_listen_do_not_make_a_place_of_small_talk_converse() -> None:
    table = round_table(threads=80, people=40, rk_t=0.0, rk_o=0.0, text_version=1)
    listeners = set(CROWD[:5])
    acts = [replace(act, rk_t=0.5, rk_o=0.5) if act.actor in listeners else act for act in table.acts]
    reading = Table(acts=acts).read(at=99)

    taken_up = reading.feature("uptake_t")
    assert taken_up is not None
    assert taken_up.mean is not None
    assert taken_up.mean > 0.53
    assert reading.state is not State.CONVERSING
    assert reading.probabilities["conversing"] + reading.probabilities["collaborating"] < 0.1


def test_one_loud_person_in_a_silent_room_broadcasts() -> None:
    table = silence()
    for n in range(100):
        table.day(24 + n / 10).opens("Ana")

    assert table.read(at=60).state is State.BROADCASTING


def test_one_loud_guest_does_not_turn_a_broadcast_into_an_exchange() -> None:
    table = monologue()
    before = table.read(at=40)
    idea = table.acts[0].act
    for _ in range(300):
        table.replies("Bo", idea)

    after = table.read(at=40)

    assert after.contributions == before.contributions + 300
    assert after.state is before.state is State.BROADCASTING


def test_a_loud_pair_does_not_make_the_place_talk_both_ways() -> None:
    table = monologue()
    idea = table.opens("Gil")
    for _ in range(300):
        table.replies("Gil", table.replies("Hana", idea))

    assert table.read(at=40).probabilities["both_ways_untold"] < 0.05


def test_a_ring_in_a_crowd_does_not_make_the_place_talk_both_ways() -> None:
    reading = ring_in_a_crowd().read(at=60)

    assert reading.state is not State.BOTH_WAYS_UNTOLD
    assert reading.probabilities["both_ways_untold"] < 0.05


def test_a_few_who_lift_the_mean_are_told_from_the_many() -> None:
    reading = ring_in_a_crowd(ring=5, crowd=7).read(at=60)

    assert reading.probabilities["rests_on_few"] > reading.probabilities["both_ways_untold"]


def test_nineteen_contributions_are_too_early_and_twenty_may_not_be() -> None:
    table = round_table(threads=4)
    acts = table.acts[:19]
    nineteen, twenty = Table(acts=list(acts)), Table(acts=table.acts[:20])

    assert nineteen.read(at=60).state is State.TOO_EARLY
    assert twenty.read(at=60).state is State.BOTH_WAYS_UNTOLD


def test_a_group_under_five_gets_its_meetings_and_no_state() -> None:
    table = round_table(threads=12, people=4)

    reading = table.read(at=60)

    assert (reading.state, reading.leaning, reading.probability) == (State.TOO_EARLY, None, None)
    assert reading.under_five
    assert (reading.probabilities, reading.features) == ({}, ())
    assert len(reading.group) == reading.meetings == 24


def test_a_window_without_talk_is_empty() -> None:
    assert round_table().read(at=400, window="12w").state is State.EMPTY


def test_the_windows_are_twelve_weeks_a_year_and_the_whole_life() -> None:
    table = Table()
    for day in (0, 300, 400 - 84, 400 - 83):
        table.day(day).opens("Ana")

    found = [table.read(at=400, window=window).contributions for window in ("12w", "1y", "all")]

    assert found == [1, 3, 4]
