"""Records into the store: what is public is kept, and the rest counted. Mail addresses end here."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tertulia.importers.markdown import from_html
from tertulia.importers.store import Store, one
from tertulia.importers.stream import Tally
from tertulia.importers.wordpress.address import Blog, path_of
from tertulia.importers.wordpress.items import Record

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
POSTS = frozenset(["post", "page"])
# Before WordPress 5.5 a comment's type was empty.
COMMENTS = frozenset(["", "comment"])
PINGS = frozenset(["pingback", "trackback"])
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
NOBODY = "Anonymous"
# A blog's own drawer for what nobody sorted.
UNSORTED = "uncategorized"
PREFORMATTED = re.compile(r"(<pre[^<>]*>(?:(?!<pre)[\s\S])*?</pre>)", re.IGNORECASE)
BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
BLANK_IN_MARKDOWN = re.compile(r"[ \t]+\n(?:[ \t]*\n)+")
STATUSES = frozenset(["draft", "future", "pending", "private", "trash", "inherit", "auto-draft"])
NOT_APPROVED = {
    "0": "comments that wait for approval",
    "spam": "comments marked as spam",
    "trash": "comments in the bin",
    "post-trashed": "comments in the bin",
}


class Loader:
    """Puts records into the store. Kept as one thing because every record needs the store and the tally."""

    def __init__(self, store: Store, tally: Tally) -> None:
        self.store = store
        self.tally = tally
        self.blog = Blog()
        # Known to this run alone: what is hashed with it cannot be guessed from outside.
        self.key = secrets.token_bytes(32)
        self.takes: dict[str, Callable[[Record], None]] = {
            "author": self.author,
            "comment": self.comment,
            "post": self.post,
            "channel": self.channel,
        }
        self.waiting = 0

    def take(self, record: Record) -> None:
        self.takes[record.kind](record)

    def channel(self, record: Record) -> None:
        for key in ("link", "wp:base_site_url", "wp:base_blog_url"):
            self.blog.lives_at(record.text(key))

    def author(self, record: Record) -> None:
        login = record.text("wp:author_login")
        name = one_line(record.text("wp:author_display_name")) or one_line(login)
        if login:
            values = (login, record.number("wp:author_id"), name, self.hashed(record.text("wp:author_email")))
            self.store.execute("INSERT OR IGNORE INTO authors VALUES (?, ?, ?, ?)", values)

    def post(self, record: Record) -> None:
        waiting, self.waiting = self.waiting, 0
        number, at = record.number("wp:post_id"), self.moment(record, "wp:post_date", record.text("pubDate"))
        reason = self.why_no_post(record, number, at)
        if reason is None and number is not None:
            title, text = one_line(record.text("title")), markdown(record.text("content:encoded"))
            topics = [topic for topic in dict.fromkeys(record.topics) if topic.lower() != UNSORTED]
            url = record.text("link") or record.text("guid")
            values = (
                number,
                at,
                record.text("dc:creator"),
                title or first_words(text),
                text,
                json.dumps(topics),
                url,
                path_of(url),
                None,
            )
            self.store.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            # Until here the comments hung under the post's place in the file, as a negative number.
            for table in ("comments", "pings"):
                self.store.execute(f"UPDATE {table} SET post = ? WHERE post = ?", (number, -record.post))  # noqa: S608
            return
        self.tally.leave_out(reason or "posts without a number")
        if waiting:
            self.tally.leave_out("comments and pingbacks of posts that are left out", waiting)
            for table in ("comments", "pings"):
                self.store.execute(f"DELETE FROM {table} WHERE post = ?", (-record.post,))  # noqa: S608

    def why_no_post(self, record: Record, number: int | None, at: int | None) -> str | None:
        kind, status = record.text("wp:post_type"), record.text("wp:status")
        if kind not in POSTS:
            other = "attachments" if kind == "attachment" else "menus, revisions and the like"
            return f"what is no post or page ({other})"
        if status != "publish":
            return f"posts that are not published ({status if status in STATUSES else 'another status'})"
        if record.text("wp:post_password"):
            return "posts behind a password"
        if at is None:
            return "posts without a date"
        if number is not None and one(self.store, "SELECT count(*) FROM posts WHERE id = ?", number):
            return "posts that repeat the number of another post"
        return None

    def comment(self, record: Record) -> None:
        number, at = record.number("wp:comment_id"), self.moment(record, "wp:comment_date", "")
        kind, approved = record.text("wp:comment_type"), record.text("wp:comment_approved")
        if reason := why_no_comment(kind, approved, number, at):
            self.tally.leave_out(reason)
            return
        url = record.text("wp:comment_author_url")
        if kind in PINGS:
            values: tuple[object, ...] = (number, -record.post, at, kind == "trackback", url)
            done = self.store.execute("INSERT OR IGNORE INTO pings VALUES (?, ?, ?, ?, ?)", values)
        else:
            name = one_line(record.text("wp:comment_author"))
            if MAIL.search(name):
                self.tally.leave_out("mail addresses that stood in place of a name")
                name = NOBODY
            mail = record.text("wp:comment_author_email")
            text = markdown(record.text("wp:comment_content"))
            values = (
                number,
                -record.post,
                record.number("wp:comment_parent") or 0,
                at,
                record.number("wp:comment_user_id") or 0,
                name or NOBODY,
                self.hashed(mail),
                self.hashed(f"{name}\n{url}") if address_tells(url) else None,
                text,
                None,
            )
            if mail:
                self.tally.leave_out("mail addresses of commenters, and their IPs")
            done = self.store.execute(
                "INSERT OR IGNORE INTO comments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
            )
        self.waiting += done.rowcount
        if done.rowcount == 0:
            self.tally.leave_out("comments that repeat the number of another comment")

    def hashed(self, text: str) -> bytes | None:
        """Tells whether two texts are the same, in this run."""
        plain = text.strip().lower()
        return hashlib.blake2b(plain.encode(), key=self.key, digest_size=16).digest() if plain else None

    def moment(self, record: Record, key: str, otherwise: str) -> int | None:
        """Microseconds since 1970: by the world's clock, else by the blog's own, else as the feed says it."""
        if (at := microseconds(record.text(f"{key}_gmt"))) is not None:
            return at
        if (at := microseconds(record.text(key))) is not None:
            self.tally.guess("times of the blog's own clock, taken for UTC")
            return at
        return of_feed(otherwise)


def why_no_comment(kind: str, approved: str, number: int | None, at: int | None) -> str | None:
    if approved != "1":
        return NOT_APPROVED.get(approved, "comments of an unknown approval")
    if kind not in COMMENTS | PINGS:
        return "remarks that are no comments (orders, notes and the like)"
    if number is None or at is None:
        return "comments without a number or a date"
    return None


def microseconds(text: str) -> int | None:
    """A time as WordPress writes it; none where it is missing or all zeros."""
    try:
        moment = datetime.fromisoformat(text)
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (aware - EPOCH) // timedelta(microseconds=1)


def of_feed(text: str) -> int | None:
    try:
        return microseconds(parsedate_to_datetime(text).isoformat()) if text else None
    except (ValueError, TypeError, OverflowError):
        return None


def address_tells(url: str) -> bool:
    """Whether a web address is more than the empty one that old forms filled in."""
    return url not in {"", "http://", "https://"}


def one_line(text: str) -> str:
    return " ".join(text.split())


def first_words(text: str) -> str:
    """A title for a post that has none."""
    line = one_line(text)
    return line if len(line) <= 60 else line[:60].rsplit(" ", 1)[0] + " …"


def markdown(html: str) -> str:
    """WordPress keeps paragraphs as blank lines, and leaves it to the page to make them paragraphs."""
    parts = PREFORMATTED.split(html.replace("\r\n", "\n").replace("\r", "\n"))
    broken = "".join(part if i % 2 else BLANK_LINES.sub("<br><br>", part) for i, part in enumerate(parts))
    return re.sub(r"\n{3,}", "\n\n", BLANK_IN_MARKDOWN.sub("\n\n", from_html(broken))).strip()
