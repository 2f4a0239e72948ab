"""Where the rows of a history wait until they can be put in order: a temporary SQLite file, not memory."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# The importers know the store by this name alone.
Store = sqlite3.Connection


@contextmanager
def open_store(schema: str) -> Iterator[Store]:
    """An empty store that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="tertulia-import-", ignore_cleanup_errors=True) as folder,
        closing(sqlite3.connect(Path(folder) / "rows.sqlite3", isolation_level=None)) as store,
    ):
        # Nobody reads this file after a crash, so nothing is paid for surviving one.
        store.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;"
        )
        store.executescript(schema)
        yield store


def one(store: Store, query: str, *values: object) -> int:
    """A single number."""
    return int(store.execute(query, values).fetchone()[0])
