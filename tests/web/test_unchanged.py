"""When a page that a browser has already is sent again, and when it is not."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tertulia.ideas import actions
from tertulia.web.addresses import address_of
from tertulia.web.idea_shared import KEPT
from tests.community import a_reply, an_idea, somebody

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea

pytestmark = pytest.mark.django_db


def kettle() -> "Idea":
    """Ana's public idea, with a question by Bo that waits for her."""
    idea = an_idea(somebody("Ana"), title="Ask your kettle", audience="everyone")
    a_reply(idea, somebody("Bo"), "Why hotter first?", at=timezone.now())
    return idea


def test_an_unchanged_page_is_not_sent_again_until_something_happens(client: Client) -> None:
    idea = kettle()
    client.force_login(somebody("Cleo"))
    first = client.get(address_of(idea))

    again = client.get(address_of(idea), headers={"If-None-Match": first["ETag"]})
    a_reply(idea, somebody("Bo"), "Something new", at=timezone.now())
    changed = client.get(address_of(idea), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"
    assert changed.status_code == 200


@pytest.mark.parametrize("name", [None, "Ana", "Bo"])
def test_a_quiet_page_stays_unchanged_all_day(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    idea = kettle()
    morning = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=2)
    if name:
        client.force_login(somebody(name))

    def answered_at(now: datetime, etag: str = '"none"') -> Any:
        monkeypatch.setattr(timezone, "now", lambda: now)
        # A process that has just begun: what it remembers decides nothing.
        KEPT.clear()
        return client.get(address_of(idea), headers={"If-None-Match": etag})

    first = answered_at(morning)
    later = [
        answered_at(morning + timedelta(minutes=minutes), first["ETag"]).status_code
        for minutes in (1, 9, 10, 11, 59, 600)
    ]

    assert (first.status_code, later) == (200, [304] * 6)
    # The words for its times may be others.
    assert answered_at(morning + timedelta(days=1), first["ETag"]).status_code == 200


def in_two_days(*, second: int) -> datetime:
    """In the morning, so that no moment of a test is another day's."""
    return timezone.now().replace(hour=8, minute=0, second=second, microsecond=0) + timedelta(days=2)


def seen_at(now: datetime, client: Client, monkeypatch: pytest.MonkeyPatch, idea: "Idea", etag: str) -> Any:
    """What a browser gets at that moment that has the page of this tag."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    return client.get(address_of(idea), headers={"If-None-Match": etag})


def test_the_button_to_take_a_reply_back_goes_with_the_clock(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea = an_idea(audience="everyone")
    sent = in_two_days(second=30)
    a_reply(idea, somebody("Bo"), "Too quick", at=sent)
    client.force_login(somebody("Bo"))

    def seen(minutes: float, etag: str = '"none"') -> Any:
        return seen_at(sent + timedelta(minutes=minutes), client, monkeypatch, idea, etag)

    before = seen(9.9)
    after = seen(10.1, before["ETag"])

    assert "Take it back" in before.content.decode()
    assert after.status_code == 200
    assert "Take it back" not in after.content.decode()
    assert seen(300, after["ETag"]).status_code == 304


def test_the_button_goes_at_its_moment_though_others_have_spoken_since(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea = an_idea(audience="everyone")
    sent = in_two_days(second=30)
    a_reply(idea, somebody("Bo"), "Too quick", at=sent)
    a_reply(idea, somebody("Cleo"), "Later", at=sent + timedelta(minutes=5))

    def seen(name: str, seconds: int, etag: str = '"none"') -> Any:
        client.force_login(somebody(name))
        return seen_at(sent + timedelta(minutes=10, seconds=seconds), client, monkeypatch, idea, etag)

    before, others = seen("Bo", -1), seen("Ana", -60)
    after = seen("Bo", 1, before["ETag"])

    assert "Take it back" in before.content.decode()
    assert after.status_code == 200
    assert "Take it back" not in after.content.decode()
    # Whoever has nothing to take back sees the same page.
    assert seen("Ana", 60, others["ETag"]).status_code == 304


def test_one_thing_that_waits_instead_of_another_changes_the_page(client: Client) -> None:
    here, there = an_idea(audience="everyone"), an_idea(title="Another", audience="everyone")
    reply = a_reply(here, text="Why hotter first?")
    client.force_login(somebody("Ana"))
    first = client.get(address_of(here))

    actions.set_aside(by=somebody("Ana"), reply_id=reply.pk)
    a_reply(there, text="Why not colder?")
    again = client.get(address_of(here), headers={"If-None-Match": first["ETag"]})

    assert "Not now" in first.content.decode()
    assert again.status_code == 200
    assert "Not now" not in again.content.decode()


def test_a_page_of_one_reader_is_never_anothers(client: Client) -> None:
    idea = kettle()
    etag = client.get(address_of(idea))["ETag"]
    client.force_login(somebody("Bo"))

    assert client.get(address_of(idea), headers={"If-None-Match": etag}).status_code == 200


def test_a_draft_and_a_not_now_change_the_page_of_their_person(client: Client) -> None:
    idea = an_idea(audience="everyone")
    reply = a_reply(idea, text="Why hotter first?", at=timezone.now())
    client.force_login(somebody("Ana"))
    first = client.get(address_of(idea))["ETag"]

    actions.keep_draft(by=somebody("Ana"), place=f"reply:{idea.pk}:0", fields={"text": "Half a sent"})
    second = client.get(address_of(idea), headers={"If-None-Match": first})
    actions.set_aside(by=somebody("Ana"), reply_id=reply.pk)
    third = client.get(address_of(idea), headers={"If-None-Match": second["ETag"]})

    assert "Half a sent" in second.content.decode()
    assert "Not now" in second.content.decode()
    assert "Not now" not in third.content.decode()


def test_an_unchanged_page_costs_three_queries(client: Client) -> None:
    idea = kettle()
    client.force_login(somebody("Bo"))
    etag = client.get(address_of(idea))["ETag"]

    with CaptureQueriesContext(connection) as queries:
        client.get(address_of(idea), headers={"If-None-Match": etag})

    # The session with its person, whether they may see the idea, and how much waits for them.
    assert len(queries) == 3


def test_the_bar_follows_what_waits_though_it_is_kept(client: Client) -> None:
    idea = kettle()
    client.force_login(somebody("Ana"))
    before = [client.get("/spaces").content.decode() for _again in range(2)]

    actions.set_aside(by=somebody("Ana"), reply_id=idea.replies.get().pk)
    after = client.get("/spaces").content.decode()
    client.logout()
    away = client.get("/spaces").content.decode()

    assert before[0] == before[1]
    assert '<span class="n">1</span>' in before[0]
    assert '<span class="n">' not in after
    assert "Ana" in after
    assert "Ana" not in away
