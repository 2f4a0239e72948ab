"""An idea taken back goes with all that its author wrote under it."""

import pytest

from tertulia.ideas import actions
from tertulia.ledger.frame import acts_of_space
from tests.community import a_reply, acts, after, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db


def test_nothing_that_its_author_wrote_under_a_withdrawn_idea_counts() -> None:
    idea, ana, bo = an_idea(), somebody("Ana"), somebody("Bo")
    actions.revise(by=ana, idea_id=idea.pk, base_version=1, title="Rise", text="By volume.", at=after(5))
    own = a_reply(idea, ana, "And cold.")
    doubt = a_reply(idea, bo)
    actions.answer(by=ana, reply_id=doubt.pk, text="Half.", starter="dont_know", at=after(11))
    actions.answer(by=ana, reply_id=own.pk, text="Cold.", at=after(11))
    actions.tell_tried(by=ana, idea_id=idea.pk, text="It tore.", at=after(12))
    actions.decide(by=ana, idea_id=idea.pk, text="By volume.", at=after(13))
    actions.take_back(by=bo, reply_id=doubt.pk, at=after(14))

    actions.withdraw_idea(by=ana, idea_id=idea.pk, at=after(15))

    assert [act.verb for act in acts_of_space(idea.space_id) if act.thread == idea.pk] == []


def test_what_was_taken_back_already_is_not_taken_back_again() -> None:
    idea, ana = an_idea(), somebody("Ana")
    own = a_reply(idea, ana)
    actions.take_back(by=ana, reply_id=own.pk, at=after(14))
    before = last_act()

    actions.withdraw_idea(by=ana, idea_id=idea.pk, at=after(15))

    assert [(act.verb, act.ref) for act in acts(before)] == [("withdrew", idea.act)]
