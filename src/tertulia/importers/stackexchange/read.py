"""A dump as a stream: everything is read and put in order first, so that a bad file is known before any item."""

from collections.abc import Iterator
from pathlib import Path

from tertulia.importers.bundle import Bundle, File, open_bundle
from tertulia.importers.errors import BadFile
from tertulia.importers.stackexchange import contributions, marks, versions
from tertulia.importers.stackexchange.address import Addresses, find_host
from tertulia.importers.stackexchange.load import ANSWER, QUESTION, load
from tertulia.importers.stackexchange.rows import files_of
from tertulia.importers.stackexchange.store import ORDER, SCHEMA
from tertulia.importers.store import Store, one, open_store
from tertulia.importers.stream import Item, Person, Progress, Tally

PEOPLE = """
SELECT author, names.name FROM names WHERE author IN (
    SELECT author FROM talk UNION SELECT author FROM versions UNION SELECT author FROM rollbacks
)
ORDER BY author LIKE 'deleted:%', CASE WHEN author LIKE 'user:%' THEN CAST(substr(author, 6) AS INTEGER) END, author
"""


def recognise(bundle: Bundle) -> bool:
    """Posts, and at least one more file of a dump, by their root elements."""
    found = files_of(bundle)
    return "posts" in found or len(found) >= 2


def read(path: Path, progress: Progress) -> Iterator[Item]:
    """The stream of a dump in a folder or a zip archive; its last item is the report."""
    bundle = open_bundle(path)
    if isinstance(bundle, File):
        raise BadFile(str(path), None, "is not a folder or a zip archive")
    with open_store(SCHEMA) as store:
        tally = Tally()
        load(bundle, store, tally, progress)
        store.executescript(ORDER)
        _count_what_has_no_place(store, tally)
        versions.prepare(store, tally)
        host, links = find_host(store)
        if host:
            tally.guess(f"the site's address, {host}, from links to itself", links)
        yield from tally.passing(_items(store, tally, Addresses(host)))


def _items(store: Store, tally: Tally, addresses: Addresses) -> Iterator[Item]:
    yield from _people(store, tally, addresses)
    yield from contributions.Reader(store, tally, addresses).read()
    yield from versions.read_versions(store)
    yield from marks.read_marks(store, tally)
    yield from marks.read_links(store, tally)


def _people(store: Store, tally: Tally, addresses: Addresses) -> Iterator[Person]:
    for source_id, name in store.execute(PEOPLE):
        deleted = source_id.startswith("deleted:")
        if deleted:
            tally.guess("people of deleted accounts, told apart by display name alone")
        url = addresses.of_person(source_id)
        yield Person(source_id=source_id, name=name, url=url, claimable=not deleted)


def _count_what_has_no_place(store: Store, tally: Tally) -> None:
    """Answers and comments whose question is not here."""
    answers = one(
        store,
        "SELECT count(*) FROM posts WHERE type = ? AND id NOT IN (SELECT id FROM talk WHERE depth = 1)",
        ANSWER,
    )
    described = one(
        store,
        "SELECT count(*) FROM comments JOIN posts ON posts.id = comments.post WHERE posts.type NOT IN (?, ?)",
        QUESTION,
        ANSWER,
    )
    placed = one(store, "SELECT count(*) FROM talk WHERE depth = 2")
    comments = one(store, "SELECT count(*) FROM comments") - placed - described
    for reason, number in (
        ("answers whose question is not in the dump", answers),
        ("comments on topic descriptions", described),
        ("comments whose post is not in the dump", comments),
    ):
        if number:
            tally.leave_out(reason, number)
