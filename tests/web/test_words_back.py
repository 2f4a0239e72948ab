"""Words that come back say what they were."""

import re

import pytest
from django.test import Client

from tests.community import a_reply, an_idea, somebody

pytestmark = pytest.mark.django_db


def given_back(address: str, fields: dict[str, str]) -> dict[str, str]:
    """What stands in the page that gives words back, by its labels: a form that had ended was sent."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody("Bo"))
    html = client.post(address, fields).content.decode()
    boxes = re.findall(r"<span>([^<]*)</span><textarea[^>]*>\n([^<]*)</textarea>", html)
    lines = re.findall(r'<p><span class="soft">([^<]*)</span> ([^<]*)</p>', html)
    return dict(boxes + lines)


@pytest.mark.parametrize(
    ("address", "starter", "label"),
    [
        ("/i/{idea}/send/reply", "", "Your reply"),
        ("/i/{idea}/send/reply", "question", "Your question"),
        ("/i/{idea}/send/reply", "challenge", "Your doubt"),
        ("/i/{idea}/send/tried", "", "What happened when you tried it"),
        ("/i/{idea}/send/decided", "", "What you decided"),
        ("/r/{reply}/answer", "", "Your answer"),
        ("/r/{reply}/answer", "say_back", "What you said back"),
        ("/r/{reply}/answer", "keep", "Why you keep it"),
        ("/r/{reply}/not-quite", "not_quite", "What you meant"),
    ],
)
def test_words_to_others_are_called_what_they_were(address: str, starter: str, label: str) -> None:
    reply = a_reply(an_idea(somebody("Ana"), audience="everyone"))

    back = given_back(
        address.format(idea=reply.idea_id, reply=reply.pk), {"text": "Words", "starter": starter}
    )

    assert back == {label: "Words"}


def test_each_field_of_an_idea_has_its_name() -> None:
    idea = an_idea(somebody("Bo"))

    back = given_back(
        f"/s/{idea.space.slug}/write",
        {
            "title": "Rye",
            "text": "Sour",
            "ask": "doubts",
            "question": "Or sweet?",
            "topics": "rye, sour",
            "audience": "me",
        },
    )

    assert back == {
        "The title": "Rye",
        "The text": "Sour",
        "What you asked for": "doubts: where might this not hold?",
        "Your question, in one line": "Or sweet?",
        "The topics": "rye, sour",
    }


def test_the_sentences_of_a_change_are_among_them() -> None:
    idea = an_idea(somebody("Bo"))
    reply = a_reply(idea, somebody("Ana"))

    back = given_back(
        f"/i/{idea.pk}/revise",
        {"text": "Sour", "because": str(reply.pk), f"why-{reply.pk}": "Rye is not wheat", "note": "Tidied"},
    )

    assert back == {
        "The text": "Sour",
        "What a reply changed": "Rye is not wheat",
        "Why you changed it": "Tidied",
    }


def test_a_space_and_oneself_are_called_so_too() -> None:
    back = given_back("/spaces/new", {"name": "Bread", "purpose": "Baking", "bring": "Flour", "open": "yes"})

    assert back == {"Name": "Bread", "What it is for": "Baking", "What people bring": "Flour"}


def test_whatever_is_not_shown_goes_along_unseen() -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody("Bo"))

    html = client.post(
        f"/s/{idea.space.slug}/write", {"title": "Rye", "ask": "doubts", "audience": "me"}
    ).content.decode()

    assert '<input type="hidden" name="ask" value="doubts">' in html
    assert '<input type="hidden" name="audience" value="me">' in html
