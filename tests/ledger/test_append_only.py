"""The ledger refuses everything but appending, on both databases, and says when it could not."""

import io
from functools import partial
from itertools import chain

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tertulia.ledger import checks, triggers
from tertulia.ledger.models import Act
from tests.ledger.conftest import OWN
from tests.ledger.guard import lifted

APPEND = (
    "INSERT INTO ledger_act (schema, happened_at, recorded_at, actor, verb, audience, words, basis, confidence)"
    " VALUES (1, '2026-03-02', '2026-03-02', 'ana', 'posted', 'space', 7, 'declared', 1)"
)
TOPIC = "INSERT INTO ledger_acttopic (act, topic) VALUES (1, 'trust')"
CHANGES = {
    "UPDATE": ["UPDATE ledger_act SET words = 0", "UPDATE ledger_acttopic SET topic = 'other'"],
    "DELETE": ["DELETE FROM ledger_act", "DELETE FROM ledger_acttopic"],
}
SQLITE_CHANGES = {
    "REPLACE": [
        "REPLACE INTO ledger_act SELECT * FROM ledger_act",
        "INSERT OR REPLACE INTO ledger_acttopic SELECT * FROM ledger_acttopic",
        "REPLACE INTO ledger_acttopic (rowid, act, topic) VALUES (1, 9, 'other')",
        "UPDATE OR REPLACE ledger_act SET act = 1",
        "INSERT OR IGNORE INTO ledger_act SELECT * FROM ledger_act",
    ],
    "UPSERT": [
        "INSERT INTO ledger_acttopic SELECT * FROM ledger_acttopic WHERE true ON CONFLICT DO UPDATE SET topic = 'x'"
    ],
}
POSTGRESQL_CHANGES = {
    "UPSERT": [
        "INSERT INTO ledger_act SELECT * FROM ledger_act ON CONFLICT (act) DO UPDATE SET words = 0",
        "INSERT INTO ledger_acttopic SELECT * FROM ledger_acttopic ON CONFLICT (act, topic) DO UPDATE SET topic = 'x'",
    ],
    "TRUNCATE": [
        "TRUNCATE ledger_act",
        "TRUNCATE ledger_acttopic",
        "TRUNCATE ledger_act, ledger_measure CASCADE",
    ],
}


def run(own_connection: BaseDatabaseWrapper, sql: str) -> None:
    with own_connection.cursor() as cursor:
        cursor.execute(sql)


def rows(own_connection: BaseDatabaseWrapper) -> list[tuple[object, ...]]:
    with own_connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.act, a.words, t.topic FROM ledger_act a JOIN ledger_acttopic t ON t.act = a.act"
        )
        return list(cursor.fetchall())


def test_nothing_but_appending_is_let_through(own_connection: BaseDatabaseWrapper) -> None:
    run(own_connection, APPEND)
    run(own_connection, TOPIC)
    others = SQLITE_CHANGES if own_connection.vendor == "sqlite" else POSTGRESQL_CHANGES

    for sql in chain(*CHANGES.values(), *others.values()):
        with pytest.raises(IntegrityError, match="append-only"):
            run(own_connection, sql)

    assert rows(own_connection) == [(1, 7, "trust")]


def test_appending_goes_on_after_a_refusal(own_connection: BaseDatabaseWrapper) -> None:
    run(own_connection, APPEND)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(using=OWN):
        run(own_connection, "DELETE FROM ledger_act")

    run(own_connection, APPEND)

    assert Act.objects.using(OWN).count() == 2


def test_a_number_is_not_given_again_after_the_tables_were_emptied(
    own_connection: BaseDatabaseWrapper,
) -> None:
    run(own_connection, APPEND)
    with lifted(own_connection):
        run(own_connection, "DELETE FROM ledger_act")

    run(own_connection, APPEND)

    assert Act.objects.using(OWN).get().act == 2
    assert not triggers.faulty_triggers(own_connection)


def test_a_rebuilt_table_is_noticed_and_guarded_again(own_connection: BaseDatabaseWrapper) -> None:
    if own_connection.vendor != "sqlite":
        run(own_connection, "ALTER TABLE ledger_act DISABLE TRIGGER USER")
    else:
        alter_a_field(own_connection)

    lost = triggers.faulty_triggers(own_connection).missing
    errors = checks.check_ledger_is_guarded(databases=[OWN])
    triggers.install(own_connection)

    assert lost == tuple(
        name for name, (table, _) in triggers.triggers_of(own_connection).items() if table == "ledger_act"
    )
    assert [error.id for error in errors] == ["ledger.E001"]
    assert all(name in str(errors[0].msg) for name in lost)
    assert "guard_ledger" in str(errors[0].hint)
    assert not triggers.faulty_triggers(own_connection)


