"""Who is who: by account, else by mail address. A display name alone never makes two comments one person's."""

from collections.abc import Iterator

from tertulia.importers.store import Store, one
from tertulia.importers.stream import Person, Tally
from tertulia.importers.wordpress.load import MAIL, NOBODY

# What is written by an account: posts by login, comments by number.
ACCOUNTS = """
UPDATE posts SET person = (SELECT 'user:' || id FROM authors WHERE authors.login = posts.login AND id IS NOT NULL)
    WHERE login <> '';
UPDATE comments SET person = 'user:' || user WHERE user > 0;
"""
# Old exports list no authors: a login is all that a post has. An account whose comments are signed with that login is
# the same one: both are names of accounts, which guests cannot take.
LOGINS = """
UPDATE posts SET person = (
    SELECT min(person) FROM comments WHERE user > 0 AND name = posts.login HAVING count(DISTINCT user) = 1
) WHERE person IS NULL AND login <> '';
"""
LOGINS_ALONE = """
UPDATE posts SET person = CASE
    WHEN instr(login, '@') THEN 'author-of:' || (SELECT min(id) FROM posts AS p WHERE p.login = posts.login)
    ELSE 'login:' || login END
WHERE person IS NULL AND login <> '';
"""
# A guest with the mail address of exactly one account is that account's owner, not logged in.
KNOWN_MAILS = """
CREATE TABLE mails_of_accounts (mail BLOB PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO mails_of_accounts
SELECT mail, min(person) FROM (
    SELECT mail, 'user:' || id AS person FROM authors WHERE mail IS NOT NULL AND id IS NOT NULL
    UNION SELECT mail, person FROM comments WHERE mail IS NOT NULL AND user > 0
) GROUP BY mail HAVING count(DISTINCT person) = 1;
UPDATE comments SET person = (SELECT person FROM mails_of_accounts AS known WHERE known.mail = comments.mail)
    WHERE person IS NULL AND mail IS NOT NULL;
"""
# Every other guest is known by the number of their first comment: it says nothing about them, and stays the same.
GUESTS = """
CREATE INDEX addresses ON comments (address) WHERE person IS NULL AND mail IS NULL;
CREATE TABLE firsts AS
    SELECT mail, NULL AS address, min(id) AS id FROM comments WHERE person IS NULL AND mail IS NOT NULL GROUP BY mail
    UNION ALL SELECT NULL, address, min(id) FROM comments
    WHERE person IS NULL AND mail IS NULL AND address IS NOT NULL GROUP BY address;
CREATE INDEX first_mails ON firsts (mail);
CREATE INDEX first_addresses ON firsts (address);
UPDATE comments SET person = 'guest:' || coalesce(
    (SELECT id FROM firsts WHERE firsts.mail = comments.mail),
    (SELECT id FROM firsts WHERE comments.mail IS NULL AND firsts.address = comments.address), id)
WHERE person IS NULL;
"""
NAMES = """
INSERT OR IGNORE INTO names SELECT 'user:' || id, name, 1 FROM authors WHERE id IS NOT NULL AND name <> ''
    ORDER BY id, login;
INSERT OR IGNORE INTO names SELECT person, name, user > 0 OR mail IS NOT NULL FROM comments ORDER BY user = 0, id;
INSERT OR IGNORE INTO names
    SELECT person, CASE WHEN person LIKE 'author-of:%' THEN '' ELSE login END, 1 FROM posts WHERE person IS NOT NULL
    ORDER BY id;
"""
PEOPLE = """
SELECT person, name, claimable FROM names
WHERE person IN (SELECT person FROM posts UNION SELECT person FROM comments)
ORDER BY substr(person, 1, instr(person, ':')) <> 'user:', person NOT LIKE 'guest:%',
    CAST(substr(person, instr(person, ':') + 1) AS INTEGER), person
"""


def tell_apart(store: Store, tally: Tally) -> None:
    """Give every post and every comment its person."""
    store.executescript(ACCOUNTS)
    store.executescript(LOGINS)
    _guessed(
        store,
        tally,
        "SELECT count(*) FROM posts WHERE person IS NOT NULL AND login NOT IN (SELECT login FROM authors)",
        "authors of posts, taken for the account whose comments bear their login",
    )
    store.executescript(LOGINS_ALONE)
    store.executescript(KNOWN_MAILS)
    _guessed(
        store,
        tally,
        "SELECT count(*) FROM comments WHERE person IS NOT NULL AND user = 0",
        "comments of guests, taken for an account's by its mail address",
    )
    store.executescript(GUESTS)
    _guessed(
        store,
        tally,
        "SELECT count(*) FROM comments WHERE user = 0 AND mail IS NULL AND address IS NOT NULL",
        "guests without a mail address, told apart by name and web address together",
    )
    _guessed(
        store,
        tally,
        "SELECT count(*) FROM comments WHERE user = 0 AND mail IS NULL AND address IS NULL",
        "guests with nothing but a name, each comment taken for a person of its own",
    )
    store.executescript(NAMES)


def _guessed(store: Store, tally: Tally, query: str, reason: str) -> None:
    if number := one(store, query):
        tally.guess(reason, number)


def people(store: Store) -> Iterator[Person]:
    for source_id, name, claimable in store.execute(PEOPLE):
        shown = NOBODY if not name or MAIL.search(name) else name
        yield Person(source_id=source_id, name=shown, claimable=bool(claimable))
