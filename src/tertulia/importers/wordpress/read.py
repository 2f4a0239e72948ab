"""An export as a stream: everything is read and put in order first, so that a bad file is known before any item."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tertulia.engine.questions import asks
from tertulia.importers.bundle import Bundle, first_bytes, open_bundle, pieces
from tertulia.importers.errors import BadFile
from tertulia.importers.store import Store, one, open_store
from tertulia.importers.stream import CONFIDENCE, Basis, Idea, Item, Link, Progress, Reply, Tally
from tertulia.importers.wordpress.address import Blog, path_of
from tertulia.importers.wordpress.items import records
from tertulia.importers.wordpress.load import EPOCH, Loader
from tertulia.importers.wordpress.people import people, tell_apart
from tertulia.importers.wordpress.store import ORDER, SCHEMA

SIGNS = (b"<rss", b"wordpress.org/export/")
RECORDS_BETWEEN_PROGRESS = 100

# Who else spoke last under what this answers, or else in the thread.
LAST_UNDER = """
SELECT person FROM talk WHERE post = ? AND parent IS ? AND depth > 0 AND (place, depth, id) < (?, ?, ?) AND person <> ?
ORDER BY place DESC, depth DESC, id DESC LIMIT 1
"""
LAST_IN_THREAD = """
SELECT person FROM talk WHERE post = ? AND (place, depth, id) < (?, ?, ?) AND person <> ?
ORDER BY place DESC, depth DESC, id DESC LIMIT 1
"""


def recognise(bundle: Bundle) -> bool:
    """An RSS file that knows WordPress's own names."""
    return bool(_files(bundle))


def _files(bundle: Bundle) -> list[str]:
    """A large blog is exported as several files."""
    starts = ((name, first_bytes(bundle, name).replace(b"\0", b"")) for name in bundle.names())
    return [name for name, start in starts if all(sign in start for sign in SIGNS)]


def read(path: Path, progress: Progress) -> Iterator[Item]:
    """The stream of an export: a file, or a folder or zip archive of its parts. Its last item is the report."""
    bundle = open_bundle(path)
    names = _files(bundle)
    if not names:
        raise BadFile(str(path), None, "does not hold a WordPress export")
    with open_store(SCHEMA) as store:
        tally = Tally()
        loader = Loader(store, tally)
        store.execute("BEGIN")
        for name in names:
            _load(bundle, name, loader, progress)
        store.execute("COMMIT")
        tell_apart(store, tally)
        store.executescript(ORDER)
        if lost := one(store, "SELECT count(*) FROM comments JOIN talk USING (id) WHERE comments.parent > 0"
                              " AND talk.depth > 0 AND talk.parent IS NULL"):  # fmt: skip
            tally.guess("replies to a comment that is not here, taken as said to the post", lost)
        yield from tally.passing(_items(store, tally, loader.blog))


def _load(bundle: Bundle, name: str, loader: Loader, progress: Progress) -> None:
    total = sum(piece.count(b"<item>") + piece.count(b"<wp:comment>") for piece in pieces(bundle, name))
    done = 0
    for record in records(bundle, name):
        loader.take(record)
        done += record.kind in {"post", "comment"}
        if done % RECORDS_BETWEEN_PROGRESS == 0:
            progress("posts and comments", done, max(done, total))
    progress("posts and comments", done, done)


def _items(store: Store, tally: Tally, blog: Blog) -> Iterator[Item]:
    yield from people(store)
    for depth, number in store.execute("SELECT depth, id FROM talk ORDER BY place, depth, id"):
        yield _idea(store, number) if depth == 0 else _reply(store, tally, number)
    yield from _links(store, tally, blog)


def _idea(store: Store, number: int) -> Idea:
    at, person, title, text, topics, url = store.execute(
        "SELECT at, person, title, text, topics, url FROM posts WHERE id = ?", (number,)
    ).fetchone()
    return Idea(
        source_id=f"post:{number}",
        at=_moment(at),
        author=person,
        title=title,
        text=text,
        topics=tuple(json.loads(topics)),
        url=url or None,
    )


def _reply(store: Store, tally: Tally, number: int) -> Reply:
    at, person, text, post, parent, depth, place, url = store.execute(
        "SELECT c.at, c.person, c.text, c.post, t.parent, t.depth, t.place, p.url FROM comments AS c"
        " JOIN talk AS t ON t.id = c.id AND t.depth > 0 JOIN posts AS p ON p.id = c.post WHERE c.id = ?",
        (number,),
    ).fetchone()
    addressee, basis = _addressee(store, post, parent, person, (place, depth, number))
    if basis == "inferred_turn":
        tally.guess("addressees of comments under one's own words, from whose turn it was")
    question = asks(text)
    if question:
        tally.guess("comments taken for questions, by a plain rule")
    return Reply(
        source_id=f"comment:{number}",
        at=_moment(at),
        author=person,
        idea=f"post:{post}",
        parent=f"post:{post}" if parent is None else f"comment:{parent}",
        addressee=addressee,
        kind="comment",
        text=text,
        basis=basis,
        confidence=CONFIDENCE[basis],
        move="question" if question else None,
        move_inferred=question,
        url=f"{url}#comment-{number}" if url else None,
    )


def _addressee(
    store: Store, post: int, parent: int | None, person: str, here: tuple[int, int, int]
) -> tuple[str | None, Basis]:
    above = store.execute(
        "SELECT person FROM posts WHERE id = ?"
        if parent is None
        else "SELECT person FROM comments WHERE id = ?",
        (post if parent is None else parent,),
    ).fetchone()[0]
    if above != person:
        return above, "explicit"
    other = (
        store.execute(LAST_UNDER, (post, parent, *here, person)).fetchone()
        or store.execute(LAST_IN_THREAD, (post, *here, person)).fetchone()
    )
    return (other[0], "inferred_turn") if other else (None, "explicit")


def _links(store: Store, tally: Tally, blog: Blog) -> Iterator[Link]:
    """Pingbacks and trackbacks: links, and nobody's words. Many are the blog's own, from a newer post to an older."""
    found = store.execute(
        "SELECT pings.id, pings.post, pings.at, trackback, pings.url, person FROM pings"
        " JOIN posts ON posts.id = pings.post ORDER BY pings.at, pings.id"
    )
    for number, post, at, trackback, url, of in found:
        what = "trackbacks" if trackback else "pingbacks"
        inside = blog.holds(url)
        tally.count(what)
        if inside:
            tally.count(f"{what} of the blog itself")
        source, by = _post_at(store, url) if inside else (None, None)
        yield Link(
            source_id=f"pingback:{number}",
            at=_moment(at),
            from_idea=None if source is None else f"post:{source}",
            to_idea=f"post:{post}",
            kind="pingback",
            own=source == post or (by is not None and by == of),
            by=by,
            url=None if inside else url or None,
        )


def _post_at(store: Store, url: str) -> tuple[int | None, str | None]:
    """The post that an address of the blog shows, and whose it is."""
    path = path_of(url)
    number = path.removeprefix("?p=") if path.startswith("?p=") else -1
    found = store.execute(
        "SELECT id, person FROM posts WHERE path = ? OR id = ? ORDER BY id LIMIT 1", (path, number)
    ).fetchone()
    return found or (None, None)


def _moment(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
