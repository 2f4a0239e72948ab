"""A space that holds a history, and in which people write: read once, and without what was undone."""

from typing import Any

import pytest

from tertulia.engine import reading
from tertulia.ledger.append import append
from tertulia.ledger.frame import brought_to
from tertulia.readings.models import Window
from tests.community import after, last_act, site_keeper
from tests.readings.places import history, kettle, read, table

pytestmark = pytest.mark.django_db


def test_a_mixed_space_is_read_once_for_each_window(monkeypatch: pytest.MonkeyPatch) -> None:
    space = table()
    history(space)
    kettle(space)
    asked: list[str] = []
    as_it_is = reading.read_space

    def counted(acts: Any, **more: Any) -> Any:
        asked.append(more["window"])
        return as_it_is(acts, **more)

    monkeypatch.setattr(reading, "read_space", counted)
    read(space, *Window.values)

    assert sorted(asked) == ["12w", "1y", "all"]


def test_what_an_undone_import_brought_is_not_looked_at() -> None:
    space = table()
    history(space, threads=3, import_id=77)
    undone = last_act()
    append(
        verb="import_undone", actor=site_keeper().key, space=space.pk, import_id=77, happened_at=after(days=51)
    )  # fmt: skip
    again = last_act()
    history(space, threads=3, import_id=78)

    brought = brought_to(space.pk)

    # With the act that closed it.
    assert len(brought) == 10
    assert min(brought) > again > undone
