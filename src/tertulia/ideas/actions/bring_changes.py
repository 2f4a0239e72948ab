"""What changed in a history after it was first said: versions, marks, and links between its ideas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tertulia.ideas import markdown
from tertulia.ideas.actions.book import Book, Place, appended
from tertulia.ideas.actions.writing import first_passages
from tertulia.ideas.difference import compare
from tertulia.ideas.models import Idea, Link, Reply, Searchable, Version
from tertulia.ideas.search import fold
from tertulia.importers import stream
from tertulia.importers.words import word_count
from tertulia.ledger.append import NewAct, append_many


@dataclass
class _Standing:
    """What an idea or a reply says while its later versions are written."""

    place: Place
    row: Idea | Reply
    blocks: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.row.title if isinstance(self.row, Idea) else ""

    def say(self, title: str | None, text: str, blocks: list[str]) -> None:
        self.row.text, self.blocks = text, blocks
        if isinstance(self.row, Idea) and title and title[:200] != self.row.title:
            self.row.first_title = self.row.first_title or self.row.title
            self.row.title = title[:200]


def bring_versions(book: Book, brought: Sequence[stream.Version]) -> None:
    acts = appended([_act_of(book, item) for item in brought])
    _write_versions(book, list(zip(brought, acts, strict=True)))


def _act_of(book: Book, item: stream.Version) -> NewAct | None:
    by, place = book.somebody(item.by), book.places[item.of]
    if by is None:
        return None
    return book.act(
        "revised" if item.own else "edited_by_other",
        by,
        item.at,
        place.idea,
        person=place.author.key if place.author and place.author != by else None,
        parent=place.act,
        words=word_count(item.text),
    )


def _write_versions(book: Book, brought: Sequence[tuple[stream.Version, int | None]]) -> None:
    """One query for all that these versions change, one for the versions, and two for each text that then stands."""
    standing = _standing(book, {item.of for item, _act in brought})
    rows = []
    for item, act in brought:
        now = standing[item.of]
        if now.place.reply is not None and now.place.versions == 1:
            rows.append(_first_text(book, now))
        rows.append(_next_version(book, now, item, act))
    Version.objects.bulk_create(rows)
    for now in standing.values():
        _keep(now)


def _standing(book: Book, of: Iterable[str]) -> dict[str, _Standing]:
    places = {source_id: book.places[source_id] for source_id in of}
    ideas = Idea.objects.in_bulk({place.idea for place in places.values() if place.reply is None})
    replies = Reply.objects.in_bulk({place.reply for place in places.values() if place.reply is not None})
    rows: dict[str, Idea | Reply] = {
        source_id: ideas[place.idea] if place.reply is None else replies[place.reply]
        for source_id, place in places.items()
    }
    return {
        source_id: _Standing(places[source_id], row, markdown.blocks(row.text))
        for source_id, row in rows.items()
    }


def _next_version(book: Book, now: _Standing, item: stream.Version, act: int | None) -> Version:
    now.place.versions += 1
    blocks = markdown.blocks(item.text)
    compared = compare(now.blocks, blocks)
    now.say(item.title, item.text, blocks)
    by = book.somebody(item.by)
    return Version(
        idea_id=now.place.idea,
        reply_id=now.place.reply,
        number=now.place.versions,
        title=now.title,
        text=item.text,
        html="".join(blocks),
        note=item.note[:500],
        by_id=by.pk if by else None,
        created_at=item.at,
        act=act,
        import_id=book.import_id,
        passages=[
            {
                "clean": passage.clean,
                "marked": passage.marked,
                "difference": passage.difference,
                "changed": passage.changed,
                "credits": [],
            }
            for passage in compared
        ],
    )


def _first_text(book: Book, now: _Standing) -> Version:
    reply = now.row
    return Version(
        idea_id=now.place.idea,
        reply_id=reply.pk,
        number=1,
        text=reply.text,
        html="".join(now.blocks),
        passages=first_passages(now.blocks),
        by_id=reply.author_id,
        created_at=reply.created_at,
        act=reply.act,
        import_id=book.import_id,
    )


def _keep(now: _Standing) -> None:
    """This text is what the idea or the reply says from now on."""
    row, html = now.row, "".join(now.blocks)
    words = fold(markdown.plain_of_html(html))
    if isinstance(row, Reply):
        Reply.objects.filter(pk=row.pk).update(text=row.text, html=html)
        Searchable.objects.filter(reply=row.pk).update(words=words)
        return
    row.version = now.place.versions
    row.save(update_fields=["text", "version", "title", "first_title"])
    Searchable.objects.filter(idea=row.pk, reply=None).update(title=fold(row.title), words=words)


def stand_again(versions: Sequence[Version]) -> None:
    """Of one text these versions are left, in their order: it says the last again, and is called as it was then."""
    last = versions[-1]
    place = Place(idea=last.idea_id, reply=last.reply_id, act=None, author=None, versions=last.number)
    now = _Standing(place, last.reply or last.idea)
    if isinstance(now.row, Idea):
        now.row.title, now.row.first_title = versions[0].title, ""
    for version in versions:
        now.say(version.title, version.text, [])
    now.blocks = markdown.blocks(last.text)
    _keep(now)


def bring_marks(book: Book, brought: Sequence[stream.Mark]) -> None:
    """Accepted answers, and changes that were rolled back. Nobody is heard by it: they did not say so."""
    for item in brought:
        place, by = book.places[item.on], book.somebody(item.by)
        act = None
        if by is not None:
            theirs = place.author if place.author != by else None
            act = append_many(
                [
                    book.act(
                        item.kind,
                        by,
                        item.at,
                        place.idea,
                        person=theirs.key if theirs else None,
                        parent=place.act,
                        ref=place.act if theirs else None,
                    )
                ]
            )[0]
        if item.kind == "accepted" and place.reply is not None:
            Reply.objects.filter(pk=place.reply).update(
                accepted_at=item.at, accepted_import_id=book.import_id
            )
        if item.kind == "rolled_back" and item.text is not None:
            again = stream.Version(
                source_id=item.source_id,
                of=item.on,
                at=item.at,
                by=item.by,
                own=by == place.author,
                title=item.title,
                text=item.text,
                note="an earlier text again",
            )
            _write_versions(book, [(again, act)])


def bring_links(book: Book, brought: Sequence[stream.Link]) -> None:
    """Links between ideas of the file. A link to oneself, or out of the file, joins nothing here."""
    rows = []
    for item in brought:
        ends = [book.places.get(end or "") for end in (item.from_idea, item.to_idea)]
        if item.kind in Link.Kind.values and ends[0] and ends[1] and ends[0].idea != ends[1].idea:
            rows.append(
                Link(
                    idea_id=ends[0].idea,
                    to_id=ends[1].idea,
                    kind=item.kind,
                    created_at=item.at,
                    import_id=book.import_id,
                )
            )
    Link.objects.bulk_create(rows, ignore_conflicts=True)
