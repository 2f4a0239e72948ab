"""What is known while a history is written in: people and places by their ids in the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tertulia.ideas.models import Idea, Reply
from tertulia.ideas.queries import in_parts
from tertulia.ledger.append import NewAct, append_many
from tertulia.people.queries import people_by_id


@dataclass(frozen=True)
class Somebody:
    """An imported person: their row and the key by which acts know them."""

    pk: int
    key: str


@dataclass
class Place:
    """Where a contribution of the file went, and what later rows need of it."""

    idea: int
    reply: int | None
    act: int | None
    author: Somebody | None
    depth: int = 0
    path: str = ""
    # Of an idea: how many contributions it holds so far. Of both: how many versions.
    contributions: int = 0
    versions: int = 1
    # Of an earlier import: people see it already, so what changes it is written when the import is closed.
    earlier: bool = False


@dataclass
class Book:
    """What is known while a history is written: people and places by their source ids."""

    space: int
    import_id: int
    audience: str
    people: dict[str, Somebody] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)

    def somebody(self, source_id: str | None) -> Somebody | None:
        return self.people.get(source_id) if source_id else None

    def act(self, verb: str, by: Somebody, at: datetime, thread: int, **columns: object) -> NewAct:
        return NewAct(
            verb=verb,
            actor=by.key,
            happened_at=at,
            space=self.space,
            thread=thread,
            audience=self.audience,
            audience_id=str(self.space) if self.audience == "space" else None,
            import_id=self.import_id,
            **columns,  # type: ignore[arg-type]
        )


def appended(acts: Sequence[NewAct | None]) -> list[int | None]:
    """The numbers of the acts, None where there was none to append (nobody's words: programs are not people)."""
    numbers = iter(append_many([act for act in acts if act is not None]))
    return [next(numbers) if act is not None else None for act in acts]


def recall(book: Book, known: Sequence[tuple[str, str, int]]) -> None:
    """Fill a book with what an earlier import of the same source brought: (kind, source id, row)."""
    rows = {
        kind: {row: source_id for k, source_id, row in known if k == kind}
        for kind in ("person", "idea", "reply")
    }
    people: dict[int, Somebody] = {}
    for some in in_parts(rows["person"]):
        for pk, person in people_by_id(set(some)).items():
            book.people[rows["person"][pk]] = people[pk] = Somebody(pk=pk, key=person.key)
    for some in in_parts(rows["idea"]):
        for idea in Idea.objects.filter(pk__in=some):
            book.places[rows["idea"][idea.pk]] = Place(
                idea=idea.pk,
                reply=None,
                act=idea.act,
                author=people.get(idea.author_id or 0),
                contributions=idea.contributions,
                versions=idea.version,
                earlier=True,
            )
    for some in in_parts(rows["reply"]):
        for reply in Reply.objects.filter(pk__in=some):
            book.places[rows["reply"][reply.pk]] = Place(
                idea=reply.idea_id,
                reply=reply.pk,
                act=reply.act,
                author=people.get(reply.author_id or 0),
                depth=reply.depth,
                path=reply.path,
                versions=max(1, reply.versions.count()),
                earlier=True,
            )
