"""What people send about ideas is kept without what cannot be seen, and on PostgreSQL it is kept at all."""

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Credit
from tertulia.people.policies import Refused
from tests.community import a_reply, after, an_idea, somebody

pytestmark = pytest.mark.django_db


def test_an_idea_is_kept_without_what_cannot_be_seen() -> None:
    idea = an_idea(
        title="Ni\x00nety\u202e",
        text="Let\x00 it\r\nrise.",
        ask="doubts",
        question="Is\x00 it?",
        topics=("ry\x00e", "\x00", "\u202e"),
    )

    idea.refresh_from_db()
    assert (idea.title, idea.text, idea.question) == ("Ninety", "Let it\nrise.", "Is it?")
    assert [topic.name for topic in idea.topics.all()] == ["rye"]
    assert queries.list_of_space(somebody("Bo"), idea.space, topic="r\x00", notices=False, most=9) == []


def test_a_change_and_what_it_moved_are_kept_without_what_cannot_be_seen() -> None:
    idea, ana = an_idea(), somebody("Ana")
    reply = a_reply(idea, text="It is\x00 July.")
    first = actions.revise(
        by=ana, idea_id=idea.pk, base_version=1, title="Ri\x00se", text="By\x00 volume.", note="Ho\x00t.",
        at=after(20),
    )  # fmt: skip
    actions.revise(
        by=ana, idea_id=idea.pk, base_version=2, title="Rise", text="By growth.",
        credits=[Credited(reply.pk, "The\x00 growth.")], at=after(30),
    )  # fmt: skip
    credit = actions.say_what_moved(by=somebody("Bo"), credit_id=Credit.objects.get().pk, text="A\x00 lot.")

    assert (first.title, first.text, first.note, reply.text) == ("Rise", "By volume.", "Hot.", "It is July.")
    assert (credit.sentence, credit.moved) == ("The growth.", "A lot.")


def test_words_that_nobody_sees_are_no_words() -> None:
    idea = an_idea()
    reply = a_reply(idea)

    with pytest.raises(Refused, match="no words yet"):
        a_reply(idea, text="\x00\u202e")
    with pytest.raises(Refused, match="in one sentence"):
        actions.revise(
            by=somebody("Ana"), idea_id=idea.pk, base_version=1, title="Rise", text="By growth.",
            credits=[Credited(reply.pk, "\x00")],
        )  # fmt: skip


def test_a_draft_is_kept_without_what_cannot_be_seen() -> None:
    bo = somebody("Bo")
    draft = actions.keep_draft(
        by=bo, place="reply:1:0\x00", fields={"te\x00xt": "Ha\x00lf.\n ", "note": "\x00"}
    )

    assert draft is not None
    draft.refresh_from_db()
    assert (draft.place, draft.fields) == ("reply:1:0", {"text": "Half.\n "})
    actions.drop_draft(by=bo, place="reply:1:0\x00")
    assert queries.draft_of(bo, "reply:1:0") is None
