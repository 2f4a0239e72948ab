"""An answer sent by htmx: what comes back is the exchange as a reload would show it, and nothing else of the page."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions
from tertulia.web.addresses import address_of
from tests.community import a_reply, an_idea, somebody

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ARTICLE = re.compile(r'<article (?:hx-swap-oob="true" )?class="reply.*?</article>', re.DOTALL)
SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def asked() -> "tuple[Idea, Reply]":
    """A public idea by Ana, and a question by Bo that waits for her."""
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")
    return idea, a_reply(idea, somebody("Bo"), "Why hotter first?", starter="question", at=timezone.now())


def answer(client: Client, reply: "Reply", text: str, starter: str = "") -> str:
    sent = client.post(f"/r/{reply.pk}/answer", {"text": text, "starter": starter}, headers=HTMX)
    assert sent.status_code == 200
    return sent.content.decode()


def articles(html: str) -> list[str]:
    return [SECRETS.sub("", one) for one in ARTICLE.findall(html)]


def after_a_reload(client: Client, idea: "Idea") -> list[str]:
    return articles(client.get(address_of(idea)).content.decode())


def put_in_place(html: str) -> list[str]:
    of_htmx = (' hx-swap-oob="true"', ' tabindex="-1" data-fresh')
    return [one.replace(of_htmx[0], "").replace(of_htmx[1], "") for one in articles(html)]


def test_what_was_answered_loses_its_openings_and_says_what_came_of_it(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    html = answer(client, reply, "I'm keeping it, because rye is another bread.", "keep")

    above, mine = put_in_place(html)
    assert f'<article hx-swap-oob="true" class="reply d0" id="r{reply.pk}">' in html
    assert "Not now" not in above
    assert "Ana keeps it, " in above
    assert "rye is another bread" in mine
    assert "Take it back" in mine
    assert [above, mine] == after_a_reload(client, idea)


def test_a_short_saying_back_stands_at_once_under_what_it_answers(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    html = answer(client, reply, "So you are saying the crust.", "say_back")

    assert html.count("<article") == html.count("hx-swap-oob") == 1
    assert '<div class="said"' in html
    assert put_in_place(html) == after_a_reload(client, idea)


def test_a_line_that_is_answered_becomes_a_reply_of_its_own(client: Client) -> None:
    idea, reply = asked()
    said = actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="So you mean hot.", starter="say_back")
    client.force_login(somebody("Bo"))

    html = answer(client, said, "Hungry or dead?")

    assert html.count("hx-swap-oob") == 1
    assert f'<article hx-swap-oob="true" class="reply d0" id="r{reply.pk}">' in html
    assert len(articles(html)) == 3
    assert put_in_place(html) == after_a_reload(client, idea)


def test_other_exchanges_are_left_alone(client: Client) -> None:
    idea, reply = asked()
    other = a_reply(idea, somebody("Cleo"), "And the flour?", at=timezone.now())
    client.force_login(somebody("Ana"))

    html = answer(client, reply, "Because of the crust.")

    assert f'id="r{other.pk}"' not in html
    assert len(articles(html)) == 2


def test_deep_in_a_thread_the_same_holds(client: Client) -> None:
    idea, reply = asked()
    by = ["Ana", "Bo"]
    for turn in range(4):
        reply = actions.answer(by=somebody(by[turn % 2]), reply_id=reply.pk, text=f"And turn {turn}?")
    client.force_login(somebody("Ana"))

    html = answer(client, reply, "So you are saying it turns.", "say_back")

    assert set(put_in_place(html)) <= set(after_a_reload(client, idea))
    assert f'hx-swap-oob="true" class="reply d3" id="r{reply.pk}"' in html
