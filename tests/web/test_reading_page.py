"""How this space is doing: what is said, to whom, in which state."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tertulia.engine.params import DEFAULT
from tertulia.ideas import actions
from tertulia.readings import queries
from tertulia.web.pages import Shell
from tertulia.web.reading_page import reading_page
from tests.community import after, somebody
from tests.readings.places import NOW, an_ask, history, kettle, monologue, read, round_table, table

pytestmark = pytest.mark.django_db


def plain(html: str) -> str:
    """The words of a page on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).replace("&#x27;", "'").split())


def look(client: Client, space: object, *, window: str = "") -> str:
    asked = f"?window={window}" if window else ""
    answer = client.get(f"/s/{space.slug}/reading{asked}")  # type: ignore[attr-defined]
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(client: Client, name: str) -> Client:
    client.force_login(somebody(name))
    return client


def test_exchanges_come_first_then_the_place_then_what_waits(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space)
    an_ask(space, somebody("Cleo"))
    read(space)

    words = plain(look(signed_in(client, "Dan"), space))

    first, place, waits = (
        words.index(part)
        for part in (
            "One exchange here changed somebody's mind.",
            "People here talk with each other",
            "One question",
        )
    )
    assert first < place < waits
    assert "cohabiting, with small talk" in words
    assert "the last 12 weeks, to 1 May 2026 · 6 people" in words


def test_the_table_counts_what_became_of_the_conversations(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)

    html = look(client, space)

    assert "13 conversations, and what became of them" in plain(html)
    assert '<progress max="100" value="8" aria-label="something came of it">8 %</progress>' in html
    assert re.search(r"something came of it 1 2 to 22 % 8 %", plain(html))


def test_the_order_of_what_decided_is_said_and_of_what_each_range_is(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)

    words = plain(look(client, space))

    assert re.search(r"What speaks for it What decided most comes first\. \w", words)
    assert "share of them, likely share something came of it" in words
    ranges = "“Likely” here holds 95 %, in the table above 80 %; and most ranges here allow for"
    assert f"In figures {ranges} a few people who do much. Of what a person says" in words


def test_how_it_is_counted_says_why_the_two_ranges_of_silence_differ(client: Client) -> None:
    words = plain(client.get("/how-it-is-counted").content.decode())

    assert "each conversation counts alike in it, whoever is in it." in words
    assert "Its range is wider where a few people give most of the answers." in words


def test_how_it_is_counted_says_when_a_comparison_is_made_again(client: Client) -> None:
    words = plain(client.get("/how-it-is-counted").content.decode())

    assert "again while it is among the latest 200 of its space or its conversation goes on" in words
    assert "compared once" not in words


def test_the_oldest_question_is_named_and_never_who_owes_the_answer(client: Client) -> None:
    space = table()
    idea = an_ask(space, somebody("Cleo"))
    actions.reply(
        by=somebody("Bo"),
        idea_id=idea.pk,
        text="Does it hold in July?",
        starter="challenge",
        at=after(days=31),
    )
    read(space)

    words = plain(look(signed_in(client, "Dan"), space))

    today = words.partition("Do this today")[2].partition("Questions")[0]
    assert "Bo asked" in today
    assert "“Does it hold in July?” It has no answer yet." in today
    assert "Cleo" not in today


def test_where_nothing_was_asked_nothing_is_to_be_done(client: Client) -> None:
    space = table()
    round_table(space, threads=2)
    read(space)

    assert "Do this today" not in look(client, space)


def test_too_early_says_what_there_is_and_what_it_takes(client: Client) -> None:
    space = table()
    round_table(space, threads=3)
    read(space)

    words = plain(look(client, space))

    assert "Too early to say." in words
    assert (
        "five people, fourteen contributions. It needs at least twenty, from five people, and often hundreds."
        in words
    )
    assert "Nothing is wrong." in words


def test_broadcasting_is_said_kindly_and_after_the_question_that_waits(client: Client) -> None:
    space = table()
    monologue(space)
    an_ask(space, somebody("Cleo"))
    read(space)

    words = plain(look(client, space))

    assert words.index("One question has no answer.") < words.index("the place is broadcasting")
    assert "the place is broadcasting" in words
    assert "Hardly anybody means to; three lines in answer may be enough." in words


def test_under_five_people_nothing_is_said_of_the_place(client: Client) -> None:
    space = table()
    kettle(space)
    read(space)

    stranger, member = plain(look(client, space)), plain(look(signed_in(client, "Bo"), space))

    for words in (stranger, member):
        assert "Fewer than five people wrote here in this time, so nothing is said of the place." in words
        assert "In figures" not in words
    assert "Where you met" in member
    assert "At what temperature does your kettle boil?" in member
    assert "kettle" not in stranger
    assert "changed somebody's mind" not in stranger


