"""Deciding and trying: what is named, and what the ledger says of it."""

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.models import Outcome, Reply
from tertulia.people.policies import Refused
from tests.community import a_reply, acts, after, again, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db


def test_a_decision_names_several_replies_each_with_its_act() -> None:
    idea = an_idea()
    doubts = [a_reply(idea, somebody(name), "Is it?", starter="challenge") for name in ("Bo", "Cleo")]
    before = last_act()

    mine = actions.decide(
        by=somebody("Ana"),
        idea_id=idea.pk,
        text="By volume it is.",
        naming=tuple(doubt.pk for doubt in doubts),
        at=after(20),
    )

    words, *decided = acts(before)
    assert (words.verb, words.person, words.parent, words.words) == ("replied", None, idea.act, 4)
    assert [(act.verb, act.person, act.parent, act.ref) for act in decided] == [
        ("decided", somebody(name).key, doubt.act, doubt.act)
        for name, doubt in zip(("Bo", "Cleo"), doubts, strict=True)
    ]
    assert [(row.kind, row.names, row.words, row.act) for row in Outcome.objects.order_by("pk")] == [
        ("decided", doubt, mine, act.act) for doubt, act in zip(doubts, decided, strict=True)
    ]
    assert [again(doubt).answered_at for doubt in doubts] == [after(20), after(20)]


def test_a_decision_that_names_nobody_is_evidence_of_nothing_between_people() -> None:
    idea = an_idea()
    before = last_act()

    mine = actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="By volume.")

    decided = acts(before)[1]
    assert (decided.verb, decided.person, decided.ref, decided.parent) == ("decided", None, None, idea.act)
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.names, outcome.words, outcome.act) == ("decided", None, mine, decided.act)


def test_a_reply_named_twice_is_decided_on_once() -> None:
    idea = an_idea()
    doubt = a_reply(idea)

    actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="Yes.", naming=(doubt.pk, doubt.pk))

    assert Outcome.objects.count() == 1


def test_only_the_author_decides() -> None:
    idea = an_idea()

    with pytest.raises(Refused, match="Only the author"):
        actions.decide(by=somebody("Bo"), idea_id=idea.pk, text="Yes.")


def test_trying_names_the_reply_that_proposed_it() -> None:
    idea = an_idea()
    proposal = a_reply(idea, text="Try a third.", starter="build_on")
    before = last_act()

    mine = actions.tell_tried(
        by=somebody("Cleo"), idea_id=idea.pk, text="It held.", naming=proposal.pk, at=after(20)
    )

    words, tried = acts(before)
    assert (words.verb, words.move, words.person, words.parent) == (
        "answered",
        "answer",
        somebody("Bo").key,
        proposal.act,
    )
    assert (tried.verb, tried.person, tried.parent, tried.ref) == (
        "tried",
        somebody("Bo").key,
        proposal.act,
        proposal.act,
    )
    assert (mine.parent, mine.starter) == (proposal, "tried")
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.by, outcome.names, outcome.words, outcome.act) == (
        "tried",
        somebody("Cleo"),
        proposal,
        mine,
        tried.act,
    )


def test_trying_without_naming_a_reply_names_the_idea() -> None:
    idea = an_idea()
    before = last_act()

    mine = actions.tell_tried(by=somebody("Bo"), idea_id=idea.pk, text="It tore.")

    words, tried = acts(before)
    assert (words.verb, words.person, words.parent) == ("replied", somebody("Ana").key, idea.act)
    assert (tried.verb, tried.person, tried.parent, tried.ref) == (
        "tried",
        somebody("Ana").key,
        idea.act,
        idea.act,
    )
    assert (mine.parent, Outcome.objects.get().names) == (None, None)


def test_trying_ones_own_idea_names_nobody() -> None:
    idea = an_idea()
    before = last_act()

    actions.tell_tried(by=somebody("Ana"), idea_id=idea.pk, text="It tore.")

    assert [(act.verb, act.person, act.ref) for act in acts(before)][1] == ("tried", None, None)


def _taken_back(idea: object, reply: Reply) -> None:
    actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(12))


@pytest.mark.parametrize("what", ["own", "elsewhere", "taken back"])
def test_what_is_not_anothers_word_under_this_idea_cannot_be_named(what: str) -> None:
    idea = an_idea()
    other = an_idea(space=idea.space, title="Another")
    reply = {"own": a_reply(idea, somebody("Ana")), "elsewhere": a_reply(other)}.get(what) or a_reply(idea)
    if what == "taken back":
        _taken_back(idea, reply)
    before = last_act()

    with pytest.raises(Refused):
        actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="Yes.", naming=(reply.pk,))
    with pytest.raises(Refused):
        actions.tell_tried(by=somebody("Ana"), idea_id=idea.pk, text="Yes.", naming=reply.pk)

    assert acts(before) == []


def test_outcomes_are_listed_in_the_order_in_which_they_came() -> None:
    idea = an_idea()
    doubt = a_reply(idea)
    actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Sunday.", starter="try", at=after(20))
    actions.tell_tried(by=somebody("Ana"), idea_id=idea.pk, text="It tore.", naming=doubt.pk, at=after(30))

    assert [outcome.kind for outcome in queries.outcomes_of(idea)] == ["promised", "tried"]


def test_nobody_decides_on_an_idea_that_only_they_can_see() -> None:
    idea = an_idea(audience="me")

    with pytest.raises(Refused, match="Only you can see this idea"):
        actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="So be it.")
