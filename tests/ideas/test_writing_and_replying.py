"""What writing an idea and replying to it put down: exactly their content, and exactly their acts."""

import pytest

from tertulia.ideas import actions
from tertulia.ideas.models import Draft, Idea, Reply, Searchable, Version
from tertulia.people.policies import NotThere, Refused
from tests.community import a_reply, a_space, acts, after, again, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db


def test_an_idea_is_its_first_version_its_words_for_the_search_and_one_act() -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    before = last_act()

    idea = actions.write_idea(
        by=ana, space=space, title="  Ninety  minutes ", text="Let it rise.\r\nBake it.", ask="doubts",
        question=" Where does this  stop? ", topics=("Rye", "rye", "ovens"), at=after(),
    )  # fmt: skip

    idea = Idea.objects.get(pk=idea.pk)
    (act,) = acts(before)
    assert (idea.title, idea.slug, idea.text) == (
        "Ninety minutes",
        "ninety-minutes",
        "Let it rise.\nBake it.",
    )
    assert (idea.ask, idea.question, idea.version, idea.contributions) == (
        "doubts",
        "Where does this stop?",
        1,
        0,
    )
    assert {topic.name for topic in idea.topics.all()} == {"rye", "ovens"}
    version = Version.objects.get(idea=idea)
    assert (version.number, version.by, version.act, version.text) == (1, ana, act.act, idea.text)
    assert Searchable.objects.get(idea=idea, reply=None).title
    assert (act.verb, act.move, act.actor, act.person, act.parent, act.ref) == (
        "posted",
        None,
        ana.key,
        None,
        None,
        None,
    )
    assert (act.space, act.thread, act.audience, act.audience_id) == (
        space.pk,
        idea.pk,
        "space",
        str(space.pk),
    )
    assert (act.words, act.happened_at, idea.act) == (7, after(), act.act)


@pytest.mark.parametrize(("audience", "of"), [("me", "author"), ("space", "space"), ("everyone", None)])
def test_an_act_says_who_may_read_it(audience: str, of: str | None) -> None:
    idea = an_idea(audience=audience)
    ids = {"author": somebody("Ana").key, "space": str(idea.space_id), None: None}

    act = acts()[-1]

    assert (act.audience, act.audience_id) == (audience, ids[of])


def test_a_notice_asks_for_nothing_and_is_no_contribution() -> None:
    idea = an_idea(is_notice=True, ask="help")

    assert (idea.ask, idea.question) == ("half_baked", "")
    assert acts()[-1].verb == "noticed"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "  "}, "needs a title"),
        ({"title": "x" * 201}, "longer than 200"),
        ({"text": " \n"}, "no words yet"),
        ({"text": "x" * 200_001}, "longer than 200,000"),
        ({"topics": ("a", "b", "c", "d", "e", "f")}, "Five topics"),
        ({"topics": ("a" * 61,)}, "longer than 60"),
        ({"ask": "help", "question": "x" * 501}, "longer than 500"),
        ({"ask": "half_baked", "question": "Who?"}, "chose to ask nothing yet"),
        ({"is_notice": True, "question": "Who?"}, "a notice asks for nothing"),
        ({"ask": "money"}, "Choose what you ask"),
        ({"audience": "boss"}, "who may read it"),
    ],
)
def test_what_cannot_be_an_idea_is_refused_and_nothing_is_written(
    wrong: dict[str, object], sentence: str
) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    before = last_act()

    with pytest.raises(Refused, match=sentence):
        an_idea(ana, space, **wrong)  # type: ignore[arg-type]

    assert not Idea.objects.exists()
    assert acts(before) == []


def test_whoever_is_not_in_a_space_writes_no_idea_in_it() -> None:
    space = a_space(somebody("Ana"))

    with pytest.raises(Refused, match="Join this space first"):
        actions.write_idea(by=somebody("Bo"), space=space, title="Rye", text="Tears.")


MOVES = {
    "": None, "question": "question", "challenge": "challenge", "build_on": "build_on",
    "experience": "experience", "synthesis": "synthesis",
}  # fmt: skip


@pytest.mark.parametrize(("starter", "move"), MOVES.items())
def test_a_reply_is_one_row_and_one_act_to_the_author(starter: str, move: str | None) -> None:
    idea, bo = an_idea(), somebody("Bo")
    before = last_act()

    reply = actions.reply(
        by=bo, idea_id=idea.pk, text="It is July in my kitchen.", starter=starter, at=after(10)
    )

    (act,) = acts(before)
    assert (act.verb, act.move, act.actor, act.person) == ("replied", move, bo.key, somebody("Ana").key)
    assert (act.thread, act.parent, act.ref, act.words) == (idea.pk, idea.act, None, 6)
    assert (act.basis, act.confidence) == ("declared", 1.0)
    reply = again(reply)
    assert (reply.starter, reply.addressee, reply.act, reply.number) == (
        starter,
        somebody("Ana"),
        act.act,
        1,
    )
    assert reply.asks == (starter in {"question", "challenge"})
    assert Searchable.objects.filter(reply=reply).exists()


def test_a_reply_moves_the_counters_of_its_idea() -> None:
    idea = an_idea()

    a_reply(idea, somebody("Ana"), "One more thing.", at=after(5))
    a_reply(idea, somebody("Bo"), at=after(10))

    idea.refresh_from_db()
    assert (idea.contributions, idea.replies_shown, idea.touched) == (2, 2, 3)
    # Only somebody else answers.
    assert (idea.talked_at, idea.answered_at) == (after(10), after(10))


