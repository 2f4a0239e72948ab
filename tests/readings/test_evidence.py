"""What of a reading is told in words, and to whom."""

import pytest
from django.apps import apps

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.people.models import Person
from tertulia.readings import queries
from tertulia.readings.models import SpaceReading
from tests.community import after, somebody
from tests.readings.places import NOW, an_ask, history, kettle, read, round_table, table

pytestmark = pytest.mark.django_db


def reading(space: object, viewer: Person | None, window: str = "all") -> queries.Reading:
    found = queries.reading_of_space(viewer, space, window)  # type: ignore[arg-type]
    assert found is not None
    return found


def titles(space: object, viewer: Person | None) -> set[str]:
    found = queries.evidence_for(viewer, reading(space, viewer))
    return {told.idea.title for told in found.everything()}


def test_a_member_is_told_what_was_said_and_what_came_of_it() -> None:
    space = table()
    round_table(space)
    kettle(space, audience="space")
    read(space, "all")

    told = [
        one for one in queries.evidence_for(somebody("Cleo"), reading(space, somebody("Cleo"))).everything()
        if one.idea.title == "Ask your kettle"
    ]  # fmt: skip

    said = [(deed.verb, deed.starter, deed.who, deed.quote) for deed in told[0].deeds]
    assert ("said", "challenge", somebody("Bo"), "At what temperature does your kettle boil?") in said
    assert ("credited", "", somebody("Ana"), "It was the number and not the height") in said
    assert ("moved", "", somebody("Bo"), "I had never measured mine.") in said


@pytest.mark.parametrize("audience", ["me", "space"])
def test_an_outsider_is_told_nothing_of_ideas_that_are_not_for_them(audience: str) -> None:
    space = table()
    round_table(space, audience="everyone")
    idea, _doubt = kettle(space, audience="space")
    type(idea).objects.filter(pk=idea.pk).update(audience=audience)
    read(space, "all")

    for outsider in (None, somebody("Gil")):
        assert "Ask your kettle" not in titles(space, outsider)
        assert titles(space, outsider), "what is for everyone is told"


def test_an_outsider_of_a_space_by_invitation_gets_no_reading() -> None:
    space = table(is_open=False)
    read(space, "all")

    assert queries.reading_of_space(somebody("Gil"), space, "all") is None
    assert queries.reading_of_space(somebody("Ana"), space, "all") is not None


def test_a_credit_that_prefers_to_stay_unnamed_is_not_told() -> None:
    space = table()
    round_table(space)
    kettle(space, unnamed=True)
    read(space, "all")

    found = queries.evidence_for(somebody("Cleo"), reading(space, somebody("Cleo")))

    assert "credited" not in {deed.verb for told in found.everything() for deed in told.deeds}


def test_an_exchange_whose_every_change_prefers_to_stay_unnamed_is_counted_and_not_listed() -> None:
    space = table()
    round_table(space)
    kettle(space, unnamed=True)
    read(space, "all")
    found = reading(space, None)

    assert found.changed_total == 1
    assert queries.evidence_for(None, found).changed == {}
    number = found.changed[0].number
    in_evidence = {meeting.number for meeting in (*found.speaking_for, *found.against)}
    told = queries.meeting_told(None, space, "all", number)
    assert told is None or (number in in_evidence and {deed.verb for deed in told.deeds} == {"said"})


def test_staying_unnamed_holds_at_once_and_also_for_what_moved() -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space, "all")
    assert len(queries.evidence_for(None, reading(space, None)).changed) == 1

    credit = apps.get_model("ideas", "Credit").objects.get()
    actions.prefer_unnamed(by=somebody("Bo"), credit_id=credit.pk, at=after(60, days=20))

    found = queries.evidence_for(None, reading(space, None))
    assert found.changed == {}
    assert {deed.verb for told in found.everything() for deed in told.deeds} == {"said"}


def test_of_two_changes_the_one_that_may_be_named_is_told_with_its_own_words_only() -> None:
    space = table()
    round_table(space)
    idea, _doubt = kettle(space, unnamed=True)
    more = actions.reply(by=somebody("Bo"), idea_id=idea.pk, text="And the lid?", at=after(60, days=20))
    actions.revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=2, title="Ask your kettle", text="Mind the lid.",
        credits=[Credited(more.pk, "It was the lid too")], at=after(70, days=20),
    )  # fmt: skip
    read(space, "all")

    (told,) = queries.evidence_for(None, reading(space, None)).changed.values()

    assert [(deed.verb, deed.quote) for deed in told.deeds] == [
        ("said", "And the lid?"), ("credited", "It was the lid too"),
    ]  # fmt: skip


