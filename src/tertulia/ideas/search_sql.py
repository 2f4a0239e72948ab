"""The search index beside the table of folded words: SQL that belongs to a migration.

SQLite rebuilds a table to alter a field and drops its triggers without a word: a migration that alters
`ideas_searchable` runs `forwards` again after it.
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS: Final = ("ideas_searchable_added", "ideas_searchable_gone", "ideas_searchable_changed")

_ADD: Final = "INSERT INTO ideas_searchable_fts (rowid, title, words) VALUES (new.id, new.title, new.words);"
# An external content index is told the old words to forget them.
_FORGET: Final = (
    "INSERT INTO ideas_searchable_fts (ideas_searchable_fts, rowid, title, words) "
    "VALUES ('delete', old.id, old.title, old.words);"
)

_SQLITE_FORWARDS: Final = (
    (
        "CREATE VIRTUAL TABLE IF NOT EXISTS ideas_searchable_fts USING fts5 (title, words, "
        "content='ideas_searchable', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    ),
    f"CREATE TRIGGER IF NOT EXISTS ideas_searchable_added AFTER INSERT ON ideas_searchable BEGIN {_ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS ideas_searchable_gone AFTER DELETE ON ideas_searchable BEGIN {_FORGET} END",
    (
        "CREATE TRIGGER IF NOT EXISTS ideas_searchable_changed AFTER UPDATE ON ideas_searchable "
        f"BEGIN {_FORGET} {_ADD} END"
    ),
    "INSERT INTO ideas_searchable_fts (ideas_searchable_fts) VALUES ('rebuild')",
)
_SQLITE_BACKWARDS: Final = (
    *(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in TRIGGERS),
    "DROP TABLE IF EXISTS ideas_searchable_fts",
)

# English stems for who searches *baking* and means *bake*; the words as they are for every other language and for
# beginnings of words.
# A document holds at most a megabyte, and more would refuse the write: a longer text is searched in its beginning.
_WORDS: Final = "left(words, 200000)"
_DOCUMENT: Final = (
    "setweight(to_tsvector('english'::regconfig, title) || to_tsvector('simple'::regconfig, title), 'A') || "
    f"setweight(to_tsvector('english'::regconfig, {_WORDS}) || to_tsvector('simple'::regconfig, {_WORDS}), 'D')"
)
# PostgreSQL gathers new words in a list beside the index, and every search reads all of it: at its usual length, 4 MB,
# that took three times as long as the search itself. A list of some ten replies adds a tenth of a millisecond.
_LIMIT: Final = "gin_pending_list_limit"
_SHORT: Final = f"{_LIMIT} = 128"
_SHORT_LIST: Final = (
    f"ALTER INDEX ideas_searchable_document SET ({_SHORT})",
    "SELECT gin_clean_pending_list('ideas_searchable_document')",
)
_USUAL_LIST: Final = (f"ALTER INDEX ideas_searchable_document RESET ({_LIMIT})",)
_POSTGRESQL_FORWARDS: Final = (
    (
        "ALTER TABLE ideas_searchable ADD COLUMN IF NOT EXISTS document tsvector "
        f"GENERATED ALWAYS AS ({_DOCUMENT}) STORED"
    ),
    (
        "CREATE INDEX IF NOT EXISTS ideas_searchable_document ON ideas_searchable USING gin (document) "
        f"WITH ({_SHORT})"
    ),
)
_POSTGRESQL_BACKWARDS: Final = ("ALTER TABLE ideas_searchable DROP COLUMN IF EXISTS document",)

_FORWARDS: Final = {"sqlite": _SQLITE_FORWARDS, "postgresql": _POSTGRESQL_FORWARDS}
_BACKWARDS: Final = {"sqlite": _SQLITE_BACKWARDS, "postgresql": _POSTGRESQL_BACKWARDS}


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - as RunPython calls it
    """Make the index and fill it with what is there."""
    for statement in _FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - as RunPython calls it
    for statement in _BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def shorten_list(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - as RunPython calls it
    """New words go into the index soon after they were written. SQLite keeps no such list."""
    _run_on_postgresql(_SHORT_LIST, schema_editor)


def lengthen_list(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - as RunPython calls it
    _run_on_postgresql(_USUAL_LIST, schema_editor)


def _run_on_postgresql(statements: tuple[str, ...], schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)
