"""What is kept of a page for all its readers (docs/adr/0009)."""

import pytest
from django.test import Client

from tertulia.people.actions import add_person
from tertulia.web.addresses import address_of
from tertulia.web.idea_shared import KEPT
from tests.community import a_reply, an_idea, somebody

pytestmark = pytest.mark.django_db


def test_a_page_beyond_the_last_is_the_last(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    for page in range(1, 30):
        client.get(address_of(idea), {"page": str(page)})

    assert len(KEPT._values) == 1


def test_a_name_that_somebody_no_longer_uses_does_not_go_on_standing(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    bo = somebody("Bo")
    a_reply(idea, bo, "In my kitchen it did.")
    before = client.get(address_of(idea)).content.decode()
    signed_in = Client()
    signed_in.force_login(bo)

    signed_in.post("/me", {"name": "Robin", "about": "", "zone": ""})

    after = client.get(address_of(idea)).content.decode()
    assert ">Bo<" in before
    assert ">Bo<" not in after
    assert ">Robin<" in after


def test_whoever_had_no_name_yet_stands_there_with_it(client: Client) -> None:
    idea, nora = an_idea(somebody("Ana"), audience="everyone"), add_person(name="", email="nora@example.org")
    a_reply(idea, nora, "In my kitchen it did.")
    before = client.get(address_of(idea)).content.decode()
    signed_in = Client()
    signed_in.force_login(nora)

    signed_in.post("/sign-in/name", {"name": "Nora"})

    assert ">somebody<" in before
    assert ">Nora<" in client.get(address_of(idea)).content.decode()
