"""Writing a history that was brought in: many rows at a time, staged until `reveal`. Called by `history` alone.

Nobody is told, nothing waits for anybody, and credit is never made up: a history has contributions, versions, marks
and links, and that is what is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Prefetch
from django.utils.text import slugify

from tertulia.ideas import markdown
from tertulia.ideas.actions.book import Book, Place, Somebody, appended
from tertulia.ideas.actions.replies import place_in_thread
from tertulia.ideas.actions.topics import topic_named
from tertulia.ideas.actions.writing import first_passages
from tertulia.ideas.models import Idea, Reply, Searchable, Version
from tertulia.ideas.queries import in_parts
from tertulia.ideas.search import fold
from tertulia.importers import stream
from tertulia.importers.words import word_count


def bring_ideas(book: Book, brought: Sequence[stream.Idea]) -> None:
    authors = [book.somebody(item.author) for item in brought]
    ideas = Idea.objects.bulk_create(
        _idea(book, item, author) for item, author in zip(brought, authors, strict=True)
    )
    numbers = appended(
        [
            book.act(
                "posted",
                author,
                item.at,
                idea.pk,
                words=word_count(f"{item.title}\n{item.text}"),
                topics=topics_of(item),
            )
            if author
            else None
            for item, author, idea in zip(brought, authors, ideas, strict=True)
        ]
    )
    for item, author, idea, act in zip(brought, authors, ideas, numbers, strict=True):
        idea.act = act
        book.places[item.source_id] = Place(idea=idea.pk, reply=None, act=act, author=author)
    Idea.objects.bulk_update(ideas, ["act"])
    versions = Version.objects.bulk_create(_first_version(book, idea) for idea in ideas)
    Searchable.objects.bulk_create(
        Searchable(idea=idea, title=fold(idea.title), words=fold(markdown.plain_of_html(version.html)))
        for idea, version in zip(ideas, versions, strict=True)
    )
    _set_topics(book, list(zip(ideas, map(topics_of, brought), strict=True)))


def _idea(book: Book, item: stream.Idea, author: Somebody | None) -> Idea:
    return Idea(
        space_id=book.space,
        author_id=author.pk if author else None,
        title=item.title[:200] or "…",
        slug=slugify(item.title)[:80] or "idea",
        text=item.text,
        audience=book.audience,
        created_at=item.at,
        talked_at=item.at,
        import_id=book.import_id,
        source_url=(item.url or "")[:300],
        licence=(item.licence or "")[:60],
        staged=True,
        # A history's first posts are questions or thoughts; which of the two, it does not say.
        ask=Idea.Ask.HALF_BAKED,
    )


def _first_version(book: Book, idea: Idea) -> Version:
    blocks = markdown.blocks(idea.text)
    return Version(
        idea=idea,
        number=1,
        title=idea.title,
        text=idea.text,
        html="".join(blocks),
        passages=first_passages(blocks),
        by_id=idea.author_id,
        created_at=idea.created_at,
        act=idea.act,
        import_id=book.import_id,
    )


def topics_of(item: stream.Idea) -> tuple[str, ...]:
    """As an idea written here has them: in small letters, and no longer than a topic can be."""
    return tuple(dict.fromkeys(name for topic in item.topics if (name := topic.lower()[:60].strip())))


def _set_topics(book: Book, of: list[tuple[Idea, tuple[str, ...]]]) -> None:
    # In an order, so that their addresses are the same whenever it is brought.
    for name in sorted({name for _idea, names in of for name in names} - set(book.topics)):
        book.topics[name] = topic_named(name).pk
    through = Idea.topics.through
    through.objects.bulk_create(
        through(idea_id=idea.pk, topic_id=book.topics[name]) for idea, names in of for name in names
    )


def bring_replies(book: Book, brought: Sequence[stream.Reply]) -> None:
    """Replies whose parents are in the book, or earlier in `brought`: written level by level."""
    rows: dict[str, Reply] = {}
    earlier = _earlier_ideas(book, brought)
    for item in brought:
        _place(book, item, rows)
    for idea in earlier:
        Idea.objects.filter(pk=idea.idea).update(contributions=idea.contributions)
    for level in _levels(brought):
        _write_level(book, level, rows)


def _earlier_ideas(book: Book, brought: Sequence[stream.Reply]) -> list[Place]:
    """Ideas that are here already, held: people may be replying to them, and a number is given once."""
    places = {place.idea: place for item in brought if (place := book.places[item.idea]).earlier}
    held = Idea.objects.select_for_update().filter(pk__in=places).order_by("pk")
    for pk, contributions in held.values_list("pk", "contributions"):
        places[pk].contributions = contributions
    return list(places.values())


def _place(book: Book, item: stream.Reply, rows: dict[str, Reply]) -> None:
    parent, idea = book.places[item.parent], book.places[item.idea]
    author, addressee = book.somebody(item.author), book.somebody(item.addressee)
    idea.contributions += 1
    above = Reply(depth=parent.depth, path=parent.path) if parent.path else None
    depth, path = place_in_thread(above, idea.contributions)
    rows[item.source_id] = Reply(
        idea_id=idea.idea,
        author_id=author.pk if author else None,
        addressee_id=addressee.pk if addressee and addressee != author else None,
        starter=item.move or "",
        starter_inferred=item.move_inferred,
        text=item.text,
        html=markdown.render(item.text),
        number=idea.contributions,
        depth=depth,
        path=path,
        created_at=item.at,
        import_id=book.import_id,
        source_url=(item.url or "")[:300],
        licence=(item.licence or "")[:60],
        staged=True,
    )
    book.places[item.source_id] = Place(
        idea=idea.idea, reply=None, act=None, author=author, depth=depth, path=path
    )


def _levels(brought: Sequence[stream.Reply]) -> Iterator[list[stream.Reply]]:
    """Parents before children: each level answers only what earlier levels, or earlier batches, hold."""
    level_of: dict[str, int] = {}
    levels: dict[int, list[stream.Reply]] = {}
    for item in brought:
        level_of[item.source_id] = level_of.get(item.parent, -1) + 1
        levels.setdefault(level_of[item.source_id], []).append(item)
    yield from (levels[i] for i in sorted(levels))


def _write_level(book: Book, level: list[stream.Reply], rows: dict[str, Reply]) -> None:
    acts = []
    for item in level:
        parent, place = book.places[item.parent], book.places[item.source_id]
        addressee = book.somebody(item.addressee)
        rows[item.source_id].parent_id = parent.reply
        acts.append(
            book.act(
                "answered" if parent.reply else "replied",
                place.author,
                item.at,
                place.idea,
                person=addressee.key if addressee and addressee != place.author else None,
                parent=parent.act,
                move=item.move or ("answer" if parent.reply else None),
                basis=item.basis,
                confidence=item.confidence,
                words=word_count(item.text),
            )
            if place.author
            else None
        )
    replies = [rows[item.source_id] for item in level]
    for reply, act in zip(replies, appended(acts), strict=True):
        reply.act = act
    for item, reply in zip(level, Reply.objects.bulk_create(replies), strict=True):
        book.places[item.source_id].reply, book.places[item.source_id].act = reply.pk, reply.act
    Searchable.objects.bulk_create(
        Searchable(idea_id=reply.idea_id, reply=reply, words=fold(markdown.plain_of_html(reply.html)))
        for reply in replies
    )


def count_brought(import_id: int, *, changed: Collection[int]) -> None:
    """Set the counters of every idea that an import brought, or brought replies to. Of those whose texts it `changed`
    nothing else may be new: their pages are others all the same."""
    brought = Idea.objects.filter(import_id=import_id).values_list("pk", flat=True)
    touched = Reply.objects.filter(import_id=import_id).values_list("idea", flat=True).distinct()
    count_replies({*brought, *touched, *changed})


def count_replies(ideas: Collection[int]) -> None:
    """Set the counters of these ideas anew. Their pages are not what they were."""
    there = Prefetch("replies", Reply.objects.only("idea", "author", "number", "created_at", "withdrawn_at"))
    of = (
        idea for some in in_parts(ideas) for idea in Idea.objects.filter(pk__in=some).prefetch_related(there)
    )
    for idea in of:
        said = [idea.created_at, *(reply.created_at for reply in idea.replies.all())]
        replies = [reply for reply in idea.replies.all() if reply.withdrawn_at is None]
        others = [reply.created_at for reply in replies if reply.author_id != idea.author_id]
        idea.contributions = max([idea.contributions, *(reply.number for reply in replies)])
        idea.replies_shown = len(replies)
        # Nobody here writes an imported idea anew: it was last talked in when somebody last said something.
        idea.talked_at = max(said)
        idea.answered_at = min(others, default=None)
        idea.touched += 1
        # One by one: a bulk_update of five columns takes ten times as long.
        idea.save(update_fields=["contributions", "replies_shown", "talked_at", "answered_at", "touched"])


def hold_earlier(book: Book) -> None:
    """Before anything is appended: the ideas of earlier imports, so that nobody's reply waits for us while we wait."""
    earlier = [place.idea for place in book.places.values() if place.earlier and place.reply is None]
    for some in in_parts(earlier):
        list(Idea.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def reveal(import_id: int) -> None:
    """From here on everybody who may see the space sees what the import brought."""
    Reply.objects.filter(import_id=import_id).update(staged=False)
    Idea.objects.filter(import_id=import_id).update(staged=False)
