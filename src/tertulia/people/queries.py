from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from tertulia.people.models import KeeperLink, Person
from tertulia.people.words import one_line

KEEPER_LINK_DAYS = 7


def people_by_id(ids: set[int]) -> dict[int, Person]:
    return {person.pk: person for person in Person.objects.filter(pk__in=ids)}


def person_by_key(key: str) -> Person | None:
    return Person.objects.filter(key=key).first()


def people_by_key(keys: set[str]) -> dict[str, Person]:
    return {person.key: person for person in Person.objects.filter(key__in=keys)}


def hold_person(person: Person) -> None:
    """Until this transaction ends, whoever else holds this person waits."""
    Person.objects.select_for_update().get(pk=person.pk)


def person_with_address(email: str) -> Person | None:
    return Person.objects.filter(email=one_line(email).lower()).first()


def site_keepers() -> QuerySet[Person]:
    return Person.objects.filter(keeps_site=True, is_active=True).order_by("pk")


def keeper_link_is_open(token_hash: str, now: datetime | None = None) -> bool:
    since = (now or timezone.now()) - timedelta(days=KEEPER_LINK_DAYS)
    return KeeperLink.objects.filter(token_hash=token_hash, used_at=None, created_at__gte=since).exists()
