import io
import logging
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tertulia.config.logs import NoPath
from tertulia.web import errors
from tests.community import an_idea, somebody
from tests.web.quiet_place import addresses, quiet_place

pytestmark = pytest.mark.django_db


def test_what_is_not_there_is_said_in_plain_words(client: Client) -> None:
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "There is nothing here that you can see" in answer.content.decode()


@pytest.mark.parametrize(
    "place", ["/p/99999999999999999999999999", "/i/99999999999999999999999999", "/s/-", "/r/0"]
)
def test_numbers_that_no_database_counts_to_are_not_there(client: Client, place: str) -> None:
    client.force_login(somebody("Ana"))

    assert client.get(place).status_code == 404


def test_nothing_can_be_said_of_a_change_with_such_a_number(client: Client) -> None:
    client.force_login(somebody("Ana"))

    assert client.post("/c/99999999999999999999999999", {"do": "something"}).status_code == 404


@pytest.mark.parametrize("who", ["nobody", "member", "keeper", "site keeper"])
def test_every_page_is_there_for_those_who_only_ask_whether_it_is(client: Client, who: str) -> None:
    """Whatever follows a link before people do, as chats and mail programs, asks by HEAD."""
    quiet = quiet_place()
    if person := quiet.people[who]:
        client.force_login(person)
    places = [place for some in addresses(quiet).values() for place in some[:2]]

    different = {
        place: codes
        for place in [*places, f"/join/{quiet.token}"]
        if len(codes := {client.get(place).status_code, client.head(place).status_code}) > 1
    }

    assert different == {}


def test_more_than_can_be_taken_says_that_nothing_was_lost(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    idea = an_idea(audience="everyone")
    client.force_login(somebody("Bo"))

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "x" * 2000})

    assert answer.status_code == 413
    assert "your words are still in your browser" in answer.content.decode()


def test_a_host_that_is_not_ours_is_not_understood(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()


def test_the_page_of_a_broken_site_asks_nothing_of_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = errors.broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "It is not your doing" in answer.content.decode()


def test_a_broken_page_is_logged_by_its_pattern_without_what_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("something")

    monkeypatch.setattr("tertulia.web.people.person_page", broken)
    ana, written = somebody("Ana"), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(NoPath())
    logging.getLogger().addHandler(handler)
    client = Client(raise_request_exception=False)
    client.force_login(ana)
    try:
        answer = client.get(f"/p/{ana.pk}?q=secretword")
    finally:
        logging.getLogger().removeHandler(handler)

    assert answer.status_code == 500
    assert "Internal Server Error: p/<int:person_id>" in written.getvalue()
    assert "secretword" not in written.getvalue()
    assert "ana@example.org" not in written.getvalue()


@pytest.mark.parametrize("place", ["/how-it-works", "/what-it-will-not-do"])
def test_pages_to_pass_on_ask_nothing_of_the_database(
    client: Client, place: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(place)

    assert answer.status_code == 200


def test_the_page_of_nevers_says_plainly_what_could_be_done_with_the_database(client: Client) -> None:
    text = client.get("/what-it-will-not-do").content.decode()

    assert "whoever holds the database could compute a score" in text
    assert "Tertulia never does" in text


@pytest.mark.parametrize("place", ["/how-it-works", "/i/999999/nothing", "/sign-in"])
def test_every_page_says_what_it_may_load(client: Client, place: str) -> None:
    policy = client.get(place).headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
