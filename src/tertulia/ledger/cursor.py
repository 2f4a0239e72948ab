"""Readers go through the ledger forward, each from its own cursor, and are never called by anybody.

What a reader writes and where it has come to change in one transaction. So a crash at any point resumes as if it
had not been, and folding again from zero gives the same tables.
"""

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from tertulia.ledger.models import Act, Cursor

__all__ = ["Act", "Reader", "follow", "position", "rebuild"]


class Reader(Protocol):
    """Turns acts into tables.

    Both methods write to the database only, and decide by the acts only: not by the clock, not by chance, not by
    how the acts were cut into batches. Imported acts come as they are written; one that must wait for their
    import waits for its `import_closed`.
    """

    # A property, so that a frozen reader and a plain constant of a class both fit.
    @property
    def name(self) -> str: ...

    def fold(self, acts: Sequence[Act]) -> None:
        """Add these acts, which come after all acts folded before."""

    def clear(self) -> None:
        """Empty the tables that `fold` writes."""


def follow(reader: Reader, *, batch: int = 500) -> int:
    """Fold what is new, in transactions of at most `batch` acts, and say how many acts that was."""
    if batch < 1:
        raise ValueError("batch is at least 1")
    # Asked without a lock, so that a worker with nothing to do writes nothing.
    if not Act.objects.filter(act__gt=position(reader.name)).exists():
        return 0
    folded = 0
    while True:
        step = fold_next(reader, batch)
        folded += step
        if step < batch:
            return folded


def fold_next(reader: Reader, batch: int) -> int:
    # Durable: inside another transaction a batch would not be kept when this function says that it is.
    with transaction.atomic(durable=True):
        place = lock_position(reader.name)
        acts = list(Act.objects.filter(act__gt=place).order_by("act")[:batch])
        if acts:
            reader.fold(acts)
            move(reader.name, acts[-1].act)
    return len(acts)


def rebuild(reader: Reader, *, batch: int = 500) -> int:
    """Empty the reader's tables and fold the whole ledger anew; a crash on the way resumes with `follow`."""
    with transaction.atomic(durable=True):
        lock_position(reader.name)
        reader.clear()
        move(reader.name, 0)
    return follow(reader, batch=batch)


def position(name: str) -> int:
    """The last act that the reader has folded; 0 before the first."""
    return Cursor.objects.filter(reader=name).values_list("act", flat=True).first() or 0


def lock_position(name: str) -> int:
    """The position, with its row held until the transaction ends.

    Writing is what takes the lock: it holds one row on PostgreSQL and the whole of SQLite in any transaction mode,
    and what is read after it is what the one before has left.
    """
    row = Cursor.objects.filter(reader=name)
    if not row.update(updated_at=timezone.now()):
        Cursor.objects.bulk_create([Cursor(reader=name, updated_at=timezone.now())], ignore_conflicts=True)
        row.update(updated_at=timezone.now())
    return row.values_list("act", flat=True).get()


def move(name: str, act: int) -> None:
    Cursor.objects.filter(reader=name).update(act=act, updated_at=timezone.now())
