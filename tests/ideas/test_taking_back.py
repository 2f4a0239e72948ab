"""A just-sent reply can be taken back, with all that it said; what others built on stays."""

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Draft, Outcome, Reply, Searchable
from tertulia.ledger.frame import acts_of_space
from tertulia.people.policies import Refused
from tests.community import a_reply, acts, after, again, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db


def test_a_reply_taken_back_leaves_its_words_to_its_writer_as_a_draft() -> None:
    idea = an_idea()
    reply = a_reply(idea, text="It is *July*.", starter="challenge")
    before = last_act()

    actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(15))

    (act,) = acts(before)
    reply = again(reply)
    draft = Draft.objects.get(person=somebody("Bo"))
    assert (reply.text, reply.html, reply.withdrawn_at) == ("", "", after(15))
    assert not Searchable.objects.filter(reply=reply).exists()
    assert (draft.place, draft.fields) == (
        f"reply:{idea.pk}:0",
        {"text": "It is *July*.", "starter": "challenge"},
    )
    assert (act.verb, act.actor, act.ref, act.space) == (
        "withdrew",
        somebody("Bo").key,
        reply.act,
        idea.space_id,
    )


def test_the_idea_waits_again_for_a_first_reply() -> None:
    idea = an_idea()
    reply = a_reply(idea, at=after(10))

    actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(15))

    idea.refresh_from_db()
    assert (idea.answered_at, idea.replies_shown, idea.contributions) == (None, 0, 1)


def test_the_first_reply_by_another_that_is_left_is_when_it_was_answered() -> None:
    idea = an_idea()
    first = a_reply(idea, somebody("Bo"), at=after(10))
    a_reply(idea, somebody("Ana"), at=after(11))
    a_reply(idea, somebody("Cleo"), at=after(12))

    actions.take_back(by=somebody("Bo"), reply_id=first.pk, at=after(15))

    idea.refresh_from_db()
    assert (idea.answered_at, idea.replies_shown) == (after(12), 2)


def test_what_it_answered_waits_again() -> None:
    doubt = a_reply(an_idea(), starter="challenge")
    mine = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Half.", at=after(20))
    assert list(queries.waiting_replies(somebody("Ana"), after(60))) == []

    actions.take_back(by=somebody("Ana"), reply_id=mine.pk, at=after(25))

    assert list(queries.waiting_replies(somebody("Ana"), after(60))) == [doubt]


def test_what_it_answered_does_not_wait_while_another_answer_stands() -> None:
    doubt = a_reply(an_idea(), starter="challenge")
    actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Half.", at=after(20))
    second = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="A third.", at=after(21))

    actions.take_back(by=somebody("Ana"), reply_id=second.pk, at=after(25))

    assert again(doubt).answered_at == after(20)


@pytest.mark.parametrize("starter", ["try", "keep", "dont_know", "was_wrong"])
def test_what_it_said_besides_is_taken_back_with_it(starter: str) -> None:
    idea = an_idea()
    doubt = a_reply(idea, starter="challenge")
    mine = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Half.", starter=starter, at=after(20))

    actions.take_back(by=somebody("Ana"), reply_id=mine.pk, at=after(25))

    verbs = [act.verb for act in acts_of_space(idea.space_id) if act.thread == idea.pk]
    assert verbs == ["posted", "replied"]
    assert not Outcome.objects.exists()


def test_a_not_quite_that_is_taken_back_leaves_the_question_open() -> None:
    idea = an_idea()
    doubt = a_reply(idea)
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So it is hot.", starter="say_back")
    mine = actions.not_quite(by=somebody("Bo"), reply_id=said.pk, text="No.", at=after(30))

    actions.take_back(by=somebody("Bo"), reply_id=mine.pk, at=after(31))

    assert (again(said).heard, again(said).heard_at, again(said).answered_at) == ("waiting", None, None)
    assert list(queries.waiting_replies(somebody("Bo"), after(60))) == [said]
    assert "not_quite" not in [act.verb for act in acts_of_space(idea.space_id)]


def test_a_trial_and_a_decision_are_taken_back_with_their_words() -> None:
    idea = an_idea()
    doubt = a_reply(idea)
    tried = actions.tell_tried(by=somebody("Cleo"), idea_id=idea.pk, text="It tore.", at=after(20))
    decided = actions.decide(
        by=somebody("Ana"), idea_id=idea.pk, text="By volume.", naming=(doubt.pk,), at=after(20)
    )
    bare = actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="And hot.", at=after(20))

    for name, reply in (("Cleo", tried), ("Ana", decided), ("Ana", bare)):
        actions.take_back(by=somebody(name), reply_id=reply.pk, at=after(25))

    verbs = [act.verb for act in acts_of_space(idea.space_id) if act.thread == idea.pk]
    assert verbs == ["posted", "replied"]
    assert not Outcome.objects.exists()


def test_an_answered_reply_keeps_its_place_in_the_thread() -> None:
    idea = an_idea()
    doubt = a_reply(idea)
    answer = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Half.", at=after(12))

    actions.take_back(by=somebody("Bo"), reply_id=doubt.pk, at=after(15))

    assert list(queries.replies_of(idea)) == [doubt, answer]
    assert again(answer).parent == doubt


def test_after_ten_minutes_a_reply_stays() -> None:
    reply = a_reply(an_idea(), at=after(10))

    with pytest.raises(Refused, match="for ten minutes"):
        actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(20.1))
    actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(20))

    with pytest.raises(Refused, match="already"):
        actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(20))


def test_only_its_writer_takes_a_reply_back() -> None:
    reply = a_reply(an_idea())

    with pytest.raises(Refused, match="Only its writer"):
        actions.take_back(by=somebody("Ana"), reply_id=reply.pk, at=after(11))