def test_what_was_taken_back_since_is_not_told() -> None:
    space = table()
    _idea, doubt = kettle(space)
    round_table(space)
    read(space, "all")
    type(doubt).objects.filter(pk=doubt.pk).update(withdrawn_at=after(days=30), text="")

    found = queries.evidence_for(somebody("Cleo"), reading(space, somebody("Cleo")))

    assert not any(
        deed.reply_id == doubt.pk and deed.verb == "said"
        for told in found.everything()
        for deed in told.deeds
    )


def test_the_meetings_of_a_group_under_five_are_for_those_in_it() -> None:
    space = table(people=6)
    kettle(space)
    read(space, "all")

    assert titles(space, somebody("Bo")) == {"Ask your kettle"}
    assert titles(space, somebody("Cleo")) == titles(space, None) == set()


def test_an_opened_meeting_is_found_in_every_window_by_its_first_act() -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space, "all")
    number = reading(space, somebody("Bo")).speaking_for[0].number

    told = queries.meeting_told(somebody("Bo"), space, "all", number)

    assert told is not None
    assert told.deeds[0].act == number
    assert queries.meeting_told(somebody("Bo"), space, "all", 99_999) is None


def test_the_oldest_open_question_comes_first_and_half_baked_ideas_are_none() -> None:
    space = table()
    round_table(space, threads=1)
    newer, older = an_ask(space, somebody("Bo"), days=40), an_ask(space, somebody("Cleo"), days=30)
    actions.write_idea(by=somebody("Dan"), space=space, title="Hm", text="A thought.", at=after(days=25))
    read(space, "all")

    found = queries.open_questions(somebody("Ana"), reading(space, somebody("Ana")))

    assert [question.idea for question in found] == [older, newer]


def test_a_question_that_was_answered_since_is_open_no_more() -> None:
    space = table()
    idea = an_ask(space, somebody("Bo"))
    read(space, "all")
    actions.reply(by=somebody("Ana"), idea_id=idea.pk, text="Yes, a month.", at=after(days=70))

    assert queries.open_questions(somebody("Ana"), reading(space, somebody("Ana"))) == []


def test_not_now_does_not_show() -> None:
    """A free answer that nobody else learns of: the question is as open as before."""
    space = table()
    idea = an_ask(space, somebody("Ana"))
    doubt = actions.reply(
        by=somebody("Bo"),
        idea_id=idea.pk,
        text="Does it hold in July?",
        starter="challenge",
        at=after(days=31),
    )
    read(space, "all")
    actions.set_aside(by=somebody("Ana"), reply_id=doubt.pk, at=after(days=32))

    found = queries.open_questions(somebody("Cleo"), reading(space, somebody("Cleo")))
    assert [question.reply_id for question in found] == [doubt.pk]


def test_an_imported_history_opens_on_its_whole_life_and_ends_with_its_last_act() -> None:
    space = table()
    history(space)
    read(space, "all")

    found = reading(space, somebody("Ana"))

    assert queries.first_window(space) == "all"
    assert found.end_at == after(11, days=11)
    assert (found.ceiling, "outcome" in found.not_visible) == ("conversing", True)


@pytest.mark.parametrize("brought_first", [True, False], ids=["then they write", "then it is brought"])
def test_a_history_among_people_who_write_is_read_as_a_living_space(brought_first: bool) -> None:
    space = table()
    if brought_first:
        history(space, threads=1)
    kettle(space)
    if not brought_first:
        history(space, threads=1)
    read(space, "12w", "all")

    found = reading(space, somebody("Ana"))

    assert queries.first_window(space) == "12w"
    assert (found.end_at.date(), found.ceiling, "outcome" in found.not_visible) == (NOW.date(), None, False)
    assert (found.changed_total, found.figures["closed"].mean) == (1, 2 / found.people)


def test_what_a_history_cannot_carry_is_not_nothing_because_somebody_wrote_there_since() -> None:
    space = table()
    history(space)
    kettle(space)
    read(space, "12w", "all")

    found = reading(space, somebody("Ana"))

    # It opens where there is something to read, until enough was written here.
    assert queries.first_window(space) == "all"
    assert (found.end_at.date(), found.ceiling, "outcome" in found.not_visible) == (
        NOW.date(),
        "conversing",
        True,
    )
    assert found.changed_total == 1


def test_a_stored_reading_comes_back_as_it_was() -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)
    row = SpaceReading.objects.get(window="12w")
    found = reading(space, somebody("Ana"), "12w")

    assert found.contributions == row.payload["reading"]["contributions"]
    # Its threads are too short for words out of order.
    assert found.missing == ("uptake_against_other_order",)
    assert found.changed_total == 1
    assert found.figures["exchange"].people == 6
