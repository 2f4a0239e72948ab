"""A stream as the tables that the engine reads: acts, their texts and topics, and beside them where each came from."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pyarrow as pa

from tertulia.importers.stream import Idea, Item, Link, Mark, Person, Reply, Report, Version
from tertulia.importers.words import word_count

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ROWS_AT_ONCE: Final = 20_000

WHOLE: Final[pa.DataType] = pa.int64()
REAL: Final[pa.DataType] = pa.float64()
WORD: Final[pa.DataType] = pa.string()
ACTS: Final = pa.schema(
    [
        ("act", WHOLE),
        ("t", WHOLE),
        ("actor", WORD),
        ("person", WORD),
        ("verb", WORD),
        ("move", WORD),
        ("space", WORD),
        ("thread", WHOLE),
        ("parent", WHOLE),
        ("ref", WHOLE),
        ("words", WHOLE),
        ("basis", WORD),
        ("confidence", REAL),
    ]
)
TEXTS: Final = pa.schema([("act", WHOLE), ("text", WORD)])
TOPICS: Final = pa.schema([("act", WHOLE), ("topic", WORD)])
# What the engine never needs, and what says who is who: kept apart.
SOURCES: Final = pa.schema([("act", WHOLE), ("source_id", WORD), ("url", WORD), ("licence", WORD)])
PEOPLE: Final = pa.schema([("key", WORD), ("source_id", WORD), ("name", WORD), ("url", WORD)])
SCHEMAS: Final = {"acts": ACTS, "texts": TEXTS, "topics": TOPICS, "sources": SOURCES, "people": PEOPLE}


@dataclass(frozen=True, slots=True)
class Tables:
    """One history: its tables, and the report of the stream that they were made of."""

    acts: pa.Table
    texts: pa.Table
    topics: pa.Table
    sources: pa.Table
    people: pa.Table
    report: Report


def tables_of(items: Iterator[Item], *, space: str, chat: bool) -> Tables:
    """The tables of a stream, in memory.

    `space`: the name that every act bears; `chat`: the titles of ideas are the importer's own words and not counted.
    People are p1, p2, … in the order of the stream; threads are 1, 2, … in the order in which ideas come.

    By the rules of the house: nobody's words make no act; a move is only ever an inferred question; credit is never
    made up, so a revision names nobody; an answer that somebody else accepted is heard, one that its own author
    accepted is not; a link is an act where it is known who made it.
    """
    folding = _Folding(space, chat)
    for item in items:
        folding.take(item)
    if folding.report is None:
        raise ValueError("an importer's stream ended without its report")
    return Tables(**{name: folding.table(name) for name in SCHEMAS}, report=folding.report)


@dataclass(slots=True)
class _Rows:
    """Rows of one table, put into Arrow as they come, so that they never wait as Python's objects."""

    schema: pa.Schema
    batches: list[pa.RecordBatch] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)

    def add(self, **values: object) -> None:
        self.waiting.append(values)
        if len(self.waiting) == ROWS_AT_ONCE:
            self.settle()

    def settle(self) -> None:
        self.batches.append(pa.RecordBatch.from_pylist(self.waiting, self.schema))
        self.waiting.clear()


class _Folding:
    """What is known of the stream so far: where each contribution went, and by whom it was."""

    def __init__(self, space: str, chat: bool) -> None:
        self.space = space
        self.chat = chat
        self.rows = {name: _Rows(schema) for name, schema in SCHEMAS.items()}
        self.report: Report | None = None
        self.keys: dict[str, str] = {}
        self.acts = 0
        self.threads = 0
        # By source id a position; at each position the act (0: nobody's words), the thread and the author.
        self.places: dict[str, int] = {}
        self.act_at, self.thread_at = array("q"), array("q")
        self.author_at: list[str | None] = []
        self.takes: dict[type, Callable[[Any], None]] = {
            Person: self._person,
            Idea: self._idea,
            Reply: self._reply,
            Version: self._version,
            Mark: self._mark,
            Link: self._link,
            Report: self._report,
        }

    def take(self, item: Item) -> None:
        self.takes[type(item)](item)

    def table(self, name: str) -> pa.Table:
        rows = self.rows[name]
        rows.settle()
        return pa.Table.from_batches(rows.batches, rows.schema)

    def _report(self, item: Report) -> None:
        self.report = item

    def _person(self, item: Person) -> None:
        key = f"p{len(self.keys) + 1}"
        self.keys[item.source_id] = key
        self.rows["people"].add(key=key, source_id=item.source_id, name=item.name, url=item.url)

    def _idea(self, item: Idea) -> None:
        self.threads += 1
        text = item.text if self.chat else f"{item.title}\n{item.text}"
        act = self._act("posted", item.author, item.at, self.threads, words=word_count(text))
        self._place(item, act, self.threads, text)
        if act:
            for topic in item.topics:
                self.rows["topics"].add(act=act, topic=topic.lower())

    def _reply(self, item: Reply) -> None:
        parent, idea = self.places[item.parent], self.places[item.idea]
        act = self._act(
            "replied" if item.parent == item.idea else "answered",
            item.author,
            item.at,
            self.thread_at[idea],
            to=item.addressee,
            parent=self.act_at[parent] or None,
            move=item.move,
            basis=item.basis,
            confidence=item.confidence,
            words=word_count(item.text),
        )
        self._place(item, act, self.thread_at[idea], item.text)

    def _version(self, item: Version) -> None:
        place = self.places[item.of]
        self._act(
            "revised" if item.own else "edited_by_other",
            item.by,
            item.at,
            self.thread_at[place],
            to=self.author_at[place],
            parent=self.act_at[place] or None,
            words=word_count(item.text),
        )

    def _mark(self, item: Mark) -> None:
        place = self.places[item.on]
        author, on = self.author_at[place], self.act_at[place] or None
        verb = "heard" if item.kind == "accepted" and author not in {None, item.by} else item.kind
        names = on if author != item.by else None
        self._act(verb, item.by, item.at, self.thread_at[place], to=author, parent=on, ref=names)

    def _link(self, item: Link) -> None:
        if item.by is None or item.from_idea is None or item.to_idea is None:
            return
        source, target = self.places[item.from_idea], self.places[item.to_idea]
        self._act(
            "linked",
            item.by,
            item.at,
            self.thread_at[source],
            to=self.author_at[target],
            parent=self.act_at[source] or None,
            ref=None if item.own else self.act_at[target] or None,
        )

    def _act(
        self,
        verb: str,
        by: str | None,
        at: datetime,
        thread: int,
        *,
        to: str | None = None,
        **columns: object,
    ) -> int:
        """The number of the act, or 0 if nobody did it: programs are not people."""
        if by is None:
            return 0
        self.acts += 1
        self.rows["acts"].add(
            act=self.acts,
            t=(at - EPOCH) // timedelta(microseconds=1),
            actor=self.keys[by],
            person=self.keys[to] if to is not None and to != by else None,
            verb=verb,
            space=self.space,
            thread=thread,
            **{"words": 0, "basis": "declared", "confidence": 1.0, **columns},
        )
        return self.acts

    def _place(self, item: Idea | Reply, act: int, thread: int, text: str) -> None:
        self.places[item.source_id] = len(self.author_at)
        self.act_at.append(act)
        self.thread_at.append(thread)
        self.author_at.append(item.author)
        if act:
            self.rows["texts"].add(act=act, text=text)
            self.rows["sources"].add(act=act, source_id=item.source_id, url=item.url, licence=item.licence)
