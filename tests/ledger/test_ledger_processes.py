"""Many processes, on both databases: nothing is skipped, nothing is folded twice, and kill -9 changes nothing."""

import json
import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.ledger.processes import Process, answer

pytestmark = pytest.mark.slow
WRITERS, ACTS = 8, 20_000


def test_twenty_thousand_acts_by_eight_writers_are_each_folded_once(
    own_url: str, processes: Callable[..., Process], ask: Callable[..., Any]
) -> None:
    ask(own_url, "migrate")
    writers = [processes(own_url, "write", f"writer-{n}", str(ACTS // WRITERS)) for n in range(WRITERS)]
    followers = [processes(own_url, "follow_all", "tally", str(ACTS)) for _ in range(2)]

    # Both follow the same reader, and are killed on the way.
    ends = [status for follower in followers for status in json.loads(answer(follower))]
    for writer in writers:
        answer(writer)

    assert set(ends) == {-signal.SIGKILL, 0}
    assert ends.count(-signal.SIGKILL) >= 3
    found = ask(own_url, "report", "tally")
    assert found == {"acts": ACTS, "distinct": ACTS, "skipped": 0, "twice": 0, "folded": ACTS}


def test_a_fold_killed_at_any_of_twenty_points_resumes_to_equal_tables(
    own_url: str, ask: Callable[..., Any]
) -> None:
    ask(own_url, "migrate")

    found = ask(own_url, "kill", "14", "20")

    assert found["points"] == [20, 20]
    assert found["statuses"] == [-signal.SIGKILL] * 40
    # Killed before, between and after batches of four, so the points were truly inside.
    assert len(found["left_at"]) >= 4
    unbroken = found["tables"]["follow-unbroken"]
    assert len(unbroken) == 14 + 1
    assert all(table == unbroken for table in found["tables"].values())
    assert len(found["tables"]) == 42


def test_a_late_commit_is_waited_for_and_never_skipped(
    postgres_url: str, processes: Callable[..., Process], ask: Callable[..., Any]
) -> None:
    ask(postgres_url, "migrate")
    late = processes(postgres_url, "hold", "ana")
    number = said_by(late)
    next_one = processes(postgres_url, "append", "bo")
    wait_until_one_waits(postgres_url)

    while_it_is_open = ask(postgres_url, "follow_once", "tally")
    late.communicate("commit\n", timeout=10)
    number_after = said_by(next_one)

    assert while_it_is_open == []
    assert number_after > number
    assert ask(postgres_url, "follow_once", "tally") == [number, number_after]


def test_without_its_trigger_a_late_commit_would_be_skipped(
    postgres_url: str, processes: Callable[..., Process], ask: Callable[..., Any]
) -> None:
    ask(postgres_url, "migrate")
    with psycopg.connect(postgres_url) as connection:
        connection.execute("DROP TRIGGER ledger_act_in_order ON ledger_act")
    late = processes(postgres_url, "hold", "ana")
    number = said_by(late)

    number_after = ask(postgres_url, "append", "bo")
    ask(postgres_url, "follow_once", "tally")
    late.communicate("commit\n", timeout=10)

    assert number_after > number
    assert ask(postgres_url, "follow_once", "tally") == [number_after]


def test_a_savepoint_rolled_back_does_not_let_others_in_before_the_next_append(
    postgres_url: str, processes: Callable[..., Process], ask: Callable[..., Any]
) -> None:
    ask(postgres_url, "migrate")
    late = processes(postgres_url, "roll_back_then_hold", "ana")
    number = said_by(late)
    next_one = processes(postgres_url, "append", "bo")
    wait_until_one_waits(postgres_url)

    late.communicate("commit\n", timeout=10)
    number_after = said_by(next_one)

    assert ask(postgres_url, "follow_once", "tally") == [number - 2, number, number_after]


def said_by(process: Process) -> int:
    assert process.stdout
    return int(process.stdout.readline())


def wait_until_one_waits(url: str) -> None:
    """Until a process stands at the ledger's lock, which another holds."""
    deadline = time.monotonic() + 10
    with psycopg.connect(url, autocommit=True) as connection:
        query = (
            "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        while not connection.execute(query).fetchall()[0][0]:
            assert time.monotonic() < deadline, "nobody waits for the lock"
            time.sleep(0.02)
