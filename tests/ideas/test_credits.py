"""What the credited person may say of a credit: right or not, unnamed, and what moved for them."""

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Credit, Idea
from tertulia.ledger.models import Act
from tertulia.people.policies import NotThere, Refused
from tertulia.spaces.actions import leave_space
from tests.community import a_reply, a_space, acts, after, an_idea, last_act, somebody, waiting_count

pytestmark = pytest.mark.django_db


def credit_to_bo(idea: Idea | None = None) -> Credit:
    idea = idea or an_idea()
    reply = a_reply(idea, text="It is the growth.")
    actions.revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=1, title=idea.title, text="By growth.",
        credits=[Credited(reply.pk, "The growth.")], at=after(20),
    )  # fmt: skip
    return Credit.objects.get()


def only_act(since: int) -> Act:
    (act,) = acts(since)
    return act


def test_the_credited_person_says_that_they_were_got_right() -> None:
    credit = credit_to_bo()
    before = last_act()

    credit = actions.answer_credit(by=somebody("Bo"), credit_id=credit.pk, got_me_right=True, at=after(30))

    act = only_act(before)
    assert (credit.heard, credit.heard_at) == ("yes", after(30))
    assert (act.verb, act.actor, act.person, act.parent, act.ref) == (
        "heard",
        somebody("Bo").key,
        somebody("Ana").key,
        credit.act,
        credit.act,
    )


def test_the_first_answer_to_a_credit_stands() -> None:
    credit = credit_to_bo()
    not_quite(credit)
    before = last_act()

    credit = actions.answer_credit(by=somebody("Bo"), credit_id=credit.pk, got_me_right=True)
    with pytest.raises(Refused, match="already answered"):
        not_quite(credit, "Once more.")

    assert credit.heard == "not_quite"
    assert acts(before) == []


def not_quite(credit: Credit, text: str = "I meant the crust.") -> Credit:
    return actions.answer_credit(
        by=somebody("Bo"), credit_id=credit.pk, got_me_right=False, text=text, at=after(30)
    )


def test_not_quite_is_said_in_words_that_stand_under_the_credited_ones_and_wait_for_the_author() -> None:
    credit = credit_to_bo()
    before = last_act()

    credit = not_quite(credit)

    said, about = acts(before)
    mine = queries.correction_of(credit)
    assert (credit.heard, credit.heard_at) == ("not_quite", after(30))
    assert (mine.parent_id, mine.text, mine.starter) == (credit.reply_id, "I meant the crust.", "not_quite")
    assert mine.addressee == somebody("Ana")
    assert mine in queries.waiting_replies(somebody("Ana"), after(60))
    assert (said.verb, said.person, said.parent) == ("answered", somebody("Ana").key, credit.reply.act)
    assert (about.verb, about.person, about.ref) == ("not_quite", somebody("Ana").key, credit.act)


@pytest.mark.parametrize("text", ["", " ", "Not quite…"])
def test_not_quite_without_words_records_nothing(text: str) -> None:
    credit = credit_to_bo()
    before = last_act()

    with pytest.raises(Refused, match="no words yet"):
        not_quite(credit, text)

    credit.refresh_from_db()
    assert (credit.heard, acts(before)) == ("", [])


def test_taking_a_correction_back_asks_again_whether_the_change_was_right() -> None:
    credit = not_quite(credit_to_bo())

    actions.take_back(by=somebody("Bo"), reply_id=queries.correction_of(credit).pk, at=after(32))

    credit.refresh_from_db()
    assert (credit.heard, credit.heard_at) == ("", None)
    assert list(queries.waiting_credits(somebody("Bo"), after(33))) == [credit]


def test_staying_unnamed_can_be_turned_round_and_each_turn_is_an_act() -> None:
    credit = credit_to_bo()
    before = last_act()

    for unnamed in (True, True, False):
        credit = actions.prefer_unnamed(by=somebody("Bo"), credit_id=credit.pk, unnamed=unnamed)

    assert credit.named
    assert [(act.verb, act.ref) for act in acts(before)] == [("unnamed", credit.act), ("named", credit.act)]


def test_what_moved_names_the_latest_words_of_the_author_to_this_person() -> None:
    idea = an_idea()
    credit = credit_to_bo(idea)
    answer = actions.answer(by=somebody("Ana"), reply_id=credit.reply_id, text="Yes.", at=after(25))
    before = last_act()

    credit = actions.say_what_moved(
        by=somebody("Bo"), credit_id=credit.pk, text=" I did not  know. ", at=after(30)
    )

    moved = only_act(before)
    assert (moved.verb, moved.actor, moved.person, moved.parent, moved.ref) == (
        "moved",
        somebody("Bo").key,
        somebody("Ana").key,
        credit.act,
        answer.act,
    )
    assert (credit.moved, credit.moved_at, credit.moved_act) == ("I did not know.", after(30), moved.act)
    # Whether the author got them right is theirs to say, and still waits.
    assert credit.heard == ""


def test_what_moved_names_the_idea_where_its_author_said_nothing_to_them() -> None:
    idea = an_idea()
    credit = credit_to_bo(idea)
    not_quite(credit)
    before = last_act()

    actions.say_what_moved(by=somebody("Bo"), credit_id=credit.pk, text="A lot.")

    act = only_act(before)
    assert (act.verb, act.ref) == ("moved", idea.act)


@pytest.mark.parametrize(("text", "why"), [(" ", "no words"), ("x" * 501, "longer than 500")])
def test_no_words_and_more_than_a_sentence_are_given_back(text: str, why: str) -> None:
    credit = credit_to_bo()
    before = last_act()

    with pytest.raises(Refused, match=why):
        actions.say_what_moved(by=somebody("Bo"), credit_id=credit.pk, text=text)

    assert last_act() == before


@pytest.mark.parametrize("name", ["Ana", "Cleo", "Dan"])
def test_only_the_credited_person_speaks_of_a_credit(name: str) -> None:
    credit, by = credit_to_bo(), somebody(name)

    with pytest.raises(NotThere):
        actions.answer_credit(by=by, credit_id=credit.pk, got_me_right=True)
    with pytest.raises(NotThere):
        actions.prefer_unnamed(by=by, credit_id=credit.pk)
    with pytest.raises(NotThere):
        actions.say_what_moved(by=by, credit_id=credit.pk, text="Hm.")


def test_whoever_can_no_longer_read_the_idea_is_not_asked_and_cannot_answer() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"), name="Apart", is_open=False)
    credit = credit_to_bo(an_idea(space=space))
    leave_space(by=somebody("Bo"), space=space)

    assert waiting_count(somebody("Bo"), after(30)) == 0
    with pytest.raises(NotThere):
        actions.answer_credit(by=somebody("Bo"), credit_id=credit.pk, got_me_right=True)


def test_a_credit_waits_for_a_word_and_stops_asking_after_four_weeks() -> None:
    credit, bo = credit_to_bo(), somebody("Bo")

    assert list(queries.waiting_credits(bo, after(30))) == [credit]
    assert list(queries.waiting_credits(bo, after(20, days=28))) == [credit]
    assert list(queries.waiting_credits(bo, after(21, days=28))) == []

    actions.answer_credit(by=bo, credit_id=credit.pk, got_me_right=True)
    assert list(queries.waiting_credits(bo, after(30))) == []
