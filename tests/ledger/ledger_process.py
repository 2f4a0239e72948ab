"""One process of a test of the ledger: `python ledger_process.py write ana 2500`.

Its database is in TERTULIA_DATABASE_URL, with the site's own settings for it, and there is no app
but the ledger, so that it starts in an instant.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Count, Max

from tertulia.config.databases import database_settings
from tertulia.config.parse import database

settings.configure(
    INSTALLED_APPS=["tertulia.ledger"],
    DATABASES={"default": database_settings(database(os.environ["TERTULIA_DATABASE_URL"]))},
    USE_TZ=True,
)
django.setup()

from tertulia.ledger.append import NewAct, append, append_many  # noqa: E402
from tertulia.ledger.cursor import Act, Reader, follow, position, rebuild  # noqa: E402
from tertulia.ledger.triggers import faulty_triggers  # noqa: E402

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Tally:
    """Counts how often it was given each act, and keeps a sum: what is skipped or folded twice shows."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fold(self, acts: Sequence[Act]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO tally (reader, act, times) VALUES (%s, %s, 1)"
                " ON CONFLICT (reader, act) DO UPDATE SET times = tally.times + 1",
                [(self.name, act.act) for act in acts],
            )
            cursor.execute(
                "INSERT INTO tally (reader, act, times) VALUES (%s, 0, %s)"
                " ON CONFLICT (reader, act) DO UPDATE SET times = tally.times + excluded.times",
                (self.name, sum(act.words for act in acts)),
            )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM tally WHERE reader = %s", (self.name,))


def migrate() -> None:
    call_command("migrate", "ledger", verbosity=0)
    if faulty_triggers(connection):
        raise SystemExit("unguarded")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE tally (reader text, act bigint, times bigint, PRIMARY KEY (reader, act))"
        )


def append_one(writer: str, number: int) -> int:
    return append(verb="replied", actor=writer, space=1, thread=1, words=number, happened_at=NOON)


def write(writer: str, acts: str) -> None:
    """Append acts numbered 1 to `acts`, up to 19 a transaction, one by one or in bulk.

    One transaction in ten is rolled back and tried again, which on PostgreSQL leaves a gap in the numbers.
    """
    chance = random.Random(writer)  # noqa: S311 - only to vary the test, and the same at each run
    done = 0
    while done < int(acts):
        last = min(int(acts), done + chance.randint(1, 19))
        with transaction.atomic():
            if chance.random() < 0.5:
                append_many([new_act(writer, number) for number in range(done + 1, last + 1)])
            else:
                for number in range(done + 1, last + 1):
                    append_one(writer, number)
            if chance.random() < 0.1:
                transaction.set_rollback(True)
                continue
        done = last


def new_act(writer: str, number: int) -> NewAct:
    return NewAct(verb="replied", actor=writer, space=1, thread=1, words=number, happened_at=NOON)


def follow_all(name: str, acts: str) -> None:
    """Follow until the whole ledger is folded, in four children one after another, of which three are killed
    inside a transaction, if they come to fold that much."""

    def run(at: int | None) -> int:
        with connection.execute_wrapper(Fuse(at, in_transactions_only=True)):
            return follow_to_the_end(Tally(name), int(acts))

    print(json.dumps([in_child(partial(run, at)) for at in (5, 8, 15, None)]))


def follow_to_the_end(reader: Tally, acts: int) -> int:
    deadline = time.monotonic() + 50
    while time.monotonic() < deadline:
        if follow(reader, batch=50) == 0:
            time.sleep(0.05)
            last, count = Act.objects.aggregate(last=Max("act"), count=Count("act")).values()
            if count == acts and last == position(reader.name):
                return 0
    return 1


