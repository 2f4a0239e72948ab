"""An act is appended in the transaction of its content, by one query, and only if it is a possible act."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tertulia.ledger.append import NewAct, NotInTransaction, append, append_many
from tertulia.ledger.models import Act, ActTopic
from tests.ledger.conftest import Append

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.django_db
def test_every_column_is_kept_as_it_was_given() -> None:
    columns = {
        "verb": "replied",
        "actor": "ana",
        "person": "bo",
        "move": "challenge",
        "space": 4,
        "thread": 5,
        "parent": 6,
        "ref": 7,
        "audience": "circle",
        "audience_id": "c1",
        "words": 12,
        "basis": "quoted",
        "confidence": 0.8,
        "happened_at": NOON,
        "recorded_at": NOON.replace(hour=13),
        "import_id": 8,
    }

    number = append(**columns)  # type: ignore[arg-type]

    assert Act.objects.filter(act=number).values().get() == {"act": number, "schema": 1, **columns}


@pytest.mark.django_db
def test_an_act_is_recorded_now_unless_said_otherwise(act: Append) -> None:
    before = datetime.now(UTC)
    number = act("ana", happened_at=NOON)

    assert before <= Act.objects.get(act=number).recorded_at <= datetime.now(UTC)


@pytest.mark.django_db
def test_an_append_is_one_query_and_its_topics_one_more(
    act: Append, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        act("ana")
    with django_assert_num_queries(2):
        number = act("ana", topics=["trust", "learning", "trust"])

    assert list(ActTopic.objects.order_by("topic").values_list("act", "topic")) == [
        (number, "learning"),
        (number, "trust"),
    ]


@pytest.mark.django_db
def test_many_acts_get_their_numbers_in_their_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [
        NewAct(verb="posted", actor="ana", happened_at=NOON, words=n, topics=[f"t{n}"]) for n in range(1001)
    ]

    with django_assert_num_queries(3 + 3):
        numbers = append_many(rows)

    assert numbers == sorted(numbers)
    assert list(Act.objects.order_by("act").values_list("act", "words")) == list(
        zip(numbers, range(1001), strict=True)
    )
    assert ActTopic.objects.get(topic="t700").act == numbers[700]


@pytest.mark.django_db
def test_appending_nothing_is_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert append_many([]) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused(act: Append) -> None:
    with pytest.raises(NotInTransaction, match=r"transaction\.atomic"):
        act("ana")


@pytest.mark.django_db(transaction=True)
def test_an_act_goes_with_the_content_that_was_rolled_back(act: Append) -> None:
    with transaction.atomic():
        act("ana", topics=["trust"])
        transaction.set_rollback(True)

    assert not Act.objects.exists()
    assert not ActTopic.objects.exists()


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused(act: Append) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        act("ana", happened_at=NOON.replace(tzinfo=None))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("ledger_act_schema_and_verb", {"verb": "liked"}),
        ("ledger_act_move", {"move": "shout"}),
        ("ledger_act_move", {"move": "agrees"}),
        ("ledger_act_move", {"verb": "contest_answered", "ref": 1}),
        ("ledger_act_move", {"verb": "contest_answered", "ref": 1, "move": "question"}),
        ("ledger_act_basis", {"basis": "guessed"}),
        ("ledger_act_audience", {"audience": "boss"}),
        ("ledger_act_confidence", {"confidence": 1.1}),
        ("ledger_act_confidence", {"confidence": -0.1}),
        ("ledger_act_words", {"words": -1}),
        ("ledger_act_import_and_space", {"verb": "import_closed"}),
        ("ledger_act_import_and_space", {"verb": "import_undone", "import_id": 1, "space": None}),
        ("ledger_act_corrects", {"verb": "withdrew"}),
        ("ledger_act_corrects", {"verb": "contested"}),
        ("ledger_act_corrects", {"verb": "contest_answered", "move": "agrees"}),
    ],
)
def test_an_impossible_act_is_refused_by_the_database(
    act: Append, constraint: str, columns: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act("ana", **columns)


@pytest.mark.django_db
def test_an_act_of_another_schema_is_refused() -> None:
    another = Act(
        schema=2,
        verb="posted",
        actor="ana",
        audience="space",
        basis="declared",
        happened_at=NOON,
        recorded_at=NOON,
    )

    with pytest.raises(IntegrityError, match="ledger_act_schema_and_verb"), transaction.atomic():
        another.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize("move", ["agrees", "differs"])
def test_a_contest_is_answered_by_agreeing_or_differing(act: Append, move: str) -> None:
    assert act("bo", "contest_answered", ref=act("ana"), move=move)


@pytest.mark.django_db
def test_a_frame_finds_its_space_by_index(act: Append) -> None:
    act("ana")
    for query in (Act.objects.filter(space=1).order_by("act"), Act.objects.filter(import_id=1)):
        if connection.vendor == "sqlite":
            assert "USING INDEX ledger_act_of_" in query.explain()
