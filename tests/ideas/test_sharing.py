"""Letting more people read an idea."""

import pytest

from tertulia.ideas import actions, policies, queries
from tertulia.ledger.frame import acts_of_space
from tertulia.people.actions import add_person
from tertulia.people.models import Person
from tertulia.people.policies import Refused
from tertulia.spaces.actions import found_space, join_space
from tertulia.spaces.models import Space

pytestmark = pytest.mark.django_db


def ana_and_bo() -> tuple[Person, Person, Space]:
    ana, bo = add_person(name="Ana", keeps_site=True), add_person(name="Bo")
    space = found_space(by=ana, name="Bread")
    join_space(by=bo, space=space)
    return ana, bo, space


def test_an_idea_of_ones_own_is_posted_when_it_is_shared_with_the_space() -> None:
    ana, bo, space = ana_and_bo()
    mine = actions.write_idea(by=ana, space=space, title="A note", text="Half a thought.", audience="me")
    before = [act.verb for act in acts_of_space(space.pk)]

    shared = actions.share_idea(by=ana, idea_id=mine.pk, audience="space")

    after = [(act.verb, act.thread) for act in acts_of_space(space.pk)]
    assert "posted" not in before
    assert after[-2:] == [("shared", mine.pk), ("posted", mine.pk)]
    assert queries.ideas_visible_to(bo).filter(pk=mine.pk).exists()
    assert shared.act != mine.act


def test_a_reply_to_a_shared_idea_answers_the_act_that_the_space_can_read() -> None:
    ana, bo, space = ana_and_bo()
    mine = actions.write_idea(by=ana, space=space, title="A note", text="Half a thought.", audience="me")
    shared = actions.share_idea(by=ana, idea_id=mine.pk, audience="everyone")

    actions.reply(by=bo, idea_id=mine.pk, text="The other half.")

    acts = acts_of_space(space.pk)
    assert acts[-1].parent == shared.act
    assert shared.act in {act.act for act in acts}


def test_opening_an_idea_to_everyone_does_not_count_it_twice() -> None:
    ana, _bo, space = ana_and_bo()
    idea = actions.write_idea(by=ana, space=space, title="A note", text="A thought.", audience="space")

    actions.share_idea(by=ana, idea_id=idea.pk, audience="everyone")

    assert [act.verb for act in acts_of_space(space.pk)].count("posted") == 1
    assert queries.ideas_visible_to(None).filter(pk=idea.pk).exists()


@pytest.mark.parametrize(("has", "wants"), [("everyone", "space"), ("space", "me"), ("space", "space")])
def test_what_others_could_read_is_not_taken_from_them_by_sharing(has: str, wants: str) -> None:
    ana, _bo, space = ana_and_bo()
    idea = actions.write_idea(by=ana, space=space, title="A note", text="A thought.", audience=has)

    with pytest.raises(Refused, match="cannot be unread"):
        actions.share_idea(by=ana, idea_id=idea.pk, audience=wants)


def test_nobody_shares_another_persons_idea() -> None:
    ana, bo, space = ana_and_bo()
    idea = actions.write_idea(by=ana, space=space, title="A note", text="A thought.", audience="space")

    with pytest.raises(Refused):
        actions.share_idea(by=bo, idea_id=idea.pk, audience="everyone")


def test_what_others_said_to_the_space_is_not_opened_to_everyone_by_the_author() -> None:
    ana, bo, space = ana_and_bo()
    idea = actions.write_idea(by=ana, space=space, title="A note", text="A thought.", audience="space")
    actions.reply(by=ana, idea_id=idea.pk, text="And I add.")
    idea.refresh_from_db()
    assert policies.wider_audiences(ana, idea) == ("everyone",)
    actions.reply(by=bo, idea_id=idea.pk, text="Among us: it is not so.")

    with pytest.raises(Refused, match="stays among them"):
        actions.share_idea(by=ana, idea_id=idea.pk, audience="everyone")

    idea.refresh_from_db()
    assert policies.wider_audiences(ana, idea) == ()
    assert idea.audience == "space"


def test_an_idea_can_be_opened_when_the_only_reply_was_taken_back() -> None:
    ana, bo, space = ana_and_bo()
    idea = actions.write_idea(by=ana, space=space, title="A note", text="A thought.", audience="space")
    reply = actions.reply(by=bo, idea_id=idea.pk, text="It is not so.")
    actions.take_back(by=bo, reply_id=reply.pk)

    assert actions.share_idea(by=ana, idea_id=idea.pk, audience="everyone").audience == "everyone"
