"""Appending to the ledger, inside the transaction that writes what the act speaks of.

Only actions append. Append last: on PostgreSQL every append waits for the transactions that appended before it, so
an action that appends and then waits for another's rows could lock the two of them for good.

An act that corrects another (`withdrew`, `contested`, `contest_answered`), or that closes or undoes an import, names
the space of what it is about: a frame, and a reading's key, look at the acts of one space.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from tertulia.ledger.models import SCHEMA
from tertulia.ledger.triggers import ACTS, TOPICS

# 500 rows of 17 values stay well below the 32,766 that one SQLite statement takes.
ROWS_PER_INSERT = 500

# What a database takes as one row's values.
Row = tuple[str | int | float | datetime | None, ...]

# In the order of `values_of`.
ACT_COLUMNS = (
    "schema, happened_at, recorded_at, actor, person, verb, move, space, thread, parent, ref,"
    ' audience, audience_id, words, basis, confidence, "import"'
)
TOPIC_COLUMNS = "act, topic"


class NotInTransaction(Exception):
    """An act was to be appended outside the transaction of its content, where one could be kept without the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """An act to append. The columns are those of HOUSE.md; `recorded_at` is now when it is not given."""

    verb: str
    actor: str
    happened_at: datetime
    person: str | None = None
    move: str | None = None
    space: int | None = None
    thread: int | None = None
    parent: int | None = None
    ref: int | None = None
    audience: str = "space"
    audience_id: str | None = None
    words: int = 0
    basis: str = "declared"
    confidence: float = 1.0
    recorded_at: datetime | None = None
    import_id: int | None = None
    topics: Sequence[str] = ()


def append(
    *,
    verb: str,
    actor: str,
    person: str | None = None,
    move: str | None = None,
    space: int | None = None,
    thread: int | None = None,
    parent: int | None = None,
    ref: int | None = None,
    audience: str = "space",
    audience_id: str | None = None,
    words: int = 0,
    basis: str = "declared",
    confidence: float = 1.0,
    happened_at: datetime,
    recorded_at: datetime | None = None,
    import_id: int | None = None,
    topics: Sequence[str] = (),
) -> int:
    """Append one act and return its number. One query, and one more when there are topics."""
    new = NewAct(
        verb=verb, actor=actor, person=person, move=move, space=space, thread=thread, parent=parent, ref=ref,
        audience=audience, audience_id=audience_id, words=words, basis=basis, confidence=confidence,
        happened_at=happened_at, recorded_at=recorded_at, import_id=import_id, topics=topics,
    )  # fmt: skip
    return append_many([new])[0]


def append_many(rows: Sequence[NewAct]) -> list[int]:
    """Append acts in their order and return their numbers: a query for every 500, and the same for their topics."""
    if not connection.in_atomic_block:
        raise NotInTransaction(
            "An act is appended in the transaction of its content: use transaction.atomic()."
        )
    now = timezone.now()
    numbers: list[int] = []
    for some in in_parts([values_of(new, now) for new in rows]):
        # Sorted, because only the order in which numbers are given is certain, not that in which they come back.
        numbers += sorted(number for (number,) in insert(ACTS, ACT_COLUMNS, some, " RETURNING act"))
    topics = [
        (number, topic)
        for number, new in zip(numbers, rows, strict=True)
        for topic in dict.fromkeys(new.topics)
    ]
    for some in in_parts(topics):
        insert(TOPICS, TOPIC_COLUMNS, some)
    return numbers


def values_of(new: NewAct, now: datetime) -> Row:
    """The values of a row."""
    return (
        SCHEMA,
        stored(new.happened_at),
        stored(new.recorded_at or now),
        new.actor,
        new.person,
        new.verb,
        new.move,
        new.space,
        new.thread,
        new.parent,
        new.ref,
        new.audience,
        new.audience_id,
        new.words,
        new.basis,
        new.confidence,
        new.import_id,
    )


def stored(moment: datetime) -> str | datetime | None:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone; the ledger's times are aware")
    return connection.ops.adapt_datetimefield_value(moment)


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), ROWS_PER_INSERT):
        yield rows[start : start + ROWS_PER_INSERT]


def insert(table: str, columns: str, rows: Sequence[Row], returning: str = "") -> list[tuple[Any, ...]]:
    """An INSERT without model instances: an append takes 41 µs of CPU on SQLite, by `objects.create` 106."""
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    # Table and columns are the constants above; every value is a parameter.
    sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(rows))}{returning}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])
        return cursor.fetchall() if returning else []
