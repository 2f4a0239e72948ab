from typing import Any

import pytest
from django.test import Client

from tests.community import a_reply, a_space, an_idea, somebody

pytestmark = pytest.mark.django_db


def search(client: Client, words: str, **more: Any) -> str:
    answer = client.get("/search", {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_are_found_in_ideas_and_replies_and_marked(client: Client) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo), title="Rising", text="Let the dough rise.", audience="everyone")
    reply = a_reply(idea, bo, "My dough never did.")

    text = search(client, "DOUGH")

    assert text.count("<mark>dough</mark>") == 2
    assert f'href="/r/{reply.pk}"' in text
    assert "a reply by Bo" in text


def test_what_somebody_types_is_never_html(client: Client) -> None:
    ana = somebody("Ana")
    an_idea(
        ana,
        a_space(ana),
        title="Script",
        text="Write `<script>alert(1)</script>` never.",
        audience="everyone",
    )

    text = search(client, "<script>alert")

    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "words", ['"', "*", "AND", "NEAR(", "a OR", "%_", "\x00", "x" * 5000, "ideas_searchable:a", "-"]
)
def test_no_question_breaks_the_search(client: Client, words: str) -> None:
    an_idea(audience="everyone")

    assert search(client, words)


def test_without_words_and_without_results_it_says_what_to_do(client: Client) -> None:
    assert "Type a word or two" in search(client, "")
    assert "Try fewer of them" in search(client, "kettle")


def test_twenty_on_a_page_and_more_on_the_next(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    for number in range(21):
        an_idea(ana, space, title=f"Kettle {number}", audience="everyone")

    first, second = search(client, "kettle"), search(client, "kettle", page=2)

    assert first.count("<h2>") == 20
    assert "?q=kettle&amp;page=2" in first
    assert second.count("<h2>") == 1
