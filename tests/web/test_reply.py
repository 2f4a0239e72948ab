from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.web.addresses import address_of
from tests.community import a_reply, a_space, again, an_idea, somebody
from tests.web.asking import form_on

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def asked() -> "tuple[Idea, Reply]":
    """A public idea by Ana, and a question by Bo that waits for her."""
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")
    return idea, a_reply(idea, somebody("Bo"), "Why hotter first?", starter="question", at=timezone.now())


def words(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_reply_is_written_and_the_page_opens_at_it(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client.force_login(somebody("Bo"))

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "It is July.", "starter": "challenge"})

    reply = queries.replies_of(idea).get()
    assert (answer.status_code, answer["Location"]) == (303, f"{address_of(idea)}#r{reply.pk}")
    assert (reply.text, reply.starter) == ("It is July.", "challenge")


def test_htmx_is_given_the_one_new_reply(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client.force_login(somebody("Bo"))

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "It is July."}, headers=HTMX)

    html = answer.content.decode()
    assert html.strip().startswith('<article class="reply d0"')
    assert "It is July." in html
    assert "Take it back" in html
    assert "HX-Request" in answer["Vary"]


def test_no_words_give_the_page_again_with_the_sentence(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client.force_login(somebody("Bo"))

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "  "})

    assert answer.status_code == 422
    assert "There are no words yet." in answer.content.decode()


def test_a_refused_answer_returns_to_htmx_with_its_words_in_its_own_box(client: Client) -> None:
    _idea, reply = asked()
    client.force_login(somebody("Cleo"))

    answer = client.post(f"/r/{reply.pk}/answer", {"text": "My long words", "starter": "keep"}, headers=HTMX)

    assert answer.status_code == 422
    assert "My long words" in answer.content.decode()
    assert "Only the author of the idea can change it or keep it." in answer.content.decode()
    assert answer["HX-Retarget"] == f"#answer-{reply.pk}"


