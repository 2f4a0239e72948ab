"""A database that threads have in common, each with a connection of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections


@pytest.fixture
def common_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite's tests run in memory, where connections get in each other's way as they never do in a file: so a copy
    of the empty database in a file, with the site's own settings. On PostgreSQL nothing needs to be done."""
    if connection.vendor != "sqlite":
        yield
        return
    place = tmp_path / "common.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(place)])
    in_memory, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**settings, "NAME": str(place)}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"], connections.settings["default"] = in_memory, settings