def test_what_somebody_confirmed_credited_or_decided_on_stays() -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea()
    credited, named, doubt = (a_reply(idea, text=text) for text in ("Volume.", "A mark.", "It is hot."))
    actions.revise(
        by=ana, idea_id=idea.pk, base_version=1, title=idea.title, text="By volume.",
        credits=[Credited(credited.pk, "The growth.")], at=after(12),
    )  # fmt: skip
    actions.decide(by=ana, idea_id=idea.pk, text="A mark it is.", naming=(named.pk,), at=after(12))
    said = actions.answer(by=ana, reply_id=doubt.pk, text="So, heat.", starter="say_back", at=after(12))
    actions.confirm(by=bo, reply_id=said.pk, at=after(13))

    for by, reply in ((bo, credited), (bo, named), (ana, said)):
        with pytest.raises(Refused, match="It stays"):
            actions.take_back(by=by, reply_id=reply.pk, at=after(14))


def test_not_now_takes_a_reply_off_ones_own_list_and_tells_nobody() -> None:
    doubt = a_reply(an_idea(), starter="challenge")
    before = last_act()

    actions.set_aside(by=somebody("Ana"), reply_id=doubt.pk, at=after(20))
    actions.set_aside(by=somebody("Ana"), reply_id=doubt.pk, at=after(30))

    assert again(doubt).set_aside_at == after(20)
    assert list(queries.waiting_replies(somebody("Ana"), after(60))) == []
    assert acts(before) == []


def test_a_reply_set_aside_can_still_be_answered() -> None:
    doubt = a_reply(an_idea(), starter="challenge")
    actions.set_aside(by=somebody("Ana"), reply_id=doubt.pk)

    actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="After all.", at=after(90))

    assert Reply.objects.get(pk=doubt.pk).answered_at == after(90)


def test_words_taken_back_stand_before_those_begun_since() -> None:
    idea, bo = an_idea(), somebody("Bo")
    reply = a_reply(idea, text="It is July.", starter="challenge")
    actions.keep_draft(by=bo, place=f"reply:{idea.pk}:0", fields={"text": "And hot.", "starter": "question"})

    actions.take_back(by=bo, reply_id=reply.pk, at=after(15))

    draft = Draft.objects.get(person=bo)
    assert draft.fields == {"text": "It is July.\n\nAnd hot.", "starter": "question"}


@pytest.mark.parametrize("kind", ["tried", "decided"])
def test_what_was_tried_or_decided_goes_back_to_its_own_box(kind: str) -> None:
    idea, ana = an_idea(), somebody("Ana")
    say = actions.tell_tried if kind == "tried" else actions.decide
    reply = say(by=ana, idea_id=idea.pk, text="It tore.", at=after(20))
    actions.keep_draft(by=ana, place=f"reply:{idea.pk}:0", fields={"text": "A reply."})

    actions.take_back(by=ana, reply_id=reply.pk, at=after(21))

    assert dict(Draft.objects.values_list("place", "fields")) == {
        f"reply:{idea.pk}:0": {"text": "A reply."},
        f"{kind}:{idea.pk}": {"text": "It tore.", "starter": kind},
    }


def test_what_a_decision_rests_on_goes_back_with_it() -> None:
    idea, ana = an_idea(), somebody("Ana")
    doubt = a_reply(idea)
    decided = actions.decide(by=ana, idea_id=idea.pk, text="By volume.", naming=(doubt.pk,), at=after(20))

    actions.take_back(by=ana, reply_id=decided.pk, at=after(21))

    assert Draft.objects.get(person=ana).fields["naming"] == str(doubt.pk)


def test_a_yes_that_was_said_since_stands_when_the_not_quite_is_taken_back() -> None:
    doubt = a_reply(an_idea())
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So it is hot.", starter="say_back")
    mine = actions.not_quite(by=somebody("Bo"), reply_id=said.pk, text="No.", at=after(30))
    actions.confirm(by=somebody("Bo"), reply_id=said.pk, at=after(31))

    actions.take_back(by=somebody("Bo"), reply_id=mine.pk, at=after(32))

    assert (again(said).heard, again(said).heard_at, again(said).answered_at) == ("yes", after(31), after(31))


def test_a_question_that_a_decision_settled_waits_again_when_the_decision_is_taken_back() -> None:
    idea, ana = an_idea(ask="doubts"), somebody("Ana")
    question = a_reply(idea, somebody("Bo"), "Why?", starter="question", at=after(1))
    decision = actions.decide(by=ana, idea_id=idea.pk, text="Half.", naming=(question.pk,), at=after(12))

    actions.take_back(by=ana, reply_id=decision.pk, at=after(15))

    assert again(question).answered_at is None
    assert question in queries.waiting_replies(ana, after(16))


def test_a_question_does_not_wait_again_while_something_else_by_the_same_person_answers_it() -> None:
    idea, ana = an_idea(ask="doubts"), somebody("Ana")
    question = a_reply(idea, somebody("Bo"), "Why?", starter="question", at=after(1))
    decision = actions.decide(by=ana, idea_id=idea.pk, text="Half.", naming=(question.pk,), at=after(12))
    answer = actions.answer(by=ana, reply_id=question.pk, text="The heat.", at=after(13))
    actions.revise(
        by=ana, idea_id=idea.pk, base_version=1, title="Rye", text="By growth.",
        credits=[Credited(question.pk, "The growth.")], at=after(14),
    )  # fmt: skip

    actions.take_back(by=ana, reply_id=decision.pk, at=after(15))
    assert again(question).answered_at == after(13)

    actions.take_back(by=ana, reply_id=answer.pk, at=after(16))
    assert again(question).answered_at == after(14)
