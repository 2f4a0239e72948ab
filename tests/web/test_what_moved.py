"""What somebody typed beside a change that credits them, whichever button they press."""

from typing import Any

import pytest
from django.test import Client

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tests.community import somebody
from tests.web.test_reply import asked

pytestmark = pytest.mark.django_db


def credited() -> Any:
    idea, reply = asked()
    actions.revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="Hotter first, then down.",
        credits=[Credited(reply.pk, "Bo asked")],
    )
    return idea, reply.credits.get()


def test_what_moved_is_said_along_with_yes(client: Client) -> None:
    _idea, credit = credited()
    client.force_login(somebody("Bo"))

    client.post(f"/c/{credit.pk}", {"do": "yes", "moved": "I steam now.", "next": "/"})

    credit.refresh_from_db()
    assert (credit.heard, credit.moved) == ("yes", "I steam now.")


def test_too_long_a_sentence_takes_no_yes_and_comes_back(client: Client) -> None:
    _idea, credit = credited()
    client.force_login(somebody("Bo"))
    long = "word " * 150

    again = client.post(f"/c/{credit.pk}", {"do": "yes", "moved": long, "next": "/"})

    credit.refresh_from_db()
    assert (again.status_code, credit.heard, credit.moved) == (422, "", "")
    assert long.strip() in again.content.decode()


def test_a_sentence_beside_stay_unnamed_stands_there_again(client: Client) -> None:
    _idea, credit = credited()
    client.force_login(somebody("Bo"))

    again = client.post(f"/c/{credit.pk}", {"do": "unnamed", "moved": "I steam now."})

    credit.refresh_from_db()
    assert (again.status_code, credit.named, credit.moved) == (200, False, "")
    assert "I steam now.</textarea>" in again.content.decode()


def box_of(client: Client, idea: Any, credit: Any) -> str:
    html = client.get(f"/i/{idea.pk}/_", follow=True).content.decode()
    return html[html.index(f'id="credit-{credit.pk}"') - 60 : html.index("<h1>")]


@pytest.mark.parametrize("said", [{"do": "yes"}, {"do": "moved", "moved": "I steam now."}])
def test_what_was_answered_is_one_line_above_the_idea(client: Client, said: dict[str, str]) -> None:
    idea, credit = credited()
    client.force_login(somebody("Bo"))
    asks = box_of(client, idea, credit)

    client.post(f"/c/{credit.pk}", said)

    answered = box_of(client, idea, credit)
    assert "<details" not in asks
    assert "<details" in answered
    assert "open" not in answered.partition(">")[0]
    assert "Ana changed the text because of you." in answered.partition("</summary>")[0]
    assert "Stay unnamed" in answered
    assert ("Noted: yes" in answered, "Did Ana get you right?" in answered) == (
        said["do"] == "yes",
        said["do"] != "yes",
    )


def test_what_is_refused_after_the_answer_stands_open(client: Client) -> None:
    _idea, credit = credited()
    client.force_login(somebody("Bo"))
    client.post(f"/c/{credit.pk}", {"do": "yes"})

    again = client.post(f"/c/{credit.pk}", {"do": "moved", "moved": "word " * 150}).content.decode()

    assert f'id="credit-{credit.pk}" open>' in again
