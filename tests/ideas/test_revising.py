"""A version: its text, what changed it, and why, written together or not at all."""

import pytest

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited, VersionMoved
from tertulia.ideas.models import Credit, Draft, Idea, Outcome, Searchable, Version
from tertulia.people.policies import NotThere, Refused
from tests.community import a_reply, acts, after, again, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db


def revise(idea: Idea, *credits: Credited, **more: object) -> Version:
    """Ana's next version, changed unless a test says otherwise."""
    idea.refresh_from_db()
    what = {"base_version": idea.version, "title": idea.title, "text": f"{idea.text}\n\nMark the jar."}
    return actions.revise(
        **{"by": somebody("Ana"), "idea_id": idea.pk, "credits": credits, "at": after(30), **what, **more}  # type: ignore[arg-type]
    )


def test_a_version_stands_as_the_idea_and_is_one_act() -> None:
    idea = an_idea()
    before = last_act()

    version = revise(idea, title="Proof by volume", note=" Too  hot. ")

    (act,) = acts(before)
    idea.refresh_from_db()
    assert (idea.title, idea.first_title, idea.version) == ("Proof by volume", "Ninety minutes is enough", 2)
    assert idea.text == version.text
    assert idea.talked_at == after(30)
    assert (version.number, version.by, version.act, version.note) == (
        2,
        somebody("Ana"),
        act.act,
        "Too hot.",
    )
    assert (act.verb, act.person, act.parent, act.ref, act.words) == ("revised", None, idea.act, None, 13)
    assert "jar" in Searchable.objects.get(idea=idea, reply=None).words


def test_each_credit_is_its_sentence_its_outcome_and_its_act() -> None:
    idea = an_idea()
    growth = a_reply(idea, somebody("Bo"), "It is growth?", starter="challenge")
    mark = a_reply(idea, somebody("Cleo"), "Mark the jar.")
    before = last_act()

    version = revise(idea, Credited(growth.pk, " The  growth. "), Credited(mark.pk, "A mark."), note="Why")

    revised, *credited = acts(before)
    assert revised.verb == "revised"
    assert [(act.verb, act.actor, act.person, act.parent, act.ref, act.words) for act in credited] == [
        ("credited", somebody("Ana").key, somebody(name).key, reply.act, reply.act, 0)
        for name, reply in (("Bo", growth), ("Cleo", mark))
    ]
    assert [(c.reply, c.by, c.to, c.sentence, c.named, c.heard, c.act) for c in queries.credits_of(idea)] == [
        (growth, somebody("Ana"), somebody("Bo"), "The growth.", True, "", credited[0].act),
        (mark, somebody("Ana"), somebody("Cleo"), "A mark.", True, "", credited[1].act),
    ]
    assert {(o.kind, o.names_id, o.version_id) for o in Outcome.objects.all()} == {
        ("revised", growth.pk, version.pk),
        ("revised", mark.pk, version.pk),
    }
    # The credits say why; a note beside them would say it twice.
    assert version.note == ""
    assert again(growth).answered_at == after(30)


def test_a_credit_stands_beside_the_passage_that_took_it_up() -> None:
    idea = an_idea(text="Let the dough rise for ninety minutes.\n\nBake it hot.\n\nCool it.")
    growth = a_reply(idea, text="Is the clock not only what the growth took you?")
    floor = a_reply(idea, somebody("Cleo"), "My floor is too hot for that.")
    text = "Let the dough rise by half, by growth.\n\nBake it on a cooler floor.\n\nCool it."

    version = revise(idea, Credited(growth.pk, "The growth."), Credited(floor.pk, "The floor."), text=text)

    credits = {credit.reply_id: credit.pk for credit in Credit.objects.all()}
    assert [passage["credits"] for passage in version.passages] == [
        [credits[growth.pk]],
        [credits[floor.pk]],
        [],
    ]
    assert [passage["changed"] for passage in version.passages] == [True, True, False]


def test_a_credit_like_no_changed_words_stands_at_the_first_change() -> None:
    idea = an_idea(text="Bake it hot.\n\nLet it rise.")
    reply = a_reply(idea, text="Xylophone.")

    version = revise(idea, Credited(reply.pk, "Quite."), text="Bake it hot.\n\nLet it rise by half.")

    assert [bool(passage["credits"]) for passage in version.passages] == [False, True]


