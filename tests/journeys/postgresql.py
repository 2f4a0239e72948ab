"""A PostgreSQL database for each home, made and dropped, where the tests run on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

# The server of the tests (tests/conftest.py), and how a process of a journey hears of its database.
SERVER = "TERTULIA_TEST_DATABASE_URL"
NAMED = "TERTULIA_TEST_JOURNEY_DATABASE_URL"


@contextmanager
def of_its_own(*, like: str = "") -> Iterator[str]:
    """The address of a new database, like another one that nobody is connected to; "" where the tests run on SQLite."""
    server = os.environ.get(SERVER, "")
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"tertulia_journey_{token_hex(6)}"
    _make(server, name, like)
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _drop(server, name)


def become(address: str, like: str, anew: str) -> None:
    """Its pages may be served meanwhile: they look at a connection before they use it again."""
    server = os.environ[SERVER]
    _drop(server, _name_of(address))
    _make(server, _name_of(address), like)
    _say(address, anew)


def _make(server: str, name: str, like: str) -> None:
    _say(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {_name_of(like)}" if like else ""))


def _drop(server: str, name: str) -> None:
    _say(server, f"DROP DATABASE {name} WITH (FORCE)")


def _name_of(address: str) -> str:
    return urlsplit(address).path.strip("/")


def _say(server: str, sentence: str) -> None:
    # Only here: SQLite is enough for whoever has no driver for PostgreSQL.
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sentence.encode())
