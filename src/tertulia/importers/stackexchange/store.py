"""The tables in which the rows of a dump wait, and their order."""

# Times are microseconds since 1970. An author is a person's source id, or null: a bot, or nobody knows.
SCHEMA = """
CREATE TABLE names (author TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, type INTEGER NOT NULL, parent INTEGER, author TEXT, at INTEGER NOT NULL,
    title TEXT NOT NULL, body TEXT NOT NULL, tags TEXT NOT NULL, licence TEXT, accepted INTEGER
);
CREATE TABLE comments (
    id INTEGER PRIMARY KEY, post INTEGER NOT NULL, author TEXT, at INTEGER NOT NULL, text TEXT NOT NULL, licence TEXT
);
CREATE TABLE history (
    id INTEGER PRIMARY KEY, type INTEGER NOT NULL, post INTEGER NOT NULL, guid TEXT NOT NULL,
    editor TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE links (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, from_post INTEGER NOT NULL, to_post INTEGER NOT NULL, type INTEGER
);
CREATE TABLE acceptances (post INTEGER PRIMARY KEY, day INTEGER NOT NULL);
CREATE TABLE addresses (host TEXT NOT NULL, post INTEGER NOT NULL, slug TEXT NOT NULL);
CREATE TABLE talk (
    depth INTEGER NOT NULL, id INTEGER NOT NULL, thread INTEGER NOT NULL, post INTEGER NOT NULL, author TEXT,
    place INTEGER NOT NULL, PRIMARY KEY (depth, id)
) WITHOUT ROWID;
CREATE TABLE versions (
    id TEXT PRIMARY KEY, post INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, own INTEGER NOT NULL,
    new_title TEXT, text_row INTEGER, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE rollbacks (
    id TEXT PRIMARY KEY, post INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL,
    new_title TEXT, text_row INTEGER
) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX answers_of ON posts (parent) WHERE parent IS NOT NULL;
CREATE INDEX history_of ON history (post, type);
"""

# Comments and answers take their turn after what they answer, even where merged threads have them earlier.
ORDER = """
INSERT INTO talk SELECT 0, id, id, id, author, at FROM posts WHERE type = 1;
INSERT INTO talk
    SELECT 1, answer.id, idea.id, idea.id, answer.author, max(answer.at, idea.place)
    FROM posts AS answer JOIN talk AS idea ON idea.depth = 0 AND idea.id = answer.parent WHERE answer.type = 2;
INSERT INTO talk
    SELECT 2, comment.id, post.thread, post.id, comment.author, max(comment.at, post.place)
    FROM comments AS comment CROSS JOIN talk AS post ON post.depth = 0 AND post.id = comment.post;
INSERT INTO talk
    SELECT 2, comment.id, post.thread, post.id, comment.author, max(comment.at, post.place)
    FROM comments AS comment CROSS JOIN talk AS post ON post.depth = 1 AND post.id = comment.post;
CREATE INDEX talk_in_order ON talk (place, depth, id);
CREATE INDEX talk_of_post ON talk (depth, post, place, id);
CREATE INDEX talk_of_thread ON talk (thread, place, depth, id);
"""
