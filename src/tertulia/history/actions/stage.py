"""The first half: the whole file is parsed into rows before anything is written for people to see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from tertulia.history.models import Import, Staged
from tertulia.importers import stream

BATCH = 500
# Where an item names itself or another.
IDS = frozenset(
    ["source_id", "author", "addressee", "by", "of", "on", "idea", "parent", "from_idea", "to_idea"]
)
LONGEST_ID, DIGEST = 120, 32
KINDS: dict[str, type[Any]] = {
    kind.__name__.lower(): kind
    for kind in (stream.Person, stream.Idea, stream.Reply, stream.Version, stream.Mark, stream.Link)
}


def stage(brought: Import, items: Iterator[stream.Item]) -> stream.Report:
    """Put every item down in its order, 500 a transaction; give the report that ends the stream."""
    stream_of = _Stream(items)
    rows = (_row(brought, position, item) for position, item in enumerate(stream_of))
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            Staged.objects.bulk_create(batch)
    return stream_of.report


def look(items: Iterator[stream.Item], known: Mapping[tuple[str, str], str]) -> tuple[stream.Report, int]:
    """Go through it as `stage` does, and put nothing down: the report, and how many rows are known otherwise."""
    stream_of = _Stream(items)
    rows = (_row(Import(), position, item) for position, item in enumerate(stream_of))
    changed = sum(_is_changed(row, known) for row in rows)
    return stream_of.report, changed


class _Stream:
    """The items of a stream, and after them its report."""

    def __init__(self, items: Iterator[stream.Item]) -> None:
        self.items = items
        self._report: stream.Report | None = None

    def __iter__(self) -> Iterator[stream.Item]:
        for item in self.items:
            if isinstance(item, stream.Report):
                self._report = item
            else:
                yield item

    @property
    def report(self) -> stream.Report:
        if self._report is None:
            raise ValueError("an importer's stream ended without its report")
        return self._report


def _row(brought: Import, position: int, item: stream.Item) -> Staged:
    payload = {name: _kept(name, value) for name, value in asdict(item).items()}
    kind = type(item).__name__.lower()
    return Staged(
        of=brought, position=position, kind=kind, source_id=payload.get("source_id", ""), payload=payload
    )


def _kept(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if name in IDS and value and len(value) > LONGEST_ID:
        # Two that begin alike stay two. Whatever names it names it so: nothing sees the id of the file after this.
        return value[: LONGEST_ID - DIGEST] + hashlib.sha256(value.encode()).hexdigest()[:DIGEST]
    return value


def unstaged(row: Staged) -> Any:
    """The item of the stream again."""
    values = dict(row.payload)
    values["at"] = datetime.fromisoformat(values["at"]) if "at" in values else None
    if "topics" in values:
        values["topics"] = tuple(values["topics"])
    if values["at"] is None:
        del values["at"]
    return KINDS[row.kind](**values)


def hash_of(row: Staged) -> str:
    """Tells whether a newer export says something else under the same source id."""
    written = json.dumps(row.payload, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def batches(brought: Import, kind: str) -> Iterator[list[Staged]]:
    """The staged rows of a kind, in order, at most 500 at a time."""
    after = -1
    while True:
        rows = list(
            Staged.objects.filter(of=brought, kind=kind, position__gt=after).order_by("position")[:BATCH]
        )
        if not rows:
            return
        yield rows
        after = rows[-1].position


def changed_since(brought: Import, known: Mapping[tuple[str, str], str]) -> int:
    """How many staged rows are here already, and said something else when they were brought."""
    if not known:
        return 0
    return sum(_is_changed(row, known) for kind in KINDS for rows in batches(brought, kind) for row in rows)


def _is_changed(row: Staged, known: Mapping[tuple[str, str], str]) -> bool:
    said = known.get((row.kind, row.source_id), "")
    return said != "" and said != hash_of(row)


def clear(brought: Import) -> None:
    Staged.objects.filter(of=brought).delete()
