"""Who is reading: Django's sessions in the database and allauth's backend, with their two queries written once.

Every page of somebody signed in asks both; all else about sessions and signing in is Django's and allauth's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import auth_backends
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from tertulia.people.models import Person
from tertulia.people.prepared import Prepared

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


def _person(person_id: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id)


_SESSION, _PERSON = Prepared(_session), Prepared(_person)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.objects(self.session_key, timezone.now())
        if not found:
            self._session_key = None
            return None
        session: Session = found[0]
        return session


class Backend(auth_backends.AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: Any) -> Person | None:
        found = _PERSON.objects(int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
