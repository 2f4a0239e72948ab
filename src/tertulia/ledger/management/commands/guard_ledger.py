from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from tertulia.ledger.triggers import install, missing_triggers


class Command(BaseCommand):
    help = "Put back the triggers that keep the ledger append-only, after something removed them."
    # The check that sends people here must not keep this command from running.
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        missing = missing_triggers(connection)
        with transaction.atomic():
            install(connection)
        self.stdout.write(
            f"Put back: {', '.join(missing)}." if missing else "The ledger was guarded already."
        )
