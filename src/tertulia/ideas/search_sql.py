"""The search index beside the table of folded words: SQL that belongs to a migration.

SQLite rebuilds a table to alter a field and drops its triggers without a word: a migration that alters
`ideas_searchable` runs `forwards` again after it.
"""

from functools import reduce
from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS: Final = ("ideas_searchable_added", "ideas_searchable_gone", "ideas_searchable_changed")

# SQLite's stemmer makes a stem of every word, also of the beginning of one that is looked for: of *ines* it makes *in*.
# So the index holds each word twice, once with the letters that English endings are made of exchanged for signs that
# stand in no text (`fold` leaves none): of such a word the stemmer knows no ending, and it is found by its beginnings.
_ENDING_LETTERS: Final = "aeiousy"
_SIGN_OF: Final = {ord(letter): chr(0xE000 + ord(letter)) for letter in _ENDING_LETTERS}


def unstemmed(folded: str) -> str:
    """The same words as they stand in SQLite's index beside their stems."""
    return folded.translate(_SIGN_OF)


def _twice(column: str) -> str:
    spelled = reduce(
        lambda sql, letter: f"replace({sql}, '{letter}', '{unstemmed(letter)}')", _ENDING_LETTERS, column
    )
    return f"{column} || ' ' || {spelled}"


_ADD: Final = (
    "INSERT INTO ideas_searchable_fts (rowid, title, words) "  # noqa: S608 - names of columns, from here
    f"VALUES (new.id, {_twice('new.title')}, {_twice('new.words')});"
)
# An index that keeps no texts is told the old words to forget them.
_FORGET: Final = (
    "INSERT INTO ideas_searchable_fts (ideas_searchable_fts, rowid, title, words) "  # noqa: S608
    f"VALUES ('delete', old.id, {_twice('old.title')}, {_twice('old.words')});"
)

_SQLITE_FORWARDS: Final = (
    (
        "CREATE VIRTUAL TABLE IF NOT EXISTS ideas_searchable_fts USING fts5 (title, words, "
        "content='', tokenize='porter unicode61 remove_diacritics 2')"
    ),
    f"CREATE TRIGGER IF NOT EXISTS ideas_searchable_added AFTER INSERT ON ideas_searchable BEGIN {_ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS ideas_searchable_gone AFTER DELETE ON ideas_searchable BEGIN {_FORGET} END",
    (
        "CREATE TRIGGER IF NOT EXISTS ideas_searchable_changed AFTER UPDATE ON ideas_searchable "
        f"BEGIN {_FORGET} {_ADD} END"
    ),
    "INSERT INTO ideas_searchable_fts (ideas_searchable_fts) VALUES ('delete-all')",
    (
        "INSERT INTO ideas_searchable_fts (rowid, title, words) "  # noqa: S608
        f"SELECT id, {_twice('title')}, {_twice('words')} FROM ideas_searchable"
    ),
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


def with_words_as_they_are(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite's index is made anew, with every word as it is beside its stem; PostgreSQL's always held both."""
    if schema_editor.connection.vendor == "sqlite":
        backwards(apps, schema_editor)
        forwards(apps, schema_editor)
