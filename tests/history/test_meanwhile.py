"""Bringing and taking back while something else happens."""

from pathlib import Path

import pytest

from tertulia.history.actions import Brought, bring_history, undo
from tertulia.history.actions.bring import one_at_a_time
from tertulia.ideas.models import Idea
from tertulia.importers.detect import silently
from tertulia.people.policies import Refused
from tests.community import site_keeper
from tests.history.dump import a_dump

pytestmark = pytest.mark.django_db


def bring(path: Path) -> Brought:
    return bring_history(by=site_keeper(), path=path, space_name="Kitchens", is_open=True, progress=silently)


def test_a_history_is_not_taken_back_while_another_is_brought_in(tmp_path: Path) -> None:
    """What comes in may rest on what goes."""
    first = bring(a_dump(tmp_path / "old"))

    with one_at_a_time(), pytest.raises(Refused, match="Try again when it is done"):
        undo(by=site_keeper(), import_id=first.import_id)

    assert Idea.objects.exists()
