"""Writes the corpus as people would: through the actions, which check every permission and append every act."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from bench.corpus import Corpus, Post, Thread
from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Idea, Reply
from tertulia.people.actions import add_person
from tertulia.people.models import Person
from tertulia.readings.tasks import compute_now
from tertulia.spaces.actions import found_space, join_space
from tertulia.spaces.models import Space

# So far back that every date is written in full: a page weighs the same on every day that it is measured.
BEGAN_AT = datetime(2024, 1, 8, 9, tzinfo=UTC)
BETWEEN_THREADS, BETWEEN_POSTS = timedelta(days=4), timedelta(minutes=53)
# The idea of the first thread was changed twice because of replies, as ideas here are.
REVISED_AFTER = (40, 80)


def fill(corpus: Corpus) -> dict[str, object]:
    """Says where to find what is measured."""
    space, ideas = write(corpus)
    # As the worker would have, by now; and as PostgreSQL does by itself, some time after so many rows came. All were
    # written in one transaction, which leaves each idea's earlier rows behind as no site does.
    compute_now(space.pk)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"space": space.slug, "ideas": [[idea.pk, idea.slug] for idea in ideas]}


@transaction.atomic
def write(corpus: Corpus) -> tuple[Space, list[Idea]]:
    keeper = add_person(name="Vera Keeper", email="keeper@bench.example", keeps_site=True, joined_at=BEGAN_AT)
    people = [
        add_person(name=name, email=address_of(at), joined_at=BEGAN_AT)
        for at, name in enumerate(corpus.names)
    ]
    space = found_space(
        by=keeper,
        name="The long bench",
        purpose="To be measured.",
        bring="One thing that you are not sure of",
        take_away="What others would try instead",
        at=BEGAN_AT,
    )
    for person in people:
        join_space(by=person, space=space, at=BEGAN_AT)
    return space, [
        write_thread(thread, people, space, BEGAN_AT + number * BETWEEN_THREADS)
        for number, thread in enumerate(corpus.threads)
    ]


def keeper() -> None:
    """A site with somebody who keeps it, and nothing else: what an import needs."""
    add_person(name="Vera Keeper", email="keeper@bench.example", keeps_site=True)


def address_of(at: int) -> str:
    return f"person-{at}@bench.example"


def write_thread(thread: Thread, people: list[Person], space: Space, at: datetime) -> Idea:
    idea = actions.write_idea(
        by=people[thread.by],
        space=space,
        title=thread.title,
        text=thread.text,
        ask=thread.ask,
        audience="everyone",
        topics=thread.topics,
        at=at,
    )
    written: list[Reply] = []
    for number, post in enumerate(thread.posts, start=1):
        at += BETWEEN_POSTS
        written.append(write_post(post, thread, people, idea, written, at))
        if len(thread.posts) == 100 and number in REVISED_AFTER:
            revise(thread, people, idea, written, at)
    return Idea.objects.get(pk=idea.pk)


def write_post(
    post: Post, thread: Thread, people: list[Person], idea: Idea, written: list[Reply], at: datetime
) -> Reply:
    by = people[post.by]
    if post.answers is None:
        return actions.reply(by=by, idea_id=idea.pk, text=post.text, starter=post.starter, at=at)
    parent = written[post.answers]
    reply = actions.answer(by=by, reply_id=parent.pk, text=post.text, starter=post.starter, at=at)
    if post.confirmed:
        actions.confirm(by=people[thread.posts[post.answers].by], reply_id=reply.pk, at=at)
    return reply


def revise(thread: Thread, people: list[Person], idea: Idea, written: list[Reply], at: datetime) -> None:
    """The last sentence goes, another comes, and two replies are credited."""
    author = people[thread.by]
    stands = queries.idea_to_change(author, idea.pk)
    others = [reply for reply in written if reply.author_id != author.pk][-2:]
    actions.revise(
        by=author,
        idea_id=idea.pk,
        base_version=stands.version,
        title=stands.title,
        text=f"{stands.text.rpartition('. ')[0]}. It came to stand otherwise after {len(written)} replies.",
        credits=[Credited(reply.pk, "It made me take the last line back.") for reply in others],
        at=at,
    )
