"""A contest, from "that is not what happened" to its answer."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tertulia.ideas.actions import write_idea
from tertulia.people.policies import NotThere, Refused
from tertulia.people.queries import person_by_key
from tertulia.readings import actions, queries
from tertulia.readings.models import Contest
from tests.community import acts, somebody
from tests.readings.places import NOW, kettle, read, round_table, table

if TYPE_CHECKING:
    from tertulia.spaces.models import Space

pytestmark = pytest.mark.django_db


def contested_space() -> "tuple[Space, int]":
    """A space of many meetings, and an act of one that Bo contests: Ana's answer to him."""
    space = table()
    round_table(space)
    _idea, doubt = kettle(space)
    return space, next(act.act for act in acts() if act.verb == "answered" and act.parent == doubt.act)


def contest_of(space: "Space") -> dict[str, object] | None:
    found = read(space, "all")["all"].payload["reading"]["contest"]
    return found if isinstance(found, dict) else None


def test_the_addressee_of_an_act_may_contest_it_and_the_other_is_asked() -> None:
    _space, act = contested_space()
    made = actions.contest(by=somebody("Bo"), act=act, sentence="I asked, and she answered another.")

    last = acts()[-1]
    assert (made.answer_by, made.answer) == (somebody("Ana"), "")
    assert (last.verb, last.ref, last.actor, last.person) == (
        "contested", act, somebody("Bo").key, somebody("Ana").key,
    )  # fmt: skip
    assert list(queries.contests_waiting_for(somebody("Ana"))) == [made]


def test_whoever_said_it_may_contest_it_too() -> None:
    _space, act = contested_space()

    assert actions.contest(by=somebody("Ana"), act=act, sentence="No.").answer_by == somebody("Bo")


def test_nobody_else_may() -> None:
    _space, act = contested_space()

    with pytest.raises(Refused, match="Only the two people"):
        actions.contest(by=somebody("Cleo"), act=act, sentence="No.")


def test_somebody_who_may_not_read_the_idea_learns_nothing() -> None:
    space = table(people=3, is_open=False)
    _idea, doubt = kettle(space, audience="space")

    with pytest.raises(NotThere):
        actions.contest(by=somebody("Dan"), act=doubt.act or 0, sentence="No.")


def test_what_no_reading_counts_cannot_be_contested() -> None:
    contested_space()
    heard = next(act.act for act in acts() if act.verb == "heard")

    with pytest.raises(NotThere):
        actions.contest(by=somebody("Bo"), act=heard, sentence="No.")


def test_an_act_is_contested_once_while_that_is_open() -> None:
    _space, act = contested_space()
    actions.contest(by=somebody("Bo"), act=act, sentence="No.")

    with pytest.raises(Refused, match="contested already"):
        actions.contest(by=somebody("Ana"), act=act, sentence="No.")
    second = Contest.objects.get()
    second.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_a_contest_says_how_it_was() -> None:
    _space, act = contested_space()

    with pytest.raises(Refused, match="one sentence"):
        actions.contest(by=somebody("Bo"), act=act, sentence="  ")


def test_while_it_is_open_the_place_is_read_with_it_and_without_it() -> None:
    space, act = contested_space()
    actions.contest(by=somebody("Bo"), act=act, sentence="No.", at=NOW)

    contest = contest_of(space)

    assert contest is not None
    assert (contest["acts"], contest["meetings"]) == ([act], 1)


def shown(space: "Space") -> list[int]:
    """The acts of the meetings that speak for the reading."""
    reading = read(space, "all")["all"].payload["reading"]
    return [act for meeting in reading["evidence_for"] for act in meeting["acts"]]


def contest_what_is_shown() -> "tuple[Space, Contest]":
    space = table()
    round_table(space)
    act = next(one for one in acts() if one.act == shown(space)[0])
    by = person_by_key(act.actor)
    assert by is not None
    return space, actions.contest(by=by, act=act.act, sentence="No.", at=NOW)


def test_when_the_other_agrees_it_stays_out() -> None:
    space, made = contest_what_is_shown()
    assert made.answer_by is not None
    assert made.act in shown(space)
    actions.answer_contest(by=made.answer_by, contest=made.pk, agrees=True, at=NOW)

    last = acts()[-1]
    assert (last.verb, last.move, last.ref, last.parent) == (
        "contest_answered", "agrees", made.act, made.own_act,
    )  # fmt: skip
    assert contest_of(space) is None
    assert made.act not in shown(space)


def test_when_the_other_differs_it_returns_with_both_sentences() -> None:
    space, made = contest_what_is_shown()
    assert made.answer_by is not None
    actions.answer_contest(by=made.answer_by, contest=made.pk, agrees=False, sentence="Yes.", at=NOW)

    kept = queries.contests_of_acts(None, [made.act])[made.act]
    assert (kept.sentence, kept.answer_sentence) == ("No.", "Yes.")
    assert contest_of(space) is None
    assert made.act in shown(space)


