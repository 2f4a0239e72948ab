"""A note and the words it belongs to are found from each other."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tertulia.ideas.actions import Credited, answer_credit, revise
from tertulia.ideas.models import Credit
from tertulia.web.addresses import address_of
from tests.community import a_reply, an_idea, somebody

pytestmark = pytest.mark.django_db

BEFORE = "Let the dough rise for ninety minutes. Knead it well. Bake it hot."
AFTER = "Let the dough rise until it has grown by half. Knead it well. Bake it under a heavy lid."
GROWTH, LID = "Grown enough, not the minutes", "A heavy lid keeps the steam"


def changed(before: str = BEFORE, after: str = AFTER, because: tuple[str, ...] = (GROWTH, LID)) -> Any:
    """Ana's idea, changed because Bo and Cleo said something."""
    idea = an_idea(somebody("Ana"), text=before, audience="everyone")
    given = [
        Credited(a_reply(idea, somebody(name), said).pk, said)
        for name, said in zip(("Bo", "Cleo"), because, strict=False)
    ]
    again(idea, after, given)
    return idea


def again(idea: Any, text: str, credits: list[Credited]) -> None:
    idea.refresh_from_db()
    revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=idea.version,
        title=idea.title,
        text=text,
        credits=credits,
    )
    idea.refresh_from_db()


def text_of(idea: Any, show: str = "") -> str:
    html = Client().get(address_of(idea), {"show": show}).content.decode()
    return html[html.index('<div class="text">') : html.index('<nav class="versions"')]


def words_before_mark(html: str, number: int) -> str:
    """What a reader sees up to the mark."""
    upto = html[: html.index(f'id="words-{number}"')]
    return unescape(re.sub(r"<sup.*?(</sup>|$)|<[^>]*>", "", upto, flags=re.DOTALL)).strip()


def test_a_note_stands_where_the_author_named_whom_it_thanks() -> None:
    after = "Let it rise longer, a third more in the cold (Cleo). Knead it well. Bake it less (Bo)."
    said = ("A third more in the cold for mine, if it is rye", "Longer")

    html = text_of(changed(after=after, because=said))

    assert words_before_mark(html, 1).endswith("in the cold (Cleo).")
    assert "(Bo)" in words_before_mark(html, 2)
    assert 'id="note-2"' in html
    assert html.index("Cleo", html.index('id="note-1"')) < html.index('id="note-2"')


@pytest.mark.parametrize("show", ["", "difference"])
def test_each_note_has_a_mark_after_the_words_it_is_about(show: str) -> None:
    html = text_of(changed(because=(LID, GROWTH)), show)

    assert words_before_mark(html, 1).endswith("grown by half")
    assert words_before_mark(html, 2).rstrip(".").endswith("a heavy lid")
    notes = re.findall(r'<p class="note" id="note-(\d)">.*?<b>(\w+)</b>', html, re.DOTALL)
    assert notes == [("1", "Cleo"), ("2", "Bo")]


def test_a_mark_and_its_note_link_to_each_other_and_say_what_they_are() -> None:
    html = text_of(changed())

    assert re.search(r'id="words-1" href="#note-1" role="doc-noteref" aria-label="Note 1: Bo"', html)
    assert re.search(r'id="note-1"><a [^>]*href="#words-1" role="doc-backlink"', html)


def test_the_note_of_an_earlier_version_belongs_to_its_passage_and_to_no_words_of_it() -> None:
    idea = changed(because=(GROWTH,))
    reply = a_reply(idea, somebody("Cleo"), LID)
    again(idea, AFTER.replace("Knead it well", "Fold it twice, for the steam"), [Credited(reply.pk, LID)])

    html = text_of(idea)

    assert words_before_mark(html, 1).rstrip(".").endswith("for the steam")
    assert 'id="words-2"' not in html
    assert "<b>Bo</b>" in html.partition('id="note-1"')[2]
    assert "in version 2" in html


def test_numbers_run_on_through_the_text() -> None:
    html = text_of(changed("Let it rise.\n\nBake it.", "It has grown.\n\nUnder a heavy lid."))

    assert re.findall(r'id="(?:words|note)-\d"', html) == [
        f'id="{kind}-{number}"' for number in (1, 2) for kind in ("words", "note")
    ]


def test_no_mark_stands_within_a_link() -> None:
    html = text_of(changed("See this.", "See [what has grown](https://example.org).", because=(GROWTH,)))

    assert re.search(r"</a><sup ", html)


def test_what_is_read_clean_has_no_marks() -> None:
    assert "<sup" not in text_of(changed(), "clean")


def test_a_credited_person_who_says_not_quite_is_heard_beside_the_change() -> None:
    idea = changed()
    assert "not quite" not in text_of(idea)

    of_bo = Credit.objects.get(to=somebody("Bo"))
    answer_credit(by=somebody("Bo"), credit_id=of_bo.pk, got_me_right=False, text="I meant the smell.")
    notes = re.findall(r'<p class="note".*?</p>', text_of(idea))

    assert ["<b>Bo</b>: not quite." in note for note in notes] == [GROWTH in note for note in notes]
    older = Client().get(f"/i/{idea.pk}/v/2").content.decode()
    assert older.count("<b>Bo</b>: not quite.") == 1
