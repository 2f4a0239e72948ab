"""The files of a dump into the store, row by row, counting what is passed over."""

from collections.abc import Callable

from tertulia.importers.bundle import Bundle
from tertulia.importers.errors import BadFile
from tertulia.importers.stackexchange import address
from tertulia.importers.stackexchange.rows import FILES, NEEDED, Row, files_of, rows
from tertulia.importers.stackexchange.store import INDEXES
from tertulia.importers.store import Store
from tertulia.importers.stream import Progress, Tally

QUESTION, ANSWER = 1, 2
TOPIC_DESCRIPTIONS = (4, 5)
ACCEPTED_BY_ITS_ASKER = 1

# Author of a row: whoever holds a positive number. Negative ones are the site itself (-1, "Community").
BOT = "bot"


class Loader:
    """Puts rows into the store. Kept as one thing because every row needs the store and the tally."""

    def __init__(self, store: Store, tally: Tally) -> None:
        self.store = store
        self.tally = tally

    def author(self, row: Row, number_key: str, name_key: str) -> str | None:
        """The source id of whoever wrote a row; deleted accounts are known by their last display name alone."""
        number = row.number_or_none(number_key)
        name = " ".join(row.text(name_key).split())
        if number is not None and number < 0:
            return BOT
        if number is None and not name:
            return None
        author = f"deleted:{name}" if number is None else f"user:{number}"
        self.name(author, name or f"user{number}")
        return author

    def name(self, author: str, name: str) -> None:
        self.store.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (author, name))

    def person_or_none(self, row: Row, number_key: str, name_key: str) -> str | None:
        author = self.author(row, number_key, name_key)
        if author in (BOT, None):
            reason = "a bot" if author == BOT else "an unknown person"
            self.tally.leave_out(f"authorship by {reason} (the text is kept)")
            return None
        return author

    def insert(self, table: str, values: tuple[object, ...]) -> None:
        places = ", ".join("?" * len(values))
        done = self.store.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", values)  # noqa: S608
        if done.rowcount == 0:
            self.tally.leave_out("rows that repeat the number of another row")

    def user(self, row: Row) -> None:
        number = row.number("Id")
        if number >= 0:
            self.name(f"user:{number}", " ".join(row.text("DisplayName").split()) or f"user{number}")
        if row.text("Reputation"):
            self.tally.leave_out("reputation of people")
        if row.text("AboutMe") or row.text("Location") or row.text("WebsiteUrl"):
            self.tally.leave_out("profiles of people")

    def post(self, row: Row) -> None:
        number, kind = row.number("Id"), row.number("PostTypeId")
        talk = kind in (QUESTION, ANSWER)
        if not talk:
            named = (
                "topic descriptions"
                if kind in TOPIC_DESCRIPTIONS
                else "posts that are no questions or answers"
            )
            self.tally.leave_out(named)
        author = self.person_or_none(row, "OwnerUserId", "OwnerDisplayName") if talk else None
        body = row.text("Body") if talk else ""
        for host, target, slug in address.claims(body):
            self.store.execute("INSERT INTO addresses VALUES (?, ?, ?)", (host, target, slug))
        self.insert(
            "posts",
            (
                number,
                kind,
                row.number_or_none("ParentId") if kind == ANSWER else None,
                author,
                row.at(),
                row.text("Title"),
                body,
                row.text("Tags"),
                row.text("ContentLicense") or None,
                row.number_or_none("AcceptedAnswerId") if kind == QUESTION else None,
            ),
        )

    def comment(self, row: Row) -> None:
        number, post, at = row.number("Id"), row.number("PostId"), row.at()
        author = self.person_or_none(row, "UserId", "UserDisplayName")
        self.insert(
            "comments", (number, post, author, at, row.text("Text"), row.text("ContentLicense") or None)
        )

    def history(self, row: Row) -> None:
        number, kind, post = row.number("Id"), row.number("PostHistoryTypeId"), row.number("PostId")
        # An edit under a display name alone is nobody's: who owned that name then cannot be known.
        editor = self.author(row, "UserId", "UserDisplayName") if row.text("UserId") else None
        guid = row.text("RevisionGUID") or f"row-{number}"
        values = (number, kind, post, guid, editor or "", row.at(), row.text("Text"), row.text("Comment"))
        self.insert("history", values)

    def link(self, row: Row) -> None:
        ends = row.number("PostId"), row.number("RelatedPostId")
        self.insert("links", (row.number("Id"), row.at(), *ends, row.number_or_none("LinkTypeId")))

    def vote(self, row: Row) -> None:
        if row.number("VoteTypeId") != ACCEPTED_BY_ITS_ASKER:
            self.tally.leave_out("votes, which name nobody")
            return
        # The last one counts: an asker may change their mind.
        later = "ON CONFLICT (post) DO UPDATE SET day = max(day, excluded.day)"
        self.store.execute(f"INSERT INTO acceptances VALUES (?, ?) {later}", (row.number("PostId"), row.at()))  # noqa: S608

    def badge(self, row: Row) -> None:  # noqa: ARG002 (one shape for all files)
        self.tally.leave_out("badges")


def load(bundle: Bundle, store: Store, tally: Tally, progress: Progress) -> None:
    """Everything in the dump, or BadFile: no item leaves before the last row was read."""
    loader = Loader(store, tally)
    readers: dict[str, Callable[[Row], None]] = {
        "users": loader.user,
        "posts": loader.post,
        "comments": loader.comment,
        "posthistory": loader.history,
        "postlinks": loader.link,
        "votes": loader.vote,
        "badges": loader.badge,
    }
    found = files_of(bundle)
    for needed in NEEDED:
        if needed not in found:
            raise BadFile(FILES[needed], None, "is missing from the dump")
    store.execute("BEGIN")
    for holds, reader in readers.items():
        if holds in found:
            for row in rows(bundle, found[holds], holds, progress):
                reader(row)
        elif holds != "badges":
            tally.leave_out(f"{FILES[holds]}, which is not in the dump")
    store.execute("COMMIT")
    store.executescript(INDEXES)
