"""Words sent while nobody is signed in: for whom the page was made for; else for whoever says that they are theirs."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.ideas.models import Idea
from tertulia.people.models import Person, Session
from tertulia.web import kept
from tertulia.web.addresses import address_of
from tertulia.web.writers import mark_of, writer_of
from tests.community import a_reply, a_space, an_idea, somebody
from tests.web.asking import form_on

pytestmark = pytest.mark.django_db

WORDS = "My grandmother says no."
SAFE = "Your reply is safe. It waits until you have signed in."
SAFE_HERE = "What you wrote is safe. It waits in this browser for two hours, until you have signed in."


@pytest.fixture
def idea() -> Idea:
    return an_idea(somebody("Ana"), audience="everyone")


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def comes_in(client: Client, email: str, goes_to: str = "") -> str:
    """By a mailed code; gives the address that they are sent to."""
    client.post("/sign-in", {"email": email, "next": goes_to})
    code = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    return str(client.post("/sign-in/code", {"code": code[1], "next": goes_to})["Location"])


def send(client: Client, idea: Idea, text: str = WORDS, **form: str) -> str:
    sent = client.post(f"/i/{idea.pk}/send/reply", {"text": text, "place": f"reply:{idea.pk}:0", **form})
    assert sent.status_code == 303
    return str(sent["Location"])


def signed_out(client: Client, idea: Idea, person: Person) -> dict[str, str]:
    """A form made for this person, in a browser where nobody is signed in any more."""
    client.force_login(person)
    form = form_on(client, address_of(idea))
    client.logout()
    return form


def drafts(person: Person) -> list[str]:
    return [draft.fields["text"] for draft in queries.drafts_of(person)]


def the_clock_goes_on(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


# --- a page that says whom it was made for ---


def test_words_go_to_whom_the_page_was_made_for_at_once(client: Client, idea: Idea) -> None:
    bo = somebody("Bo")

    at_the_door = page(client, send(client, idea, **signed_out(client, idea, bo)))

    assert SAFE in at_the_door
    assert drafts(bo) == [WORDS]
    assert WORDS not in str(dict(client.session))


def test_somebody_else_who_comes_in_there_finds_nothing_of_them(client: Client, idea: Idea) -> None:
    send(client, idea, **signed_out(client, idea, somebody("Bo")))
    cleo = somebody("Cleo")

    came = comes_in(client, str(cleo.email))

    assert came == "/"
    assert drafts(cleo) == []
    assert WORDS not in page(client, address_of(idea)) + page(client, "/drafts")
    assert drafts(somebody("Bo")) == [WORDS]


def test_their_writer_finds_them_in_any_browser_and_on_any_day(
    client: Client, idea: Idea, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = somebody("Bo")
    send(client, idea, **signed_out(client, idea, bo))
    the_clock_goes_on(monkeypatch, 40 * 24 * 60 * 60)
    elsewhere = Client()
    elsewhere.force_login(bo)

    assert f"{WORDS}</textarea>" in page(elsewhere, address_of(idea))


def test_what_was_kept_there_before_stays_beside_them(client: Client, idea: Idea) -> None:
    bo = somebody("Bo")
    form = signed_out(client, idea, bo)
    actions.keep_draft(by=bo, place=f"reply:{idea.pk}:0", fields={"text": "Kept before."})

    send(client, idea, **form)
    send(client, idea, **form)

    assert drafts(bo) == [f"{WORDS}\n\nKept before."]


def test_words_that_were_sent_before_the_session_ended_are_sent_and_no_draft(
    client: Client, idea: Idea
) -> None:
    bo = somebody("Bo")
    form = signed_out(client, idea, bo)
    actions.reply(by=bo, idea_id=idea.pk, text=WORDS)
    actions.keep_draft(by=bo, place=f"reply:{idea.pk}:0", fields={"text": "Begun since."})

    send(client, idea, **form)

    assert drafts(bo) == ["Begun since."]


@pytest.mark.parametrize("what", ["another place", "another key", "too long ago", "somebody gone", "nothing"])
def test_a_mark_counts_only_where_it_was_made_and_for_as_long_as_a_session(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = somebody("Bo")
    mark, place = mark_of(bo, "reply:1:0"), "reply:1:0"
    assert writer_of(mark, place) == bo
    if what == "another place":
        place = "reply:2:0"
    elif what == "another key":
        monkeypatch.setattr(settings, "SECRET_KEY", "y" * 60)
    elif what == "too long ago":
        the_clock_goes_on(monkeypatch, settings.SESSION_COOKIE_AGE + 60)
    elif what == "somebody gone":
        bo.is_active = False
        bo.save()
    else:
        mark = ""

    assert writer_of(mark, place) is None


def test_words_about_a_closed_space_are_kept_too(client: Client) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo, is_open=False), audience="space")
    reply = a_reply(idea, bo, "Why?", at=timezone.now())

    client.force_login(ana)
    form = form_on(client, f"{address_of(idea)}?answer={reply.pk}")
    client.logout()

    client.post(f"/r/{reply.pk}/answer", {"text": "Closed words", **form})
    client.force_login(ana)

    assert "Closed words</textarea>" in page(client, f"{address_of(idea)}?answer={reply.pk}")


# --- a page that does not say it ---


def test_whoever_signs_in_on_the_page_that_sending_led_to_has_the_words(client: Client, idea: Idea) -> None:
    back_to = parse_qs(urlsplit(send(client, idea)).query)["next"][0]

    came = comes_in(client, "eva@example.org", goes_to=back_to)
    at_the_name = page(client, came)
    arrived = client.post("/sign-in/name", {"name": "Eva", "next": back_to})

    assert came.startswith("/sign-in/name")
    assert "Your reply is safe. It comes next." in at_the_name
    assert f"{WORDS}</textarea>" in page(client, arrived["Location"])
    assert kept.KEY not in client.session


def test_whoever_comes_in_by_another_way_is_asked_and_the_words_are_theirs_if_they_say_so(
    client: Client, idea: Idea
) -> None:
    at_the_door = page(client, send(client, idea))
    asked = comes_in(client, "eva@example.org", goes_to=address_of(idea))
    question = page(client, asked)
    goes_to = re.search(r'name="next" value="([^"]*)"', question)
    assert goes_to
    kept_them = client.post("/words-before", {"do": "keep", "next": goes_to[1]})
    at_the_name = page(client, kept_them["Location"])
    arrived = client.post("/sign-in/name", {"name": "Eva", "next": f"/i/{idea.pk}/_#say"})

    assert SAFE_HERE in at_the_door
    assert asked.startswith("/words-before?next=")
    assert "Are these words yours?" in question
    assert f"About “{idea.title}”" in question
    assert WORDS not in question
    assert "Your reply is safe. It comes next." in at_the_name
    assert f"{WORDS}</textarea>" in page(client, arrived["Location"])


def test_words_of_somebody_else_are_thrown_away_unread(client: Client, idea: Idea) -> None:
    send(client, idea)
    asked = comes_in(client, "cleo@example.org")

    gone = client.post(asked, {"do": "throw", "next": "/spaces"})

    assert gone["Location"] == "/spaces"
    assert WORDS not in page(client, "/drafts") + page(client, address_of(idea))
    assert kept.KEY not in client.session


def test_before_an_answer_nothing_of_the_words_is_shown(client: Client, idea: Idea) -> None:
    send(client, idea)
    before = page(client, f"{address_of(idea)}")
    client.force_login(somebody("Cleo"))

    assert SAFE_HERE in before
    assert WORDS not in before + page(client, address_of(idea)) + page(client, "/words-before")
    assert "Are they yours?" in page(client, "/drafts")


def test_what_the_words_were_about_is_named_only_to_those_who_may_see_it(client: Client) -> None:
    ana = somebody("Ana")
    closed = a_space(ana, is_open=False)
    hidden = an_idea(ana, closed, audience="space")
    send(client, hidden)
    client.post(f"/s/{closed.slug}/write", {"title": "T", "text": WORDS, "place": f"idea:{closed.pk}"})
    client.force_login(somebody("Dan"))
    outside = page(client, "/words-before")
    client.post("/words-before", {"do": "neither"})
    session = dict(client.session)

    assert outside.count("About something that you do not see") == 2
    assert hidden.title not in outside
    assert closed.name not in outside
    assert len(session[kept.KEY]) == 2


def test_after_two_hours_nobody_is_asked(client: Client, idea: Idea, monkeypatch: pytest.MonkeyPatch) -> None:
    send(client, idea)
    the_clock_goes_on(monkeypatch, kept.KEPT_SECONDS + 1)

    came = comes_in(client, "cleo@example.org")

    assert not came.startswith("/words-before")
    assert "Are they yours?" not in page(client, "/drafts")


def test_the_row_of_the_session_ends_with_the_words_and_signing_in_makes_it_last(
    client: Client, idea: Idea
) -> None:
    send(client, idea)
    row = Session.objects.get(session_key=client.session.session_key)
    left = (row.expire_date - timezone.now()).total_seconds()
    comes_in(client, "eva@example.org")

    assert left <= kept.KEPT_SECONDS
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_without_words_that_wait_there_is_no_question(client: Client) -> None:
    nobody = client.get("/words-before")
    client.force_login(somebody("Ana"))

    assert nobody["Location"] == "/sign-in?next=%2Fwords-before"
    assert client.get("/words-before")["Location"] == "/drafts"
    assert client.get("/words-before?next=//evil.example")["Location"] == "/drafts"


def test_the_question_costs_the_same_for_many_words(client: Client) -> None:
    counts = []
    for many in (1, 5):
        fresh = Client()
        for number in range(many):
            send(fresh, an_idea(somebody("Ana"), audience="everyone", title=f"Idea {many} {number}"))
        fresh.force_login(somebody("Cleo"))
        with CaptureQueriesContext(connection) as asked:
            fresh.get("/words-before")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_nobody_fills_the_site_with_words_that_are_nobodys(idea: Idea) -> None:
    """The words come back on the page, and other browsers of the same house wait with them."""
    kept_by_now = [
        Client().post(f"/i/{idea.pk}/send/reply", {"text": WORDS, "place": f"reply:{idea.pk}:0"}).status_code
        for _ in range(20)
    ]
    sessions = Session.objects.count()

    answer = Client().post(f"/i/{idea.pk}/send/reply", {"text": WORDS, "place": f"reply:{idea.pk}:0"})

    assert set(kept_by_now) == {303}
    assert answer.status_code == 422
    assert f"{WORDS}</textarea>" in answer.content.decode()
    assert Session.objects.count() == sessions


def test_whoever_the_page_was_made_for_is_never_told_to_wait(client: Client, idea: Idea) -> None:
    form = signed_out(client, idea, somebody("Bo"))

    assert {send(client, idea, **form) for _ in range(22)} == {f"/sign-in?next=%2Fi%2F{idea.pk}%2F_%23say"}