def report(name: str) -> None:
    skipped = (
        "SELECT COUNT(*) FROM ledger_act WHERE NOT EXISTS"
        " (SELECT 1 FROM tally WHERE tally.act = ledger_act.act AND reader = %s)"
    )
    found = {
        "acts": value("SELECT COUNT(*) FROM ledger_act"),
        "distinct": value("SELECT COUNT(*) FROM (SELECT DISTINCT actor, words FROM ledger_act) AS acts"),
        "skipped": value(skipped, name),
        "twice": value("SELECT COUNT(*) FROM tally WHERE act > 0 AND times <> 1 AND reader = %s", name),
        "folded": value("SELECT COUNT(*) FROM tally WHERE act > 0 AND reader = %s", name),
    }
    print(json.dumps(found))


def value(sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def hold(writer: str) -> None:
    """Append, say the number, and commit only when told."""
    with transaction.atomic():
        print(append_one(writer, 1), flush=True)
        sys.stdin.readline()


def roll_back_then_hold(writer: str) -> None:
    """The same, after an append was undone to a savepoint, which gives that append's lock back."""
    with transaction.atomic():
        append_one(writer, 0)
        with transaction.atomic():
            append_one(writer, 1)
            transaction.set_rollback(True)
        print(append_one(writer, 2), flush=True)
        sys.stdin.readline()


def append_and_say(writer: str) -> None:
    with transaction.atomic():
        number = append_one(writer, 1)
    print(number, flush=True)


def follow_once(name: str) -> None:
    follow(Tally(name))
    with connection.cursor() as cursor:
        cursor.execute("SELECT act FROM tally WHERE reader = %s AND act > 0 ORDER BY act", (name,))
        print(json.dumps([act for (act,) in cursor.fetchall()]))


class Fuse:
    """Counts the moments before and after each statement, and kills its process at one of them."""

    def __init__(self, at: int | None, *, in_transactions_only: bool = False) -> None:
        self.at, self.moments, self.in_transactions_only = at, 0, in_transactions_only

    def moment(self) -> None:
        self.moments += connection.in_atomic_block or not self.in_transactions_only
        if self.moments == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.moment()
        result = execute(*arguments)
        self.moment()
        return result


def in_child(run: Callable[[], int]) -> int:
    """Run in a process of its own; its exit status, or the negative number of the signal that killed it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        os._exit(run())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def burning(go: Callable[[Reader], int], name: str, at: int | None) -> int:
    """Fold in a child that is killed at moment `at`; without one, its exit status is how many moments there were."""

    def run() -> int:
        fuse = Fuse(at)
        with connection.execute_wrapper(fuse):
            go(Tally(name))
        return fuse.moments

    return in_child(run)


def in_fours(reader: Reader) -> int:
    return follow(reader, batch=4)


def anew_in_fours(reader: Reader) -> int:
    return rebuild(reader, batch=4)


def kill(acts: str, kills: str) -> None:
    """Kill a fold, and a rebuild, at that many points spread over all that they have; resume each; show every table."""
    write("ana", acts)
    found: dict[str, Any] = {"statuses": [], "points": [], "left_at": set(), "tables": {}}
    for what, go in (("follow", in_fours), ("rebuild", anew_in_fours)):
        moments = burning(go, f"{what}-unbroken", None)
        points = sorted({1 + (moments - 1) * i // (int(kills) - 1) for i in range(int(kills))})
        found["points"].append(len(points))
        for point in points:
            found["statuses"].append(burning(go, f"{what}-{point}", point))
            found["left_at"].add(
                value("SELECT COALESCE(MAX(act), 0) FROM tally WHERE reader = %s", f"{what}-{point}")
            )
            burning(in_fours, f"{what}-{point}", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reader, act, times FROM tally ORDER BY reader, act")
        for reader, act, times in cursor.fetchall():
            found["tables"].setdefault(reader, []).append([act, times])
    print(json.dumps({**found, "left_at": sorted(found["left_at"])}))


if __name__ == "__main__":
    what: dict[str, Callable[..., None]] = {
        "migrate": migrate,
        "write": write,
        "follow_all": follow_all,
        "report": report,
        "hold": hold,
        "roll_back_then_hold": roll_back_then_hold,
        "append": append_and_say,
        "follow_once": follow_once,
        "kill": kill,
    }
    what[sys.argv[1]](*sys.argv[2:])
