"""Signs the bench's person in without a mailed code: a row of the session table, as `login()` would write it."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench.inside.fill import address_of
from tertulia.people.queries import person_with_address
from tertulia.people.sessions import SessionStore


def enter() -> dict[str, str]:
    person = person_with_address(address_of(0))
    if person is None:
        raise SystemExit("The bench's person is not in this database.")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {
        "session": f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
        "csrf": settings.CSRF_COOKIE_NAME,
    }
