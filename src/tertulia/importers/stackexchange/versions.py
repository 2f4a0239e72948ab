"""The history of posts: edits as versions, rollbacks as marks. Rows of one edit share a RevisionGUID."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tertulia.importers.markdown import from_html, from_markdown
from tertulia.importers.stackexchange.load import ANSWER, BOT, QUESTION, TOPIC_DESCRIPTIONS
from tertulia.importers.stackexchange.rows import moment
from tertulia.importers.store import Store
from tertulia.importers.stream import Mark, Tally, Version

FIRST_TITLE, FIRST_TEXT, FIRST_TOPICS = 1, 2, 3
NEW_TITLE, NEW_TEXT, NEW_TOPICS = 4, 5, 6
OLD_TITLE, OLD_TEXT, OLD_TOPICS = 7, 8, 9
SUGGESTED = 24

FIRSTS = (FIRST_TITLE, FIRST_TEXT, FIRST_TOPICS)
EDITS = (NEW_TITLE, NEW_TEXT)
ROLLBACKS = (OLD_TITLE, OLD_TEXT, OLD_TOPICS)
TITLES = (FIRST_TITLE, NEW_TITLE, OLD_TITLE)
TEXTS = (FIRST_TEXT, NEW_TEXT, OLD_TEXT)


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    type: int
    post: int
    guid: str
    editor: str
    at: int
    title: str | None
    note: str
    owner: str | None
    guid_post: int


# A guid that appears on two posts (merged threads) is told apart by the post.
IN_ORDER = """
SELECT h.id, h.type, h.post, h.guid, h.editor, h.at, CASE WHEN h.type IN (1, 4, 7) THEN h.text END, h.note, p.author,
    min(h.post) OVER (PARTITION BY h.guid)
FROM history AS h JOIN posts AS p ON p.id = h.post
WHERE p.type IN (1, 2) AND h.type IN (1, 2, 4, 5, 7, 8, 9)
    AND EXISTS (SELECT 1 FROM talk WHERE talk.depth IN (0, 1) AND talk.id = p.id)
ORDER BY h.post, min(h.at) OVER (PARTITION BY h.post, h.guid), h.guid, h.type, h.id
"""


def prepare(store: Store, tally: Tally) -> None:
    """Work out which edits are versions, by whom, and which text each leaves."""
    _count_what_is_no_version(store, tally)
    rows = (Row(*values) for values in store.execute(IN_ORDER))
    store.execute("BEGIN")
    for _, of_post in groupby(rows, key=lambda row: row.post):
        _fold(store, tally, of_post)
    store.execute("COMMIT")


def _fold(store: Store, tally: Tally, of_post: Iterator[Row]) -> None:
    """One post's history. A left-out edit still is what the next one began with."""
    text_row: int | None = None
    for _, group in groupby(of_post, key=lambda row: row.guid):
        edit = list(group)
        text_row = next((row.id for row in reversed(edit) if row.type in TEXTS), text_row)
        title = next((row.title for row in reversed(edit) if row.type in TITLES), None)
        first = edit[0]
        kept = [row for row in edit if row.type in EDITS + ROLLBACKS]
        if not kept or not _is_by_a_person(tally, kept):
            continue
        name = first.guid if first.guid_post == first.post else f"{first.guid}:{first.post}"
        own = first.editor == first.owner
        note = "; ".join(dict.fromkeys(row.note.strip() for row in kept if row.note.strip()))
        if any(row.type in ROLLBACKS for row in kept):
            values = (f"rollback:{name}", first.post, first.at, first.editor, title, text_row)
            store.execute("INSERT INTO rollbacks VALUES (?, ?, ?, ?, ?, ?)", values)
        else:
            whole = (f"revision:{name}", first.post, first.at, first.editor, own, title, text_row, note)
            store.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", whole)


def _is_by_a_person(tally: Tally, rows: list[Row]) -> bool:
    editor = rows[0].editor
    if editor == BOT:
        tally.leave_out("edits by a bot", len(rows))
    elif not editor:
        tally.leave_out("edits that name nobody", len(rows))
    return editor not in (BOT, "")


def _count_what_is_no_version(store: Store, tally: Tally) -> None:
    counted = store.execute(
        "SELECT h.type, p.type, count(*) FROM history AS h LEFT JOIN posts AS p ON p.id = h.post"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    for kind, post_kind, number in counted:
        if reason := _why_no_version(kind, post_kind):
            tally.leave_out(reason, number)


def _why_no_version(kind: int, post_kind: int | None) -> str | None:
    if kind == SUGGESTED:
        return "notes that an edit had been suggested"
    if kind in FIRSTS:
        return None
    if kind == NEW_TOPICS:
        return "changes of topics"
    if kind not in EDITS + ROLLBACKS:
        return "notes of moderation"
    if post_kind in (QUESTION, ANSWER):
        return None
    return (
        "edits of topic descriptions"
        if post_kind in TOPIC_DESCRIPTIONS
        else "edits of what is not in the dump"
    )


def read_versions(store: Store) -> Iterator[Version]:
    found = store.execute(
        "SELECT id, post, at, author, own, new_title, text_row, note FROM versions ORDER BY at, post, id"
    )
    for source_id, post, at, author, own, title, text_row, note in found:
        yield Version(
            source_id=source_id,
            of=f"post:{post}",
            at=moment(at),
            by=author,
            own=bool(own),
            title=title,
            text=_text(store, post, text_row),
            note=note,
        )


def read_rollbacks(store: Store) -> Iterator[Mark]:
    found = store.execute(
        "SELECT id, post, at, author, new_title, text_row FROM rollbacks ORDER BY at, post, id"
    )
    for source_id, post, at, author, title, text_row in found:
        yield Mark(
            source_id=source_id,
            kind="rolled_back",
            at=moment(at),
            by=author,
            on=f"post:{post}",
            title=title,
            text=_text(store, post, text_row),
        )


def _text(store: Store, post: int, text_row: int | None) -> str:
    if text_row is None:
        return from_html(store.execute("SELECT body FROM posts WHERE id = ?", (post,)).fetchone()[0])
    return from_markdown(store.execute("SELECT text FROM history WHERE id = ?", (text_row,)).fetchone()[0])
