"""Bringing and taking back while something else happens."""

from pathlib import Path
from typing import Any

import pytest

from tertulia.history.actions import Brought, bring_history, undo
from tertulia.history.actions import bring as bringing
from tertulia.history.actions.bring import one_at_a_time
from tertulia.history.models import Import
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


def test_a_history_that_is_whole_stays_whole_when_its_bringing_is_broken_off_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger says that it was closed: its words must not go without a word there."""
    closes = bringing._close

    def closed_and_broken_off(*given: Any) -> None:
        closes(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(bringing, "_close", closed_and_broken_off)

    with pytest.raises(KeyboardInterrupt):
        bring(a_dump(tmp_path / "old"))

    assert Import.objects.get().state == Import.State.CLOSED
    assert Idea.objects.get().replies_shown == 5
