"""Words typed and not sent: they stand again where they were typed, and lead there from home and from the bar."""

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.web.addresses import address_of
from tests.community import a_reply, a_space, an_idea, somebody

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply

pytestmark = pytest.mark.django_db


def asked() -> "tuple[Idea, Reply]":
    """A public idea by Ana, and a question by Bo that waits for her."""
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")
    return idea, a_reply(idea, somebody("Bo"), "Why hotter first?", starter="question", at=timezone.now())


def keep(name: str, place: str, text: str, **fields: str) -> None:
    actions.keep_draft(by=somebody(name), place=place, fields={"text": text, **fields})


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_kept_answer_stands_open_under_its_reply_and_the_idea_can_still_be_replied_to(
    client: Client,
) -> None:
    idea, reply = asked()
    keep("Ana", f"reply:{idea.pk}:{reply.pk}", "Because thin air", starter="say_back")
    client.force_login(somebody("Ana"))

    html = page(client, address_of(idea))

    box = html.index(f'id="answer-{reply.pk}"')
    assert html.index(f'id="r{reply.pk}"') < box < html.index("Because thin air</textarea>")
    assert f'action="/r/{reply.pk}/answer"' in html
    assert "They are not sent yet: press Answer Bo to send them." in html
    assert 'name="starter" value="say_back"' in html
    assert html.index("Because thin air") < html.index('id="say"')


def test_several_kept_answers_and_a_kept_reply_all_stand_open(client: Client) -> None:
    idea, first = asked()
    second = a_reply(idea, somebody("Cleo"), "And the flour?", at=timezone.now())
    for place, text in ((first.pk, "To Bo"), (second.pk, "To Cleo"), (0, "To all")):
        keep("Ana", f"reply:{idea.pk}:{place}", text)
    client.force_login(somebody("Ana"))

    html = page(client, address_of(idea))

    assert all(f"{text}</textarea>" in html for text in ("To Bo", "To Cleo", "To all"))


def test_many_kept_answers_ask_no_more_of_the_database_than_one(client: Client) -> None:
    idea, _first = asked()
    client.force_login(somebody("Ana"))
    counts = []
    for many in (1, 3):
        for n in range(many):
            other = a_reply(idea, somebody("Cleo"), f"And the flour {many} {n}?", at=timezone.now())
            keep("Ana", f"reply:{idea.pk}:{other.pk}", "Words")
        page(client, address_of(idea))
        with CaptureQueriesContext(connection) as queried:
            page(client, address_of(idea))
        counts.append(len(queried))

    assert counts[0] == counts[1]


def test_put_away_kept_words_stay_away_and_are_said_to_be_there(client: Client) -> None:
    idea, reply = asked()
    keep("Ana", f"reply:{idea.pk}:{reply.pk}", "Because thin air")
    client.force_login(somebody("Ana"))

    html = page(client, f"{address_of(idea)}?away=1")

    assert f'href="{address_of(idea)}?away=1#r{reply.pk}"' in page(client, address_of(idea))
    assert "Because thin air" not in html
    assert 'You have other words here that are not sent yet: <a href="/drafts">your drafts</a>.' in html


def test_a_kept_not_quite_is_still_one(client: Client) -> None:
    idea, reply = asked()
    said = actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="So it is hot.", starter="say_back")
    client.force_login(somebody("Bo"))
    client.post(
        "/drafts/keep",
        {"place": f"reply:{idea.pk}:{said.pk}", "text": "I meant hungry", "starter": "not_quite"},
    )

    html = page(client, address_of(idea))
    opened = page(client, f"{address_of(idea)}?not_quite={said.pk}")

    assert f'action="/r/{said.pk}/not-quite"' in html
    assert "I meant hungry</textarea>" in html
    # The form itself says what it is, so that a draft of it does.
    assert 'name="starter" value="not_quite"' in opened
    assert f'href="{address_of(idea)}?not_quite={said.pk}#answer"' in page(client, "/drafts")


def test_a_kept_correction_of_a_credit_is_still_one(client: Client) -> None:
    idea, reply = asked()
    actions.revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="Bake it hotter first.",
        credits=[actions.Credited(reply.pk, "Heat opens it.")],
    )
    credit = queries.waiting_credits(somebody("Bo")).get()
    client.force_login(somebody("Bo"))
    opened = page(client, f"/c/{credit.pk}/not-quite")
    fields = {"text": "I meant the crust", "starter": "not_quite", "credit": str(credit.pk)}
    client.post("/drafts/keep", {"place": f"reply:{idea.pk}:{reply.pk}", **fields})

    html = page(client, address_of(idea))

    assert f'<input type="hidden" name="credit" value="{credit.pk}">' in opened
    assert f'action="/c/{credit.pk}/not-quite"' in html
    assert "I meant the crust</textarea>" in html


