from datetime import datetime, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.spaces.actions import join_space
from tertulia.web.home_page import home_page
from tertulia.web.pages import Shell
from tests.community import a_reply, a_space, an_idea, somebody
from tests.web.asking import no_queries

pytestmark = pytest.mark.django_db


def home(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def asked(text: str = "I'd like to understand why hotter first?") -> Any:
    """Ana's idea, and a question that Bo asked her."""
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo), title="Proof by volume", ask="doubts")
    return ana, bo, idea, a_reply(idea, bo, text, starter="question", at=timezone.now())


def changed_by_bo(now: datetime | None = None) -> Any:
    ana, bo, idea, reply = asked()
    actions.revise(
        by=ana,
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="Let it rise by half.",
        credits=[Credited(reply.pk, "By volume, because Bo asked")],
        at=now or timezone.now(),
    )
    return ana, bo, idea, reply


def test_a_question_waits_for_whom_it_was_asked(client: Client) -> None:
    ana, _bo, _idea, reply = asked()
    client.force_login(ana)

    text = home(client)

    assert "asks you" in text
    assert "why hotter first?" in text
    assert f"/r/{reply.pk}/answer" in text
    assert "Answer Bo" in text


def test_saying_back_asks_whether_it_was_right_and_one_click_answers(client: Client) -> None:
    ana, bo, _idea, reply = asked()
    said = actions.answer(by=ana, reply_id=reply.pk, text="So you are saying it splits.", starter="say_back")
    client.force_login(bo)

    before = home(client)
    clicked = client.post(f"/r/{said.pk}/yes", {"next": "/"})

    assert "did they get you right?" in before
    assert "Not quite…" in before
    assert (clicked.status_code, clicked["Location"]) == (303, f"/?noted=yes-{said.pk}")
    assert "did they get you right?" not in home(client)


def test_not_now_takes_it_from_the_list(client: Client) -> None:
    ana, _bo, _idea, reply = asked()
    client.force_login(ana)

    client.post(f"/r/{reply.pk}/not-now", {"next": "/"})

    assert "Nothing waits for you." in home(client)


def test_a_change_because_of_me_asks_for_a_word(client: Client) -> None:
    _ana, bo, _idea, _reply = changed_by_bo()
    client.force_login(bo)

    before = home(client)
    credit = home_page(bo).credits[0]
    client.post(credit.action, {"do": "yes", "next": "/"})

    assert "changed because of you" in before
    assert "By volume, because Bo asked" in before
    assert "changed because of you" not in home(client)


def test_what_changed_this_week_says_because_of_whom(client: Client) -> None:
    _ana, _bo, idea, _reply = changed_by_bo()
    cleo = somebody("Cleo")
    join_space(by=cleo, space=idea.space)
    client.force_login(cleo)

    text = home(client)

    assert "is now version 2" in text
    assert "because of Bo" in text


def test_what_changed_long_ago_is_not_news(client: Client) -> None:
    ana, bo, _idea, _reply = changed_by_bo(timezone.now() - timedelta(days=9))

    assert home_page(bo).changed == ()
    assert home_page(ana).changed == ()


def test_somebody_who_prefers_it_stays_unnamed_in_what_changed(client: Client) -> None:
    _ana, bo, idea, _reply = changed_by_bo()
    client.force_login(bo)
    client.post(home_page(bo).credits[0].action, {"do": "unnamed", "next": "/"})
    join_space(by=somebody("Cleo"), space=idea.space)

    (change,) = home_page(somebody("Cleo")).changed

    assert change.because == "because of a reader"


def test_an_empty_home_offers_two_questions_nobody_has_answered(client: Client) -> None:
    ana, cleo = somebody("Ana"), somebody("Cleo")
    space = a_space(ana, cleo)
    for number in range(4):
        an_idea(ana, space, title=f"Question {number}", ask="help")
    client.force_login(cleo)

    text = home(client)

    assert "Nothing waits for you." in text
    assert "Two questions nobody has answered" in text
    assert text.count("Question ") == 4
    assert text.index("Question 1") < text.index("Waiting for someone like you") < text.index("Question 2")


def test_somebody_in_no_space_is_shown_where_they_are(client: Client) -> None:
    client.force_login(somebody("Dan"))

    assert "You are in no space yet" in home(client)


def test_the_template_of_home_runs_no_query() -> None:
    _ana, bo, _idea, _reply = changed_by_bo()
    made = home_page(bo)
    shell = Shell(name="Bo", signed_in=True, waits=((1, 1),), here="home", demo=False, mail_is_printed=False)

    with no_queries():
        text = render_to_string("web/home.html", {"page": made, "shell": shell})

    assert "Proof by volume" in text


