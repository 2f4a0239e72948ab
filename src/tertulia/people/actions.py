import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.people import queries
from tertulia.people.models import KeeperLink, Person
from tertulia.people.policies import Refused


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def first_keeper_link() -> str | None:
    """The path that makes whoever opens it the site's keeper, once; None when the site has a keeper.

    Earlier unused links end: only the newest printed line works."""
    if queries.site_keepers().exists():
        return None
    KeeperLink.objects.filter(used_at=None).delete()
    token = secrets.token_urlsafe(24)
    KeeperLink.objects.create(token_hash=_hash(token))
    return reverse("keeper_link", args=[token])


def keeper_link_works(token: str) -> bool:
    return queries.keeper_link_is_open(_hash(token))


@transaction.atomic
def take_the_keys(*, token: str, name: str, email: str) -> Person:
    """Make the first keeper. The link works once, also for two who click at the same moment."""
    if not name.strip():
        raise Refused(_("Please write the name that others here should read."))
    is_open = keeper_link_works(token)
    used = KeeperLink.objects.filter(token_hash=_hash(token), used_at=None).update(used_at=timezone.now())
    if not (is_open and used) or queries.site_keepers().exists():
        raise Refused(
            _(
                "This link was used already, or is old. Start the server again to have a new one, or ask the keeper."
            )
        )
    if queries.person_with_address(email):
        raise Refused(_("Somebody here already has this mail address. Please take another one."))
    return add_person(name=" ".join(name.split())[:80], email=email, keeps_site=True)


@transaction.atomic
def add_person(
    *,
    name: str,
    email: str | None = None,
    about: str = "",
    joined_at: datetime | None = None,
    keeps_site: bool = False,
    import_id: int | None = None,
) -> Person:
    person = Person(
        name=name.strip(),
        email=email.strip().lower() if email else None,
        about=about,
        joined_at=joined_at or timezone.now(),
        keeps_site=keeps_site,
        import_id=import_id,
    )
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def name_oneself(*, by: Person, name: str, zone: str = "", about: str = "") -> Person:
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Please write the name that others here should read."))
    by.name, by.zone, by.about = name[:80], zone, about[:200]
    by.save(update_fields=["name", "zone", "about"])
    return by


def bring_people(*, names: list[str], import_id: int) -> list[Person]:
    """People whom a history names: unclaimed, without an address, unable to sign in."""
    people = [Person(name=name[:80], import_id=import_id, is_active=False) for name in names]
    for person in people:
        person.set_unusable_password()
    return Person.objects.bulk_create(people)


def remove_brought_people(import_id: int) -> None:
    Person.objects.filter(import_id=import_id).delete()
