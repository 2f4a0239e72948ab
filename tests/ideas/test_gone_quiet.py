"""What somebody asked who has gone quiet since: worth picking up, and pressing nobody."""

from datetime import timedelta

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.models import Reply
from tests.community import a_reply, after, an_idea, somebody, waiting_count

pytestmark = pytest.mark.django_db
SOON, LATER = after(days=20), after(days=22)


def asked() -> Reply:
    return a_reply(an_idea(somebody("Ana")), somebody("Bo"), "Why?", starter="question", at=after(10))


def test_a_question_waits_for_three_weeks_after_the_last_word_of_whoever_asked() -> None:
    question, ana = asked(), somebody("Ana")

    assert list(queries.waiting_replies(ana, SOON)) == [question]
    assert list(queries.quiet_replies(ana, SOON)) == []
    assert list(queries.waiting_replies(ana, LATER)) == []
    assert list(queries.quiet_replies(ana, LATER)) == [question]
    assert (waiting_count(ana, SOON), waiting_count(ana, LATER)) == (1, 0)


@pytest.mark.parametrize("what", ["a reply", "an idea"])
def test_whoever_writes_anywhere_is_here_again(what: str) -> None:
    question, bo = asked(), somebody("Bo")
    if what == "a reply":
        a_reply(an_idea(somebody("Cleo")), bo, at=after(days=15))
    else:
        an_idea(bo, question.idea.space, at=after(days=15))

    assert list(queries.waiting_replies(somebody("Ana"), LATER)) == [question]


def test_what_they_keep_to_themselves_does_not_tell_that_they_are_here() -> None:
    question, bo = asked(), somebody("Bo")
    an_idea(bo, question.idea.space, audience="me", at=after(days=15))

    assert list(queries.quiet_replies(somebody("Ana"), LATER)) == [question]


def test_a_saying_back_goes_on_waiting_because_a_click_answers_it() -> None:
    question = asked()
    said = actions.answer(
        by=somebody("Ana"), reply_id=question.pk, text="So.", starter="say_back", at=after(20)
    )

    assert list(queries.waiting_replies(somebody("Bo"), LATER + timedelta(days=30))) == [said]


def test_what_was_set_aside_or_answered_is_not_picked_up() -> None:
    question = asked()
    actions.set_aside(by=somebody("Ana"), reply_id=question.pk)

    assert list(queries.quiet_replies(somebody("Ana"), LATER)) == []
