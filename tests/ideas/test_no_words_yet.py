"""An opening is where words begin: alone it says nothing."""

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.policies import WHOLE_ANSWERS
from tertulia.people.policies import NotThere, Refused
from tertulia.web.openings import OPENINGS
from tests.community import a_reply, acts, after, again, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db
TO_AN_IDEA = ("question", "challenge", "build_on", "experience", "synthesis")
SPELLINGS = ("{}", "{} ", "  {}…", "{}...", "{},", "{} .")


@pytest.mark.parametrize("starter", TO_AN_IDEA)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_opening_alone_is_no_reply(starter: str, spelling: str) -> None:
    idea = an_idea()
    before, words = last_act(), spelling.format(str(OPENINGS[starter]).upper())

    with pytest.raises(Refused, match="There are no words yet"):
        a_reply(idea, somebody("Bo"), words, starter=starter)

    assert acts(before) == []


NO_ANSWERS = {"build_on", "experience", "synthesis"} | WHOLE_ANSWERS


@pytest.mark.parametrize("starter", sorted(set(OPENINGS) - NO_ANSWERS))
def test_an_opening_alone_is_no_answer(starter: str) -> None:
    reply = a_reply(an_idea(), somebody("Bo"))

    with pytest.raises(Refused, match="There are no words yet"):
        actions.answer(
            by=somebody("Ana"), reply_id=reply.pk, text=str(OPENINGS[starter]) + "…", starter=starter
        )


@pytest.mark.parametrize("starter", sorted(WHOLE_ANSWERS))
def test_not_knowing_and_having_been_wrong_say_all_there_is_to_say(starter: str) -> None:
    reply = a_reply(an_idea(), somebody("Bo"), "Why?", starter="question")

    said = actions.answer(by=somebody("Ana"), reply_id=reply.pk, text=str(OPENINGS[starter]), starter=starter)

    assert said.starter == starter


def test_words_after_an_opening_are_words_and_so_is_another_opening() -> None:
    idea = an_idea()
    reply = a_reply(idea, somebody("Bo"), "I'd like to understand it.", starter="question")

    actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="I don't know.")

    assert queries.replies_of(idea).count() == 2


def test_what_was_set_aside_can_be_taken_up_again_by_its_person_alone() -> None:
    reply = a_reply(an_idea(), somebody("Bo"), "Why?", starter="question")
    actions.set_aside(by=somebody("Ana"), reply_id=reply.pk)

    with pytest.raises(NotThere):
        actions.take_up_again(by=somebody("Cleo"), reply_id=reply.pk)
    assert again(reply).set_aside_at is not None

    actions.take_up_again(by=somebody("Ana"), reply_id=reply.pk)
    assert again(reply).set_aside_at is None
    assert reply in queries.waiting_replies(somebody("Ana"), after(60))
