"""An answer that was being written when its reply was taken back: its words are offered as a reply to the idea."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.web.addresses import address_of
from tests.community import a_reply, an_idea, somebody

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea

pytestmark = pytest.mark.django_db
SENTENCE = "What you were answering was taken back. Sent from here, your words are a reply to the idea."


def left() -> "tuple[Idea, str]":
    """An idea of Ana's, and the place of Cleo's answer to a reply that Bo has taken back."""
    idea = an_idea(somebody("Ana"), audience="everyone")
    reply = a_reply(idea, somebody("Bo"), "Why hotter first?", at=timezone.now())
    place = f"reply:{idea.pk}:{reply.pk}"
    actions.keep_draft(by=somebody("Cleo"), place=place, fields={"text": "Because of the crust."})
    actions.take_back(by=somebody("Bo"), reply_id=reply.pk)
    return idea, place


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_the_words_stand_in_the_box_of_the_idea_and_it_is_said_why(client: Client) -> None:
    idea, place = left()
    client.force_login(somebody("Cleo"))

    html = page(client, address_of(idea))

    assert SENTENCE in html
    assert f'data-place="{place}"' in html
    assert f'action="/i/{idea.pk}/send/reply"' in html
    assert "Because of the crust.</textarea>" in html


def test_the_drafts_lead_there(client: Client) -> None:
    idea, place = left()
    client.force_login(somebody("Cleo"))
    way = f"{address_of(idea)}?answer={place.split(':')[-1]}"

    assert f'href="{way}#answer"' in page(client, "/drafts")
    assert SENTENCE in page(client, way)
    assert 'id="answer"' in page(client, way)


def test_sent_they_are_a_reply_to_the_idea_and_no_draft_stays(client: Client) -> None:
    idea, place = left()
    client.force_login(somebody("Cleo"))

    sent = client.post(
        f"/i/{idea.pk}/send/reply", {"text": "Because of the crust.", "starter": "", "place": place}
    )

    said = queries.replies_of(idea).get(author=somebody("Cleo"))
    assert said.parent_id is None
    assert not queries.drafts_of(somebody("Cleo")).exists()
    assert sent.cookies["arrived"].value == place


def test_refused_they_keep_their_place_and_their_sentence(client: Client) -> None:
    idea, place = left()
    client.force_login(somebody("Cleo"))

    refused = client.post(
        f"/i/{idea.pk}/send/reply", {"text": "Crust", "starter": "say_back", "place": place}
    ).content.decode()

    assert "That opening does not fit" in refused
    assert SENTENCE in refused
    assert f'data-place="{place}"' in refused


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_answer_sent_a_moment_too_late_is_offered_so_as_well(
    client: Client, headers: dict[str, str]
) -> None:
    idea, place = left()
    client.force_login(somebody("Cleo"))

    late = client.post(
        f"/r/{place.split(':')[-1]}/answer", {"text": "Because.", "starter": ""}, headers=headers
    )

    html = late.content.decode()
    assert late.status_code == 422
    assert "was taken back a moment ago" in html
    assert SENTENCE in html
    assert f'action="/i/{idea.pk}/send/reply"' in html


def test_a_reply_to_the_idea_that_was_begun_as_well_is_not_covered(client: Client) -> None:
    idea, _place = left()
    actions.keep_draft(by=somebody("Cleo"), place=f"reply:{idea.pk}:0", fields={"text": "My own reply"})
    client.force_login(somebody("Cleo"))

    html = page(client, address_of(idea))

    assert "My own reply</textarea>" in html
    assert "You have other words here that are not sent yet" in html
