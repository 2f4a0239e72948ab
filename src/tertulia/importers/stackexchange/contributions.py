"""Questions as ideas, answers and comments as replies, in an order in which parents come before their children."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tertulia.importers.markdown import from_html, from_markdown, from_one_paragraph
from tertulia.engine.questions import asks
from tertulia.importers.stackexchange.address import Addresses
from tertulia.importers.stackexchange.names import leading_name, meant
from tertulia.importers.stackexchange.rows import moment
from tertulia.importers.store import Store
from tertulia.importers.stream import CONFIDENCE, Basis, Idea, Reply, Tally

FIRST_TITLE, FIRST_TEXT = 1, 2
COMMENT = 2
# The site's licence by the day of writing, for dumps made before each row said it (microseconds since 1970).
LICENCES = (
    (1_302_220_800_000_000, "CC BY-SA 2.5"),  # until 2011-04-08
    (1_525_219_200_000_000, "CC BY-SA 3.0"),  # until 2018-05-02
)
TOPIC = re.compile(r"[^<>|\s]+")


@dataclass(frozen=True, slots=True)
class Turn:
    """A contribution's place in its thread. `post` is what a comment hangs under, or the thread itself."""

    depth: int
    id: int
    thread: int
    post: int
    author: str | None
    place: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Whom a reply answers, and how that is known."""

    parent: str
    addressee: str | None
    basis: Basis


class Reader:
    """Contributions out of the store."""

    def __init__(self, store: Store, tally: Tally, addresses: Addresses) -> None:
        self.store = store
        self.tally = tally
        self.addresses = addresses

    def read(self) -> Iterator[Idea | Reply]:
        turns = self.store.execute(
            "SELECT depth, id, thread, post, author, place FROM talk ORDER BY place, depth, id"
        )
        for values in turns:
            turn = Turn(*values)
            yield self._comment(turn) if turn.depth == COMMENT else self._post(turn)

    def _post(self, turn: Turn) -> Idea | Reply:
        at, title, tags, licence = self.store.execute(
            "SELECT at, title, tags, licence FROM posts WHERE id = ?", (turn.id,)
        ).fetchone()
        source_id, text = f"post:{turn.id}", self.first_text(turn.id)
        url = self.addresses.of_post(turn.id, answer=turn.depth > 0)
        if turn.depth == 0:
            return Idea(
                source_id=source_id,
                at=moment(at),
                author=turn.author,
                title=self._first(turn.id, FIRST_TITLE) or title,
                text=text,
                topics=tuple(TOPIC.findall(tags)),
                url=url,
                licence=self._licence(licence, at),
            )
        asker = self._author_of(turn.thread)
        return Reply(
            source_id=source_id,
            at=moment(at),
            author=turn.author,
            idea=f"post:{turn.thread}",
            parent=f"post:{turn.thread}",
            addressee=asker if turn.author and asker != turn.author else None,
            kind="answer",
            text=text,
            basis="explicit",
            confidence=CONFIDENCE["explicit"],
            url=url,
            licence=self._licence(licence, at),
        )

    def _comment(self, turn: Turn) -> Reply:
        at, text, licence = self.store.execute(
            "SELECT at, text, licence FROM comments WHERE id = ?", (turn.id,)
        ).fetchone()
        edge = self._edge(turn, text)
        question = asks(text)
        if question:
            self.tally.guess("comments taken for questions, by a plain rule")
        return Reply(
            source_id=f"comment:{turn.id}",
            at=moment(at),
            author=turn.author,
            idea=f"post:{turn.thread}",
            parent=edge.parent,
            addressee=edge.addressee,
            kind="comment",
            text=from_one_paragraph(text),
            basis=edge.basis,
            confidence=CONFIDENCE[edge.basis],
            move="question" if question else None,
            move_inferred=question,
            url=self.addresses.of_comment(turn.id, thread=turn.thread, post=turn.post),
            licence=self._licence(licence, at),
        )

    def _edge(self, turn: Turn, text: str) -> Edge:
        post = f"post:{turn.post}"
        if turn.author is None:
            # A bot's or nobody's words are kept, and are not dialogue.
            return Edge(post, None, "explicit")
        if leading_name(text) is not None:
            if found := meant(text, self._earlier_comments(turn)):
                self.tally.guess("addressees from a leading “@name”")
                comment, author = found
                return Edge(f"comment:{comment}", author, "mentioned")
            self.tally.guess("leading “@name”s that match no earlier comment, taken as said to the post")
        owner = self._author_of(turn.post)
        if owner != turn.author:
            return Edge(post, owner, "explicit")
        if last := self._last_other(turn):
            self.tally.guess("addressees of comments under one's own post, from whose turn it was")
            return Edge(post, last, "inferred_turn")
        return Edge(post, None, "explicit")

    def _earlier_comments(self, turn: Turn) -> Iterator[tuple[tuple[int, str], str]]:
        """Other people's comments under the same post, the latest first, with the name of each author."""
        found = self.store.execute(
            "SELECT talk.id, talk.author, names.name FROM talk JOIN names ON names.author = talk.author"
            " WHERE depth = 2 AND post = ? AND (place, id) < (?, ?) AND talk.author <> ? ORDER BY place DESC, id DESC",
            (turn.post, turn.place, turn.id, turn.author),
        )
        return (((comment, author), name) for comment, author, name in found)

    def _last_other(self, turn: Turn) -> str | None:
        """Who else spoke last under the same post, or else in the thread."""
        here = (turn.place, turn.id, turn.author)
        found = (
            self.store.execute(
                "SELECT author FROM talk WHERE depth = 2 AND post = ? AND (place, id) < (?, ?) AND author <> ?"
                " ORDER BY place DESC, id DESC LIMIT 1",
                (turn.post, *here),
            ).fetchone()
            or self.store.execute(
                "SELECT author FROM talk WHERE thread = ? AND (place, depth, id) < (?, 2, ?) AND author <> ?"
                " ORDER BY place DESC, depth DESC, id DESC LIMIT 1",
                (turn.thread, *here),
            ).fetchone()
        )
        return str(found[0]) if found else None

    def _author_of(self, post: int) -> str | None:
        found = self.store.execute("SELECT author FROM posts WHERE id = ?", (post,)).fetchone()
        return None if found is None or found[0] is None else str(found[0])

    def _first(self, post: int, kind: int) -> str:
        found = self.store.execute(
            "SELECT text FROM history WHERE post = ? AND type = ? ORDER BY at, id LIMIT 1", (post, kind)
        ).fetchone()
        return str(found[0]) if found else ""

    def first_text(self, post: int) -> str:
        """The text as it was posted: the history has it as Markdown; without it, the last text stands for it."""
        if written := self._first(post, FIRST_TEXT):
            return from_markdown(written)
        self.tally.guess("first texts, taken from the last text because the history does not hold them")
        return from_html(self.store.execute("SELECT body FROM posts WHERE id = ?", (post,)).fetchone()[0])

    def _licence(self, stated: str | None, at: int) -> str:
        if stated:
            return stated
        self.tally.guess("licences, from the day of writing")
        return next((licence for until, licence in LICENCES if at < until), "CC BY-SA 4.0")