def test_only_the_other_answers_and_only_once() -> None:
    _space, act = contested_space()
    made = actions.contest(by=somebody("Bo"), act=act, sentence="No.")

    for person in ("Bo", "Cleo"):
        with pytest.raises(Refused, match="Only the other person"):
            actions.answer_contest(by=somebody(person), contest=made.pk, agrees=True)
    actions.answer_contest(by=somebody("Ana"), contest=made.pk, agrees=True)
    with pytest.raises(Refused, match="answered this already"):
        actions.answer_contest(by=somebody("Ana"), contest=made.pk, agrees=False, sentence="Yes.")


def test_seeing_it_differently_takes_a_sentence() -> None:
    _space, act = contested_space()
    made = actions.contest(by=somebody("Bo"), act=act, sentence="No.")

    with pytest.raises(Refused, match="one sentence"):
        actions.answer_contest(by=somebody("Ana"), contest=made.pk, agrees=False)


def test_after_thirty_days_without_an_answer_it_is_read_again() -> None:
    space, act = contested_space()
    actions.contest(by=somebody("Bo"), act=act, sentence="No.", at=NOW)

    later = read(space, "all", now=NOW + timedelta(days=31))["all"]

    assert later.payload["reading"]["contest"] is None


def test_the_same_person_does_not_say_it_again_after_an_answer() -> None:
    _space, act = contested_space()
    made = actions.contest(by=somebody("Bo"), act=act, sentence="No.")
    actions.answer_contest(by=somebody("Ana"), contest=made.pk, agrees=False, sentence="Yes.")

    with pytest.raises(Refused, match="sees it differently"):
        actions.contest(by=somebody("Bo"), act=act, sentence="No.")


@pytest.mark.parametrize(
    "broken",
    [{"sentence": ""}, {"answer": "perhaps"}, {"answer": "agrees"}, {"answered_at": timezone.now()}],
    ids=["no sentence", "unknown answer", "answered at no time", "a time without an answer"],
)
def test_the_database_refuses_a_contest_that_cannot_be(broken: dict[str, object]) -> None:
    _space, act = contested_space()
    actions.contest(by=somebody("Bo"), act=act, sentence="No.")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.update(**broken)


def test_nobody_is_asked_to_answer_themselves() -> None:
    _space, act = contested_space()
    actions.contest(by=somebody("Bo"), act=act, sentence="No.")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.update(answer_by=somebody("Bo"))


def test_what_both_agreed_on_changed_no_mind_either() -> None:
    space = table()
    round_table(space)
    _idea, doubt = kettle(space)
    assert read(space, "all")["all"].payload["changed"]["count"] == 1
    made = actions.contest(by=somebody("Bo"), act=doubt.act or 0, sentence="No.", at=NOW)
    actions.answer_contest(by=somebody("Ana"), contest=made.pk, agrees=True, at=NOW)

    assert read(space, "all")["all"].payload["changed"] == {"count": 0, "exchanges": []}


def test_a_contest_that_nobody_answered_in_time_blocks_nobody() -> None:
    space, act = contested_space()
    first = actions.contest(by=somebody("Bo"), act=act, sentence="No.", at=NOW)
    later = NOW + timedelta(days=31)

    assert list(queries.contests_waiting_for(somebody("Ana"))) == []
    with pytest.raises(Refused, match="in time"):
        actions.answer_contest(by=somebody("Ana"), contest=first.pk, agrees=True, at=later)
    again = actions.contest(by=somebody("Bo"), act=act, sentence="Still no.", at=later)

    first.refresh_from_db()
    assert (first.answer, again.answer) == ("lapsed", "")
    assert queries.contests_of_acts(None, [act])[act] == again
    found = read(space, "all", now=later + timedelta(days=1))["all"]
    assert found.payload["reading"]["contest"]["acts"] == [act]


def test_the_day_before_it_is_contested_still() -> None:
    _space, act = contested_space()
    actions.contest(by=somebody("Bo"), act=act, sentence="No.", at=NOW)

    with pytest.raises(Refused, match="contested already"):
        actions.contest(by=somebody("Ana"), act=act, sentence="No.", at=NOW + timedelta(days=29))


def test_what_only_its_author_may_read_is_in_no_reading_and_cannot_be_contested() -> None:
    """The contest would be the space's to count."""
    space = table()
    mine = write_idea(by=somebody("Ana"), space=space, title="Mine", text="Half a thought.", audience="me")

    with pytest.raises(NotThere):
        actions.contest(by=somebody("Ana"), act=mine.act or 0, sentence="It was not so.")

    assert [act.verb for act in acts() if act.thread == mine.pk] == ["posted"]
