"""People: added, named, brought by a history; and the one-time link of the first keeper."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tertulia.people import actions, queries
from tertulia.people.models import KeeperLink, Person
from tertulia.people.policies import Refused, is_here
from tests.community import somebody

pytestmark = pytest.mark.django_db


def token() -> str:
    path = actions.first_keeper_link()
    assert path is not None
    return path.rstrip("/").rsplit("/", 1)[-1]


def test_a_person_has_a_key_that_says_nothing_about_them() -> None:
    ana, bo = somebody("Ana"), somebody("Bo")

    assert ana.key != bo.key
    assert len(ana.key) == 24
    assert "ana" not in ana.key
    assert queries.person_by_key(ana.key) == ana
    assert queries.people_by_key({ana.key, bo.key, "nobody"}) == {ana.key: ana, bo.key: bo}
    assert queries.people_by_id({ana.pk, 0}) == {ana.pk: ana}


def test_nobody_has_a_password() -> None:
    assert not somebody("Ana").has_usable_password()
    assert not Person.objects.create_user(email="bo@example.org").has_usable_password()


def test_a_mail_address_is_found_however_it_is_written() -> None:
    ana = actions.add_person(name=" Ana ", email=" Ana@Example.ORG ")

    assert (ana.name, ana.email) == ("Ana", "ana@example.org")
    assert queries.person_with_address(" ANA@example.org ") == ana


def test_an_address_belongs_to_one_person_and_many_have_none() -> None:
    somebody("Ana")
    Person.objects.create(name="Bo")
    Person.objects.create(name="Cleo")

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_person(name="Another", email="ana@example.org")


def test_a_person_names_themselves_and_says_what_fits() -> None:
    ana = actions.name_oneself(by=somebody("Ana"), name="  Ana   Ruiz ", zone="Europe/Rome", about="x" * 200)

    ana.refresh_from_db()
    assert (ana.name, ana.zone, ana.about) == ("Ana Ruiz", "Europe/Rome", "x" * 200)


@pytest.mark.parametrize("typed", [{"name": "x" * 81}, {"name": "Ana", "about": "x" * 201}])
def test_what_is_too_long_is_given_back_and_never_cut(typed: dict[str, str]) -> None:
    ana = somebody("Ana")

    with pytest.raises(Refused, match="longer than"):
        actions.name_oneself(by=ana, **typed)

    ana.refresh_from_db()
    assert (ana.name, ana.about) == ("Ana", "")


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="write the name"):
        actions.name_oneself(by=somebody("Ana"), name=" \t")


def test_people_of_a_history_are_not_here_and_cannot_sign_in() -> None:
    old, new = actions.bring_people(names=["Ana", "x" * 100], import_id=7)

    assert [len(person.name) for person in (old, new)] == [3, 80]
    for person in (old, new):
        assert (person.email, person.is_active, person.has_usable_password()) == (None, False, False)
        assert not is_here(person)
    assert is_here(somebody("Bo"))
    # Two people of one name are two people.
    assert old.key != somebody("Ana").key


def test_people_of_a_history_go_with_it() -> None:
    actions.bring_people(names=["Ana"], import_id=7)
    (other,) = actions.bring_people(names=["Bo"], import_id=8)

    actions.remove_brought_people(7)

    assert list(Person.objects.all()) == [other]


def test_an_imported_person_never_has_an_address() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_person(name="Ana", email="ana@example.org", import_id=7)


def test_keys_are_unique() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Bo", key=somebody("Ana").key)


def test_the_first_link_makes_the_keeper_once() -> None:
    link = token()

    vera = actions.take_the_keys(token=link, name=" Vera  Holm ", email="vera@example.org")

    assert (vera.name, vera.keeps_site) == ("Vera Holm", True)
    assert list(queries.site_keepers()) == [vera]
    assert not actions.keeper_link_works(link)
    assert actions.first_keeper_link() is None
    with pytest.raises(Refused, match="used already"):
        actions.take_the_keys(token=link, name="Bo", email="bo@example.org")


def test_only_a_hash_of_the_link_is_kept_and_only_the_newest_works() -> None:
    first, second = token(), token()

    assert KeeperLink.objects.count() == 1
    assert KeeperLink.objects.get().token_hash not in (first, second)
    assert not actions.keeper_link_works(first)
    assert actions.keeper_link_works(second)


def test_a_link_older_than_a_week_is_no_link() -> None:
    link = token()
    KeeperLink.objects.update(created_at=timezone.now() - timedelta(days=8))

    assert not actions.keeper_link_works(link)
    with pytest.raises(Refused):
        actions.take_the_keys(token=link, name="Bo", email="bo@example.org")
    assert not queries.site_keepers().exists()


def test_what_keeps_the_keys_from_being_taken_leaves_the_link_whole() -> None:
    link = token()
    somebody("Bo")

    for name, email in (("", "vera@example.org"), ("Vera", "bo@example.org")):
        with pytest.raises(Refused):
            actions.take_the_keys(token=link, name=name, email=email)

    assert actions.keeper_link_works(link)


def test_there_is_one_unused_link_and_any_number_of_used_ones() -> None:
    for n in range(2):
        KeeperLink.objects.create(token_hash=f"used {n}", used_at=timezone.now())
    KeeperLink.objects.create(token_hash="open")

    with pytest.raises(IntegrityError), transaction.atomic():
        KeeperLink.objects.create(token_hash="open too")
