"""The one shape that every importer gives: items in an order that can be written as they come, then a report.

People come first; then ideas and replies, a parent before its children; then versions, marks and links, each
in order of time. The last item of a stream is its Report: a stream without one was cut off.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

Basis = Literal["declared", "explicit", "quoted", "mentioned", "inferred_turn"]
ReplyKind = Literal["answer", "comment"]
MarkKind = Literal["accepted", "rolled_back"]
LinkKind = Literal["related", "duplicate", "other"]

# Told while a file is read: what is read, how many are read, how many there are.
Progress = Callable[[str, int, int], None]

CONFIDENCE: Mapping[Basis, float] = {
    "declared": 1.0,
    "explicit": 1.0,
    "quoted": 0.8,
    "mentioned": 0.7,
    "inferred_turn": 0.3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose words or edits are in the file. A deleted account's words can never be claimed."""

    source_id: str
    name: str
    url: str | None = None
    claimable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """What opens a thread, in its first version. An author of None is a bot, or nobody knows."""

    source_id: str
    at: datetime
    author: str | None
    title: str
    text: str
    topics: tuple[str, ...] = ()
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer or a comment, in its first version: `parent` is an idea or a reply that came before it.

    `basis` and `confidence` say how it is known whom it speaks to.
    """

    source_id: str
    at: datetime
    author: str | None
    idea: str
    parent: str
    addressee: str | None
    kind: ReplyKind
    text: str
    basis: Basis
    confidence: float
    move: Literal["question"] | None = None
    move_inferred: bool = False
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A later text of an idea or a reply, complete. A title of None: it did not change."""

    source_id: str
    of: str
    at: datetime
    by: str | None
    own: bool
    title: str | None
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What somebody did to a contribution. After a mark of rolled_back, `title` and `text` are what it says again."""

    source_id: str
    kind: MarkKind
    at: datetime
    by: str | None
    on: str
    title: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From one idea to another. An end of None is not in the file; `own` links join two ideas of one author."""

    source_id: str
    at: datetime
    from_idea: str | None
    to_idea: str | None
    kind: LinkKind
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the stream held, and for each plain reason how much was guessed and how much was left out."""

    people: int
    ideas: int
    answers: int
    comments: int
    revisions_own: int
    revisions_others: int
    accepted: int
    links: int
    guessed: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    def leaving_out(self, reason: str, number: int) -> "Report":
        """The same, and this many left out for one reason more; without any it is as it was."""
        return replace(self, left_out={**self.left_out, reason: number}) if number else self

    def as_json(self) -> dict[str, int | dict[str, int]]:
        """Keys in the order in which people are told."""
        return {
            "people": self.people,
            "ideas": self.ideas,
            "answers": self.answers,
            "comments": self.comments,
            "revisions_own": self.revisions_own,
            "revisions_others": self.revisions_others,
            "accepted": self.accepted,
            "links": self.links,
            "guessed": dict(self.guessed),
            "left_out": dict(self.left_out),
        }


Item = Person | Idea | Reply | Version | Mark | Link | Report


def key_of(item: Item) -> str | None:
    """The line of the report that an item is counted under."""
    match item:
        case Reply(kind=kind):
            return f"{kind}s"
        case Version(own=own):
            return "revisions_own" if own else "revisions_others"
        case Mark(kind="accepted"):
            return "accepted"
        case Person():
            return "people"
        case Idea():
            return "ideas"
        case Link():
            return "links"
        case _:
            return None


class Tally:
    """Counts while an importer reads; `passing` counts its items and ends the stream with the report."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.guessed: dict[str, int] = {}
        self.left_out: dict[str, int] = {}

    def guess(self, reason: str, number: int = 1) -> None:
        self.guessed[reason] = self.guessed.get(reason, 0) + number

    def leave_out(self, reason: str, number: int = 1) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + number

    def passing(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            if key := key_of(item):
                self.counts[key] += 1
            yield item
        yield self.report()

    def report(self) -> Report:
        return Report(
            people=self.counts["people"],
            ideas=self.counts["ideas"],
            answers=self.counts["answers"],
            comments=self.counts["comments"],
            revisions_own=self.counts["revisions_own"],
            revisions_others=self.counts["revisions_others"],
            accepted=self.counts["accepted"],
            links=self.counts["links"],
            guessed=dict(self.guessed),
            left_out=dict(self.left_out),
        )