def test_a_stranger_first_sees_an_exchange_that_changed_an_idea(client: Client) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(
        ana, a_space(ana, bo), title="Ask your kettle", text="Bake to ninety-six.", audience="everyone"
    )
    reply = a_reply(idea, bo, "At what temperature does it boil?", starter="question")
    actions.revise(
        by=ana,
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="Bake to eighty-five.",
        credits=[Credited(reply.pk, "It was the number")],
    )

    text = home(client)

    assert "<del>ninety-six" in text
    assert "<ins>eighty-five" in text
    assert "It was the number" in text
    assert f'action="/i/{idea.pk}/send/reply"' in text
    assert 'href="#' not in text.replace('href="#main"', "")
    assert 'href="?' not in text


def test_a_stranger_meets_the_questions_that_everyone_may_read_and_no_others(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    an_idea(ana, space, title="Open question", ask="help", audience="everyone")
    an_idea(ana, space, title="Inner question", ask="help")

    text = home(client)

    assert "Open question" in text
    assert "Inner question" not in text


def test_an_empty_site_says_what_it_is(client: Client) -> None:
    text = home(client)

    assert "because of whom" in text
    assert "Sign in or begin" in text


def test_whoever_said_back_reads_that_they_got_it_right(client: Client) -> None:
    ana, bo, _idea, question = asked()
    said = actions.answer(by=ana, reply_id=question.pk, text="So you are saying it sets.", starter="say_back")
    actions.confirm(by=bo, reply_id=said.pk)
    client.force_login(ana)

    page = home(client)

    assert "So you are saying it sets." in page
    assert "yes, that's it." in page


def test_more_than_five_things_that_wait_are_folded(client: Client) -> None:
    ana, bo, idea, _question = asked()
    for n in range(6):
        a_reply(idea, bo, f"Why {n}?", starter="question")
    client.force_login(ana)

    page = home(client)

    assert "2 more, older" in page
    assert page.index("Why 5?") < page.index("<details>") < page.index("Why 0?")


def test_who_added_to_a_question_is_said_to_whoever_was_asked(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")
    question = a_reply(idea, somebody("Bo"), "Does it hold?", starter="question", at=timezone.now())
    actions.answer(by=somebody("Cleo"), reply_id=question.pk, text="It is July here too.")
    actions.answer(by=somebody("Bo"), reply_id=question.pk, text="I mean in July.")
    client.force_login(somebody("Ana"))

    assert "Cleo added to it. Three lines from you may be enough." in client.get("/").content.decode()


def test_what_somebody_asked_who_has_gone_quiet_is_worth_picking_up(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone", title="Eyes and holes")
    reply = a_reply(idea, somebody("Bo"), "How would you measure it?", at=timezone.now() - timedelta(days=30))
    client.force_login(somebody("Ana"))

    html = home(client)

    assert "asks you" not in html
    assert "Nothing waits for you." in html
    picked = html.partition("Worth picking up")[2]
    assert "Bo</b> asked you" in picked
    assert f'href="/r/{reply.pk}/answer"' in picked


def test_what_somebody_wrote_to_me_that_asks_nothing_is_among_what_changed(client: Client) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo), title="Proof by volume", ask="experience")
    told = a_reply(idea, bo, "In my experience, it triples.", starter="experience", at=timezone.now())
    a_reply(idea, bo, "Long ago it doubled.", starter="experience", at=timezone.now() - timedelta(days=8))
    taken_back = a_reply(idea, bo, "Or not.", at=timezone.now())
    actions.take_back(by=bo, reply_id=taken_back.pk)
    client.force_login(ana)

    page = home(client)

    assert "Nothing waits for you." in page
    changed = page.partition("What changed this week")[2]
    assert "<b>Bo</b> told: “In my experience, it triples.”" in changed
    assert f'href="/r/{told.pk}"' in changed
    assert len(home_page(ana).said) == 1
    assert home_page(bo).said == ()


def test_what_i_answered_is_no_news_to_me() -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = an_idea(ana, a_space(ana, bo), ask="experience")
    told = a_reply(idea, bo, "It triples.", starter="experience", at=timezone.now())

    actions.answer(by=ana, reply_id=told.pk, text="Here it doubles.")

    assert home_page(ana).said == ()
    assert [one.words for one in home_page(bo).said] == ["Here it doubles."]


def test_what_changed_stands_in_the_order_of_time_the_newest_first(client: Client) -> None:
    now = timezone.now()
    ana, bo, idea, question = asked()
    said = actions.answer(by=ana, reply_id=question.pk, text="So you are saying it sets.", starter="say_back")
    actions.confirm(by=bo, reply_id=said.pk, at=now - timedelta(hours=2))
    other = an_idea(bo, idea.space, title="Rye", at=now - timedelta(days=3))
    actions.revise(
        by=bo, idea_id=other.pk, base_version=1, title="Rye", text="A third.", at=now - timedelta(hours=3)
    )
    a_reply(idea, bo, "Here it doubles.", at=now - timedelta(hours=1))
    client.force_login(ana)

    text = home(client).partition("What changed this week")[2]

    order = [text.index(words) for words in ("Here it doubles.", "yes, that's it.", "is now version 2")]
    assert order == sorted(order)
