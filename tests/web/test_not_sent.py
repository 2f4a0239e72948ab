"""What a failed sending leaves, and what htmx is told about whole pages."""

import pytest
from django.test import Client

from tertulia.ideas import actions, queries
from tests.community import a_reply, a_space, after, an_idea, somebody

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def draft_of(name: str, place: str) -> dict[str, str]:
    draft = queries.draft_of(somebody(name), place)
    return dict(draft.fields) if draft else {}


def test_a_refused_reply_is_among_the_drafts(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client.force_login(somebody("Bo"))

    client.post(f"/i/{idea.pk}/send/reply", {"text": "Long words", "starter": "say_back"})

    assert draft_of("Bo", f"reply:{idea.pk}:0")["text"] == "Long words"


def test_sending_no_words_takes_no_draft_away(client: Client) -> None:
    idea, bo = an_idea(somebody("Ana"), audience="everyone"), somebody("Bo")
    actions.keep_draft(by=bo, place=f"reply:{idea.pk}:0", fields={"text": "Kept"})
    client.force_login(bo)

    client.post(f"/i/{idea.pk}/send/reply", {"text": " "})

    assert draft_of("Bo", f"reply:{idea.pk}:0") == {"text": "Kept"}


def test_words_for_what_is_gone_are_among_the_drafts_and_stand_alone_for_htmx(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    actions.withdraw_idea(by=somebody("Ana"), idea_id=idea.pk)
    client.force_login(somebody("Bo"))

    answer = client.post(
        f"/i/{idea.pk}/send/reply", {"text": "Mine", "place": f"reply:{idea.pk}:0"}, headers=HTMX
    )

    assert answer.status_code == 422
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("body", "innerHTML")
    assert draft_of("Bo", f"reply:{idea.pk}:0")["text"] == "Mine"


def test_a_page_that_is_not_there_stands_alone_for_htmx(client: Client) -> None:
    answer = client.post("/r/1/yes", headers=HTMX)

    assert (answer.status_code, answer["HX-Retarget"]) == (404, "body")


def test_more_than_is_taken_at_once_stands_alone_for_htmx(client: Client) -> None:
    client.force_login(somebody("Bo"))

    answer = client.post("/i/1/send/reply", {"text": "x" * 3_000_000}, headers=HTMX)

    assert (answer.status_code, answer["HX-Retarget"]) == (413, "body")


def test_htmx_that_is_led_to_a_page_goes_there(client: Client) -> None:
    reply = a_reply(an_idea(somebody("Ana"), audience="everyone"))

    answer = client.get(f"/r/{reply.pk}/answer", headers=HTMX, follow=True)

    assert answer["HX-Redirect"].startswith(f"/i/{reply.idea_id}/")


def test_a_form_whose_cookies_are_gone_stands_alone_for_htmx() -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client = Client(enforce_csrf_checks=True)

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "Mine"}, headers=HTMX)

    assert (answer.status_code, answer["HX-Retarget"]) == (403, "body")
    assert "Mine</textarea>" in answer.content.decode()


def test_the_browser_is_told_when_the_site_has_the_words(client: Client) -> None:
    bo = somebody("Bo")
    idea, space = an_idea(bo, audience="everyone"), a_space(bo, name="Rye")
    client.force_login(bo)
    sent = {
        f"reply:{idea.pk}:0": (f"/i/{idea.pk}/send/reply", {"text": "Words"}),
        f"tried:{idea.pk}": (f"/i/{idea.pk}/send/tried", {"text": "Words", "keep": "1"}),
        f"revise:{idea.pk}": (f"/i/{idea.pk}/revise", {"text": "Words", "keep": "1"}),
        f"idea:{space.pk}": (f"/s/{space.slug}/write", {"text": "Words", "keep": "1"}),
    }

    told = {
        place: client.post(address, fields).cookies["arrived"].value
        for place, (address, fields) in sent.items()
    }

    assert told == {place: place for place in sent}


def test_a_refused_sheet_and_a_refused_change_are_among_the_drafts(client: Client) -> None:
    bo = somebody("Bo")
    idea = an_idea(bo, at=after(-5))
    client.force_login(bo)

    answers = [
        client.post(f"/s/{idea.space.slug}/write", {"text": "An idea without a title"}),
        client.post(
            f"/i/{idea.pk}/revise", {"text": "A change without a title", "base_version": "1", "title": " "}
        ),
    ]

    assert ["arrived" in answer.cookies for answer in answers] == [False, False]
    assert draft_of("Bo", f"idea:{idea.space_id}")["text"] == "An idea without a title"
    assert draft_of("Bo", f"revise:{idea.pk}")["text"] == "A change without a title"
