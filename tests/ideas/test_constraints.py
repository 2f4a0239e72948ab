"""The invariants of ideas, in the database: whatever code does, these rows cannot be."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Credit, Draft, Idea, Link, Outcome, Reply, Searchable, Topic, Version
from tests.community import a_reply, after, an_idea, somebody

pytestmark = pytest.mark.django_db


class Rows:
    """One row of each model, as the actions write them."""

    def __init__(self) -> None:
        ana = somebody("Ana")
        self.idea = an_idea(ana, topics=("rye",))
        self.other = an_idea(ana, self.idea.space, title="Another")
        self.reply = a_reply(self.idea)
        self.second = a_reply(self.idea, text="And.")
        self.version = actions.revise(
            by=ana, idea_id=self.idea.pk, base_version=1, title="New", text="New.",
            credits=[Credited(self.reply.pk, "The heat.")], at=after(20),
        )  # fmt: skip
        self.credit = Credit.objects.get()
        self.link = Link.objects.create(idea=self.idea, to=self.other, kind="related")
        self.draft = actions.keep_draft(by=ana, place="idea:1", fields={"text": "x"})


def changed(of: str, **fields: object) -> Callable[[Rows], object]:
    """The row with other values."""

    def change(rows: Rows) -> object:
        row = getattr(rows, of)
        return type(row).objects.filter(pk=row.pk).update(**fields)

    return change


def copied(of: str, **fields: object) -> Callable[[Rows], object]:
    """A second row with the same values."""

    def copy(rows: Rows) -> object:
        row = getattr(rows, of)
        row.pk = None
        for name, value in fields.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return copy


IMPOSSIBLE: dict[str, Callable[[Rows], object]] = {
    "an_idea_has_a_title": changed("idea", title=""),
    "an_idea_has_an_audience": changed("idea", audience="boss"),
    "an_idea_asks_or_is_half_baked": changed("idea", ask="money"),
    "a_notice_asks_for_nothing": changed("idea", is_notice=True, ask="help"),
    "a_notice_asks_for_nothing (a question)": changed("idea", is_notice=True, question="Who?"),
    "an_idea_has_a_version_once": copied("version"),
    "a_reply_has_a_version_once": lambda rows: Version.objects.bulk_create(
        Version(idea=rows.idea, reply=rows.reply, number=1, text="", html="") for _ in range(2)
    ),
    "an_idea_is_searchable_once": lambda rows: Searchable.objects.create(idea=rows.idea, words="twice"),
    "a_link_stands_once": copied("link"),
    "an_idea_does_not_link_to_itself": lambda rows: Link.objects.create(
        idea=rows.idea, to=rows.idea, kind="related"
    ),
    "a_link_is_known": changed("link", kind="loves"),
    "a_reply_has_its_number_in_the_thread": copied("reply"),
    "threads_indent_three_times": changed("reply", depth=4),
    "a_starter_is_known": changed("reply", starter="shout"),
    "heard_is_known": changed("reply", heard="perhaps", starter="say_back"),
    "only_a_say_back_is_heard": changed("reply", heard="waiting"),
    "nobody_is_directed_at_oneself": lambda rows: changed("reply", addressee=rows.reply.author)(rows),
    "an_outcome_is_known": lambda _rows: Outcome.objects.update(kind="won"),
    "a_revision_has_its_version": lambda _rows: Outcome.objects.update(version=None),
    "a_reply_is_credited_once_a_version": copied("credit"),
    "nobody_credits_oneself": lambda rows: changed("credit", to=rows.credit.by)(rows),
    "a_credit_says_what_changed": changed("credit", sentence=""),
    "a_credit_is_heard_or_not": changed("credit", heard="perhaps"),
    "one_draft_a_place": copied("draft"),
    "a topic has its name once": lambda _rows: Topic.objects.create(name="rye", slug="other"),
    "a topic has its address once": lambda _rows: Topic.objects.create(name="other", slug="rye"),
}  # fmt: skip


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_the_database_refuses(what: str) -> None:
    rows = Rows()

    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[what](rows)


def test_every_constraint_of_these_models_is_tried() -> None:
    named = {
        constraint.name
        for model in (Credit, Draft, Idea, Link, Outcome, Reply, Searchable, Topic, Version)
        for constraint in model._meta.constraints
    }

    assert named <= {what.split(" (")[0] for what in IMPOSSIBLE}
