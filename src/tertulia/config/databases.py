"""Django's settings for the two databases Tertulia runs on."""

from typing import Any

from tertulia.config.parse import Database

# Once for each connection. WAL lets pages read while one writes; NORMAL syncs at checkpoints, which WAL makes safe
# against a crash of the process, and costs at most the last moments when the power fails.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    # The file mapped up to 128 MB: a quarter less CPU for a read, and the memory is the system's own cache, shared by
    # all connections. A larger cache_size beside it gained nothing (16.2 against 16.4 µs for a query).
    "PRAGMA mmap_size=134217728",
)

# Values go beside the statement and not inside it, so that one asked a fifth time is planned no more: planning took
# longer than most answers. And a page of an index costs little more than the next one of a table, as on any disk
# without moving parts: without saying so, a search reads every text there is (5.5 against 2.1 ms for 2,000).
POSTGRESQL_OPTIONS = {
    "server_side_binding": True,
    "prepare_threshold": 5,
    "options": "-c random_page_cost=1.1 -c jit=off",
}


def database_settings(database: Database) -> dict[str, Any]:
    if database.engine == "sqlite3":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": database.name,
            # Opening the file and saying the pragmas costs as much as five queries: keep the connection.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A transaction that reads and then writes takes its turn at the start. As DEFERRED, 483 of 600 failed
                # with "database is locked"; so, none.
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": ";".join(PRAGMAS),
            },
        }
    return {
        "ENGINE": "tertulia.config.postgresql",
        "NAME": database.name,
        "HOST": database.host,
        "PORT": database.port,
        "USER": database.user,
        "PASSWORD": database.password,
        # Kept for each thread that serves pages, and looked at before it is used again (config/postgresql).
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": POSTGRESQL_OPTIONS | dict(database.options),
    }
