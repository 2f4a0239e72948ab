"""Who is reading: Django's sessions in the database and allauth's backend, with one query for both, written once.

Every page of somebody signed in asks it; all else about sessions and signing in is Django's and allauth's."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

from allauth.account import auth_backends
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from tertulia.people.models import Person, Session
from tertulia.people.prepared import Prepared

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).select_related("person")


def _person(person_id: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id)


_SESSION, _PERSON = Prepared(_session), Prepared(_person)
# Django asks its backend for a person by number alone, just after it read the session: who came with it waits here.
_CAME_WITH_SESSION: ContextVar[Person | None] = ContextVar("came_with_session", default=None)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.objects(self.session_key, timezone.now())
        session: Session | None = found[0] if found else None
        _CAME_WITH_SESSION.set(session.person if session else None)
        if session is None:
            self._session_key = None
        return session


class Backend(auth_backends.AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: Any) -> Person | None:
        person = _CAME_WITH_SESSION.get()
        # Once: who is asked for later may have changed since.
        _CAME_WITH_SESSION.set(None)
        if person is None or person.pk != int(user_id):
            found = _PERSON.objects(int(user_id))
            person = found[0] if found else None
        return person if person and self.user_can_authenticate(person) else None
