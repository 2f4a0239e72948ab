"""Somebody without an account writes: where they read, with the same openings, and nothing is lost on the way in."""

import pytest
from django.test import Client

from tertulia.web.addresses import address_of
from tests.community import a_reply, a_space, an_idea, somebody

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_stranger_has_the_box_with_its_openings_under_every_idea_they_may_read(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")

    html = client.get(address_of(idea)).content.decode()

    assert "Your reply to Ana" in html
    assert "This might not hold when…" in html
    assert "Next we ask for a mail address" in html
    assert "Keep as draft" not in html


def test_an_opening_chosen_without_a_script_stands_before_the_strangers_words(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "it is rye.", "open": "challenge"})

    assert answer.status_code == 200
    assert "This might not hold when it is rye.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("kind", ["reply", "tried"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["a page", "htmx"])
def test_a_stranger_who_sends_no_words_is_told_so(client: Client, kind: str, headers: dict[str, str]) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")

    answer = client.post(f"/i/{idea.pk}/send/{kind}", {"text": " "}, headers=headers)

    assert answer.status_code == 422
    assert "There are no words yet." in answer.content.decode()
    assert "safe" not in client.get("/sign-in").content.decode()


def test_an_opening_alone_is_no_reply_of_a_stranger(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "In my experience,", "starter": "experience"})

    assert answer.status_code == 422


def test_what_a_stranger_tried_waits_until_they_have_signed_in(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    a_reply(idea, somebody("Bo"), "Half the yeast.")

    page = client.get(f"{address_of(idea)}?tried=yes").content.decode()
    answer = client.post(f"/i/{idea.pk}/send/tried", {"text": "It rose.", "place": f"tried:{idea.pk}"})

    assert "You tried it: what happened?" in page
    assert "Half the yeast." in page
    assert answer["Location"].startswith("/sign-in?next=")
    assert "safe" in client.get("/sign-in").content.decode()


def test_where_only_members_reply_a_stranger_is_told_so_before_they_write(client: Client) -> None:
    space = a_space(somebody("Ana"), is_open=False)
    idea = an_idea(somebody("Ana"), space, audience="everyone")

    html = client.get(address_of(idea)).content.decode()

    assert "Only people in this space can reply here." in html
    assert "<textarea" not in html


def test_the_first_page_has_the_same_box(client: Client) -> None:
    from tertulia.ideas import actions
    from tertulia.ideas.actions import Credited

    ana = somebody("Ana")
    idea = an_idea(ana, audience="everyone", ask="doubts")
    reply = a_reply(idea, somebody("Bo"), "Is it the clock?")
    actions.revise(
        by=ana, idea_id=idea.pk, base_version=1, title="By growth", text="By growth.",
        credits=[Credited(reply.pk, "The growth.")],
    )  # fmt: skip

    html = client.get("/").content.decode()

    assert "Your reply to Ana" in html
    assert f'data-place="reply:{idea.pk}:0"' in html
    assert "This might not hold when…" in html
