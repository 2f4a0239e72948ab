"""What an answer puts down: its words, and what it says besides them, with one gesture."""

import pytest

from tertulia.ideas import actions
from tertulia.ideas.models import Outcome, Reply
from tertulia.people.policies import NotThere, Refused
from tests.community import a_reply, a_space, acts, after, again, an_idea, last_act, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubt() -> Reply:
    """Bo's doubt under Ana's idea."""
    return a_reply(an_idea(), starter="challenge", text="This might not hold when it is hot.")


@pytest.mark.parametrize(
    ("starter", "move"),
    [
        ("", "answer"),
        ("say_back", "say_back"),
        ("changed", "answer"),
        ("try", "answer"),
        ("keep", "answer"),
        ("dont_know", "answer"),
        ("was_wrong", "answer"),
        ("question", "question"),
        ("challenge", "challenge"),
    ],
)
def test_an_answer_is_one_contribution_to_the_person_answered(doubt: Reply, starter: str, move: str) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    before = last_act()

    mine = actions.answer(
        by=ana, reply_id=doubt.pk, text="Half the yeast, then.", starter=starter, at=after(20)
    )

    act = acts(before)[0]
    assert (act.verb, act.move, act.actor, act.person, act.parent) == (
        "answered",
        move,
        ana.key,
        bo.key,
        doubt.act,
    )
    assert (act.words, act.happened_at, act.act) == (4, after(20), mine.act)
    # Only saying back names, as a contribution, what it says back.
    assert act.ref == (doubt.act if starter == "say_back" else None)
    assert (mine.parent, mine.addressee, mine.starter, mine.depth) == (doubt, bo, starter, 1)
    assert again(doubt).answered_at == after(20)


@pytest.mark.parametrize(
    ("starter", "verb", "outcome"),
    [
        ("try", "promised", "promised"),
        ("keep", "declined", "declined"),
        ("dont_know", "did_not_know", None),
        ("was_wrong", "was_wrong", None),
    ],
)
def test_what_an_answer_says_besides_is_an_act_that_names_the_reply(
    doubt: Reply, starter: str, verb: str, outcome: str | None
) -> None:
    before = last_act()

    mine = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="In July.", starter=starter)

    words, besides = acts(before)
    assert (besides.verb, besides.move, besides.words) == (verb, None, 0)
    assert (besides.actor, besides.person, besides.parent, besides.ref) == (
        somebody("Ana").key,
        somebody("Bo").key,
        doubt.act,
        doubt.act,
    )
    found = list(Outcome.objects.values_list("kind", "by", "names", "words", "act"))
    assert found == ([(outcome, somebody("Ana").pk, doubt.pk, mine.pk, besides.act)] if outcome else [])
    assert words.verb == "answered"


@pytest.mark.parametrize("starter", ["", "say_back", "changed", "question", "challenge"])
def test_other_openings_say_nothing_besides(doubt: Reply, starter: str) -> None:
    before = last_act()

    actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Well.", starter=starter)

    assert len(acts(before)) == 1
    assert not Outcome.objects.exists()


def test_not_knowing_under_ones_own_reply_is_said_of_nobody() -> None:
    mine = a_reply(an_idea(), somebody("Bo"))
    before = last_act()

    actions.answer(by=somebody("Bo"), reply_id=mine.pk, text="And I don't know why.", starter="dont_know")

    assert [(act.verb, act.person) for act in acts(before)] == [("answered", None)]


def test_a_say_back_waits_until_its_person_confirms_it(doubt: Reply) -> None:
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So heat matters.", starter="say_back")
    assert said.heard == "waiting"
    before = last_act()

    actions.confirm(by=somebody("Bo"), reply_id=said.pk, at=after(30))

    (act,) = acts(before)
    said = again(said)
    assert (said.heard, said.heard_at, said.answered_at) == ("yes", after(30), after(30))
    assert (act.verb, act.actor, act.person, act.parent, act.ref) == (
        "heard",
        somebody("Bo").key,
        somebody("Ana").key,
        said.act,
        said.act,
    )


def test_confirming_twice_is_confirming_once(doubt: Reply) -> None:
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So heat matters.", starter="say_back")
    actions.confirm(by=somebody("Bo"), reply_id=said.pk, at=after(30))
    before = last_act()

    actions.confirm(by=somebody("Bo"), reply_id=said.pk, at=after(40))

    assert acts(before) == []
    assert again(said).heard_at == after(30)


