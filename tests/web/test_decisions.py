"""Deciding: what it rests on, how it is told, and what was ticked."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.ideas.models import Reply
from tertulia.web.addresses import address_of
from tertulia.web.home_page import home_page
from tests.community import a_reply, an_idea, somebody
from tests.web.test_reply import asked, words

pytestmark = pytest.mark.django_db


def test_a_decision_names_the_replies_it_rests_on(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    box = words(client, f"{address_of(idea)}?decided=yes")
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

    box = words(client, f"{address_of(idea)}?decided=yes")

    assert f'name="naming" value="{reply.pk}" checked' in box


def test_a_decision_leaves_an_unsent_reply_where_it_is(client: Client) -> None:
    idea, _reply = asked()
    ana = somebody("Ana")
    actions.keep_draft(by=ana, place=f"reply:{idea.pk}:0", fields={"text": "Something else"})
    client.force_login(ana)

    client.post(f"/i/{idea.pk}/send/decided", {"text": "Hotter first."})

    assert "Something else</textarea>" in words(client, address_of(idea))


def test_whoever_a_decision_rests_on_finds_it_on_their_table() -> None:
    idea = an_idea(somebody("Ana"))
    said = [a_reply(idea, somebody("Bo"), f"It is {number} degrees here.").pk for number in (27, 29)]
    a_reply(idea, somebody("Cleo"))
    actions.decide(
        by=somebody("Ana"), idea_id=idea.pk, text="So it is by volume. Is that clear?", naming=tuple(said)
    )

    told = {name: home_page(somebody(name)).said for name in ("Ana", "Bo", "Cleo")}

    assert [(one.name, one.verb, one.words) for one in told["Bo"]] == [
        ("Ana", "decided:", "So it is by volume. Is that clear?")
    ]
    assert (told["Ana"], told["Cleo"]) == ((), ())


def test_a_decision_that_was_taken_back_is_told_to_nobody() -> None:
    idea = an_idea(somebody("Ana"))
    said = a_reply(idea, somebody("Bo"))
    mine = actions.decide(by=somebody("Ana"), idea_id=idea.pk, text="By volume.", naming=(said.pk,))

    actions.take_back(by=somebody("Ana"), reply_id=mine.pk)

    assert home_page(somebody("Bo")).said == ()


@pytest.mark.parametrize("kind", ["tried", "decided"])
def test_the_link_that_opens_a_box_names_no_reply_by_its_number(client: Client, kind: str) -> None:
    idea, _reply = asked()
    client.force_login(somebody("Ana"))
    kept = client.post(f"/i/{idea.pk}/send/{kind}", {"text": "So it is.", "keep": "1"})

    links = re.findall(rf"\?{kind}=([^#&\"]*)", words(client, address_of(idea)) + kept["Location"])

    assert set(links) == {"yes"}
    assert not re.search("naming.*(selected|checked)>", words(client, f"{address_of(idea)}?{kind}=yes"))


def test_what_was_said_and_decided_is_found_without_looking_at_every_reply() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("postgres: SQLite reads an OR by two indexes")
    ana, bo = somebody("Ana"), somebody("Bo")
    idea, others = an_idea(ana), [somebody(f"Person {number}") for number in range(20)]
    Reply.objects.bulk_create(
        Reply(idea=idea, author=others[at % 20], addressee=others[at % 19], number=at, path=f"{at:08x}")
        for at in range(1, 4_000)
        if at % 20 != at % 19
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_reply")

    plan = queries.said_to(bo, timezone.now()).explain()

    assert "ideas_reply_addressee" in plan
    assert "Seq Scan on ideas_reply" not in plan