def test_a_space_where_nothing_was_written_says_so(client: Client) -> None:
    space = table()
    round_table(space)
    read(space, "12w", "all", now=NOW + timedelta(days=200))

    assert "Nothing was written here in this time." in look(client, space)
    assert "12 conversations" in look(client, space, window="all")


def test_before_the_worker_has_made_one_the_page_says_so(client: Client) -> None:
    assert "It is not computed yet." in look(client, table())


def test_what_is_missing_is_named(client: Client) -> None:
    space = table()
    round_table(space)
    read(space)

    words = plain(look(client, space))

    assert "whether replies are about what was just said" in words
    assert "It forecasts nothing and is about the place, not about anyone in it." in words
    assert f"with version {DEFAULT.version} of the constants" in words


def test_an_imported_history_says_what_it_does_not_carry(client: Client) -> None:
    space = table()
    history(space)
    read(space, "all")

    words = plain(look(client, space))

    assert "its whole life, to 13 March 2026" in words
    assert "This history does not carry: what came of it, whose mind changed, who felt understood." in words
    assert "something came of it" not in words.partition("This history")[0]


def test_an_outsider_of_a_space_by_invitation_gets_nothing(client: Client) -> None:
    space = table(is_open=False)
    read(space)

    for path in ("reading", "reading/meeting/1"):
        assert client.get(f"/s/{space.slug}/{path}").status_code == 404
        assert signed_in(Client(), "Gil").get(f"/s/{space.slug}/{path}").status_code == 404


def test_an_unknown_window_is_the_first_one(client: Client) -> None:
    space = table()
    read(space)

    assert "the last 12 weeks" in plain(look(client, space, window="3y")).partition("How this space")[0]


def test_a_meeting_opens_with_its_acts_in_words(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)
    found = queries.reading_of_space(None, space, "12w")
    assert found is not None

    answer = client.get(f"/s/{space.slug}/reading/meeting/{found.changed[0].number}")

    words = plain(answer.content.decode())
    assert "Bo doubted it: “At what temperature does your kettle boil?”" in words
    assert "Ana changed the idea because of it: “It was the number and not the height”" in words
    assert "that is not what happened" not in words
    assert client.get(f"/s/{space.slug}/reading/meeting/99999").status_code == 404


def test_the_template_asks_nothing(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)
    page = reading_page(somebody("Bo"), space, "12w")
    shell = Shell(name="Bo", signed_in=True, waits=(), here="spaces", demo=False, mail_is_printed=False)

    with CaptureQueriesContext(connection) as queries_made:
        html = render_to_string("web/reading.html", {"page": page, "shell": shell})

    assert len(queries_made) == 0
    assert "How this space is doing" in html


def test_how_it_is_counted_explains_every_figure_that_a_reading_links_to(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)
    counted = client.get("/how-it-is-counted").content.decode()

    linked = set(re.findall(r"/how-it-is-counted#([a-z-]+)", look(client, space)))

    assert linked
    assert linked <= set(re.findall(r'<h2 id="([a-z-]+)"', counted))
    assert f"The constants, version {DEFAULT.version}" in counted
    assert "40 %" in counted


def test_signed_out_one_reads_nothing_that_ties_an_unnamed_person_to_a_change(client: Client) -> None:
    space = table()
    round_table(space)
    kettle(space, unnamed=True)
    read(space)

    words = plain(look(client, space))

    assert "One exchange here changed somebody's mind." in words
    assert "changed the idea because of it" not in words
    assert "What changed somebody's mind" not in words


def test_others_who_answered_the_question_are_named_and_whoever_owes_an_answer_is_not(client: Client) -> None:
    space = table()
    idea = an_ask(space, somebody("Cleo"))
    question = actions.reply(
        by=somebody("Bo"),
        idea_id=idea.pk,
        text="Does it hold in July?",
        starter="challenge",
        at=after(days=31),
    )
    for name in ("Ana", "Dan"):
        actions.answer(
            by=somebody(name), reply_id=question.pk, text=f"{name} wonders too.", at=after(days=32)
        )
    read(space)

    words = plain(look(signed_in(client, "Dan"), space))

    today = words.partition("Do this today")[2].partition("Questions")[0]
    assert "Ana and Dan added to it. It has no answer yet." in today
    assert "Cleo" not in today


def test_a_question_that_was_only_read_out_of_the_words_is_said_to_be_that(client: Client) -> None:
    from django.apps import apps

    space = table()
    idea = an_ask(space, somebody("Cleo"))
    actions.reply(
        by=somebody("Bo"),
        idea_id=idea.pk,
        text="I tried. Does it hold?",
        starter="question",
        at=after(days=31),
    )
    apps.get_model("ideas", "Reply").objects.update(starter_inferred=True)
    read(space)

    words = plain(look(client, space))

    assert "and it reads like a question: “Does it hold?”" in words
