"""Rendering with the database shut, and what a form says unseen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client


@contextmanager
def no_queries() -> Iterator[None]:
    """A template that asks the database fails here."""

    def refuse(execute: object, sql: str, *_: object) -> None:
        raise AssertionError(f"A template asked the database: {sql}")

    with connection.execute_wrapper(refuse):
        yield


def form_on(client: Client, address: str) -> dict[str, str]:
    """What the form of this page says unseen: what is written in it, and whom it was made for."""
    html = client.get(address, follow=True).content.decode()
    return {
        name: re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', html)[-1]
        for name in ("place", "writer")
    }
