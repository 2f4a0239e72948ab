"""Who is reading: a session and its person come in one query, and neither outlives the other."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tertulia.people import sessions
from tertulia.people.models import Person, Session
from tests.community import somebody

pytestmark = pytest.mark.django_db


def entered(name: str) -> Client:
    client = Client()
    client.force_login(somebody(name))
    return client


def is_asked_to_sign_in(client: Client) -> bool:
    answer = client.get("/me")
    return answer.status_code == 303 and answer["Location"].startswith("/sign-in")


def test_one_query_gives_the_session_and_its_person() -> None:
    client = entered("Ana")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/me")

    assert page.status_code == 200
    asked = [one["sql"] for one in queries if "people_session" in one["sql"] or "people_person" in one["sql"]]
    assert sum("people_session" in sql for sql in asked) == 1
    assert asked[0].count("people_person") > 0


def test_two_people_in_turn_are_never_taken_for_each_other() -> None:
    ana, bo = entered("Ana"), entered("Bo")

    seen = [client.get("/me").content.decode() for client in (ana, bo, ana, Client(), bo)]

    assert ['value="Ana"' in page for page in seen] == [True, False, True, False, False]
    assert ['value="Bo"' in page for page in seen] == [False, True, False, False, True]


def test_a_session_knows_its_person_and_ends_with_them() -> None:
    client = entered("Ana")
    assert Session.objects.get().person == somebody("Ana")

    Person.objects.filter(name="Ana").delete()

    assert not Session.objects.exists()
    assert is_asked_to_sign_in(client)


def test_a_session_that_is_kept_while_its_person_goes_is_kept_without_them() -> None:
    """Django makes a session with another key for as long as the database refuses the first."""
    session = sessions.SessionStore()
    session[SESSION_KEY] = str(somebody("Ana").pk)
    Person.objects.filter(name="Ana").delete()

    session.create()
    connection.check_constraints()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""

    assert is_asked_to_sign_in(client)


def test_who_is_no_longer_active_is_signed_out_at_once() -> None:
    client = entered("Ana")

    Person.objects.filter(name="Ana").update(is_active=False)

    assert is_asked_to_sign_in(client)


def test_signing_out_ends_the_session_for_a_copied_cookie_too() -> None:
    client, copied = entered("Ana"), Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post("/sign-out")

    assert is_asked_to_sign_in(copied)


def test_the_person_beside_a_session_counts_only_if_its_signed_data_name_them() -> None:
    client = entered("Ana")
    Session.objects.update(person=somebody("Bo"))

    page = client.get("/me").content.decode()

    assert 'value="Ana"' in page


def test_whoever_is_asked_for_later_is_looked_up_anew() -> None:
    client = entered("Ana")
    client.get("/me")
    ana = somebody("Ana")
    Person.objects.filter(pk=ana.pk).update(name="Anna")

    found = sessions.Backend().get_user(ana.pk)

    assert found is not None
    assert found.name == "Anna"


def test_an_earlier_release_that_comes_back_makes_its_table_of_sessions_again() -> None:
    """It would otherwise hold it for made, and no page could be read."""
    made = MigrationRecorder(connection)
    made.record_applied("sessions", "0001_initial")
    migration = import_module("tertulia.people.migrations.0004_sessions_know_their_person").Migration
    editor = connection.schema_editor(atomic=False)
    editor.deferred_sql = []

    for step in migration.operations:
        if isinstance(step, RunSQL):
            step.database_forwards("people", editor, ProjectState(), ProjectState())

    assert not made.migration_qs.filter(app="sessions").exists()