def test_notes_in_the_margin_move_along_with_their_passage() -> None:
    idea = an_idea(text="Bake it hot and quickly.\n\nLet it rise for long.")
    first = a_reply(idea, text="By growth.")
    revise(
        idea, Credited(first.pk, "By growth."), text="Bake it hot and quickly.\n\nLet it rise by its growth."
    )
    second = a_reply(idea, somebody("Cleo"), "With steam.")

    version = revise(
        idea,
        Credited(second.pk, "Steam."),
        text="Mark the jar.\n\nLet it rise by its growth, in a bowl.\n\nBake it hot, quickly, with steam.",
    )

    credits = {credit.reply_id: credit.pk for credit in Credit.objects.all()}
    assert [passage["credits"] for passage in version.passages] == [
        [],
        [credits[first.pk]],
        [credits[second.pk]],
    ]


def test_a_version_keeps_every_credit_of_the_one_before_while_its_words_stay() -> None:
    idea = an_idea()
    reply = a_reply(idea)
    revise(idea, Credited(reply.pk, "The heat."))

    third = revise(idea, title="Another title", text=idea.text + "\n\nMark the jar.")

    assert sum(len(passage["credits"]) for passage in third.passages) == 1


def test_a_reply_can_change_a_second_version_too() -> None:
    idea = an_idea()
    reply = a_reply(idea)

    revise(idea, Credited(reply.pk, "The heat."))
    revise(idea, Credited(reply.pk, "And the time."))

    assert [credit.version.number for credit in queries.credits_of(idea)] == [2, 3]


def test_a_version_written_from_an_older_one_is_refused_with_both_numbers() -> None:
    idea = an_idea()
    revise(idea)
    before = last_act()

    with pytest.raises(VersionMoved, match="Version 2 was published while you were writing from version 1"):
        revise(idea, base_version=1, text="Mine.")

    assert acts(before) == []
    assert Version.objects.filter(idea=idea).count() == 2


@pytest.mark.parametrize(
    "same", [{}, {"text": "Bake.  \n"}, {"title": " Bake "}, {"ask": "half_baked"}, {"question": ""}]
)
def test_a_version_in_which_nothing_changed_is_refused(same: dict[str, str]) -> None:
    idea = an_idea(title="Bake", text="Bake.")
    reply = a_reply(idea)

    with pytest.raises(Refused, match="Nothing is different"):
        revise(idea, Credited(reply.pk, "Nothing."), **{"title": "Bake", "text": "Bake.", **same})


def test_asking_for_something_else_is_a_change() -> None:
    idea = an_idea()

    revise(idea, text=idea.text, ask="help", question="Who  knows?")
    idea.refresh_from_db()
    assert (idea.ask, idea.question, idea.version) == ("help", "Who knows?", 2)

    revise(idea, text=idea.text, ask="half_baked", question="Who knows?")
    idea.refresh_from_db()
    assert (idea.ask, idea.question) == ("half_baked", "")


def test_a_new_question_with_nothing_asked_is_refused() -> None:
    idea = an_idea(ask="help", question="Who knows?")

    with pytest.raises(Refused, match="chose to ask nothing yet"):
        revise(idea, text="Bake.", ask="half_baked", question="Does anybody?")


def test_the_first_title_stays_known_through_many() -> None:
    idea = an_idea(title="One")
    for title in ("Two", "Three", "One"):
        revise(idea, title=title)

    idea.refresh_from_db()
    assert (idea.first_title, idea.title) == ("One", "One")


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("own", "not to oneself"),
        ("no sentence", "in one sentence"),
        ("elsewhere", "no longer there"),
        ("taken back", "no longer there"),
        ("twice", "ticked twice"),
    ],
)
def test_a_credit_that_cannot_be_is_refused_with_the_whole_version(what: str, sentence: str) -> None:
    idea = an_idea()
    other = an_idea(space=idea.space, title="Another")
    reply = {"own": a_reply(idea, somebody("Ana")), "elsewhere": a_reply(other)}.get(what) or a_reply(idea)
    if what == "taken back":
        actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(12))
    credits = [Credited(reply.pk, " " if what == "no sentence" else "The heat.")] * (1 + (what == "twice"))
    before = last_act()

    with pytest.raises(Refused, match=sentence):
        revise(idea, *credits)

    idea.refresh_from_db()
    assert (idea.version, acts(before), Credit.objects.count()) == (1, [], 0)


def test_only_the_author_changes_an_idea() -> None:
    idea = an_idea()

    with pytest.raises(Refused, match="Only the author"):
        revise(idea, by=somebody("Bo"))
    with pytest.raises(NotThere):
        revise(idea, by=somebody("Dan"))


def test_publishing_drops_the_draft_of_the_revise_sheet() -> None:
    idea = an_idea()
    actions.keep_draft(by=somebody("Ana"), place=f"revise:{idea.pk}", fields={"text": "Let"})

    revise(idea)

    assert not Draft.objects.exists()
