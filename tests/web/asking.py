"""Rendering with the database shut."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def no_queries() -> Iterator[None]:
    """A template that asks the database fails here."""

    def refuse(execute: object, sql: str, *_: object) -> None:
        raise AssertionError(f"A template asked the database: {sql}")

    with connection.execute_wrapper(refuse):
        yield
