import gc
import weakref
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.people.prepared import Prepared
from tests.community import a_reply, a_space, an_idea, somebody, waiting_count

pytestmark = pytest.mark.django_db


def test_what_waits_is_counted_for_each_person_as_the_lists_have_it() -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo, is_open=False))
    first, _second = (a_reply(idea, bo, "Why?", at=timezone.now()) for _ in range(2))
    actions.answer(by=ana, reply_id=first.pk, text="So you are saying why.", starter="say_back")
    actions.revise(
        by=ana,
        idea_id=idea.pk,
        base_version=1,
        title="Other",
        text="Other",
        credits=[Credited(first.pk, "why")],
    )

    for person in (ana, bo, somebody("Cleo")):
        lists = queries.waiting_replies(person).count() + queries.waiting_credits(person).count()
        assert waiting_count(person) == lists
    assert (waiting_count(ana), waiting_count(bo)) == (1, 2)


def test_a_credit_stops_waiting_after_four_weeks() -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo))
    reply = a_reply(idea, bo)
    actions.revise(
        by=ana,
        idea_id=idea.pk,
        base_version=1,
        title="Other",
        text="Other",
        credits=[Credited(reply.pk, "why")],
    )

    assert waiting_count(bo) == 1
    assert waiting_count(bo, timezone.now() + timedelta(days=29)) == 0


def test_the_state_of_a_page_is_nobodys_who_may_not_see_it() -> None:
    ana = somebody("Ana")
    idea = an_idea(ana, a_space(ana, is_open=False))

    state = queries.state_of_page(ana, idea.pk)

    assert state is not None
    assert state[:3] == (idea.slug, idea.touched, idea.talked_at)
    assert queries.state_of_page(somebody("Bo"), idea.pk) is None
    assert queries.state_of_page(None, idea.pk) is None


def test_the_state_of_a_page_changes_with_its_readers_draft_alone() -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo))
    place = f"reply:{idea.pk}:0"
    before = [queries.state_of_page(person, idea.pk) for person in (ana, bo)]

    actions.keep_draft(by=bo, place=place, fields={"text": "Half"})
    after = [queries.state_of_page(person, idea.pk) for person in (ana, bo)]

    assert before[0] == after[0]
    assert before[1] != after[1]


def test_a_value_that_the_query_does_not_use_is_refused() -> None:
    prepared = Prepared(lambda _unused: queries.ideas_visible_to(None))

    with pytest.raises(AssertionError, match="not among its parameters"):
        prepared.rows(7)


@pytest.mark.django_db(transaction=True)
def test_what_is_locked_without_a_transaction_is_refused_each_time() -> None:
    """Django refuses it while it writes the SQL, which is done once. Such a lock would end with its statement."""
    idea = an_idea(somebody("Ana"), audience="everyone")
    with transaction.atomic():
        assert queries.idea_to_change(somebody("Ana"), idea.pk) == idea

    with pytest.raises(TransactionManagementError):
        queries.idea_to_change(somebody("Ana"), idea.pk)


def test_prepared_objects_are_those_of_the_query_set() -> None:
    ana = somebody("Ana")
    idea = an_idea(ana, a_space(ana))
    prepared = Prepared(
        lambda person, key: queries.ideas_visible_to(person).select_related("space", "author").filter(pk=key)
    )

    for _again in range(2):
        (found,) = prepared.objects(ana.pk, idea.pk)
        expected = queries.ideas_visible_to(ana).select_related("space", "author").get(pk=idea.pk)
        for mine, other in (
            (found, expected),
            (found.author, expected.author),
            (found.space, expected.space),
        ):
            assert mine is not None and other is not None  # noqa: PT018 -- for the types
            assert type(mine) is type(other)
            columns = [field.attname for field in mine._meta.concrete_fields]
            assert [getattr(mine, one) for one in columns] == [getattr(other, one) for one in columns]


@pytest.mark.parametrize("key", [2**63, -(2**63) - 1, 10**40])
def test_a_number_that_no_row_can_have_finds_nothing(key: int) -> None:
    assert queries.idea_visible_to(None, key) is None
    assert queries.idea_visible_to(somebody("Ana"), key) is None


def test_a_letter_that_no_row_can_hold_finds_nothing() -> None:
    ana = somebody("Ana")

    assert queries.draft_of(ana, "reply:1\x00:0") is None


def test_what_the_query_itself_says_stands_in_its_sql_and_what_is_asked_never_does() -> None:
    idea = an_idea(somebody("Ana"), title="It's 100% rye", audience="everyone")
    an_idea(somebody("Ana"), idea.space, title="Another", audience="everyone")
    prepared = Prepared(
        lambda words: queries.ideas_visible_to(None).filter(title="It's 100% rye", text__in=[words, "%s"])
    )
    asked: list[tuple[str, object]] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append((sql, list(parameters)))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        found = prepared.objects(idea.text)
        nothing = prepared.objects("' OR 1=1 --")

    assert (found, nothing) == ([idea], [])
    assert "'It''s 100%% rye'" in asked[0][0]
    assert [parameters for _sql, parameters in asked] == [[idea.text], ["' OR 1=1 --"]]


@pytest.mark.django_db(transaction=True)
def test_a_connection_goes_with_the_thread_that_asked_first() -> None:
    """Threads that serve pages come and go. A connection kept for one that is gone is never used, and never closed."""
    idea = an_idea(somebody("Ana"), audience="everyone")
    prepared = Prepared(lambda key: queries.ideas_visible_to(None).filter(pk=key))
    asked: list[object] = []
    used: list[weakref.ref[object]] = []

    def ask() -> None:
        asked.extend(prepared.objects(idea.pk))
        used.append(weakref.ref(connections[DEFAULT_DB_ALIAS]))
        connections.close_all()

    first = Thread(target=ask)
    first.start()
    first.join()
    gc.collect()

    assert used[0]() is None
    assert asked == prepared.objects(idea.pk) == [idea]