def test_what_waits_for_me_shows_its_openings(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    html = words(client, address_of(idea))

    assert f'href="{address_of(idea)}?answer={reply.pk}&amp;starter=say_back#answer"' in html
    assert f'href="/i/{idea.pk}/revise?because={reply.pk}"' in html
    assert "Not now" in html


def test_an_opening_in_the_address_begins_the_words(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    html = words(client, f"{address_of(idea)}?answer={reply.pk}&starter=say_back")

    assert "So you are saying </textarea>" in html
    assert 'aria-current="true">So you are saying…' in html
    assert "Answer Bo</button>" in html


def test_the_openings_to_an_idea_begin_with_what_is_asked(client: Client) -> None:
    client.force_login(somebody("Bo"))
    for ask, first in (("doubts", "challenge"), ("experience", "experience"), ("help", "experience")):
        idea = an_idea(somebody("Ana"), audience="everyone", ask=ask)

        html = words(client, address_of(idea))

        assert html.index(f'name="open" value="{first}"') == html.index('name="open"')


def test_the_box_of_an_answer_comes_alone_for_htmx_and_as_a_page_without(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    alone = client.get(f"/r/{reply.pk}/answer", headers=HTMX)
    page = client.get(f"/r/{reply.pk}/answer")

    assert alone.content.decode().strip().startswith('<form class="compose"')
    assert page["Location"] == f"{address_of(idea)}?answer={reply.pk}#answer"


def test_saying_back_is_confirmed_with_one_click(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    client.post(f"/r/{reply.pk}/answer", {"text": "So you are saying the crust.", "starter": "say_back"})
    said = reply.answers.get()
    client.force_login(somebody("Bo"))

    answer = client.post(f"/r/{said.pk}/yes")

    assert answer.status_code == 303
    assert again(said).heard == "yes"
    assert "yes, that&#x27;s it." in words(client, address_of(idea))


def test_not_quite_takes_what_was_meant(client: Client) -> None:
    idea, reply = asked()
    said = actions.answer(
        by=somebody("Ana"), reply_id=reply.pk, text="So you are saying it is hot.", starter="say_back"
    )
    client.force_login(somebody("Bo"))

    box = words(client, f"{address_of(idea)}?not_quite={said.pk}")
    client.post(f"/r/{said.pk}/not-quite", {"text": "Hungry or dead?"})

    assert "Not quite: what did you mean?" in box
    html = words(client, address_of(idea))
    assert "<b>Bo</b>: not quite." in html
    assert "Hungry or dead?" in html


def test_only_the_person_answered_can_confirm(client: Client) -> None:
    _idea, reply = asked()
    said = actions.answer(
        by=somebody("Ana"), reply_id=reply.pk, text="So you are saying it is hot.", starter="say_back"
    )
    client.force_login(somebody("Cleo"))

    answer = client.post(f"/r/{said.pk}/yes")

    assert answer.status_code == 422
    assert "Only the person who was answered" in answer.content.decode()
    assert again(said).heard == "waiting"


def test_not_now_puts_it_aside_and_tells_nobody(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    client.post(f"/r/{reply.pk}/not-now", {"next": "/"})

    assert again(reply).set_aside_at is not None
    assert "Not now" not in words(client, address_of(idea))


def test_what_was_put_aside_is_said_on_the_next_page_and_can_be_undone(client: Client) -> None:
    _idea, reply = asked()
    client.force_login(somebody("Ana"))

    from_home = client.post(f"/r/{reply.pk}/not-now", {"next": "/"})
    from_idea = client.post(f"/r/{reply.pk}/not-now")
    seen = [words(client, page["Location"]) for page in (from_home, from_idea)]
    undone = client.post(f"/r/{reply.pk}/take-up", {"next": "/"})

    for html in seen:
        assert '<div class="told" role="status"' in html
        assert "Set aside. It stays on its page." in html
        assert f'action="/r/{reply.pk}/take-up"' in html
    assert undone["Location"] == "/"
    assert again(reply).set_aside_at is None
    assert "Set aside" not in words(client, from_idea["Location"])


def test_htmx_is_given_the_status_that_stands_where_the_buttons_were(client: Client) -> None:
    _idea, reply = asked()
    said = actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="So it is hot.", starter="say_back")
    client.force_login(somebody("Bo"))

    yes = client.post(f"/r/{said.pk}/yes", headers=HTMX)
    client.force_login(somebody("Cleo"))
    refused = client.post(f"/r/{said.pk}/yes", headers=HTMX)

    assert yes.content.decode().strip().startswith('<div class="told" role="status"')
    assert "Noted: yes, that&#x27;s it." in yes.content.decode()
    assert refused.status_code == 422
    assert refused.content.decode().strip().startswith('<p class="problem" role="alert"')


def test_yes_is_said_on_the_next_page_without_scripts(client: Client) -> None:
    _idea, reply = asked()
    said = actions.answer(by=somebody("Ana"), reply_id=reply.pk, text="So it is hot.", starter="say_back")
    client.force_login(somebody("Bo"))

    sent = client.post(f"/r/{said.pk}/yes")

    assert "Noted: yes, that&#x27;s it." in words(client, sent["Location"])


def test_what_was_just_sent_comes_back_as_words_to_change(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Bo"))

    answer = client.post(f"/r/{reply.pk}/take-back")

    assert answer["Location"] == f"{address_of(idea)}#say"
    html = words(client, address_of(idea))
    assert "Why hotter first?</textarea>" in html
    assert "A reply was taken back." not in html


def test_an_answer_to_what_was_taken_back_meanwhile_keeps_its_words(client: Client) -> None:
    _idea, reply = asked()
    actions.take_back(by=somebody("Bo"), reply_id=reply.pk)
    client.force_login(somebody("Ana"))

    answer = client.post(f"/r/{reply.pk}/answer", {"text": "Because of the crust."})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "What you are answering was taken back a moment ago." in html
    assert "Because of the crust.</textarea>" in html


def test_two_people_who_answer_each_other_at_once_both_stand(client: Client) -> None:
    idea, reply = asked()
    theirs = a_reply(idea, somebody("Cleo"), "What about rye?", at=timezone.now())
    cleo, bo = Client(), Client()
    cleo.force_login(somebody("Cleo"))
    bo.force_login(somebody("Bo"))
    cleo.get(f"{address_of(idea)}?answer={reply.pk}")
    bo.get(f"{address_of(idea)}?answer={theirs.pk}")

    cleo.post(f"/r/{reply.pk}/answer", {"text": "Cleo to Bo"})
    bo.post(f"/r/{theirs.pk}/answer", {"text": "Bo to Cleo"})

    html = words(client, address_of(idea))
    assert html.index("Why hotter first?") < html.index("Cleo to Bo") < html.index("What about rye?")
    assert html.index("What about rye?") < html.index("Bo to Cleo")


def test_an_idea_that_went_meanwhile_gives_the_words_back(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client.force_login(somebody("Bo"))
    actions.withdraw_idea(by=somebody("Ana"), idea_id=idea.pk)

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "My words about it"})

    assert answer.status_code == 422
    assert "My words about it" in answer.content.decode()
    assert "no longer here" in answer.content.decode()


def test_words_sent_without_being_signed_in_any_more_stand_in_their_box_after_it(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    form = form_on(client, f"{address_of(idea)}?answer={reply.pk}")
    client.logout()
    sent = {"text": "Half an hour of words", "starter": "say_back", **form}

    answer = client.post(f"/r/{reply.pk}/answer", sent)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/sign-in?next=")
    seen_signed_out = words(client, f"{address_of(idea)}?answer={reply.pk}")
    client.force_login(somebody("Ana"))
    seen = words(client, f"{address_of(idea)}?answer={reply.pk}")
    client.post(f"/r/{reply.pk}/answer", {"text": "Half an hour of words", "place": sent["place"]})
    after = words(client, f"{address_of(idea)}?answer={reply.pk}")

    assert "Your reply is safe. It waits until you have signed in." in seen_signed_out
    assert "Half an hour of words" not in seen_signed_out
    assert "Half an hour of words</textarea>" in seen
    assert "Half an hour of words</textarea>" not in after


def test_a_stranger_cannot_reply_in_a_closed_space_and_reads_why(client: Client) -> None:
    ana = somebody("Ana")
    idea = an_idea(ana, a_space(ana, is_open=False), audience="everyone")
    client.force_login(somebody("Dan"))

    html = words(client, address_of(idea))
    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "Outside words"})

    assert "Only people in this space can reply here." in html
    assert "Outside words" in answer.content.decode()


def test_what_was_tried_names_what_it_tried(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    box = words(client, f"{address_of(idea)}?tried=yes")
    client.post(f"/i/{idea.pk}/send/tried", {"text": "It opened.", "naming": str(reply.pk)})

    assert "You tried it: what happened?" in box
    html = words(client, address_of(idea))
    assert ">tried it</a>" in html
    assert "“It opened.”" in html


def test_a_credited_person_confirms_stays_unnamed_and_says_what_moved(client: Client) -> None:
    from tertulia.ideas.actions import Credited

    idea, reply = asked()
    actions.revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="Hotter first.",
        credits=[Credited(reply.pk, "the crust sets")],
    )
    credit = reply.credits.get()
    client.force_login(somebody("Bo"))

    client.post(f"/c/{credit.pk}", {"do": "yes"})
    client.post(f"/c/{credit.pk}", {"do": "unnamed"})
    client.post(f"/c/{credit.pk}", {"do": "moved", "moved": "I look before I ask."})
    empty = client.post(f"/c/{credit.pk}", {"do": "moved", "moved": " "})

    credit.refresh_from_db()
    assert (credit.heard, credit.named, credit.moved) == ("yes", False, "I look before I ask.")
    assert empty.status_code == 422
    client.force_login(somebody("Cleo"))
    assert client.post(f"/c/{credit.pk}", {"do": "yes"}).status_code == 404


def test_a_reply_costs_the_same_queries_in_a_long_thread(client: Client) -> None:
    client.force_login(somebody("Bo"))
    counts = []
    for many in (2, 20):
        idea = an_idea(somebody("Ana"), audience="everyone")
        for n in range(many):
            a_reply(idea, text=f"Words {n}")
        with CaptureQueriesContext(connection) as asked_of_it:
            client.post(f"/i/{idea.pk}/send/reply", {"text": "One more"}, headers=HTMX)
        counts.append(len(asked_of_it))

    assert counts[0] == counts[1]


def test_the_links_of_a_refused_page_lead_to_the_idea_and_not_to_where_it_was_sent(client: Client) -> None:
    idea, _reply = asked()
    client.force_login(somebody("Ana"))

    html = client.post(f"/i/{idea.pk}/send/reply", {"text": ""}).content.decode()

    assert 'href="?' not in html
    assert f'href="{address_of(idea)}?tried=yes#say"' in html
