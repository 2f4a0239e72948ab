"""Nobody reads what is not theirs to read: every address, asked by everybody, in every way."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tertulia.people.models import Person
from tests.community import acts
from tests.web.quiet_place import (
    ANAS,
    BOS,
    EVERY,
    HIDDEN_FROM,
    NAME,
    REPLY,
    SPACE,
    Quiet,
    addresses,
    names_of_addresses,
    quiet_place,
)

pytestmark = pytest.mark.django_db

# Whatever a form of this site could send, in one.
SENT = {
    "text": "Words of mine",
    "title": "A title",
    "do": "yes",
    "moved": "Something",
    "base_version": "1",
    "ask": "help",
    "audience": "space",
    "name": "Somebody",
    "purpose": "Purpose",
    "sentence": "Not so",
    "says": "agrees",
    "next": "/",
    "place": "reply:1:0",
    "person": "ana",
}
OUTSIDERS = ("nobody", "outsider", "site keeper")


@pytest.fixture
def quiet() -> Quiet:
    return quiet_place()


def cookies_of(person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    client = Client()
    client.force_login(person)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def ask(cookies: dict[str, str], method: str, address: str, **headers: str) -> Any:
    """Ask, and undo whatever it did."""
    client = Client(raise_request_exception=True)
    client.cookies.load(cookies)
    with transaction.atomic():
        if method == "GET":
            answer = client.get(address, headers=headers)
        else:
            answer = client.post(address, SENT, headers=headers)
        transaction.set_rollback(True)
    return answer


def told_by(answer: HttpResponse, address: str) -> str:
    """All that the answer says, without the address that was asked for: that one the reader knew."""
    told = answer.content.decode() + " ".join(f"{name}: {value}" for name, value in answer.items())
    path, _, query = address.partition("?")
    echoes = [address, quote(address, safe=""), path, quote(path, safe="")]
    if path == "/search":
        # What was looked for stands in the box and in the title, and nowhere else.
        words = query.removeprefix("q=")
        echoes += [f'value="{words}"', f"Search: {words}"]
    for echo in echoes:
        if len(echo) > 3:
            told = told.replace(echo, "")
    return told.lower()


def test_every_address_is_in_the_table(quiet: Quiet) -> None:
    assert names_of_addresses() == set(addresses(quiet))


@pytest.mark.parametrize("who", sorted(HIDDEN_FROM))
def test_no_page_tells_what_this_reader_may_not_read(quiet: Quiet, who: str) -> None:
    person = quiet.people[who]
    cookies = cookies_of(person)
    secrets = {word.lower() for word in HIDDEN_FROM[who]} | {"quillmail"}
    leaks = set()
    for name, places in addresses(quiet).items():
        for address in places:
            for method in ("GET", "POST"):
                answer = ask(cookies, method, address)
                told = told_by(answer, address)
                leaks |= {(name, method, address, word) for word in secrets if word in told}
                assert answer.status_code < 500

    assert leaks == set()


@pytest.mark.parametrize(
    ("who", "word"),
    [("member", SPACE), ("host", REPLY), ("keeper", ANAS), ("member", BOS), ("nobody", EVERY)],
)
def test_what_is_theirs_they_find(quiet: Quiet, who: str, word: str) -> None:
    """Else the other tests of this file could not fail."""
    cookies = cookies_of(quiet.people[who])

    assert word in told_by(ask(cookies, "GET", f"/search?q={word}"), f"/search?q={word}")


@pytest.mark.parametrize("who", OUTSIDERS)
def test_parts_for_htmx_tell_no_more_than_pages(quiet: Quiet, who: str) -> None:
    cookies = cookies_of(quiet.people[who])
    secrets = {word.lower() for word in HIDDEN_FROM[who]}
    leaks = set()
    for name, places in addresses(quiet).items():
        for address in places[:8]:
            for method in ("GET", "POST"):
                told = told_by(ask(cookies, method, address, HX_Request="true"), address)
                leaks |= {(name, method, address, word) for word in secrets if word in told}

    assert leaks == set()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_what_is_hidden_answers_like_what_is_not_there(quiet: Quiet, who: str) -> None:
    cookies = cookies_of(quiet.people[who])
    hidden_idea, hidden_reply, eda = quiet.ideas[3], quiet.replies[0], quiet.persons[3]
    pairs = [
        (f"/s/{NAME.lower()}", "/s/nothing-like-it"),
        (f"/s/{NAME.lower()}/people", "/s/nothing-like-it/people"),
        (f"/s/{NAME.lower()}/words", "/s/nothing-like-it/words"),
        (f"/s/{NAME.lower()}/invitation", "/s/nothing-like-it/invitation"),
        (f"/s/{NAME.lower()}/join", "/s/nothing-like-it/join"),
        (f"/s/{NAME.lower()}/leave", "/s/nothing-like-it/leave"),
        (f"/s/{NAME.lower()}/write", "/s/nothing-like-it/write"),
        (f"/s/{NAME.lower()}/reading", "/s/nothing-like-it/reading"),
        (f"/i/{hidden_idea.pk}", "/i/987654"),
        (f"/i/{hidden_idea.pk}/v/1", "/i/987654/v/1"),
        (f"/i/{hidden_idea.pk}/revise", "/i/987654/revise"),
        (f"/i/{hidden_idea.pk}/send/reply", "/i/987654/send/reply"),
        (f"/i/{hidden_idea.pk}/send/back", "/i/987654/send/back"),
        (f"/r/{hidden_reply.pk}", "/r/987654"),
        (f"/r/{hidden_reply.pk}/answer", "/r/987654/answer"),
        (f"/r/{hidden_reply.pk}/yes", "/r/987654/yes"),
        (f"/r/{hidden_reply.pk}/not-now", "/r/987654/not-now"),
        (f"/c/{quiet.credits[0]}", "/c/987654"),
        (f"/p/{eda}", "/p/987654"),
        (f"/contest/{hidden_reply.act}", "/contest/987654"),
    ]
    different = []
    for hidden, missing in pairs:
        for method in ("GET", "POST"):
            answers = [ask(cookies, method, address) for address in (hidden, missing)]
            codes, bodies = {one.status_code for one in answers}, {told(one) for one in answers}
            if len(codes) > 1 or len(bodies) > 1:
                different.append((method, hidden, codes))

    assert different == []


def told(answer: HttpResponse) -> str:
    """What a page says, without the addresses that it was asked by and the sign of its forms."""
    text = re.sub(r'value="[^"]{64}"', "", answer.content.decode())
    return re.sub(rf"/{NAME.lower()}|/nothing-like-it|\d+", "", text)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_outside_changes_anything_inside(quiet: Quiet, who: str) -> None:
    cookies = cookies_of(quiet.people[who])
    inside = quiet.ideas[3].space_id
    changed = []
    for name, places in addresses(quiet).items():
        for address in places:
            client = Client()
            client.cookies.load(cookies)
            with transaction.atomic():
                client.post(address, SENT)
                if any(act.space == inside for act in acts(since=quiet.acts)):
                    changed.append((name, address))
                transaction.set_rollback(True)

    assert changed == []


def test_whoever_holds_the_invitation_reads_name_and_purpose_and_nothing_else(quiet: Quiet) -> None:
    told = ask({}, "GET", f"/join/{quiet.token}").content.decode()
    allowed = {NAME}

    assert NAME in told
    assert [word for word in HIDDEN_FROM["nobody"] - allowed if word.lower() in told.lower()] == []
