"""The second half: staged rows become people, ideas, replies, versions and their acts, hidden until the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tertulia.history.actions.stage import batches, hash_of, unstaged
from tertulia.history.models import Import, SourceId, Staged
from tertulia.ideas.actions import bring, bring_changes
from tertulia.ideas.actions.book import Book, Somebody
from tertulia.people.actions import bring_people

Wrote = Callable[[str, int], None]


@dataclass
class Written:
    """How many items were new, and those that wait for the close: what changes ideas that people see already."""

    new: int = 0
    later: list[Staged] = field(default_factory=list)


def write(brought: Import, book: Book, known: Collection[tuple[str, str]], wrote: Wrote) -> Written:
    """Write what is not here yet, at most 500 rows a transaction."""
    written = Written()
    for kind in ("person", "idea", "reply", "version", "mark", "link"):
        for rows in batches(brought, kind):
            fresh = [row for row in rows if not row.source_id or (kind, row.source_id) not in known]
            later = [row for row in fresh if _changes_what_is_seen(book, row)]
            now = [row for row in fresh if row not in later] if later else fresh
            with transaction.atomic():
                _write_batch(kind, book, now)
                _note(brought, book, now)
            written.new += len(fresh)
            written.later += later
            wrote(kind, len(rows))
    return written


def _changes_what_is_seen(book: Book, row: Staged) -> bool:
    target = _target(row)
    return row.kind in {"version", "mark"} and target in book.places and book.places[target].earlier


def _target(row: Staged) -> str:
    return str(row.payload.get("of" if row.kind == "version" else "on", ""))


def write_later(brought: Import, book: Book, written: Written) -> None:
    """In the transaction that closes the import."""
    bring.hold_earlier(book)
    for kind in ("version", "mark"):
        rows = [row for row in written.later if row.kind == kind]
        _write_batch(kind, book, rows)
        _note(brought, book, rows)
    bring.count_brought(brought.pk, changed={book.places[_target(row)].idea for row in written.later})


def _write_batch(kind: str, book: Book, rows: Sequence[Staged]) -> None:
    items = [unstaged(row) for row in rows]
    if kind == "person":
        people = bring_people(names=[item.name for item in items], import_id=book.import_id)
        for item, person in zip(items, people, strict=True):
            book.people[item.source_id] = Somebody(pk=person.pk, key=person.key)
        return
    writers: dict[str, Callable[[Book, Sequence[Any]], None]] = {
        "idea": bring.bring_ideas,
        "reply": bring.bring_replies,
        "version": bring_changes.bring_versions,
        "mark": bring_changes.bring_marks,
        "link": bring_changes.bring_links,
    }
    writers[kind](book, items)


def _note(brought: Import, book: Book, rows: Sequence[Staged]) -> None:
    """Remember where each source id went, so that bringing it again brings nothing twice."""
    SourceId.objects.bulk_create(
        SourceId(
            of=brought,
            space_id=book.space,
            format=brought.format,
            kind=row.kind,
            source_id=row.source_id,
            row=_row_of(book, row),
            act=_act_of(book, row),
            content_hash=hash_of(row),
        )
        for row in rows
        if row.source_id
    )


def _row_of(book: Book, row: Staged) -> int | None:
    if row.kind == "person":
        return book.people[row.source_id].pk
    place = book.places.get(row.source_id)
    return (place.reply or place.idea) if place else None


def _act_of(book: Book, row: Staged) -> int | None:
    place = book.places.get(row.source_id)
    return place.act if place else None
