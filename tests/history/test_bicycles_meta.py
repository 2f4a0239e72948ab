"""A real history of 453 ideas: what the report counts is what is here, and how it reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from tertulia.engine.reading import SpaceReading, State, read_space
from tertulia.engine.states import COHABITING
from tertulia.history.actions import Brought, bring_history
from tertulia.ideas.models import Idea, Link, Reply, Version
from tertulia.importers.detect import silently
from tertulia.ledger.frame import acts_of_space
from tertulia.ledger.models import Act
from tests.community import site_keeper


@pytest.fixture(scope="module")
def _brought(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shared_data: Path
) -> Iterator[Brought]:
    """Brought once for this file, in a transaction that is rolled back."""
    path = shared_data / "stackexchange" / "bicycles.meta"
    with django_db_blocker.unblock(), transaction.atomic():
        yield bring_history(by=site_keeper(), path=path, space_name="Bicycles", progress=silently)
        transaction.set_rollback(True)


@pytest.fixture
def brought(_brought: Brought, db: None) -> Brought:
    return _brought


@pytest.fixture
def reading(brought: Brought) -> SpaceReading:
    assert brought.space is not None
    return read_space(acts_of_space(brought.space.pk), space=brought.space.pk, window="all")


REPORT = {
    "people": 322, "ideas": 453, "answers": 971, "comments": 2448, "revisions_own": 382, "revisions_others": 109,
    "accepted": 157, "links": 189,
}  # fmt: skip


def test_the_report_is_exactly_what_the_history_holds(brought: Brought) -> None:
    report = brought.report.as_json()

    assert list(report) == [*REPORT, "guessed", "left_out"]
    assert {key: report[key] for key in REPORT} == REPORT
    left_out = report["left_out"]
    assert isinstance(left_out, dict)
    assert (left_out["edits by a bot"], left_out["edits that name nobody"]) == (601, 29)


def test_rows_are_as_many_as_the_report_says(brought: Brought) -> None:
    verbs = {
        verb: Act.objects.filter(verb=verb, import_id=brought.import_id).count()
        for verb in ("revised", "edited_by_other", "accepted", "rolled_back")
    }

    assert Idea.objects.count() == 453
    assert Reply.objects.count() == 971 + 2448
    assert Reply.objects.exclude(accepted_at=None).count() == 157
    assert (verbs["revised"], verbs["edited_by_other"], verbs["rolled_back"]) == (382, 109, 1)
    # The first text of every idea; each later version; and the first text of each reply that has later ones.
    changed = Version.objects.exclude(reply=None).values("reply").distinct().count()
    assert Version.objects.count() == 453 + 382 + 109 + 1 + changed


def test_links_join_ideas_that_are_here(brought: Brought) -> None:
    assert 0 < Link.objects.count() <= 189
    assert not Link.objects.filter(idea=F("to")).exists()


def test_counters_are_right_on_every_idea(brought: Brought) -> None:
    for idea in Idea.objects.prefetch_related("replies"):
        replies = list(idea.replies.all())
        others = [reply.created_at for reply in replies if reply.author_id != idea.author_id]
        assert sorted(reply.number for reply in replies) == list(range(1, idea.contributions + 1))
        assert idea.replies_shown == len(replies)
        assert idea.answered_at == min(others, default=None)
        assert idea.talked_at == max([idea.created_at, *(reply.created_at for reply in replies)])


def test_nobody_speaks_to_oneself(brought: Brought) -> None:
    assert not Reply.objects.filter(addressee=F("author")).exists()
    assert not Act.objects.filter(actor=F("person")).exists()


def test_only_questions_are_guessed_and_every_guess_is_marked(brought: Brought) -> None:
    guessed = Reply.objects.exclude(starter="")

    assert set(guessed.values_list("starter", "starter_inferred")) == {("question", True)}
    assert not Reply.objects.exclude(heard="").exists()


def test_the_whole_life_neither_broadcasts_nor_cohabits(reading: SpaceReading) -> None:
    apart = {State.BROADCASTING, *COHABITING}

    assert reading.contributions > 3800
    assert reading.state not in apart
    assert reading.leaning not in apart
    assert reading.state == State.BOTH_WAYS_UNTOLD
