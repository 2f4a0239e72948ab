"""Whom to wake, whom to meet, where to look further."""

import json

from tertulia.engine.network import PersonReading, read_person
from tertulia.engine.params import DAY_US
from tests.engine.tables import Table


def honoured(table: Table, one: str, other: str, *, weeks: int = 4, start: int = 0) -> int:
    """`one` credits `other`, and confirms what they said back, week after week; the last credit's number."""
    credit = 0
    for week in range(weeks):
        table.day(start + 7 * week)
        idea = table.opens(one)
        reply = table.replies(other, idea, person=one)
        credit = table.does(one, "credited", reply, person=other)
        told = table.replies(other, idea, move="say_back", person=one)
        table.does(one, "heard", told, person=other)
    return credit


def read(table: Table, person: str, *, at: float, **options: object) -> PersonReading:
    return read_person(table.acts, person=person, at=int(at * DAY_US), **options)  # type: ignore[arg-type]


def test_a_tie_is_told_in_words_and_dates() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")

    (tie,) = read(table, "Ana", at=30).ties

    assert (tie.person, tie.state, tie.earned) == ("Bo", "settled", "settled")
    assert (tie.first_on, tie.last_on) == ("1970-01-01", "1970-01-22")
    assert tie.kinds == ("heard", "moved_me")
    assert tie.began_with == 1003


def test_nothing_of_a_page_is_a_number_of_a_person() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    honoured(table, "Bo", "Cleo")

    shown = read(table, "Ana", at=30).to_dict()

    def numbers(value: object, name: str = "") -> set[str]:
        if isinstance(value, dict):
            return {found for key, inner in value.items() for found in numbers(inner, key)}
        if isinstance(value, list):
            return {found for inner in value for found in numbers(inner, name)}
        return {name} if isinstance(value, int | float) and not isinstance(value, bool) else set()

    assert json.loads(json.dumps(shown)) == shown
    # Times and the numbers of acts, and no others.
    assert numbers(shown) == {"at", "acts", "began_with", "last_exchanged"}


def test_an_introduction_names_the_one_in_the_middle_and_what_they_said_in_public() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    credit = honoured(table, "Bo", "Cleo", weeks=1, start=20)

    (met,) = read(table, "Ana", at=30).introductions

    assert met.person == "Cleo"
    assert met.through[0].person == "Bo"
    assert met.through[0].acts[0] == credit


def test_what_was_never_published_introduces_nobody() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    idea = table.day(20).opens("Bo")
    reply = table.replies("Cleo", idea)
    table.does("Cleo", "promised", reply)
    invitation = table.does("Cleo", "accepted", idea, person="Bo")
    table.does("Bo", "missed", invitation)

    assert read(table, "Ana", at=60).introductions == ()


def test_what_the_reader_may_not_read_introduces_nobody() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    honoured(table, "Bo", "Cleo", start=30)
    readable = [act for act in table.acts if act.t < 30 * DAY_US]

    assert read(table, "Ana", at=60).introductions != ()
    assert read(table, "Ana", at=60, readable=readable).introductions == ()


def test_a_ring_moves_nobody_who_has_no_tie_into_it() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    honoured(table, "Bo", "Cleo", weeks=1)
    before = read(table, "Ana", at=40)
    ring = [f"ring {n}" for n in range(5)]
    for one in ring:
        for other in ring:
            if one != other:
                honoured(table, one, other, weeks=1, start=10)

    after = read(table, "Ana", at=40)

    assert (after.introductions, after.ties) == (before.introductions, before.ties)


def test_a_dormant_tie_is_worth_waking_if_they_are_here() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    honoured(table, "Ana", "Cleo")
    table.day(190).opens("Cleo")

    reading = read(table, "Ana", at=200)

    assert {tie.person: tie.state for tie in reading.ties} == {"Bo": "dormant", "Cleo": "dormant"}
    assert [tie.person for tie in reading.waking] == ["Cleo"]


def test_whoever_rests_is_not_suggested() -> None:
    table = Table()
    honoured(table, "Ana", "Bo")
    honoured(table, "Bo", "Cleo")

    assert read(table, "Ana", at=40, resting=frozenset(["Cleo"])).introductions == ()


def test_the_stretch_list_names_topics_and_spaces_of_people_one_knows() -> None:
    table, elsewhere = Table(), Table(space=2)
    honoured(table, "Ana", "Bo")
    act = elsewhere.day(25).opens("Bo")
    table.acts += elsewhere.acts
    topics = [{"act": act, "topic": "sourdough"}, {"act": table.acts[0].act, "topic": "kettles"}]

    reading = read(table, "Ana", at=40, topics=topics)

    assert [(one.name, one.through) for one in reading.spaces] == [(2, (("Bo", act),))]
    assert [(one.name, one.through) for one in reading.topics] == [("sourdough", (("Bo", act),))]
