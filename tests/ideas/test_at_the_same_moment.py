"""People act at the same moment: on a SQLite file and on PostgreSQL, with real threads and real transactions."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tertulia.history.actions import bring_history, undo
from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited, VersionMoved
from tertulia.ideas.models import Credit, Idea, Reply, Topic, Version
from tertulia.importers.detect import silently
from tertulia.people.actions import first_keeper_link, keeper_link_works, whoever_has
from tertulia.people.models import KeeperLink, Person
from tertulia.spaces.actions import invite
from tertulia.spaces.queries import invitation_of
from tests.community import a_reply, a_space, acts, after, again, an_idea, last_act, site_keeper, somebody
from tests.history.dump import a_dump, commented_dump

pytestmark = pytest.mark.usefixtures("common_database")

# Long enough for a lock to be waited for, and for PostgreSQL to find a deadlock (after a second).
A_WHILE = 2.0


class Together:
    """Runs what it is given in threads of their own that begin at one moment, and keeps what each gave or raised."""

    def __init__(self, *what: Callable[[], Any]) -> None:
        self.gave: list[Any] = [None] * len(what)
        self.raised: list[Exception | None] = [None] * len(what)
        barrier = threading.Barrier(len(what))

        def run(i: int, act: Callable[[], Any]) -> None:
            try:
                barrier.wait(10)
                self.gave[i] = act()
            except Exception as error:  # noqa: BLE001 - told to the test, which looks at it
                self.raised[i] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(what)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"


def test_two_people_answer_each_other_at_the_same_moment() -> None:
    idea = an_idea()
    ana, bo = somebody("Ana"), somebody("Bo")
    mine, theirs = a_reply(idea, ana, "How so?"), a_reply(idea, bo, "Is it?")

    both = Together(
        lambda: actions.answer(by=ana, reply_id=theirs.pk, text="It is."),
        lambda: actions.answer(by=bo, reply_id=mine.pk, text="Like this."),
    )

    assert both.raised == [None, None]
    assert sorted(reply.number for reply in both.gave) == [3, 4]
    assert again(theirs).answered_at
    idea.refresh_from_db()
    assert (idea.contributions, idea.replies_shown) == (4, 4)


def test_of_two_versions_from_one_one_wins_and_the_other_is_told() -> None:
    idea = an_idea()

    def revise(text: str) -> Callable[[], Version]:
        return lambda: actions.revise(
            by=somebody("Ana"), idea_id=idea.pk, base_version=1, title="Rye", text=text
        )

    both = Together(revise("One."), revise("Two."))

    (lost,) = [error for error in both.raised if error]
    (won,) = [version for version in both.gave if version]
    idea.refresh_from_db()
    assert isinstance(lost, VersionMoved)
    assert (idea.version, idea.text) == (2, won.text)
    assert list(queries.versions_of(idea).values_list("number", flat=True)) == [1, 2]
    assert [act.verb for act in acts() if act.thread == idea.pk] == ["posted", "revised"]


def test_eight_people_reply_to_one_idea() -> None:
    idea = an_idea()
    bo = somebody("Bo")
    before = last_act()

    eight = Together(
        *[lambda i=i: actions.reply(by=bo, idea_id=idea.pk, text=f"Reply {i}.") for i in range(8)]
    )

    idea.refresh_from_db()
    assert eight.raised == [None] * 8
    assert sorted(reply.number for reply in eight.gave) == list(range(1, 9))
    assert (idea.contributions, idea.replies_shown, idea.touched) == (8, 8, 9)
    written = acts(before)
    assert {act.act for act in written} == {reply.act for reply in eight.gave}
    assert len(written) == 8


def test_the_same_reply_sent_twice_at_one_moment_is_one_reply() -> None:
    idea, bo = an_idea(), somebody("Bo")
    before = last_act()

    both = Together(*[lambda: actions.reply(by=bo, idea_id=idea.pk, text="It is July here.")] * 2)

    assert both.raised == [None, None]
    assert both.gave[0] == both.gave[1]
    assert [act.verb for act in acts(before)] == ["replied"]
    idea.refresh_from_db()
    assert (idea.contributions, idea.replies_shown) == (1, 1)


def test_the_same_answer_sent_twice_at_one_moment_is_one_answer() -> None:
    doubt, ana = a_reply(an_idea()), somebody("Ana")
    before = last_act()

    both = Together(*[lambda: actions.answer(by=ana, reply_id=doubt.pk, text="I will.", starter="try")] * 2)

    assert both.raised == [None, None]
    assert both.gave[0] == both.gave[1]
    assert [act.verb for act in acts(before)] == ["answered", "promised"]


def test_the_same_idea_sent_twice_at_one_moment_is_one_idea() -> None:
    space, ana = a_space(somebody("Ana")), somebody("Ana")
    before = last_act()

    both = Together(*[lambda: actions.write_idea(by=ana, space=space, title="Rye", text="Rye.")] * 2)

    assert both.raised == [None, None]
    assert both.gave[0] == both.gave[1]
    assert [act.verb for act in acts(before)] == ["posted"]


def test_two_clicks_on_yes_are_one_yes() -> None:
    doubt = a_reply(an_idea())
    said = actions.answer(by=somebody("Ana"), reply_id=doubt.pk, text="So.", starter="say_back")
    before = last_act()

    both = Together(*[lambda: actions.confirm(by=somebody("Bo"), reply_id=said.pk)] * 2)

    assert both.raised == [None, None]
    assert [act.verb for act in acts(before)] == ["heard"]


def test_two_clicks_on_take_back_give_one_draft_and_one_act() -> None:
    idea = an_idea()
    reply = a_reply(idea)
    before = last_act()

    both = Together(*[lambda: actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(12))] * 2)

    assert sorted(error is None for error in both.raised) == [False, True]
    assert [act.verb for act in acts(before)] == ["withdrew"]
    idea.refresh_from_db()
    assert idea.replies_shown == 0


def meeting(first: Callable[[], Any], second: Callable[[], Any], idea: Idea) -> Together:
    """`first` in a transaction that holds the idea already; `second` comes in between, and waits."""
    holds = threading.Event()

    def holding() -> Any:
        with transaction.atomic():
            queries.idea_to_change(somebody("Ana"), idea.pk)
            holds.set()
            # On SQLite the other cannot even begin; on PostgreSQL it takes all the locks that it can.
            threading.Event().wait(A_WHILE / 4)
            return first()

    def meanwhile() -> Any:
        assert holds.wait(10)
        return second()

    return Together(holding, meanwhile)


def credited(idea: Idea, reply: Reply) -> Version:
    return actions.revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=1, title="Rye", text="By growth.",
        credits=[Credited(reply.pk, "The growth.")], at=after(20),
    )  # fmt: skip


@pytest.mark.parametrize("what", ["answer", "confirm", "not quite"])
def test_a_version_that_credits_a_reply_and_an_answer_to_it_do_not_wait_for_each_other(what: str) -> None:
    idea = an_idea()
    doubt = a_reply(idea, somebody("Cleo"))
    said = actions.answer(by=somebody("Bo"), reply_id=doubt.pk, text="So.", starter="say_back")
    cleo = somebody("Cleo")
    second = {
        "answer": lambda: actions.answer(by=cleo, reply_id=said.pk, text="Hm."),
        "confirm": lambda: actions.confirm(by=cleo, reply_id=said.pk),
        "not quite": lambda: actions.not_quite(by=cleo, reply_id=said.pk, text="No."),
    }[what]

    both = meeting(lambda: credited(idea, said), second, idea)

    assert both.raised == [None, None]


def test_saying_what_moved_and_a_reply_do_not_wait_for_each_other() -> None:
    idea = an_idea()
    reply = a_reply(idea)
    credited(idea, reply)
    credit = Credit.objects.get()

    for _ in range(5):
        both = Together(
            lambda: actions.say_what_moved(by=somebody("Bo"), credit_id=credit.pk, text="A lot."),
            lambda: actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="Thank you."),
            lambda: actions.reply(by=somebody("Cleo"), idea_id=idea.pk, text="And I?"),
        )
        assert both.raised == [None, None, None]


def test_an_answer_that_waited_sees_that_its_parent_was_taken_back_meanwhile() -> None:
    idea = an_idea()
    reply = a_reply(idea)

    both = meeting(
        lambda: actions.take_back(by=somebody("Bo"), reply_id=reply.pk, at=after(12)),
        lambda: actions.answer(by=somebody("Cleo"), reply_id=reply.pk, text="Hm."),
        idea,
    )

    assert both.raised[0] is None
    assert "taken back" in str(both.raised[1])
    assert Reply.objects.count() == 1


def test_a_reply_and_the_keeping_of_its_words_leave_no_draft() -> None:
    idea, bo = an_idea(), somebody("Bo")
    words, place = "It is July here.", f"reply:{idea.pk}:0"

    both = meeting(
        lambda: actions.reply(by=bo, idea_id=idea.pk, text=words),
        lambda: actions.keep_draft(by=bo, place=place, fields={"text": words}),
        idea,
    )

    assert both.raised == [None, None]
    assert queries.draft_of(bo, place) is None


def test_an_idea_is_not_withdrawn_under_a_reply_that_was_first() -> None:
    idea = an_idea()

    both = meeting(
        lambda: a_reply(idea, somebody("Bo")),
        lambda: actions.withdraw_idea(by=somebody("Ana"), idea_id=idea.pk),
        idea,
    )

    assert both.raised[0] is None
    assert "so the idea stays" in str(both.raised[1])


def test_taking_a_history_back_and_a_reply_under_it_do_not_wait_for_each_other(tmp_path: Path) -> None:
    vera, bo = site_keeper(), somebody("Bo")
    brought = bring_history(
        by=vera, path=a_dump(tmp_path / "old"), space_name="Old", is_open=True, progress=silently
    )
    idea = Idea.objects.get()

    both = meeting(
        lambda: actions.reply(by=bo, idea_id=idea.pk, text="Mine too."),
        lambda: undo(by=vera, import_id=brought.import_id, sure=True),
        idea,
    )

    assert both.raised == [None, None]
    assert not Idea.objects.exists()
    assert not Reply.objects.exists()


def test_a_number_is_given_once_though_a_newer_history_is_taken_back_meanwhile(tmp_path: Path) -> None:
    vera, bo = site_keeper(), somebody("Bo")

    def bring(path: Path) -> int:
        brought = bring_history(by=vera, path=path, space_name="Old", is_open=True, progress=silently)
        return brought.import_id

    bring(a_dump(tmp_path / "old"))
    idea = Idea.objects.get()
    newer = bring(commented_dump(tmp_path / "new"))

    both = meeting(
        lambda: actions.reply(by=bo, idea_id=idea.pk, text="Mine too."),
        lambda: undo(by=vera, import_id=newer, sure=True),
        idea,
    )

    idea.refresh_from_db()
    assert both.raised == [None, None]
    assert idea.contributions == both.gave[0].number
    assert idea.replies_shown == queries.replies_of(idea).count()


def test_two_clicks_on_invite_leave_one_open_link() -> None:
    space, vera = a_space(is_open=False), site_keeper()

    both = Together(*[lambda: invite(by=vera, space=space)] * 2)

    assert both.raised == [None, None]
    assert invitation_of(space) in both.gave


def test_two_starts_at_the_same_moment_print_one_link_that_works() -> None:
    for _ in range(5):
        both = Together(first_keeper_link, first_keeper_link)

        assert both.raised == [None, None]
        assert sorted(keeper_link_works(path.rstrip("/").rsplit("/", 1)[-1]) for path in both.gave) == [
            False,
            True,
        ]
        assert KeeperLink.objects.count() == 1


def test_two_tabs_with_the_code_of_a_new_address_are_one_person() -> None:
    for i in range(5):
        both = Together(*[lambda i=i: whoever_has(f"dan{i}@example.org")] * 2)

        assert both.raised == [None, None]
        assert both.gave[0] == both.gave[1]
        assert Person.objects.filter(email=f"dan{i}@example.org").count() == 1


def test_two_ideas_with_the_same_new_topic_at_the_same_moment_share_it() -> None:
    space = a_space(somebody("Ana"), somebody("Bo"))

    def write(name: str, topic: str) -> Callable[[], Idea]:
        by = somebody(name)
        return lambda: actions.write_idea(by=by, space=space, title="Rye", text=topic, topics=(topic,))

    same = Together(write("Ana", "rye"), write("Bo", "rye"))
    alike = Together(write("Ana", "c"), write("Bo", "c++"))

    assert same.raised == alike.raised == [None, None]
    assert sorted(Topic.objects.values_list("name", "slug"))[2] == ("rye", "rye")
    assert sorted(Topic.objects.values_list("slug", flat=True)) == ["c", "c-2", "rye"]


def test_a_correction_is_taken_back_while_its_credit_stays_unnamed() -> None:
    """Whoever holds the idea goes on to its credits: nobody may hold a credit and wait for the idea."""
    idea = an_idea()
    doubt, bo = a_reply(idea), somebody("Bo")
    credited = [Credited(doubt.pk, "It is July.")]
    actions.revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=1, title="Rye", text="One.", credits=credited
    )
    credit = Credit.objects.get()
    actions.answer_credit(by=bo, credit_id=credit.pk, got_me_right=False, text="I meant August.")
    correction = queries.correction_of(credit)
    held = threading.Event()

    def take_back() -> None:
        with transaction.atomic():
            queries.reply_to_answer(bo, correction.pk)
            held.set()
            threading.Event().wait(A_WHILE / 4)
            actions.take_back(by=bo, reply_id=correction.pk)

    def stay_unnamed() -> None:
        held.wait(10)
        actions.prefer_unnamed(by=bo, credit_id=credit.pk)

    both = Together(take_back, stay_unnamed)

    credit.refresh_from_db()
    assert both.raised == [None, None]
    assert (credit.heard, credit.named) == ("", False)


def test_nobody_waits_for_the_text_of_somebody_else() -> None:
    """A table of so many cells takes some seconds, on SQLite once as long as nobody else could write."""
    idea, other = an_idea(), an_idea(title="Another")
    table = "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + "x\n" * 500
    done: list[str] = []

    def send(who: str, to: Idea, text: str, *, later: float) -> None:
        threading.Event().wait(later)
        actions.reply(by=somebody(who), idea_id=to.pk, text=text)
        done.append(who)

    both = Together(
        lambda: send("Bo", idea, table, later=0), lambda: send("Cleo", other, "Short.", later=0.5)
    )

    assert both.raised == [None, None]
    assert done == ["Cleo", "Bo"]
