"""The same words sent twice in a row are one reply, one idea, one version."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited, VersionMoved
from tertulia.ideas.actions.again import SENT_AGAIN
from tertulia.ideas.models import Idea, Outcome, Reply, Version
from tests.community import a_reply, a_space, acts, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db
Gesture = Callable[[], Any]


def asked() -> Reply:
    return a_reply(an_idea(somebody("Ana"), ask="doubts"), somebody("Bo"), "Why?", starter="question")


@pytest.mark.parametrize("starter", ["", "say_back", "try", "keep", "dont_know"])
def test_an_answer_sent_twice_is_one_answer_and_one_outcome(starter: str) -> None:
    reply, ana = asked(), somebody("Ana")
    twice = [actions.answer(by=ana, reply_id=reply.pk, text="Because.", starter=starter)]
    outcomes, end = Outcome.objects.count(), last_act()

    twice.append(actions.answer(by=ana, reply_id=reply.pk, text="Because.\r\n"[:8], starter=starter))

    assert twice[0] == twice[1]
    assert Outcome.objects.count() == outcomes
    assert acts(end) == []


def test_each_gesture_sent_twice_is_one() -> None:
    reply, ana, bo, cleo = asked(), somebody("Ana"), somebody("Bo"), somebody("Cleo")
    idea = reply.idea
    said = actions.answer(by=ana, reply_id=reply.pk, text="So.", starter="say_back")
    gestures: list[Gesture] = [
        lambda: actions.reply(by=cleo, idea_id=idea.pk, text="In July it does.", starter="experience"),
        lambda: actions.not_quite(by=bo, reply_id=said.pk, text="No: why."),
        lambda: actions.tell_tried(by=cleo, idea_id=idea.pk, text="It rose.", naming=reply.pk),
        lambda: actions.decide(by=ana, idea_id=idea.pk, text="Half of it.", naming=(reply.pk,)),
        lambda: actions.write_idea(by=cleo, space=idea.space, title="Rye", text="Rye.", ask="help"),
        lambda: actions.revise(by=ana, idea_id=idea.pk, base_version=1, title="By growth", text="By growth."),
    ]

    for gesture in gestures:
        first, end = gesture(), last_act()
        assert gesture() == first
        assert acts(end) == []

    assert Version.objects.filter(idea=idea, reply=None).count() == 2


def test_other_words_another_opening_and_another_place_are_other_replies() -> None:
    reply, cleo = asked(), somebody("Cleo")
    idea = reply.idea

    for place, text, starter in [
        (None, "Hm.", ""),
        (None, "Hm!", ""),
        (None, "Hm.", "build_on"),
        (reply, "Hm.", ""),
    ]:
        if place:
            actions.answer(by=cleo, reply_id=place.pk, text=text, starter=starter)
        else:
            actions.reply(by=cleo, idea_id=idea.pk, text=text, starter=starter)

    assert queries.replies_of(idea).filter(author=cleo).count() == 4


@pytest.mark.parametrize(
    "other",
    [
        {"audience": "me"},
        {"ask": "help"},
        {"question": "Is it the heat?"},
        {"topics": ("rye", "heat")},
        {"ask": "half_baked", "question": "", "is_notice": True},
    ],
)
def test_an_idea_for_other_readers_or_that_asks_something_else_is_another(other: dict[str, Any]) -> None:
    cleo = somebody("Cleo")
    sent: dict[str, Any] = {"by": cleo, "space": a_space(cleo), "title": "Rye", "text": "Rye."}
    sent |= {"ask": "doubts", "question": "Why?", "audience": "everyone", "topics": ("rye",)}
    first = actions.write_idea(**sent)

    second = actions.write_idea(**sent | other)

    assert second != first
    assert actions.write_idea(**sent) == first


@pytest.mark.parametrize(
    "other",
    [
        {"credits": []},
        {"credits": ["Because it is hot."]},
        {"ask": "help"},
        {"question": "Is it the heat?"},
        {"credits": [], "note": "Tidied."},
    ],
)
def test_a_change_with_another_reason_is_not_taken_for_the_one_that_stands(other: dict[str, Any]) -> None:
    reply, ana = asked(), somebody("Ana")

    def sent(*, credits: list[str], **more: Any) -> Version:
        because = [Credited(reply.pk, sentence) for sentence in credits]
        changed: dict[str, Any] = {"title": "By growth", "text": "By growth.", "ask": "doubts"} | more
        return actions.revise(by=ana, idea_id=reply.idea_id, base_version=1, credits=because, **changed)

    first: dict[str, Any] = {"credits": ["The heat."]}
    version = sent(**first)

    with pytest.raises(VersionMoved):
        sent(**first | other)
    assert sent(**first) == version


def test_a_change_that_lets_go_of_its_question_is_one_change_when_sent_twice() -> None:
    idea, ana = an_idea(somebody("Ana"), ask="doubts", question="Why?"), somebody("Ana")

    def sent() -> Version:
        changed: dict[str, Any] = {"title": "By growth", "text": "By growth."}
        return actions.revise(
            by=ana, idea_id=idea.pk, base_version=1, ask="half_baked", question="Why?", **changed
        )

    assert sent() == sent()


def test_a_decision_that_rests_on_something_else_is_another() -> None:
    reply, ana = asked(), somebody("Ana")

    def sent(*naming: int) -> Reply:
        return actions.decide(by=ana, idea_id=reply.idea_id, text="Half of it.", naming=naming)

    first = sent()
    second = sent(reply.pk)

    assert second != first
    assert Outcome.objects.get(words=second).names == reply
    assert (sent(), sent(reply.pk)) == (first, second)


def test_the_same_words_later_or_after_taking_them_back_are_said_again() -> None:
    idea, bo = an_idea(somebody("Ana")), somebody("Bo")
    actions.reply(by=bo, idea_id=idea.pk, text="Yes.", at=timezone.now() - SENT_AGAIN)
    second = actions.reply(by=bo, idea_id=idea.pk, text="Yes.")
    actions.take_back(by=bo, reply_id=second.pk)

    actions.reply(by=bo, idea_id=idea.pk, text="Yes.")

    assert queries.replies_of(idea).filter(author=bo, withdrawn_at=None).count() == 2


def test_two_people_may_say_the_same() -> None:
    idea, space = an_idea(somebody("Ana")), a_space(name="Rye")
    for name in ("Bo", "Cleo"):
        actions.reply(by=somebody(name), idea_id=idea.pk, text="Yes.")

    assert queries.replies_of(idea).count() == 2
    assert not Idea.objects.filter(space=space).exists()
