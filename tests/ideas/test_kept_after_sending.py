"""A request that keeps words may come in after they were sent: it makes no draft of what is said already."""

from typing import Any

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Draft, Idea, Reply
from tests.community import a_reply, a_space, an_idea, somebody

pytestmark = pytest.mark.django_db


def kept(name: str, place: str, **fields: str) -> Draft | None:
    actions.keep_draft(by=somebody(name), place=place, fields=fields)
    return queries.draft_of(somebody(name), place)


def a_doubt() -> tuple[Idea, Reply]:
    idea = an_idea(somebody("Ana"), ask="doubts")
    return idea, a_reply(idea, somebody("Bo"), "Why?", starter="question")


def test_a_reply_that_was_sent_is_no_draft_any_more() -> None:
    idea, _ = a_doubt()
    actions.reply(by=somebody("Cleo"), idea_id=idea.pk, text="It is\nJuly.", starter="experience")

    assert kept("Cleo", f"reply:{idea.pk}:0", text="It is\r\nJuly.", starter="experience") is None


def test_an_answer_and_a_correction_that_were_sent_are_no_drafts_any_more() -> None:
    idea, doubt = a_doubt()
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So.", starter="say_back")
    actions.not_quite(by=somebody("Bo"), reply_id=said.pk, text="No: why.")

    assert kept("Ana", f"reply:{idea.pk}:{doubt.pk}", text="So.", starter="say_back") is None
    assert kept("Bo", f"reply:{idea.pk}:{said.pk}", text="No: why.", starter="not_quite") is None


def test_what_was_tried_and_decided_is_no_draft_any_more() -> None:
    idea, doubt = a_doubt()
    actions.tell_tried(by=somebody("Cleo"), idea_id=idea.pk, text="It rose.", naming=doubt.pk)
    actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="Half of it.", naming=(doubt.pk,))

    assert kept("Cleo", f"tried:{idea.pk}", text="It rose.", naming=str(doubt.pk)) is None
    assert kept("Ana", f"decided:{idea.pk}", text="Half of it.", naming=str(doubt.pk)) is None
    assert kept("Ana", f"decided:{idea.pk}", text="Half of it.", naming="")


def test_an_idea_that_was_sent_is_no_draft_any_more() -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    words: dict[str, Any] = {
        "title": "Rye",
        "text": "Rye.",
        "ask": "doubts",
        "question": "Why?",
        "audience": "space",
    }
    actions.write_idea(by=ana, space=space, topics=("rye", "heat"), **words)

    assert kept("Ana", f"idea:{space.pk}", topics="Rye, heat,", **words) is None
    assert kept("Ana", f"idea:{space.pk}", topics="Rye", **words)


def test_a_change_that_was_sent_is_no_draft_any_more_and_with_another_reason_it_is_one() -> None:
    idea, doubt = a_doubt()
    words: dict[str, Any] = {"title": "By growth", "text": "By growth.", "ask": "doubts", "question": ""}
    actions.revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=1, credits=[Credited(doubt.pk, "The heat.")], **words
    )  # fmt: skip
    sheet = {**words, "base_version": "1", "because": str(doubt.pk)}

    assert kept("Ana", f"revise:{idea.pk}", **sheet, **{f"why-{doubt.pk}": "The heat."}) is None
    assert kept("Ana", f"revise:{idea.pk}", **sheet, **{f"why-{doubt.pk}": "The growth."})


@pytest.mark.parametrize(
    "fields",
    [{"text": "It is July"}, {"text": "It is July.", "starter": "question"}, {"note": "It is July."}],
)
def test_other_words_are_kept(fields: dict[str, str]) -> None:
    idea, _ = a_doubt()
    actions.reply(by=somebody("Cleo"), idea_id=idea.pk, text="It is July.")

    assert kept("Cleo", f"reply:{idea.pk}:0", **fields)


def test_the_same_words_of_another_person_or_elsewhere_are_kept() -> None:
    idea, doubt = a_doubt()
    actions.reply(by=somebody("Cleo"), idea_id=idea.pk, text="It is July.")

    assert kept("Dan", f"reply:{idea.pk}:0", text="It is July.")
    assert kept("Cleo", f"reply:{idea.pk}:{doubt.pk}", text="It is July.")
    assert kept("Cleo", f"reply:{an_idea(title='Another').pk}:0", text="It is July.")


def test_what_was_begun_since_in_the_same_place_stays() -> None:
    idea, _ = a_doubt()
    actions.reply(by=somebody("Cleo"), idea_id=idea.pk, text="It is July.")
    kept("Cleo", f"reply:{idea.pk}:0", text="And hot.")

    draft = kept("Cleo", f"reply:{idea.pk}:0", text="It is July.")

    assert draft
    assert draft.fields == {"text": "And hot."}


def test_words_that_were_taken_back_are_kept() -> None:
    idea, _ = a_doubt()
    reply = actions.reply(by=somebody("Cleo"), idea_id=idea.pk, text="It is July.")
    actions.take_back(by=somebody("Cleo"), reply_id=reply.pk)

    assert kept("Cleo", f"reply:{idea.pk}:0", text="It is July.")


NO_PLACES = ["reply:1", "revise:x", "idea:999999", "tried:999999", f"reply:{10**30}:0", "", "elsewhere:1"]


@pytest.mark.parametrize("place", NO_PLACES)
def test_words_for_a_place_that_nobody_can_find_are_kept(place: str) -> None:
    assert kept("Cleo", place, text="It is July.", base_version="x", naming="y")