def test_a_reply_under_ones_own_idea_is_directed_at_nobody() -> None:
    idea = an_idea()

    reply = a_reply(idea, somebody("Ana"))

    assert reply.addressee is None
    assert acts()[-1].person is None


@pytest.mark.parametrize("starter", ["keep", "say_back", "not_quite", "tried", "decided", "nonsense"])
def test_a_reply_to_an_idea_does_not_begin_as_an_answer_does(starter: str) -> None:
    idea = an_idea()

    with pytest.raises(Refused, match="does not fit"):
        a_reply(idea, starter=starter)


@pytest.mark.parametrize(
    "text",
    [
        "How hot?",
        "> It was hot.\n\nHow hot?",
        "> Why?\n\nHow `hot`?",
        "多热\uff1f",
        "[How hot?](https://e.org/)",
    ],
)
def test_a_question_mark_makes_a_reply_want_an_answer(text: str) -> None:
    assert a_reply(an_idea(), text=text).asks


@pytest.mark.parametrize(
    "text",
    [
        "Hot, [as here](https://e.org/?oven=1).",
        "Hot: https://e.org/?oven=1",
        "> > How hot?\n>\n> Who knows?\n\nVery.",
        "    is_hot = oven ? yes : no\n\nso it says.",
        "It says `oven?` there.",
    ],
)
def test_the_mark_of_an_address_or_of_what_is_quoted_asks_nothing(text: str) -> None:
    assert not a_reply(an_idea(), text=text).asks


def test_what_one_cannot_see_cannot_be_replied_to() -> None:
    idea = an_idea()
    apart = an_idea(space=a_space(somebody("Ana"), name="Apart", is_open=False))

    with pytest.raises(NotThere):
        a_reply(apart)
    with pytest.raises(NotThere):
        actions.reply(by=somebody("Bo"), idea_id=idea.pk + 1000, text="Where?")


def test_an_idea_for_oneself_and_one_taken_back_have_no_replies() -> None:
    ana = somebody("Ana")
    own, gone = an_idea(audience="me"), an_idea()
    actions.withdraw_idea(by=ana, idea_id=gone.pk)

    with pytest.raises(Refused, match="Only you can see"):
        a_reply(own, ana)
    with pytest.raises(Refused, match="taken back"):
        a_reply(gone, ana)


def test_an_idea_that_is_taken_back_is_its_authors_alone_and_leaves_one_act() -> None:
    idea, ana = an_idea(), somebody("Ana")
    before = last_act()

    actions.withdraw_idea(by=ana, idea_id=idea.pk, at=after(3))

    (act,) = acts(before)
    idea.refresh_from_db()
    assert idea.withdrawn_at == after(3)
    assert (act.verb, act.ref, act.space, act.thread) == ("withdrew", idea.act, idea.space_id, idea.pk)


def test_an_idea_with_a_reply_by_another_stays() -> None:
    idea = an_idea()
    a_reply(idea)

    with pytest.raises(Refused, match="so the idea stays"):
        actions.withdraw_idea(by=somebody("Ana"), idea_id=idea.pk)


def test_nobody_takes_back_the_idea_of_another() -> None:
    idea = an_idea(audience="everyone")

    with pytest.raises(Refused, match="Only the author"):
        actions.withdraw_idea(by=somebody("Bo"), idea_id=idea.pk)


def test_sending_words_drops_their_draft() -> None:
    idea, bo = an_idea(audience="everyone"), somebody("Bo")
    actions.keep_draft(by=bo, place=f"reply:{idea.pk}:0", fields={"text": "It is"})
    actions.keep_draft(by=bo, place="reply:99:0", fields={"text": "Elsewhere"})

    a_reply(idea, bo)

    assert [draft.place for draft in Draft.objects.filter(person=bo)] == ["reply:99:0"]


def test_a_draft_is_one_a_place_its_writers_alone_and_no_act() -> None:
    bo, cleo = somebody("Bo"), somebody("Cleo")
    before = last_act()

    actions.keep_draft(by=bo, place="reply:1:0", fields={"text": "It"})
    actions.keep_draft(by=bo, place="reply:1:0", fields={"text": "It is", "starter": " "})
    actions.keep_draft(by=cleo, place="reply:1:0", fields={"text": "Mine"})

    assert Draft.objects.get(person=bo).fields == {"text": "It is"}
    assert Draft.objects.count() == 2
    assert acts(before) == []


def test_a_draft_without_words_is_dropped() -> None:
    bo = somebody("Bo")
    actions.keep_draft(by=bo, place="reply:1:0", fields={"text": "It"})

    assert actions.keep_draft(by=bo, place="reply:1:0", fields={"text": " "}) is None
    assert not Draft.objects.exists()


def test_of_more_than_two_hundred_drafts_the_oldest_go() -> None:
    bo = somebody("Bo")

    for i in range(202):
        actions.keep_draft(by=bo, place=f"reply:{i}:0", fields={"text": "It"})

    kept = {draft.place for draft in Draft.objects.filter(person=bo)}
    assert len(kept) == 200
    assert not {"reply:0:0", "reply:1:0"} & kept


def test_a_reply_holds_the_row_that_its_action_gave() -> None:
    reply = a_reply(an_idea())

    assert Reply.objects.get().pk == reply.pk