@pytest.mark.parametrize("kind", ["tried", "decided"])
def test_what_was_tried_or_decided_stands_open_beside_the_box_for_a_reply(client: Client, kind: str) -> None:
    idea, _reply = asked()
    keep("Ana", f"{kind}:{idea.pk}", "It was bread.")
    client.force_login(somebody("Ana"))

    html = page(client, address_of(idea))
    put_away = page(client, f"{address_of(idea)}?away=1")

    assert f'action="/i/{idea.pk}/send/{kind}"' in html
    assert f'action="/i/{idea.pk}/send/reply"' in html
    assert "other words here" not in html
    assert f'action="/i/{idea.pk}/send/{kind}"' not in put_away
    assert f'action="/i/{idea.pk}/send/reply"' in put_away


def test_a_kept_reply_and_what_was_tried_and_decided_each_have_their_box(client: Client) -> None:
    idea, _reply = asked()
    for place in (f"tried:{idea.pk}", f"decided:{idea.pk}", f"reply:{idea.pk}:0"):
        keep("Ana", place, f"Words for {place}")
    client.force_login(somebody("Ana"))

    html = page(client, address_of(idea))

    assert all(f"Words for {kind}:{idea.pk}" in html for kind in ("tried", "decided", "reply"))
    assert "other words here" not in html
    ids = re.findall(r'<form class="compose" id="([^"]*)"', html)
    assert len(ids) == len(set(ids)) == 3


def test_a_page_with_new_kept_words_is_not_the_page_of_before(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    etag = client.get(address_of(idea))["ETag"]

    keep("Ana", f"reply:{idea.pk}:{reply.pk}", "Because thin air")
    answer = client.get(address_of(idea), headers={"If-None-Match": etag})
    actions.drop_draft(by=somebody("Ana"), place=f"reply:{idea.pk}:{reply.pk}")
    dropped = client.get(address_of(idea), headers={"If-None-Match": answer["ETag"]})

    assert (answer.status_code, dropped.status_code) == (200, 200)


def test_home_says_what_one_was_writing_and_when_with_a_way_to_throw_it_away(client: Client) -> None:
    idea, reply = asked()
    space = a_space(somebody("Ana"), name="Rye")
    keep("Ana", f"reply:{idea.pk}:{reply.pk}", "Because thin air")
    keep("Ana", f"idea:{space.pk}", "A thought", title="Sour")
    client.force_login(somebody("Ana"))

    html = page(client, "/")

    assert "You were writing" in html
    assert f'href="{address_of(idea)}?answer={reply.pk}#answer"' in html
    assert f'href="/s/{space.slug}/write"' in html
    assert "Because thin air" in html
    assert html.count('action="/drafts/drop"') == 2
    back = client.post("/drafts/drop", {"place": f"idea:{space.pk}", "next": "/"})
    assert (back["Location"], back.cookies["arrived"].value) == ("/", f"idea:{space.pk}")
    assert "A thought" not in page(client, "/")


def test_home_says_nothing_of_writing_where_nothing_was_written(client: Client) -> None:
    client.force_login(somebody("Ana"))

    assert "You were writing" not in page(client, "/")


def test_the_bar_leads_to_what_one_is_writing(client: Client) -> None:
    client.force_login(somebody("Ana"))

    assert '<a  href="/drafts">Drafts</a>' in page(client, "/spaces")
    assert '<a class="here" aria-current="page" href="/drafts">Drafts</a>' in page(client, "/drafts")


def test_kept_words_can_be_thrown_away_where_they_stand(client: Client) -> None:
    idea, reply = asked()
    keep("Ana", f"reply:{idea.pk}:{reply.pk}", "Because thin air")
    client.force_login(somebody("Ana"))

    html = page(client, address_of(idea))
    thrown = client.post(
        "/drafts/drop", {"place": f"reply:{idea.pk}:{reply.pk}", "next": address_of(idea)}, follow=True
    )

    assert f'formaction="/drafts/drop" name="next" value="{address_of(idea)}"' in html
    assert "Because thin air" not in thrown.content.decode()
