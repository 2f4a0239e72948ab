"""Is the ledger guarded? Asked by Django's checks of the database, and at every start."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections

from tertulia.ledger.triggers import TABLES, missing_triggers

REMEDY = "Run the command guard_ledger, which puts them back; a migration that alters these tables ends with install()."


class LedgerUnguarded(Exception):
    """Acts could be changed or removed without a trace, so nothing may start."""


@register(Tags.database)
def check_ledger_is_guarded(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """One error a database whose ledger lacks triggers. Before its first migration there is nothing to guard."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if not set(TABLES) <= set(connection.introspection.table_names()):
            continue
        missing = missing_triggers(connection)
        if missing:
            errors.append(Error(sentence(missing), hint=REMEDY, id="ledger.E001"))
    return errors


def assert_guarded(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise LedgerUnguarded unless every trigger stands. Call it before the first request is served."""
    missing = missing_triggers(connections[using])
    if missing:
        raise LedgerUnguarded(f"{sentence(missing)} {REMEDY}")


def sentence(missing: Sequence[str]) -> str:
    return f"The ledger can be changed without a trace, because these triggers are missing: {', '.join(missing)}."
