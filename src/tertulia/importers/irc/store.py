"""The tables in which a channel's lines wait, and their order."""

# Times are microseconds since 1970. `person` is a nick without its tails; null for programs.
SCHEMA = """
CREATE TABLE lines (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, at INTEGER NOT NULL, nick TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, nick TEXT NOT NULL, plain TEXT NOT NULL, text TEXT NOT NULL
);
"""
IN_ORDER = "CREATE INDEX lines_in_order ON lines (at, id);"
# Two files of a folder may hold the same day.
REPEATED = """
CREATE INDEX lines_alike ON lines (at, nick, text);
DELETE FROM lines WHERE EXISTS (
    SELECT 1 FROM lines AS other WHERE other.at = lines.at AND other.nick = lines.nick AND other.text = lines.text
        AND other.file < lines.file
);
"""
