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
_POSTGRESQL_FORWARDS: Final = (
    (
        "ALTER TABLE ideas_searchable ADD COLUMN IF NOT EXISTS document tsvector "
        f"GENERATED ALWAYS AS ({_DOCUMENT}) STORED"
    ),
    "CREATE INDEX IF NOT EXISTS ideas_searchable_document ON ideas_searchable USING gin (document)",
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
