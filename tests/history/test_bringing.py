"""Bringing a history in, once, and taking it back whole."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core import mail

from tertulia.history import queries as imports
from tertulia.history.actions import Brought, bring_history, look_at, undo
from tertulia.history.actions.bring import one_at_a_time
from tertulia.history.models import Import, SourceId, Staged
from tertulia.ideas import actions, queries
from tertulia.ideas.models import Idea, Link, Reply, Searchable, Topic, Version
from tertulia.importers.detect import silently
from tertulia.importers.errors import BadFile
from tertulia.ledger.frame import acts_of_space
from tertulia.ledger.models import Act
from tertulia.people.policies import NotThere, Refused
from tertulia.people.queries import site_keepers
from tertulia.spaces.actions import join_space
from tertulia.spaces.models import Space
from tests.community import a_space, acts, last_act, site_keeper, somebody, waiting_count
from tests.history.dump import a_dump
from tests.importers.dumps import question, write_dump

if TYPE_CHECKING:
    from tertulia.people.models import Person

pytestmark = pytest.mark.django_db


def people() -> "list[Person]":
    return list(apps.get_model("people", "Person").objects.filter(import_id__isnull=False).order_by("name"))


def bring(path: Path, *, space: str = "Kitchens", is_open: bool = True) -> Brought:
    return bring_history(by=site_keeper(), path=path, space_name=space, is_open=is_open, progress=silently)


def content() -> dict[str, int]:
    """How many rows of each kind there are."""
    kinds: list[Any] = [Idea, Reply, Version, Link, Searchable, SourceId, Staged, Space]
    return {kind.__name__: kind.objects.count() for kind in kinds} | {"Person": len(people())}


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return a_dump(tmp_path / "kitchens")


def test_a_history_becomes_people_ideas_replies_versions_and_acts(dump: Path) -> None:
    brought = bring(dump)

    idea = Idea.objects.get()
    answers = list(idea.replies.filter(parent=None).order_by("number"))
    assert [person.name for person in people()] == ["Ana", "Bo", "Cleo Fein"]
    assert (idea.text, idea.version, idea.audience) == ("Why, when it is hot?", 2, "everyone")
    assert {topic.name for topic in Topic.objects.all()} == {"rye", "ovens"}
    assert (idea.contributions, idea.replies_shown) == (5, 5)
    assert [reply.text for reply in answers if reply.author and reply.author.name == "Bo"] == [
        "Because of the lid."
    ]
    assert brought.space is not None
    verbs = [act.verb for act in acts_of_space(brought.space.pk)]
    assert sorted(verbs) == sorted(
        ["joined", "posted", "replied", "replied", "replied", "answered", "answered", "revised",
         "edited_by_other", "accepted", "import_closed"]
    )  # fmt: skip


def test_versions_of_ideas_and_replies_show_their_differences(dump: Path) -> None:
    bring(dump)

    idea = Idea.objects.get()
    assert [(v.number, v.text) for v in queries.versions_of(idea)] == [
        (1, "Why?"),
        (2, "Why, when it is hot?"),
    ]
    last = queries.version_of(idea, 2)
    assert last is not None
    assert "<ins>" in last.passages[0]["difference"]
    of_reply = Version.objects.exclude(reply=None).order_by("number")
    assert [(v.number, v.text) for v in of_reply] == [(1, "Because."), (2, "Because of the lid.")]


def test_what_a_history_says_of_itself_is_marked_as_guessed(dump: Path) -> None:
    bring(dump)

    asked = Reply.objects.get(text__startswith="Have you tried")
    act = Act.objects.get(act=asked.act or 0)
    assert (asked.starter, asked.starter_inferred, act.move) == ("question", True, "question")
    # What was not guessed declares nothing.
    assert set(Reply.objects.exclude(pk=asked.pk).values_list("starter", "starter_inferred")) == {("", False)}


def test_a_reply_under_ones_own_words_has_no_addressee(dump: Path) -> None:
    bring(dump)

    own = Reply.objects.get(text="I found out.")
    assert own.addressee is None
    assert Act.objects.get(act=own.act or 0).person is None


def test_nobody_is_mailed_and_nothing_waits_for_those_who_are_not_here(dump: Path) -> None:
    bring(dump)

    assert mail.outbox == []
    for person in people():
        assert waiting_count(person) == 0
        assert not queries.waiting_replies(person).exists()
        assert (person.is_active, person.email, person.has_usable_password()) == (False, None, False)


def test_credit_is_never_made_up(dump: Path) -> None:
    bring(dump)

    verbs = set(Act.objects.values_list("verb", flat=True))
    assert not verbs & {"credited", "heard", "decided", "tried", "moved"}
    accepted = Reply.objects.exclude(accepted_at=None).get()
    assert accepted.heard == ""


def test_bringing_it_again_brings_nothing_and_adds_no_act(dump: Path) -> None:
    first = bring(dump)
    before, there = last_act(), content()

    second = bring(dump)

    assert first.new > 0
    assert (second.new, second.import_id) == (0, 0)
    assert content() == there
    assert acts(before) == []
    assert Import.objects.count() == 1


def test_taking_it_back_removes_every_row_and_hides_its_acts(dump: Path) -> None:
    before = content()
    brought = bring(dump)
    written = Act.objects.count()
    assert brought.space is not None

    undone = undo(by=site_keeper(), import_id=brought.import_id)

    assert content() == before
    assert undone.state == "undone"
    # The ledger keeps its lines, and reads none of them.
    assert Act.objects.count() == written + 1
    assert {act.verb for act in acts_of_space(brought.space.pk)} == {"joined"}
    assert acts()[-1].verb == "import_undone"


def test_after_taking_it_back_it_can_be_brought_again(dump: Path) -> None:
    first = bring(dump)
    there = content()
    undo(by=site_keeper(), import_id=first.import_id)

    again = bring(dump)

    assert again.new == first.new
    assert content() == there
    assert again.space is not None
    assert [act.verb for act in acts_of_space(again.space.pk)].count("posted") == 1


def test_a_history_brought_into_a_space_that_is_there_leaves_it_when_taken_back(dump: Path) -> None:
    space = a_space(somebody("Ana"), name="Kitchens", is_open=False)

    brought = bring(dump)
    assert brought.space == space
    assert Idea.objects.get().audience == "space"
    undo(by=site_keeper(), import_id=brought.import_id)

    assert Space.objects.get() == space
    assert not Idea.objects.exists()


def test_replies_by_people_here_make_taking_back_ask(dump: Path) -> None:
    brought, bo = bring(dump), somebody("Bo")
    assert brought.space is not None
    join_space(by=bo, space=brought.space)
    said = actions.reply(by=bo, idea_id=Idea.objects.get().pk, text="I have the same oven.")
    before = content()

    with pytest.raises(Refused, match="added 1 reply, 0 confirmations and 0 credits"):
        undo(by=site_keeper(), import_id=brought.import_id)
    assert content() == before
    assert imports.would_go_with(Import.objects.get()).replies == 1

    undo(by=site_keeper(), import_id=brought.import_id, sure=True)
    assert not Reply.objects.filter(pk=said.pk).exists()
    # Somebody has come meanwhile: the space is theirs.
    assert Space.objects.get().pk == brought.space.pk


def test_an_import_is_taken_back_by_who_brought_it_once(dump: Path) -> None:
    brought = bring(dump)

    with pytest.raises(Refused, match="Only whoever brought"):
        undo(by=somebody("Bo"), import_id=brought.import_id)
    undo(by=site_keeper(), import_id=brought.import_id)
    with pytest.raises(Refused, match="already"):
        undo(by=site_keeper(), import_id=brought.import_id)
    with pytest.raises(NotThere, match="There is no import 99"):
        undo(by=site_keeper(), import_id=99)


def test_only_who_keeps_the_site_or_the_space_brings_a_history(dump: Path) -> None:
    with pytest.raises(Refused, match="keeps this site"):
        bring_history(by=somebody("Bo"), path=dump, space_name="Kitchens", progress=silently)

    assert not Import.objects.exists()


def test_a_look_leaves_nothing(dump: Path) -> None:
    before, there = last_act(), content()

    seen = look_at(by=site_keeper(), path=dump, progress=silently)

    assert (seen.report.ideas, seen.report.answers, seen.report.comments, seen.new) == (1, 2, 3, 0)
    assert (content(), acts(before), Import.objects.count()) == (there, [], 0)


def test_a_broken_file_leaves_nothing_and_says_where(dump: Path) -> None:
    posts = dump / "Posts.xml"
    posts.write_text(posts.read_text()[:-60])
    before, there = last_act(), content()

    with pytest.raises(BadFile, match=r"Posts\.xml .*line \d"):
        bring(dump)

    assert (content(), acts(before), Import.objects.count()) == (there, [], 0)


def test_while_one_history_comes_in_another_is_refused(dump: Path) -> None:
    with one_at_a_time(), pytest.raises(Refused, match="being brought in or taken back right now"):
        bring(dump)

    assert not Import.objects.exists()


def test_an_export_of_nothing_but_ideas_is_a_history_too(tmp_path: Path) -> None:
    brought = bring(write_dump(tmp_path / "small", posts=[question()]))

    assert (brought.report.ideas, brought.report.answers) == (1, 0)
    assert queries.worth_picking_up(site_keeper()).get().title == "Idea 1"


def test_a_history_without_words_begins_no_space(tmp_path: Path) -> None:
    brought = bring(write_dump(tmp_path / "empty", users=[], posts=[], comments=[]))

    assert (brought.new, brought.space) == (0, None)
    assert not Space.objects.exists()


def test_a_look_makes_nobody_the_keeper_not_even_meanwhile(dump: Path) -> None:
    """A look that is killed leaves who was made for it: a keeper whom nobody is, and no link for another one."""
    keepers: list[int] = []

    look_at(by=None, path=dump, progress=lambda *_: keepers.append(site_keepers().count()))

    assert set(keepers) == {0}


def test_topics_are_as_those_that_are_written_here(tmp_path: Path) -> None:
    bring(write_dump(tmp_path / "kitchens", posts=[question(Tags=f"<Rye><{'long' * 30}><{'İ' * 60}>")]))

    kept = {topic.name for topic in Topic.objects.all()}
    assert kept == {"rye", ("long" * 30)[:60], ("İ" * 60).lower()[:60]}
    assert set(apps.get_model("ledger", "ActTopic").objects.values_list("topic", flat=True)) == kept
