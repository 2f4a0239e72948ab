"""The triggers that make the ledger append-only, in the words of each database.

A Django AlterField rebuilds an SQLite table and drops its triggers without a word. So a migration that alters
`Act` or `ActTopic` ends with `install`, and `faulty_triggers` is asked at every start. It compares words, not names: a
release that changes a text below brings a migration that calls `install`.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

ACTS, TOPICS = "ledger_act", "ledger_acttopic"
TABLES = (ACTS, TOPICS)
REFUSAL = "The ledger is append-only: {table} refuses {what}."

# Held from a transaction's first append until it ends: numbers are then given, and become visible, in one order.
# The number is "ledger" in ASCII; advisory locks have one number space for a whole database.
LOCK = int.from_bytes(b"ledger", "big")


def sqlite_triggers() -> dict[str, tuple[str, str]]:
    """Each trigger's name, its table, and how to create it.

    REPLACE deletes the row in its way without any DELETE trigger, so it has to be met before it inserts.
    """
    in_the_way = {
        ACTS: "act = NEW.act",
        # The table has a hidden rowid of its own, and REPLACE honours that too.
        TOPICS: "(act = NEW.act AND topic = NEW.topic) OR rowid = NEW.rowid",
    }
    triggers = {}
    for table in TABLES:
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {in_the_way[table]})"  # noqa: S608 - constants of this module
        for what, event in (
            ("UPDATE", f"BEFORE UPDATE ON {table}"),
            ("DELETE", f"BEFORE DELETE ON {table}"),
            ("REPLACE", f"BEFORE INSERT ON {table} WHEN {exists}"),
        ):
            name = f"{table}_no_{what.lower()}"
            refusal = REFUSAL.format(table=table, what=what)
            create = f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            triggers[name] = (table, create)
    return triggers


def postgresql_triggers() -> dict[str, tuple[str, str]]:
    """Each trigger's name, its table, and how to create it.

    ON CONFLICT DO UPDATE, PostgreSQL's REPLACE, is an UPDATE to triggers. A statement trigger runs before its
    statement takes a number, so the lock is held by then, whoever writes, and costs no round trip.
    """
    triggers = {}
    for table in TABLES:
        for what in ("UPDATE", "DELETE", "TRUNCATE"):
            name = f"{table}_no_{what.lower()}"
            event = f"BEFORE {what} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            triggers[name] = (table, f"CREATE TRIGGER {name} {event}")
    name = f"{ACTS}_in_order"
    event = f"BEFORE INSERT ON {ACTS} FOR EACH STATEMENT EXECUTE FUNCTION ledger_in_order()"
    triggers[name] = (ACTS, f"CREATE TRIGGER {name} {event}")
    return triggers


POSTGRESQL_REFUSAL = REFUSAL.format(table="%", what="%")
POSTGRESQL_BODIES = {
    "ledger_refuse": f"""
    BEGIN
        RAISE EXCEPTION '{POSTGRESQL_REFUSAL}', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END
    """,
    "ledger_in_order": f"""
    BEGIN
        PERFORM pg_advisory_xact_lock({LOCK});
        RETURN NULL;
    END
    """,
}


def triggers_of(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    if connection.vendor == "sqlite":
        return sqlite_triggers()
    if connection.vendor == "postgresql":
        return postgresql_triggers()
    raise NotImplementedError(f"The ledger has no triggers for {connection.vendor}.")


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, also where some or all of them are there already."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, body in POSTGRESQL_BODIES.items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
                )
        for _, create in triggers_of(connection).values():
            cursor.execute(create)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name, (table, _) in triggers_of(connection).items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@dataclass(frozen=True)
class Faults:
    """The names of the triggers that should stand on the ledger's tables: those that do not, or are switched off; and
    those that stand there with other words than this release gives them."""

    missing: tuple[str, ...] = ()
    different: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.different)


def faulty_triggers(connection: BaseDatabaseWrapper) -> Faults:
    there, right = _standing(connection), _as_released(connection)
    return Faults(
        missing=tuple(name for name in right if name not in there),
        different=tuple(name for name in right if name in there and there[name] != right[name]),
    )


def _as_released(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """Each trigger's name, and its table and words as `_standing` reads them."""
    triggers = triggers_of(connection)
    if connection.vendor == "sqlite":
        return {name: (table, _words(create)) for name, (table, create) in triggers.items()}
    bodies = {name: _words(body) for name, body in POSTGRESQL_BODIES.items()}
    return {
        name: (table, _words(create), bodies[create.split()[-1].removesuffix("()")])
        for name, (table, create) in triggers.items()
    }


def _standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """The triggers of the ledger's tables that are at work. On PostgreSQL, with the function that each calls."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid, true), p.prosrc"
                " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
                # Not those that are off (D), or at work only where a replica applies changes (R).
                " WHERE t.tgenabled IN ('O', 'A') AND c.oid IN (to_regclass(%s), to_regclass(%s))",
                TABLES,
            )
        found = cursor.fetchall()
    return {
        name: (table, *(_words(text) for text in texts)) for name, table, *texts in found if table in TABLES
    }


def _words(sql: str) -> str:
    return " ".join(sql.split())
