"""One export as records: authors, posts and comments, each a dict of its fields' texts. Nothing is judged here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tertulia.importers.bundle import Bundle
from tertulia.importers.errors import BadFile
from tertulia.importers.xmlfile import Closed, Element, elements_and_text

CHANNEL_FIELDS = frozenset(["title", "link", "wp:base_site_url", "wp:base_blog_url"])
AUTHOR_FIELDS = frozenset(["wp:author_id", "wp:author_login", "wp:author_email", "wp:author_display_name"])
POST_FIELDS = frozenset(
    [
        "title",
        "link",
        "guid",
        "pubDate",
        "dc:creator",
        "content:encoded",
        "wp:post_id",
        "wp:post_date",
        "wp:post_date_gmt",
        "wp:status",
        "wp:post_type",
        "wp:post_password",
    ]
)
COMMENT_FIELDS = frozenset(
    [
        "wp:comment_id",
        "wp:comment_author",
        "wp:comment_author_email",
        "wp:comment_author_url",
        "wp:comment_date",
        "wp:comment_date_gmt",
        "wp:comment_content",
        "wp:comment_approved",
        "wp:comment_type",
        "wp:comment_parent",
        "wp:comment_user_id",
    ]
)
MOST_TOPICS = 100
TOPIC_DOMAINS = frozenset(["", "category", "tag", "post_tag"])

Kind = Literal["channel", "author", "comment", "post"]


@dataclass(slots=True)
class Record:
    """A post's comments come before the post itself, because that ends after them; `post` counts the posts so far."""

    kind: Kind
    file: str
    line: int
    post: int
    fields: dict[str, str] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        return self.fields.get(key, "").strip()

    def number(self, key: str) -> int | None:
        """A whole number of a size that a database gives out, or None."""
        value = self.text(key)
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= 15 else None


def short(tag: str) -> str:
    """A tag by its usual prefix: exports name the same space with http and https, and in three versions."""
    if not tag.startswith("{"):
        return tag
    space, _, name = tag[1:].partition("}")
    if "wordpress.org/export/" in space:
        return f"{'excerpt' if 'excerpt' in space.rsplit('/export/')[1] else 'wp'}:{name}"
    if "purl.org/rss/1.0/modules/content" in space:
        return f"content:{name}"
    return f"dc:{name}" if "purl.org/dc/" in space else f"other:{name}"


class _Reader:
    """Which record the parser is in. Only wanted fields are kept, so that a record stays small."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.posts = 0
        self.channel = Record("channel", file, 1, 0)
        self.open: Record | None = None
        self.comment: Record | None = None
        self.topic_domain: str | None = None

    def start(self, found: Element, name: str) -> None:
        if found.depth == 2 and name in {"item", "wp:author"}:
            self.posts += name == "item"
            self.open = Record("post" if name == "item" else "author", self.file, found.line, self.posts)
        elif found.depth == 3 and self.open is not None and self.open.kind == "post":
            if name == "wp:comment":
                self.comment = Record("comment", self.file, found.line, self.posts)
            elif name == "category":
                self.topic_domain = found.attributes.get("domain", "")

    def end(self, found: Closed, name: str) -> Record | None:
        """The record that ends here, if one does."""
        if found.depth == 4 and self.comment is not None and name in COMMENT_FIELDS:
            self.comment.fields.setdefault(name, found.text)
        elif found.depth == 3 and self.comment is not None:
            done, self.comment = self.comment, None
            return done
        elif found.depth == 3 and self.open is not None:
            self._field(self.open, name, found.text)
        elif found.depth == 2 and self.open is not None:
            done, self.open = self.open, None
            return done
        elif found.depth == 2 and name in CHANNEL_FIELDS:
            self.channel.fields.setdefault(name, found.text)
        return None

    def _field(self, record: Record, name: str, text: str) -> None:
        if record.kind == "post" and name == "category":
            if self.topic_domain in TOPIC_DOMAINS and text.strip() and len(record.topics) < MOST_TOPICS:
                record.topics.append(" ".join(text.split()))
        elif name in (POST_FIELDS if record.kind == "post" else AUTHOR_FIELDS):
            record.fields.setdefault(name, text)


def records(bundle: Bundle, name: str) -> Iterator[Record]:
    """The records of one file, each when it ends; the blog itself last."""
    reader = _Reader(name)
    for found in elements_and_text(bundle, name):
        tag = short(found.tag)
        if isinstance(found, Element):
            if found.depth == 0 and tag != "rss":
                raise BadFile(name, found.line, "does not hold a WordPress export")
            reader.start(found, tag)
        elif (done := reader.end(found, tag)) is not None:
            yield done
    yield reader.channel
