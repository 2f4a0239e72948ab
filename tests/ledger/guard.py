"""The guard of the ledger, lifted for a moment. In the product no code may change or remove an act."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from tertulia.ledger import triggers


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers: while Django's flush empties the tables between two tests."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)
