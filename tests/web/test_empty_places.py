"""Where there is nothing yet, the page says what to do next, with the link to do it."""

import pytest
from django.test import Client

from tests.community import a_reply, a_space, an_idea, site_keeper, somebody

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_the_keeper_of_an_empty_site_begins_a_space(client: Client) -> None:
    client.force_login(site_keeper())

    for address in ("/", "/spaces", "/write"):
        assert 'href="/spaces/new"' in page(client, address), address


def test_a_keeper_who_is_alone_invites_and_writes(client: Client) -> None:
    client.force_login(site_keeper())
    client.post("/spaces/new", {"name": "Bread", "open": "yes"})

    home, space = page(client, "/"), page(client, "/s/bread")

    assert "Nobody else is in Bread yet" in home
    assert 'href="/s/bread/invitation"' in home
    assert 'href="/write"' in home
    assert '<a href="/s/bread/write">Write the first idea</a>' in space
    assert 'href="/s/bread/invitation?first=1"' in space


def test_a_new_member_of_an_empty_space_writes_the_first_idea(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    home, its_page = page(client, "/"), page(client, f"/s/{space.slug}")

    assert "Nothing waits for you." in home
    assert 'Then it is a good moment to <a href="/write">write an idea</a>' in home
    assert f'<a href="/s/{space.slug}/write">Write the first idea</a>' in its_page
    assert "invite somebody or bring" not in its_page


def test_where_questions_wait_they_come_first(client: Client) -> None:
    ana = somebody("Ana")
    a_reply(an_idea(ana, ask="help"))
    an_idea(somebody("Bo"), a_space(ana, somebody("Bo"), name="Rye"), ask="help", audience="everyone")
    client.force_login(somebody("Cleo"))

    assert "Then it is a good moment" not in page(client, "/")


def test_somebody_in_no_space_is_led_to_those_there_are(client: Client) -> None:
    a_space(somebody("Ana"))
    client.force_login(somebody("Dan"))

    assert "You are in no space yet" in page(client, "/")
    assert 'href="/spaces">Look at the spaces and join one.</a>' in page(client, "/write")
