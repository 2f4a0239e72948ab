import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.web.addresses import address_of
from tests.community import a_reply, an_idea, somebody
from tests.web.asking import form_on

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply

pytestmark = pytest.mark.django_db

TEXT = "Let the dough rise for ninety minutes.\n\nBake it hot."


def doubted() -> "tuple[Idea, Reply]":
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts", question="Where not?", text=TEXT)
    return idea, a_reply(idea, somebody("Bo"), "The kitchen is 29 degrees.", at=timezone.now())


def sheet(idea: "Idea", **more: object) -> dict[str, object]:
    return {
        "title": idea.title,
        "text": "Let it grow by half.\n\nBake it hot.",
        "ask": "doubts",
        "question": "Where not?",
        "base_version": "1",
        **more,
    }


def as_ana(client: Client) -> Client:
    client.force_login(somebody("Ana"))
    return client


def test_the_sheet_ticks_the_reply_that_the_author_comes_from(client: Client) -> None:
    idea, reply = doubted()

    html = as_ana(client).get(f"/i/{idea.pk}/revise?because={reply.pk}").content.decode()

    assert f'name="because" value="{reply.pk}" checked' in html
    assert f'name="why-{reply.pk}"' in html
    assert "Publish version 2" in html


def test_version_credit_and_outcome_come_from_one_sheet(client: Client) -> None:
    idea, reply = doubted()

    answer = as_ana(client).post(
        f"/i/{idea.pk}/revise",
        sheet(idea, because=[str(reply.pk)], **{f"why-{reply.pk}": "growth, not minutes"}),
    )

    assert (answer.status_code, answer["Location"]) == (303, address_of(idea))
    assert reply.credits.get().sentence == "growth, not minutes"
    idea.refresh_from_db()
    assert idea.version == 2


def test_a_tick_without_a_sentence_gives_everything_back(client: Client) -> None:
    idea, reply = doubted()

    answer = as_ana(client).post(
        f"/i/{idea.pk}/revise", sheet(idea, because=[str(reply.pk)], title="A new title")
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Say in one sentence what each ticked reply changed." in html
    assert "Let it grow by half." in html
    assert 'value="A new title"' in html
    assert f'value="{reply.pk}" checked' in html
    idea.refresh_from_db()
    assert idea.version == 1


def test_the_sentence_that_is_missing_is_marked_and_takes_what_is_typed_next(client: Client) -> None:
    idea, reply = doubted()
    other = a_reply(idea, somebody("Bo"), "For how long?", at=timezone.now())

    sent = sheet(idea, because=[str(reply.pk), str(other.pk)], **{f"why-{other.pk}": "an hour"})
    html = as_ana(client).post(f"/i/{idea.pk}/revise", sent).content.decode()

    assert '<p class="problem" role="alert" id="problem">' in html
    assert re.findall(
        r'name="([^"]+)"[^>]* aria-invalid="true" aria-describedby="problem" autofocus', html
    ) == [f"why-{reply.pk}"]


def test_an_older_reply_whose_sentence_is_missing_does_not_stay_folded(client: Client) -> None:
    idea, _reply = doubted()
    ids = [str(a_reply(idea, somebody("Bo"), f"And {n}?", at=timezone.now()).pk) for n in range(13)]

    sent = sheet(idea, because=ids, **{f"why-{one}": "so" for one in ids[1:]})
    html = as_ana(client).post(f"/i/{idea.pk}/revise", sent).content.decode()

    assert html.index("<details open>") < html.index("Older replies") < html.index("autofocus")


def test_tidying_needs_nobody(client: Client) -> None:
    idea, _reply = doubted()

    as_ana(client).post(f"/i/{idea.pk}/revise", sheet(idea, tidied="1", note="Shorter"))

    version = queries.version_of(idea, 2)
    assert version is not None
    assert version.note == "Shorter"


def test_the_difference_can_be_seen_first_and_writes_nothing(client: Client) -> None:
    idea, reply = doubted()

    answer = as_ana(client).post(
        f"/i/{idea.pk}/revise",
        sheet(idea, preview="1", because=[str(reply.pk)], **{f"why-{reply.pk}": "growth"}),
    )

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<del>" in html
    assert "<ins>" in html
    assert 'value="growth"' in html
    idea.refresh_from_db()
    assert idea.version == 1


def test_a_version_published_meanwhile_stands_beside_and_nothing_is_lost(client: Client) -> None:
    idea, reply = doubted()
    actions.revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="From the other window.",
    )
    mine = sheet(idea, text="From this window.", because=[str(reply.pk)], **{f"why-{reply.pk}": "growth"})

    answer = as_ana(client).post(f"/i/{idea.pk}/revise", mine)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Version 2 was published while you were writing from version 1." in html
    assert "From this window.</textarea>" in html
    assert "From the other window.</textarea>" in html
    assert '<input type="hidden" name="base_version" value="2">' in html
    assert 'value="growth"' in html
    assert client.post(f"/i/{idea.pk}/revise", {**mine, "base_version": "2"}).status_code == 303


def test_a_reply_taken_back_while_it_was_ticked_is_said_and_the_text_stays(client: Client) -> None:
    idea, reply = doubted()
    actions.take_back(by=somebody("Bo"), reply_id=reply.pk)

    answer = as_ana(client).post(
        f"/i/{idea.pk}/revise", sheet(idea, because=[str(reply.pk)], **{f"why-{reply.pk}": "growth"})
    )

    assert answer.status_code == 422
    assert "One of the replies that you ticked is no longer there." in answer.content.decode()
    assert "Let it grow by half." in answer.content.decode()


