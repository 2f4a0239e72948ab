"""A newer export of a history that is here: what is new comes, unseen until it is whole, and can go again."""

from pathlib import Path

import pytest
from django.apps import apps

from tertulia.history.actions import Brought, bring_history, look_at, undo
from tertulia.history.models import Import, SourceId
from tertulia.ideas import actions, queries
from tertulia.ideas.models import Idea, Reply, Version
from tertulia.importers.detect import silently
from tertulia.people.policies import Refused
from tertulia.spaces.actions import join_space
from tests.community import site_keeper, somebody
from tests.history.dump import a_dump, changed_dump, edited_dump, newer_dump

pytestmark = pytest.mark.django_db


def bring(path: Path) -> Brought:
    return bring_history(by=site_keeper(), path=path, space_name="Kitchens", is_open=True, progress=silently)


def shown() -> dict[str, object]:
    """What people read of the first idea."""
    idea = Idea.objects.order_by("pk")[0]
    return {
        "text": idea.text,
        "version": idea.version,
        "shown": idea.replies_shown,
        "replies": [reply.text for reply in queries.replies_of(idea)],
        "versions": list(queries.versions_of(idea).values_list("number", "text")),
        "people": apps.get_model("people", "Person").objects.count(),
        "ideas": Idea.objects.count(),
    }


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    return a_dump(tmp_path / "old"), newer_dump(tmp_path / "new")


def test_only_what_is_new_comes(both: tuple[Path, Path]) -> None:
    old, new = both
    first = bring(old)

    second = bring(new)

    now = shown()
    # A person, an answer, a comment, a question and a version.
    assert (first.new, second.new) == (12, 5)
    assert (now["text"], now["version"]) == ("Why, when it is hot and wet?", 3)
    assert (now["shown"], now["ideas"]) == (7, 2)
    assert "And with one?" in now["replies"]  # type: ignore[operator]


def test_people_can_go_on_replying(both: tuple[Path, Path]) -> None:
    old, new = both
    brought, bo = bring(old), somebody("Bo")
    assert brought.space is not None
    join_space(by=bo, space=brought.space)
    idea = Idea.objects.get()
    between = actions.reply(by=bo, idea_id=idea.pk, text="Mine too.")

    bring(new)
    after = actions.reply(by=bo, idea_id=idea.pk, text="Still.")

    numbers = list(Reply.objects.filter(idea=idea).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 9 + 1))
    assert (between.number, after.number) == (6, 9)
    idea.refresh_from_db()
    assert (idea.contributions, idea.replies_shown) == (9, 9)


def test_taking_the_newer_back_leaves_the_older_as_it_was(both: tuple[Path, Path]) -> None:
    old, new = both
    bring(old)
    before = shown()
    second = bring(new)

    undo(by=site_keeper(), import_id=second.import_id)

    assert shown() == before
    assert not Version.objects.filter(import_id=second.import_id).exists()
    assert not SourceId.objects.filter(of=second.import_id).exists()
    assert bring(new).new == second.new


def test_answers_to_what_the_newer_brought_make_taking_back_ask(both: tuple[Path, Path]) -> None:
    old, new = both
    bring(old)
    second, bo = bring(new), somebody("Bo")
    assert second.space is not None
    join_space(by=bo, space=second.space)
    late = Reply.objects.get(text="And with one?")
    mine = actions.answer(by=bo, reply_id=late.pk, text="With one too.")

    with pytest.raises(Refused, match="added 1 reply"):
        undo(by=site_keeper(), import_id=second.import_id)
    undo(by=site_keeper(), import_id=second.import_id, sure=True)

    assert not Reply.objects.filter(pk__in=[late.pk, mine.pk]).exists()


def test_the_older_is_not_taken_back_under_the_newer(both: tuple[Path, Path]) -> None:
    old, new = both
    first = bring(old)
    second = bring(new)

    with pytest.raises(Refused, match=f"Import {second.import_id} rests on this one"):
        undo(by=site_keeper(), import_id=first.import_id)
    undo(by=site_keeper(), import_id=second.import_id)
    undo(by=site_keeper(), import_id=first.import_id)

    assert not Idea.objects.exists()


def test_a_newer_export_is_seen_all_at_once(both: tuple[Path, Path]) -> None:
    old, new = both
    bring(old)
    before = shown()
    seen: list[dict[str, object]] = []

    def look(_what: str, _done: int, _total: int) -> None:
        seen.append({**shown(), "ideas": before["ideas"], "people": before["people"]})

    bring_history(by=site_keeper(), path=new, space_name="Kitchens", progress=look)

    assert len(seen) > 6
    assert all(one == before for one in seen)
    assert shown() != before


CHANGED = "rows that are here already and say something else now (what was brought first stays)"


def test_rows_that_say_something_else_now_are_counted_and_stay_as_they_were(tmp_path: Path) -> None:
    bring(a_dump(tmp_path / "old"))
    before = shown()

    again = bring(changed_dump(tmp_path / "changed"))

    assert (again.new, again.changed) == (0, 2)
    assert again.report.left_out[CHANGED] == 2
    assert shown() == before


def test_a_newer_export_tells_what_is_new_from_what_changed(tmp_path: Path) -> None:
    bring(changed_dump(tmp_path / "old"))

    newer = bring(newer_dump(tmp_path / "new"))

    assert (newer.new, newer.changed) == (5, 2)
    assert Import.objects.get(pk=newer.import_id).report["left_out"][CHANGED] == 2


def test_a_look_says_how_much_changed_in_the_space_that_is_named(tmp_path: Path) -> None:
    bring(a_dump(tmp_path / "old"))
    changed = changed_dump(tmp_path / "changed")

    seen, elsewhere = (
        look_at(by=site_keeper(), path=changed, space_name=name, progress=silently)
        for name in ("Kitchens", "Gardens")
    )

    assert (seen.report.left_out.get(CHANGED), elsewhere.report.left_out.get(CHANGED)) == (2, None)


def test_the_same_export_again_changed_nothing(tmp_path: Path) -> None:
    bring(a_dump(tmp_path / "old"))

    assert CHANGED not in bring(a_dump(tmp_path / "old")).report.left_out


def test_a_page_that_a_newer_export_changed_is_another_page_and_so_is_one_that_it_leaves(
    tmp_path: Path,
) -> None:
    """Nothing but new texts comes: no idea, and no reply that would be counted."""
    bring(a_dump(tmp_path / "old"))
    before = Idea.objects.get().touched
    second = bring(edited_dump(tmp_path / "new"))
    came = Idea.objects.get().touched

    undo(by=site_keeper(), import_id=second.import_id)

    assert second.new == 2
    assert before < came < Idea.objects.get().touched
    assert Reply.objects.get(number=1).text == "Because of the lid."
