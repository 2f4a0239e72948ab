"""Who sees which ideas, replies and lists: nobody signed in, outsiders, members, authors."""

from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from tertulia.ideas import actions, queries
from tertulia.ideas.models import Idea, Reply
from tertulia.spaces.actions import leave_space
from tests.community import a_reply, a_space, after, an_idea, somebody

if TYPE_CHECKING:
    from tertulia.people.models import Person

pytestmark = pytest.mark.django_db

VIEWERS = {"nobody": None, "outsider": "Dan", "member": "Bo", "author": "Ana"}
# Who sees an idea of Ana's: the same in an open space as in one by invitation.
SEES = {
    "me": {"author"},
    "space": {"member", "author"},
    "everyone": {"nobody", "outsider", "member", "author"},
}


def viewer(name: str) -> "Person | None":
    who = VIEWERS[name]
    return somebody(who) if who else None


def idea_in(audience: str, *, is_open: bool = True) -> Idea:
    return an_idea(space=a_space(somebody("Ana"), somebody("Bo"), is_open=is_open), audience=audience)


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("who", VIEWERS)
def test_an_idea_is_seen_by_those_for_whom_it_is(who: str, audience: str, is_open: bool) -> None:
    idea = idea_in(audience, is_open=is_open)

    seen = idea in queries.ideas_visible_to(viewer(who))

    assert seen == (who in SEES[audience])


@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("who", VIEWERS)
def test_a_reply_is_seen_by_those_who_see_its_idea(who: str, audience: str) -> None:
    idea = idea_in("space" if audience == "me" else audience)
    reply = a_reply(idea)
    Idea.objects.filter(pk=idea.pk).update(audience=audience)

    assert (reply in queries.replies_visible_to(viewer(who))) == (who in SEES[audience])
    assert (reply.act in queries.acts_to_replies(viewer(who), {reply.act or 0, 99})) == (
        who in SEES[audience]
    )


@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("who", VIEWERS)
def test_what_was_taken_back_is_its_authors_alone(who: str, audience: str) -> None:
    idea = idea_in(audience)
    actions.withdraw_idea(by=somebody("Ana"), idea_id=idea.pk)

    assert (idea in queries.ideas_visible_to(viewer(who))) == (who == "author")


@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("who", VIEWERS)
def test_nobody_sees_what_an_import_has_staged(who: str, audience: str) -> None:
    idea = idea_in("space" if audience == "me" else audience)
    reply = a_reply(idea)
    Idea.objects.filter(pk=idea.pk).update(staged=True, audience=audience)
    Reply.objects.filter(pk=reply.pk).update(staged=True)
    person = viewer(who)

    assert not queries.ideas_visible_to(person).exists()
    assert not queries.replies_visible_to(person).exists()
    assert not queries.replies_of(idea).exists()
    assert not queries.nobody_has_answered(person).exists()


def test_a_staged_reply_under_an_idea_that_is_here_is_not_seen() -> None:
    idea = idea_in("everyone")
    reply = a_reply(idea, somebody("Bo"), "How hot?")
    Reply.objects.filter(pk=reply.pk).update(staged=True)

    assert not queries.replies_of(idea).exists()
    assert not queries.waiting_replies(somebody("Ana"), after(60)).exists()


def test_whoever_leaves_a_space_keeps_their_own_ideas_and_sees_no_others() -> None:
    idea = idea_in("space")
    mine = an_idea(somebody("Bo"), idea.space, title="Bo's")

    leave_space(by=somebody("Bo"), space=idea.space)

    assert list(queries.ideas_visible_to(somebody("Bo"))) == [mine]