def test_only_the_author_has_the_sheet(client: Client) -> None:
    idea, _reply = doubted()
    client.force_login(somebody("Bo"))

    assert client.get(f"/i/{idea.pk}/revise")["Location"] == address_of(idea)
    answer = client.post(f"/i/{idea.pk}/revise", sheet(idea))
    assert answer.status_code == 422
    assert "Only the author can change an idea." in answer.content.decode()


def test_a_draft_of_the_sheet_comes_back_with_its_ticks(client: Client) -> None:
    idea, reply = doubted()

    as_ana(client).post(
        f"/i/{idea.pk}/revise",
        sheet(idea, keep="1", because=[str(reply.pk)], **{f"why-{reply.pk}": "growth"}),
    )
    html = client.get(f"/i/{idea.pk}/revise").content.decode()

    assert "Let it grow by half." in html
    assert f'value="{reply.pk}" checked' in html
    assert 'value="growth"' in html


def test_a_sheet_sent_after_the_session_ended_comes_back(client: Client) -> None:
    idea, _reply = doubted()

    form = form_on(as_ana(client), f"/i/{idea.pk}/revise")
    client.logout()

    answer = client.post(f"/i/{idea.pk}/revise", sheet(idea, text="An hour of work", **form))
    as_ana(client)

    assert answer["Location"].startswith("/sign-in?next=")
    assert "An hour of work</textarea>" in client.get(f"/i/{idea.pk}/revise").content.decode()


def test_a_note_of_an_earlier_version_says_which_one_it_changed(client: Client) -> None:
    idea, reply = doubted()
    newer = a_reply(idea, somebody("Bo"), "For how long?", starter="question", at=timezone.now())
    first = sheet(idea, because=[str(reply.pk)], **{f"why-{reply.pk}": "growth, not minutes"})
    as_ana(client).post(f"/i/{idea.pk}/revise", first)
    second = sheet(idea, because=[str(newer.pk)], **{f"why-{newer.pk}": "it takes an hour"})
    client.post(
        f"/i/{idea.pk}/revise",
        second | {"base_version": "2", "text": "Let it grow by half.\n\nBake it hot, for an hour."},
    )

    html = client.get(address_of(idea)).content.decode()

    assert "Ana, in version 2: “growth, not minutes”" in html
    assert "Ana: “it takes an hour”" in html


def test_the_sheet_asks_what_changed_it_right_after_the_text(client: Client) -> None:
    idea = an_idea(somebody("Ana"))
    a_reply(idea, somebody("Bo"))
    client.force_login(somebody("Ana"))

    html = client.get(f"/i/{idea.pk}/revise").content.decode()

    order = [
        html.index(f'name="{name}"') for name in ("text", "because", "tidied", "title", "ask", "question")
    ]
    assert order == sorted(order)
    assert "<details>" in html


def test_the_sheet_says_beside_the_ticks_that_nobody_can_be_named_later(client: Client) -> None:
    idea = an_idea(somebody("Ana"))
    said = "once version 2 is published, nobody can be added to it"
    nobody_to_tick = as_ana(client).get(f"/i/{idea.pk}/revise").content.decode()
    a_reply(idea, somebody("Bo"))

    html = client.get(f"/i/{idea.pk}/revise").content.decode()

    assert html.index("What changed it?") < html.index(said) < html.index('name="because"')
    assert said not in nobody_to_tick


def test_a_title_that_was_changed_stands_open_in_the_sheet(client: Client) -> None:
    idea = an_idea(somebody("Ana"))
    client.force_login(somebody("Ana"))

    html = client.post(
        f"/i/{idea.pk}/revise", {"title": "Another", "text": "Bake.", "base_version": "1", "preview": "1"}
    ).content.decode()

    assert "<details open>" in html


def test_a_sheet_with_a_line_for_each_of_a_thousand_replies_is_taken(client: Client) -> None:
    idea, reply = doubted()

    answer = as_ana(client).post(
        f"/i/{idea.pk}/revise", sheet(idea, **{f"why-{reply.pk + one}": "" for one in range(1_100)})
    )

    assert (answer.status_code, answer["Location"]) == (303, address_of(idea))


def test_a_field_that_no_sheet_has_breaks_nothing(client: Client) -> None:
    idea, _reply = doubted()
    sent = f"{urlencode(sheet(idea))}&why-{'9' * 5_000}=x"

    answer = as_ana(client).post(
        f"/i/{idea.pk}/revise", sent, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 303


@pytest.mark.parametrize("field", ["question", "note", "why"])
def test_a_sentence_that_is_too_long_comes_back_whole(client: Client, field: str) -> None:
    idea, reply = doubted()
    long = "so " * 200 + "and no further"
    because = {"because": str(reply.pk)} if field == "why" else {}

    sent = sheet(idea, **because, **{f"why-{reply.pk}" if field == "why" else field: long})
    answer = as_ana(client).post(f"/i/{idea.pk}/revise", sent)

    assert answer.status_code == 422
    assert "longer than 500 characters" in answer.content.decode()
    assert "and no further" in answer.content.decode()
