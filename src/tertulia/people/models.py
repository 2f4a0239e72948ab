"""Who takes part. The ledger knows a person only by an opaque key, so that words and names can go and numbers stay."""

import secrets
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from tertulia.people.sessions import SessionStore


def new_key() -> str:
    """A key that says nothing about the person and cannot be guessed."""
    return secrets.token_hex(12)


class People(BaseUserManager["Person"]):
    def create_user(self, email: str | None = None, **fields: object) -> "Person":
        """What allauth and Django call; there are no passwords here."""
        person = Person(email=self.normalize_email(email) or None, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(unique=True, null=True, blank=True)
    about = models.CharField(max_length=200, blank=True)
    # An IANA time zone; empty means the site's own.
    zone = models.CharField(max_length=64, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    # Which import brought them. Imported people are unclaimed: they are not here, and nothing waits for them.
    import_id = models.BigIntegerField(null=True, blank=True)
    keeps_site = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(import_id__isnull=True) | models.Q(email__isnull=True),
                name="an_imported_person_has_no_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["import_id"], name="people_of_an_import", condition=models.Q(import_id__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name or "somebody"


class Session(AbstractBaseSession):
    """A browser somebody uses. It knows its person beside its signed data, so that one query gives both."""

    # The database is not asked whether the person is there: where one goes while their session is being kept, Django
    # would take its refusal for a key that is taken, and make new keys without end.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_constraint=False, null=True, blank=True)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        store: type[SessionStore] = import_string("tertulia.people.sessions.SessionStore")
        return store


class KeeperLink(models.Model):
    """The one-time link that the first start prints for whoever will keep the site."""

    # Only a hash is stored: whoever reads the database cannot use the link.
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Null where it was used, and nulls are no equals: so of the unused there is one.
            models.UniqueConstraint(
                models.Case(models.When(used_at__isnull=True, then=models.Value(1))),
                name="one_unused_keeper_link",
            ),
        ]

    def __str__(self) -> str:
        return "used" if self.used_at else "open"
