"""A frame holds what a reading of the space may use, and nothing else."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tertulia.engine import acts as engine
from tertulia.engine.table import table_of
from tertulia.ledger.frame import acts_of_space
from tertulia.ledger.models import Measure
from tests.ledger.conftest import Append

pytestmark = pytest.mark.django_db


def numbers(space: int = 1, until: int | None = None) -> list[int]:
    return [one.act for one in acts_of_space(space, until=until)]


def contested(until: int | None = None) -> list[int]:
    return [one.act for one in acts_of_space(1, until=until) if one.contested]


def test_an_act_reaches_the_engine_with_every_column(act: Append) -> None:
    at = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
    first = act("bo", "posted")
    number = act(
        "ana", person="bo", move="challenge", space=1, thread=5, parent=first, ref=first, words=12, basis="quoted",
        confidence=0.8, happened_at=at,
    )  # fmt: skip
    Measure.objects.create(act=number, text_version=3, uptake=1.5, rk_t=0.25, rk_o=None)

    assert acts_of_space(1)[1] == engine.Act(
        act=number, t=1772452800123456, actor="ana", person="bo", verb="replied", move="challenge", space=1, thread=5,
        parent=first, ref=first, words=12, basis="quoted", confidence=0.8, uptake=1.5, rk_t=0.25, rk_o=None,
        text_version=3, contested=False,
    )  # fmt: skip


def test_what_was_not_measured_is_none_and_never_zero(act: Append) -> None:
    act("ana")

    one = acts_of_space(1)[0]

    assert (one.uptake, one.rk_t, one.rk_o, one.text_version) == (None, None, None, None)


def test_acts_of_another_space_stay_there(act: Append) -> None:
    here, there = act("ana"), act("ana", space=2)

    assert (numbers(1), numbers(2)) == ([here], [there])


def test_only_acts_for_the_space_or_everyone_are_read(act: Append) -> None:
    found = {
        audience: act("ana", audience=audience)
        for audience in ("me", "person", "circle", "space", "everyone")
    }

    assert numbers() == [found["space"], found["everyone"]]


def test_an_import_is_hidden_until_it_is_closed(act: Append) -> None:
    own, imported = act("ana"), act("bo", import_id=7)
    while_open = numbers()
    closed = act("ana", "import_closed", import_id=7)

    assert while_open == [own]
    assert numbers() == [own, imported, closed]


def test_closing_one_import_reveals_no_other(act: Append) -> None:
    act("bo", import_id=7)
    imported, closed = act("bo", import_id=8), act("ana", "import_closed", import_id=8)

    assert numbers() == [imported, closed]


def test_an_undone_import_is_skipped_and_what_was_said_here_stays(act: Append) -> None:
    imported = act("bo", import_id=7)
    act("ana", "import_closed", import_id=7)
    reply = act("cleo", parent=imported)
    act("ana", "import_undone", import_id=7)

    assert numbers() == [reply]


def test_importing_again_after_undoing_is_read(act: Append) -> None:
    act("bo", import_id=7)
    act("ana", "import_closed", import_id=7)
    act("ana", "import_undone", import_id=7)
    again, closed = act("bo", import_id=8), act("ana", "import_closed", import_id=8)

    assert numbers() == [again, closed]


def test_what_was_taken_back_is_left_out_together_with_the_taking_back(act: Append) -> None:
    kept, withdrawn = act("ana"), act("bo")
    act("bo", "withdrew", ref=withdrawn)

    assert numbers() == [kept]


def test_a_private_taking_back_counts_too(act: Append) -> None:
    withdrawn = act("bo")
    act("bo", "withdrew", ref=withdrawn, audience="me")

    assert numbers() == []


def test_nobody_takes_back_what_another_said(act: Append) -> None:
    said = act("bo")
    other = act("ana", "withdrew", ref=said)

    assert numbers() == [said, other]


def test_a_contest_that_nobody_answered_is_left_to_the_engine(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("bo", "contested", ref=said)

    assert numbers() == [said, contest]
    assert contested() == []


@pytest.mark.parametrize(("contester", "other"), [("ana", "bo"), ("bo", "ana")])
@pytest.mark.parametrize("names", ["the contest", "the act"])
def test_an_act_stays_out_once_the_other_agrees(act: Append, contester: str, other: str, names: str) -> None:
    said = act("ana", person="bo")
    contest = act(contester, "contested", ref=said)
    act(other, "contest_answered", ref=contest if names == "the contest" else said, move="agrees")

    assert contested() == [said]


def test_an_act_returns_when_the_other_differs(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("bo", "contested", ref=said)
    act("ana", "contest_answered", ref=contest, move="agrees")
    act("ana", "contest_answered", ref=contest, move="differs")

    assert contested() == []


def test_an_act_is_not_contested_by_anybody_else(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("cleo", "contested", ref=said)
    act("bo", "contest_answered", ref=contest, move="agrees")

    assert contested() == []


def test_an_answer_to_a_contest_has_no_move_for_the_engine(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("bo", "contested", ref=said)
    act("ana", "contest_answered", ref=contest, move="differs")

    assert table_of(acts_of_space(1)).column("move").to_pylist()[-1] is None


def test_nobody_agrees_to_their_own_contest_or_to_that_of_others(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("bo", "contested", ref=said)
    act("bo", "contest_answered", ref=contest, move="agrees")
    act("cleo", "contest_answered", ref=contest, move="agrees")

    assert contested() == []


def test_a_contest_that_was_taken_back_is_none(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("bo", "contested", ref=said)
    act("ana", "contest_answered", ref=contest, move="agrees")
    act("bo", "withdrew", ref=contest)

    assert contested() == []


def test_a_new_contest_after_an_answer_stands_on_its_own(act: Append) -> None:
    said = act("ana", person="bo")
    contest = act("bo", "contested", ref=said)
    act("ana", "contest_answered", ref=contest, move="differs")
    again = act("ana", "contested", ref=said)
    act("bo", "contest_answered", ref=again, move="agrees")

    assert contested() == [said]


def test_a_frame_of_an_earlier_day_does_not_know_what_came_later(act: Append) -> None:
    said, imported = act("ana", person="bo"), act("bo", import_id=7)
    contest = act("bo", "contested", ref=said)
    closed = act("ana", "import_closed", import_id=7)
    agreed = act("ana", "contest_answered", ref=contest, move="agrees")
    act("ana", "contest_answered", ref=contest, move="differs")
    act("ana", "withdrew", ref=said)
    act("ana", "import_undone", import_id=7)

    assert numbers(until=closed) == [said, imported, contest, closed]
    assert contested(until=agreed) == [said]


def test_a_frame_takes_two_queries_however_many_acts(act: Append) -> None:
    for _ in range(30):
        act("ana")

    with CaptureQueriesContext(connection) as queries:
        acts_of_space(1)

    assert len(queries) == 2
