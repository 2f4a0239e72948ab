"""What an import brought goes with it, whole: the tables hold what they held before it came."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps

from tertulia.history.actions import bring_history, undo
from tertulia.ideas.models import Idea, Reply
from tertulia.importers.detect import silently
from tests.community import site_keeper
from tests.history.dump import a_dump, accepting_dump, commented_dump, edited_dump, newer_dump

pytestmark = pytest.mark.django_db

TABLES = [
    *(("ideas", name) for name in ("Idea", "Reply", "Version", "Link", "Searchable")),
    ("history", "SourceId"),
    ("people", "Person"),
]
# Both only grow: no number is given twice, and a page that was seen is never taken for another.
GROWS = {"contributions", "touched"}


def rows() -> dict[str, list[dict[str, object]]]:
    """What stands in every table that an import writes to."""
    return {
        name: [
            {column: value for column, value in row.items() if column not in GROWS}
            for row in apps.get_model(room, name).objects.order_by("pk").values()
        ]
        for room, name in TABLES
    }


def bring(path: Path) -> int:
    return bring_history(by=site_keeper(), path=path, space_name="Kitchens", progress=silently).import_id


@pytest.mark.parametrize("newer", [accepting_dump, commented_dump, edited_dump, newer_dump])
def test_after_a_newer_export_is_taken_back_all_is_as_before_it(
    tmp_path: Path, newer: Callable[[Path], Path]
) -> None:
    bring(a_dump(tmp_path / "old"))
    before = rows()
    second = bring(newer(tmp_path / "new"))
    came = rows()

    undo(by=site_keeper(), import_id=second)

    assert came != before
    assert rows() == before


def test_an_acceptance_comes_and_goes_with_its_import_and_its_page_is_another_each_time(
    tmp_path: Path,
) -> None:
    bring(a_dump(tmp_path / "old"))
    first = Idea.objects.get().touched
    second = bring(accepting_dump(tmp_path / "new"))
    came = Idea.objects.get().touched

    undo(by=site_keeper(), import_id=second)

    assert list(Reply.objects.exclude(accepted_at=None).values_list("text", flat=True)) == [
        "Because of the lid."
    ]
    assert first < came < Idea.objects.get().touched