def alter_a_field(own_connection: BaseDatabaseWrapper) -> None:
    """What a migration with AlterField does: on SQLite it builds the table anew."""
    wider = models.CharField(max_length=64)
    wider.set_attributes_from_name("actor")
    wider.model = Act
    with own_connection.schema_editor() as editor:
        editor.alter_field(Act, Act._meta.get_field("actor"), wider)


def test_a_start_is_refused_without_the_triggers_and_says_which(own_connection: BaseDatabaseWrapper) -> None:
    as_a_start_does = partial(call_command, "check", tags=["database"], databases=[OWN], stdout=io.StringIO())
    as_a_start_does()
    triggers.remove(own_connection)

    with pytest.raises(SystemCheckError, match=r"(?s)ledger_act_no_update.*guard_ledger"):
        as_a_start_does()


# Each lets acts be changed, under the name of a trigger that refuses it.
HARMLESS: dict[str, dict[str, tuple[str, ...]]] = {
    "sqlite": {
        "other words": (
            "DROP TRIGGER ledger_act_no_update",
            "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_act BEGIN SELECT 1; END",
        ),
        "a condition": (
            "DROP TRIGGER ledger_act_no_update",
            (
                "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_act WHEN OLD.words > 9 BEGIN"
                " SELECT RAISE(ABORT, 'The ledger is append-only: ledger_act refuses UPDATE.'); END"
            ),
        ),
        "another table": (
            "DROP TRIGGER ledger_act_no_update",
            "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_acttopic BEGIN SELECT 1; END",
        ),
    },
    "postgresql": {
        "other words": (
            (
                "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN NULL; END $$"
            ),
        ),
        "a condition": (
            "DROP TRIGGER ledger_act_no_update ON ledger_act",
            (
                "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_act FOR EACH ROW"
                " WHEN (OLD.words > 9) EXECUTE FUNCTION ledger_refuse()"
            ),
        ),
        "another function": (
            "CREATE FUNCTION harmless() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "DROP TRIGGER ledger_act_no_update ON ledger_act",
            (
                "CREATE TRIGGER ledger_act_no_update BEFORE UPDATE ON ledger_act FOR EACH STATEMENT"
                " EXECUTE FUNCTION harmless()"
            ),
        ),
        "only for replicas": ("ALTER TABLE ledger_act ENABLE REPLICA TRIGGER ledger_act_no_update",),
    },
}


def test_a_harmless_trigger_of_the_same_name_is_found(own_connection: BaseDatabaseWrapper) -> None:
    run(own_connection, APPEND)

    for how, statements in HARMLESS[own_connection.vendor].items():
        for sql in statements:
            run(own_connection, sql)
        run(own_connection, "UPDATE ledger_act SET words = 8")

        errors = checks.check_ledger_is_guarded(databases=[OWN])
        assert ["ledger_act_no_update" in str(error.msg) for error in errors] == [True], how
        assert "tertulia django guard_ledger" in str(errors[0].hint)

        triggers.install(own_connection)
        assert checks.check_ledger_is_guarded(databases=[OWN]) == []
        with pytest.raises(IntegrityError, match="append-only"):
            run(own_connection, "UPDATE ledger_act SET words = 9")


def test_before_its_migrations_there_is_nothing_to_guard(own_connection: BaseDatabaseWrapper) -> None:
    call_command("migrate", "ledger", "zero", database=OWN, verbosity=0)

    assert checks.check_ledger_is_guarded(databases=[OWN]) == []


def test_going_back_to_the_first_migration_removes_the_triggers_and_forward_puts_them_back(
    own_connection: BaseDatabaseWrapper,
) -> None:
    call_command("migrate", "ledger", "0001", database=OWN, verbosity=0)
    without = triggers.faulty_triggers(own_connection).missing
    call_command("migrate", "ledger", database=OWN, verbosity=0, skip_checks=True)

    assert without == tuple(triggers.triggers_of(own_connection))
    assert not triggers.faulty_triggers(own_connection)


@pytest.mark.django_db
def test_all_migrations_of_the_site_leave_the_ledger_guarded() -> None:
    assert not triggers.faulty_triggers(connection)
    assert checks.check_ledger_is_guarded(databases=["default"]) == []


@pytest.mark.django_db
def test_guard_ledger_puts_back_what_is_missing() -> None:
    triggers.remove(connection)
    said = io.StringIO()

    call_command("guard_ledger", stdout=said)
    call_command("guard_ledger", stdout=said)

    assert not triggers.faulty_triggers(connection)
    assert said.getvalue().startswith("Put back: ledger_act_no_update")
    assert said.getvalue().endswith("The ledger was guarded already.\n")


def test_what_was_replaced_is_told_from_what_is_missing_in_one_sentence() -> None:
    faults = triggers.Faults(missing=("a", "b"), different=("c",))

    assert checks.sentence(faults) == (
        "The ledger can be changed without a trace, because these triggers are missing: a, b; "
        "these triggers say something else than this release gave them: c."
    )
