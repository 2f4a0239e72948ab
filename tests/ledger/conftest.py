"""Databases of a test's own, on SQLite and PostgreSQL, and processes that work on them."""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from tertulia.config.databases import database_settings
from tertulia.config.parse import database
from tertulia.ledger.append import append
from tests.conftest import missing
from tests.ledger.processes import Process, answer, start

POSTGRES = os.environ.get("TERTULIA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
OWN = "own_ledger"


class Append(Protocol):
    def __call__(self, actor: str, verb: str = "replied", **columns: Any) -> int: ...


@pytest.fixture
def act() -> Append:
    """Append an act of space 1, by default a contribution to thread 1 on a Monday noon."""

    def append_act(actor: str, verb: str = "replied", **columns: Any) -> int:
        noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
        return append(
            **{"verb": verb, "actor": actor, "space": 1, "thread": 1, "happened_at": noon, **columns}
        )

    return append_act


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        missing("postgres", f"its server (TERTULIA_TEST_POSTGRES) cannot be reached: {error}")
        raise
    name = f"tertulia_ledger_{secrets.token_hex(6)}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgres"])
def own_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def own_connection(own_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a database with the ledger's migrations, beside the suite's own database."""
    settings = {"default": connections.settings["default"], OWN: database_settings(database(own_url))}
    connections.settings[OWN] = connections.configure_settings(settings)[OWN]
    with django_db_blocker.unblock():
        try:
            call_command("migrate", "ledger", database=OWN, verbosity=0)
            yield connections[OWN]
        finally:
            connections[OWN].close()
            del connections[OWN], connections.settings[OWN]


@pytest.fixture
def processes() -> Iterator[Callable[..., Process]]:
    """Starts processes, and ends those that a failed test leaves behind."""
    started: list[Process] = []

    def start_one(url: str, *words: str) -> Process:
        started.append(start(url, *words))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def ask(processes: Callable[..., Process]) -> Callable[..., Any]:
    """Run a process to its end and read its answer."""

    def ask_one(url: str, *words: str) -> Any:
        said = answer(processes(url, *words))
        return json.loads(said) if said else None

    return ask_one
