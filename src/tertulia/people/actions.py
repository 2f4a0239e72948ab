import hashlib
import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.people import queries
from tertulia.people.models import KeeperLink, Person
from tertulia.people.policies import Refused, check_length
from tertulia.people.words import one_line

LONGEST_NAME, LONGEST_ABOUT = 80, 200


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def first_keeper_link() -> str | None:
    """The path that makes whoever opens it the site's keeper, once; None when the site has a keeper.

    Earlier unused links end: only the newest printed line works."""
    if queries.site_keepers().exists():
        return None
    token = secrets.token_urlsafe(24)
    while True:
        try:
            with transaction.atomic():
                KeeperLink.objects.filter(used_at=None).delete()
                KeeperLink.objects.create(token_hash=_hash(token))
        except IntegrityError:
            # Another process made one at this moment: that is an earlier one now.
            continue
        return reverse("keeper_link", args=[token])


def keeper_link_works(token: str) -> bool:
    return queries.keeper_link_is_open(_hash(token))


@transaction.atomic
def take_the_keys(*, token: str, name: str, email: str) -> Person:
    """Make the first keeper. The link works once, also for two who click at the same moment."""
    name = _check_name(name)
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
    return add_person(name=name, email=email, keeps_site=True)


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
        name=one_line(name)[:LONGEST_NAME],
        email=one_line(email).lower() if email else None,
        about=one_line(about)[:LONGEST_ABOUT],
        joined_at=joined_at or timezone.now(),
        keeps_site=keeps_site,
        import_id=import_id,
    )
    person.set_unusable_password()
    person.save()
    return person


def whoever_has(email: str) -> Person:
    """The person with this address, made now if it is new, and once: two tabs may ask at one moment."""
    found = queries.person_with_address(email)
    if found:
        return found
    try:
        return add_person(name="", email=email)
    except IntegrityError:
        found = queries.person_with_address(email)
        if found is None:
            raise
        return found


@transaction.atomic
def name_oneself(*, by: Person, name: str, zone: str = "", about: str = "") -> Person:
    by.name, by.about = _check_name(name), check_length(one_line(about), LONGEST_ABOUT)
    by.zone = one_line(zone)[:64]
    by.save(update_fields=["name", "zone", "about"])
    return by


def _check_name(name: str) -> str:
    name = one_line(name)
    if not name:
        raise Refused(_("Please write the name that others here should read."))
    return check_length(name, LONGEST_NAME)


def bring_people(*, names: list[str], import_id: int) -> list[Person]:
    """People whom a history names: unclaimed, without an address, unable to sign in."""
    people = [
        Person(name=one_line(name)[:LONGEST_NAME], import_id=import_id, is_active=False) for name in names
    ]
    for person in people:
        person.set_unusable_password()
    return Person.objects.bulk_create(people)


def remove_brought_people(import_id: int) -> None:
    Person.objects.filter(import_id=import_id).delete()
