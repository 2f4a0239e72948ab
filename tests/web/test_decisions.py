"""Deciding: what it rests on, how it is told, and what was ticked."""

import pytest
from django.test import Client

from tertulia.ideas import actions
from tertulia.web.addresses import address_of
from tests.community import somebody
from tests.web.test_reply import asked, words

pytestmark = pytest.mark.django_db


def test_a_decision_names_the_replies_it_rests_on(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    box = words(client, f"{address_of(idea)}?decided=1")
    client.post(f"/i/{idea.pk}/send/decided", {"text": "Hotter first.", "naming": [str(reply.pk)]})

    assert f'name="naming" value="{reply.pk}"' in box
    assert ">what was decided</a>" in words(client, address_of(idea))


def test_a_decision_is_told_as_one_whatever_it_rests_on(client: Client) -> None:
    idea, _reply = asked()
    client.force_login(somebody("Ana"))

    client.post(f"/i/{idea.pk}/send/decided", {"text": "Hotter first."})

    html = words(client, address_of(idea))
    assert "Ana decided this." in html
    beside = html.partition(">Decided</h2>")[2].partition("</section>")[0]
    assert "“Hotter first.”" in beside


def test_the_ticks_of_a_kept_decision_stand_again(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    client.post(
        f"/i/{idea.pk}/send/decided", {"text": "Hotter first.", "naming": [str(reply.pk)], "keep": "1"}
    )

    box = words(client, f"{address_of(idea)}?decided=1")

    assert f'name="naming" value="{reply.pk}" checked' in box


def test_a_decision_leaves_an_unsent_reply_where_it_is(client: Client) -> None:
    idea, _reply = asked()
    ana = somebody("Ana")
    actions.keep_draft(by=ana, place=f"reply:{idea.pk}:0", fields={"text": "Something else"})
    client.force_login(ana)

    client.post(f"/i/{idea.pk}/send/decided", {"text": "Hotter first."})

    assert "Something else</textarea>" in words(client, address_of(idea))
