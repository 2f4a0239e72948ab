"""The tables in which a blog's posts and comments wait, and their order."""

# Times are microseconds since 1970. `mail` and `address` are hashes under a key that nobody keeps: they tell whether
# two comments come from one place, and nothing else.
SCHEMA = """
CREATE TABLE authors (login TEXT PRIMARY KEY, id INTEGER, name TEXT NOT NULL, mail BLOB) WITHOUT ROWID;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, login TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    topics TEXT NOT NULL, url TEXT NOT NULL, path TEXT NOT NULL, person TEXT
);
CREATE TABLE comments (
    id INTEGER PRIMARY KEY, post INTEGER NOT NULL, parent INTEGER NOT NULL, at INTEGER NOT NULL, user INTEGER NOT NULL,
    name TEXT NOT NULL, mail BLOB, address BLOB, text TEXT NOT NULL, person TEXT
);
CREATE TABLE pings (
    id INTEGER PRIMARY KEY, post INTEGER NOT NULL, at INTEGER NOT NULL, trackback INTEGER NOT NULL, url TEXT NOT NULL
);
CREATE TABLE names (person TEXT PRIMARY KEY, name TEXT NOT NULL, claimable INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE talk (
    depth INTEGER NOT NULL, id INTEGER NOT NULL, post INTEGER NOT NULL, parent INTEGER, person TEXT,
    place INTEGER NOT NULL, PRIMARY KEY (depth, id)
) WITHOUT ROWID;
"""

# A comment takes its turn after what it answers, even where clocks disagree. What answers itself in a circle, or
# answers what is not here, is said to the post.
ORDER = """
CREATE INDEX paths ON posts (path);
CREATE INDEX children ON comments (post, parent);
CREATE INDEX mails ON comments (mail) WHERE mail IS NOT NULL;
INSERT INTO talk
WITH RECURSIVE thread (depth, id, post, parent, person, place) AS (
    SELECT 1, c.id, c.post, NULL, c.person, max(c.at, p.at)
    FROM comments AS c JOIN posts AS p ON p.id = c.post
    WHERE NOT EXISTS (SELECT 1 FROM comments AS a WHERE a.id = c.parent AND a.post = c.post)
    UNION ALL
    SELECT t.depth + 1, c.id, c.post, t.id, c.person, max(c.at, t.place)
    FROM thread AS t JOIN comments AS c ON c.post = t.post AND c.parent = t.id
)
SELECT * FROM thread;
CREATE UNIQUE INDEX talk_of ON talk (id) WHERE depth > 0;
INSERT INTO talk
    SELECT 1, c.id, c.post, NULL, c.person, max(c.at, p.at) FROM comments AS c JOIN posts AS p ON p.id = c.post
    WHERE c.id NOT IN (SELECT id FROM talk WHERE depth > 0);
INSERT INTO talk SELECT 0, id, id, NULL, person, at FROM posts;
CREATE INDEX talk_in_order ON talk (place, depth, id);
CREATE INDEX talk_of_post ON talk (post, parent, place, depth, id);
"""
