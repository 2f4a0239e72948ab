"""Accepted answers as marks, and links between questions."""

from collections.abc import Iterator
from heapq import merge

from tertulia.importers.stackexchange.rows import moment
from tertulia.importers.stackexchange.versions import read_rollbacks
from tertulia.importers.store import Store
from tertulia.importers.stream import Link, LinkKind, Mark, Tally

LINK_KINDS: dict[int, LinkKind] = {1: "related", 3: "duplicate"}

# Votes know only the day: without the later of both, an answer would be accepted before it was written.
ACCEPTED = """
SELECT answer.id, max(coalesce(vote.day, 0), answer.at), idea.author, answer.author, vote.day IS NOT NULL
FROM posts AS idea
JOIN posts AS answer ON answer.id = idea.accepted AND answer.type = 2 AND answer.parent = idea.id
LEFT JOIN acceptances AS vote ON vote.post = answer.id
WHERE idea.type = 1
ORDER BY 2, 1
"""


def read_marks(store: Store, tally: Tally) -> Iterator[Mark]:
    """Acceptances and rollbacks, in order of time."""
    return merge(_accepted(store, tally), read_rollbacks(store), key=lambda mark: (mark.at, mark.source_id))


def _accepted(store: Store, tally: Tally) -> Iterator[Mark]:
    for answer, at, asker, answerer, dated in store.execute(ACCEPTED):
        if dated:
            tally.guess("times of acceptance, of which only the day is known")
        else:
            tally.guess("times of acceptance, taken from the answer's")
        if asker is not None and asker == answerer:
            tally.leave_out("being heard by oneself: answers accepted by their own author (the mark is kept)")
        yield Mark(
            source_id=f"accepted:{answer}", kind="accepted", at=moment(at), by=asker, on=f"post:{answer}"
        )


def read_links(store: Store, tally: Tally) -> Iterator[Link]:
    """Links as the site lists them; a link from an answer counts as its question's."""
    found = store.execute(
        "SELECT links.id, links.at, links.type, a.thread, b.thread, pa.author, pb.author FROM links"
        " LEFT JOIN talk AS a ON a.id = from_post AND a.depth IN (0, 1)"
        " LEFT JOIN talk AS b ON b.id = to_post AND b.depth IN (0, 1)"
        " LEFT JOIN posts AS pa ON pa.id = a.thread LEFT JOIN posts AS pb ON pb.id = b.thread"
        " ORDER BY links.at, links.id"
    )
    for number, at, kind, from_thread, to_thread, from_author, to_author in found:
        if from_thread is None or to_thread is None:
            tally.leave_out("ends of links that are not in the dump (the link is kept)")
        same = from_thread is not None and from_thread == to_thread
        yield Link(
            source_id=f"link:{number}",
            at=moment(at),
            from_idea=None if from_thread is None else f"post:{from_thread}",
            to_idea=None if to_thread is None else f"post:{to_thread}",
            kind=LINK_KINDS.get(kind, "other"),
            own=same or (from_author is not None and from_author == to_author),
        )