def test_lists_of_a_space_and_of_a_person_hold_what_the_viewer_may_see() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"))
    ideas = {
        audience: an_idea(space=space, title=audience, audience=audience, topics=(audience,), at=after(i))
        for i, audience in enumerate(SEES)
    }

    for who in VIEWERS:
        person = viewer(who)
        seen = [ideas[audience] for audience in reversed(SEES) if who in SEES[audience]]
        assert list(queries.ideas_of_space(person, space)) == seen
        assert list(queries.ideas_of_person(person, somebody("Ana"))) == seen
        assert {topic.name for topic in queries.topics_of_space(person, space)} == {i.title for i in seen}
    assert list(queries.ideas_of_space(somebody("Bo"), space, topic="me")) == []
    assert queries.is_there_a_public_idea_by(somebody("Ana"))
    assert not queries.is_there_a_public_idea_by(somebody("Bo"))


def test_what_was_talked_about_last_stands_first() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"))
    older = an_idea(space=space, title="Older", at=after(0))
    newer = an_idea(space=space, title="Newer", at=after(1))
    a_reply(older, at=after(2))

    assert list(queries.ideas_of_space(somebody("Bo"), space)) == [older, newer]


def test_an_ask_that_nobody_has_answered_is_offered_to_those_who_may_see_it() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"))
    asked = an_idea(space=space, ask="help", audience="space")
    an_idea(space=space, ask="half_baked", audience="everyone")
    an_idea(space=space, ask="help", audience="me")
    a_reply(an_idea(space=space, ask="help"))
    an_idea(space=space, is_notice=True)

    assert list(queries.nobody_has_answered(somebody("Bo"))) == [asked]
    assert list(queries.nobody_has_answered(somebody("Ana"))) == [asked]
    assert list(queries.nobody_has_answered(None)) == []


def test_asks_for_someone_like_me_are_others_those_of_my_spaces_first() -> None:
    mine = a_space(somebody("Ana"), somebody("Bo"))
    elsewhere = a_space(somebody("Cleo"), name="Rye")
    far = an_idea(somebody("Cleo"), elsewhere, ask="help", audience="everyone", at=after(0))
    near = an_idea(somebody("Ana"), mine, ask="help", at=after(1))
    an_idea(somebody("Bo"), mine, ask="help", at=after(2))

    found = list(queries.for_someone_like(somebody("Bo")))

    assert found == [near, far]
    assert [idea.in_my_space for idea in found] == [True, False]  # type: ignore[attr-defined]


def change(idea: Idea, text: str, minutes: int) -> None:
    idea.refresh_from_db()
    assert idea.author is not None
    actions.revise(
        by=idea.author, idea_id=idea.pk, base_version=idea.version, title=idea.title, text=text,
        at=after(minutes),
    )  # fmt: skip


def test_what_changed_is_the_newest_version_of_ideas_near_me_that_others_wrote() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"))
    elsewhere = a_space(somebody("Cleo"), name="Rye")
    near, mine = an_idea(space=space), an_idea(somebody("Bo"), space, title="Bo's")
    said = an_idea(somebody("Cleo"), elsewhere, title="Rye", audience="everyone")
    far = an_idea(somebody("Cleo"), elsewhere, title="Far", audience="everyone")
    a_reply(said, somebody("Bo"))
    for minutes, idea in enumerate((near, near, mine, said, far), 20):
        change(idea, f"Text {minutes}", minutes)

    found = queries.changed_for(somebody("Bo"), after(0))

    assert [(version.idea, version.number) for version in found] == [(said, 2), (near, 3)]
    assert list(queries.changed_for(somebody("Bo"), after(60))) == []


def test_open_questions_of_a_history_are_worth_picking_up_and_wait_for_nobody() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"))
    person = apps.get_model("people", "Person").objects.create(name="Old", import_id=7, is_active=False)
    idea = an_idea(space=space)
    Idea.objects.filter(pk=idea.pk).update(import_id=7, author=person)

    assert list(queries.worth_picking_up(somebody("Bo"))) == [idea]
    assert list(queries.nobody_has_answered(somebody("Bo"))) == []
    a_reply(idea, somebody("Bo"), "Still?", starter="question")
    assert list(queries.worth_picking_up(somebody("Bo"))) == []
