"""Joining where one is, with one click, and replying in an open space without it."""

import time

import pytest
from django.core import mail
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tertulia.ideas import queries
from tertulia.spaces.actions import end_invitation, invite
from tertulia.spaces.queries import is_member
from tertulia.web.addresses import address_of
from tests.community import a_space, an_idea, site_keeper, somebody

pytestmark = pytest.mark.django_db
DAN = "dan@example.org"


def signs_in(client: Client, email: str, there: str) -> str:
    """With the code of the letter, on the page that was led to; where that leads."""
    back_to = QueryDict(there.partition("?")[2]).get("next", "")
    client.post("/sign-in", {"email": email, "next": back_to})
    code = str(mail.outbox[-1].body).split("\n    ")[1].split()[0]
    return str(client.post("/sign-in/code", {"code": code, "next": back_to})["Location"])


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_the_page_of_an_idea_lets_a_reader_join_its_open_space_and_stays(client: Client) -> None:
    idea, dan = an_idea(somebody("Ana"), audience="everyone"), somebody("Dan")
    client.force_login(dan)
    before = page(client, address_of(idea))

    answer = client.post(f"/s/{idea.space.slug}/join", {"next": address_of(idea)})

    after = page(client, answer["Location"])
    assert f'action="/s/{idea.space.slug}/join"' in before
    assert f'<input type="hidden" name="next" value="{address_of(idea)}">' in before
    assert answer["Location"] == f"{address_of(idea)}?told=joined"
    assert is_member(dan, idea.space)
    assert "You are in Bread now." in after
    assert "/join" not in after


@pytest.mark.parametrize("name", [None, "Bo"])
def test_whoever_is_in_it_or_is_not_known_is_asked_nothing(client: Client, name: str | None) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    if name:
        client.force_login(somebody(name))

    assert "/join" not in page(client, address_of(idea))


def test_an_idea_for_everyone_in_a_space_by_invitation_says_nothing_of_joining(client: Client) -> None:
    ana = somebody("Ana")
    idea = an_idea(ana, a_space(ana, is_open=False), audience="everyone")
    client.force_login(somebody("Dan"))

    html = page(client, address_of(idea))

    assert "/join" not in html
    assert "You are in" not in page(client, f"{address_of(idea)}?told=joined")


def test_a_reply_in_an_open_space_needs_no_joining(client: Client) -> None:
    idea, dan = an_idea(somebody("Ana"), audience="everyone"), somebody("Dan")
    client.force_login(dan)

    client.post(f"/i/{idea.pk}/send/reply", {"text": "In my kitchen too."})

    assert queries.replies_of(idea).get().author == dan
    assert not is_member(dan, idea.space)


def test_whoever_pressed_join_before_signing_in_is_in_it_after(client: Client) -> None:
    space, dan = a_space(somebody("Ana")), somebody("Dan")

    there = client.post(f"/s/{space.slug}/join")["Location"]
    then = signs_in(client, DAN, there)

    assert then == f"/s/{space.slug}?told=joined"
    assert is_member(dan, space)


def test_an_invitation_is_taken_up_with_one_click_as_well(client: Client) -> None:
    space, dan = a_space(somebody("Ana"), is_open=False), somebody("Dan")
    token = invite(by=site_keeper(), space=space).token

    then = signs_in(client, DAN, client.post(f"/join/{token}")["Location"])

    assert then == f"/s/{space.slug}?told=joined"
    assert is_member(dan, space)


def test_an_invitation_that_ended_meanwhile_lets_nobody_in(client: Client) -> None:
    space, dan = a_space(somebody("Ana"), is_open=False), somebody("Dan")
    token = invite(by=site_keeper(), space=space).token
    there = client.post(f"/join/{token}")["Location"]
    end_invitation(by=site_keeper(), space=space)

    then = signs_in(client, DAN, there)

    assert not is_member(dan, space)
    assert "This invitation has ended" in page(client, then)


def test_whoever_comes_in_by_another_way_joins_nothing(client: Client) -> None:
    space, dan = a_space(somebody("Ana")), somebody("Dan")
    client.post(f"/s/{space.slug}/join")

    signs_in(client, DAN, "/sign-in?next=/spaces")

    assert not is_member(dan, space)


def test_somebody_new_is_in_it_after_they_have_said_their_name(client: Client) -> None:
    space = a_space(somebody("Ana"))

    there = client.post(f"/s/{space.slug}/join")["Location"]
    then = signs_in(client, "eda@example.org", there)
    named = client.post(then, {"name": "Eda", "next": f"/s/{space.slug}?told=joined"})

    assert then == "/sign-in/name?next=%2Fs%2Fbread%3Ftold%3Djoined"
    assert "You are in." in page(client, named["Location"])


def test_the_page_of_a_space_leads_a_stranger_to_sign_in_and_then_they_are_in_it(client: Client) -> None:
    space, dan = a_space(somebody("Ana")), somebody("Dan")

    assert f'href="/s/{space.slug}/join"' in page(client, f"/s/{space.slug}")
    there = client.get(f"/s/{space.slug}/join")["Location"]

    assert signs_in(client, DAN, there) == f"/s/{space.slug}?told=joined"
    assert is_member(dan, space)


def test_a_link_alone_lets_nobody_in_who_is_signed_in(client: Client) -> None:
    space, dan = a_space(somebody("Ana")), somebody("Dan")
    client.force_login(dan)

    assert client.get(f"/s/{space.slug}/join")["Location"] == f"/s/{space.slug}"
    assert not is_member(dan, space)


@pytest.mark.parametrize("how", ["link", "button", "invitation"])
def test_what_a_stranger_pressed_writes_nothing_on_the_site(client: Client, how: str) -> None:
    """Whatever follows links goes there too, as often as it likes."""
    space = a_space(somebody("Ana"))
    token = invite(by=site_keeper(), space=space).token

    with CaptureQueriesContext(connection) as asked:
        if how == "link":
            client.get(f"/s/{space.slug}/join")
        else:
            client.post(f"/join/{token}" if how == "invitation" else f"/s/{space.slug}/join")

    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_what_a_stranger_pressed_is_remembered_for_two_hours_and_no_longer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others may use the browser by then, whatever it makes of the time that it was told."""
    space, dan = a_space(somebody("Ana")), somebody("Dan")
    there = client.get(f"/s/{space.slug}/join")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 60 * 60 + 1)

    then = signs_in(client, DAN, there["Location"])

    assert there.cookies["joins"]["max-age"] == 2 * 60 * 60
    assert then == f"/s/{space.slug}"
    assert not is_member(dan, space)


def test_what_was_pressed_before_is_asked_once(client: Client) -> None:
    space, dan, cleo = a_space(somebody("Ana")), somebody("Dan"), somebody("Cleo")
    there = client.get(f"/s/{space.slug}/join")["Location"]
    signs_in(client, DAN, there)
    client.post("/sign-out")

    signs_in(client, str(cleo.email), there)

    assert is_member(dan, space)
    assert not is_member(cleo, space)


def test_a_changed_note_of_what_was_pressed_lets_nobody_in(client: Client) -> None:
    space, dan = a_space(somebody("Ana")), somebody("Dan")
    there = client.get(f"/s/{space.slug}/join")["Location"]
    client.cookies["joins"] = f"{client.cookies['joins'].value}x"

    signs_in(client, DAN, there)

    assert not is_member(dan, space)
