"""Is the ledger guarded? Asked by Django's checks of the database, and at every start."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from tertulia.ledger.triggers import TABLES, Faults, faulty_triggers

REMEDY = (
    "Run `tertulia django guard_ledger`, which puts them back as they should be; a migration that alters these tables "
    "ends with install()."
)


@register(Tags.database)
def check_ledger_is_guarded(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """One error a database whose ledger lacks triggers, or has others in their place. Before its first migration there
    is nothing to guard."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if not set(TABLES) <= set(connection.introspection.table_names()):
            continue
        faults = faulty_triggers(connection)
        if faults:
            errors.append(Error(sentence(faults), hint=REMEDY, id="ledger.E001"))
    return errors


def sentence(faults: Faults) -> str:
    found = (
        ("are missing", faults.missing),
        ("say something else than this release gave them", faults.different),
    )
    because = "; ".join(f"these triggers {what}: {', '.join(names)}" for what, names in found if names)
    return f"The ledger can be changed without a trace, because {because}."