def test_not_quite_is_an_answer_with_what_was_meant(doubt: Reply) -> None:
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So heat matters.", starter="say_back")
    before = last_act()

    mine = actions.not_quite(by=somebody("Bo"), reply_id=said.pk, text="No, the room does.", at=after(30))

    answered, unheard = acts(before)
    assert (answered.verb, answered.move, answered.words) == ("answered", "answer", 4)
    assert (unheard.verb, unheard.actor, unheard.person, unheard.ref) == (
        "not_quite",
        somebody("Bo").key,
        somebody("Ana").key,
        said.act,
    )
    assert (again(said).heard, again(said).answered_at) == ("not_quite", after(30))
    assert (mine.starter, mine.parent, mine.addressee) == ("not_quite", said, somebody("Ana"))


def test_whoever_was_misheard_can_be_said_back_again_and_confirm_that(doubt: Reply) -> None:
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So heat matters.", starter="say_back")
    meant = actions.not_quite(by=somebody("Bo"), reply_id=said.pk, text="No, the room does.")

    better = actions.answer(by=somebody("Ana"), reply_id=meant.pk, text="So the room.", starter="say_back")
    actions.confirm(by=somebody("Bo"), reply_id=better.pk)

    assert (again(said).heard, again(better).heard) == ("not_quite", "yes")


@pytest.mark.parametrize("name", ["Ana", "Cleo"])
def test_only_the_person_answered_says_whether_that_is_what_they_meant(doubt: Reply, name: str) -> None:
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So heat matters.", starter="say_back")

    with pytest.raises(Refused, match="Only the person who was answered"):
        actions.confirm(by=somebody(name), reply_id=said.pk)
    with pytest.raises(Refused, match="Only the person who was answered"):
        actions.not_quite(by=somebody(name), reply_id=said.pk, text="No.")


def test_what_says_nothing_back_cannot_be_confirmed(doubt: Reply) -> None:
    plain = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Thanks, I will think.")

    with pytest.raises(Refused, match="nothing to confirm"):
        actions.confirm(by=somebody("Bo"), reply_id=plain.pk)


@pytest.mark.parametrize(
    ("name", "starter", "sentence"),
    [
        ("Bo", "say_back", "what another person said"),
        ("Bo", "try", "your own"),
        ("Cleo", "keep", "Only the author"),
        ("Cleo", "changed", "Only the author"),
        ("Ana", "build_on", "does not fit"),
        ("Ana", "not_quite", "does not fit"),
        ("Ana", "decided", "does not fit"),
    ],
)
def test_an_opening_that_is_not_theirs_is_refused(
    doubt: Reply, name: str, starter: str, sentence: str
) -> None:
    before = last_act()

    with pytest.raises(Refused, match=sentence):
        actions.answer(by=somebody(name), reply_id=doubt.pk, text="Hm.", starter=starter)

    assert acts(before) == []
    assert Reply.objects.count() == 1


def test_anybody_may_promise_to_try_what_another_person_said(doubt: Reply) -> None:
    actions.answer(by=somebody("Cleo"), reply_id=doubt.pk, text="On Sunday.", starter="try")

    assert Outcome.objects.get().by == somebody("Cleo")


def test_an_answer_to_what_was_taken_back_is_refused_and_its_words_are_not_lost(doubt: Reply) -> None:
    actions.take_back(by=somebody("Bo"), reply_id=doubt.pk, at=after(12))

    with pytest.raises(Refused, match="nothing is lost"):
        actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="Well.")


def test_what_one_cannot_see_cannot_be_answered_confirmed_or_taken_back() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"), name="Apart", is_open=False)
    doubt = a_reply(an_idea(space=space))
    dan = somebody("Dan")

    for refused in (
        lambda: actions.answer(by=dan, reply_id=doubt.pk, text="Hm."),
        lambda: actions.confirm(by=dan, reply_id=doubt.pk),
        lambda: actions.not_quite(by=dan, reply_id=doubt.pk, text="Hm."),
        lambda: actions.take_back(by=dan, reply_id=doubt.pk),
        lambda: actions.set_aside(by=dan, reply_id=doubt.pk),
    ):
        with pytest.raises(NotThere):
            refused()


def test_what_was_confirmed_is_not_corrected_after() -> None:
    doubt = a_reply(an_idea())
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So it is hot.", starter="say_back")
    actions.confirm(by=somebody("Bo"), reply_id=said.pk)
    before = last_act()

    with pytest.raises(Refused, match="what you meant"):
        actions.not_quite(by=somebody("Bo"), reply_id=said.pk, text="No.")

    assert again(said).heard == "yes"
    assert acts(before) == []
