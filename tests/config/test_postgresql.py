"""A connection that was kept between two pages, and what became of it meanwhile."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[BaseDatabaseWrapper]:
    """Another connection to the tests' database, as a thread of the pages keeps one."""
    if connection.vendor != "postgresql":
        pytest.skip("postgres: SQLite has no server whose connection could break")
    other = connections.create_connection("default")
    other.inc_thread_sharing()
    other.ensure_connection()
    yield other
    other.close()


def pid_of(other: BaseDatabaseWrapper) -> int:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_connection_that_stands_is_used_again_without_a_query(kept: BaseDatabaseWrapper) -> None:
    pid = pid_of(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid])
        before = cursor.fetchone()
        assert kept.is_usable()
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid])
        assert cursor.fetchone() == before


def test_a_connection_that_the_server_ended_is_replaced_before_the_next_page(
    kept: BaseDatabaseWrapper,
) -> None:
    pid = pid_of(kept)
    with connection.cursor() as cursor:
        # Waits until that process is gone, ten seconds at most.
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        assert cursor.fetchone() == (True,)

    assert not kept.is_usable()
    # As at the beginning of a request.
    kept.close_if_unusable_or_obsolete()
    assert pid_of(kept) != pid


def test_a_connection_on_which_the_server_only_said_something_is_kept(kept: BaseDatabaseWrapper) -> None:
    pid = pid_of(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN tertulia_test")
    speaker = connections.create_connection("default")
    with speaker.cursor() as cursor:
        cursor.execute("NOTIFY tertulia_test")
    speaker.close()

    assert kept.is_usable()
    assert pid_of(kept) == pid
