"""The boxes that people write in: what is refused is said, what was typed stays, and what is not sent says so."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.web.addresses import address_of
from tests.community import a_reply, a_space, an_idea, somebody
from tests.web.asking import form_on

if TYPE_CHECKING:
    from tertulia.ideas.models import Credit, Idea, Reply

pytestmark = pytest.mark.django_db
NOT_SENT = "Your words are safe. They are not sent yet: press Reply to send them."


def asked() -> "tuple[Idea, Reply]":
    idea = an_idea(somebody("Ana"), audience="everyone", ask="doubts")
    return idea, a_reply(idea, somebody("Bo"), "Why hotter first?", starter="question", at=timezone.now())


def words(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


# --- what is refused is said where the form stood ---


@pytest.mark.parametrize(("sender", "stood"), [("form#answer", "answer"), ("form#answer-{}", "answer-{}")])
def test_a_refusal_returns_to_the_box_that_was_sent(client: Client, sender: str, stood: str) -> None:
    _idea, reply = asked()
    client.force_login(somebody("Ana"))
    headers = {"HX-Request": "true", "HX-Source": sender.format(reply.pk)}

    answer = client.post(f"/r/{reply.pk}/answer", {"text": ""}, headers=headers)

    box = stood.format(reply.pk)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == f"#{box}"
    assert f'id="{box}"' in html
    assert f'hx-target="#{box}"' in html
    assert 'role="alert"' in html


def test_a_sender_that_is_no_box_is_not_written_into_the_page(client: Client) -> None:
    _idea, reply = asked()
    client.force_login(somebody("Ana"))
    headers = {"HX-Request": "true", "HX-Source": 'form#"><script>'}

    answer = client.post(f"/r/{reply.pk}/answer", {"text": ""}, headers=headers)

    assert answer["HX-Retarget"] == f"#answer-{reply.pk}"
    assert "<script>" not in answer.content.decode()


def test_an_empty_answer_is_refused_on_its_page_without_scripts(client: Client) -> None:
    _idea, reply = asked()
    client.force_login(somebody("Ana"))

    answer = client.post(f"/r/{reply.pk}/answer", {"text": "So you are saying ", "starter": "say_back"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert '<p class="problem" role="alert" id="answer-problem">There are no words yet' in html
    assert 'aria-invalid="true" aria-describedby="answer-problem"' in html
    assert not reply.answers.exists()


# --- an opening keeps what was typed ---


def test_another_opening_keeps_what_was_typed_and_writes_nothing(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    sent = {"text": "So you are saying the crust comes late", "starter": "say_back", "open": "dont_know"}

    answer = client.post(f"/r/{reply.pk}/answer", sent)
    to_idea = client.post(f"/i/{idea.pk}/send/reply", {"text": "my oven", "open": "nonsense"})

    html = answer.content.decode()
    assert (answer.status_code, to_idea.status_code) == (200, 200)
    assert "I don&#x27;t know the crust comes late</textarea>" in html
    assert 'name="starter" value="dont_know"' in html
    assert "my oven</textarea>" in to_idea.content.decode()
    assert queries.replies_of(idea).count() == 1


def test_an_opening_chosen_after_the_idea_went_gives_the_words_back(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    actions.withdraw_idea(by=somebody("Ana"), idea_id=idea.pk)
    client.force_login(somebody("Bo"))

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "My oven", "open": "question"})

    assert answer.status_code == 422
    assert "My oven" in answer.content.decode()


def test_going_to_change_the_idea_keeps_what_was_typed_as_a_draft(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    box = client.get(f"/i/{idea.pk}/_?answer={reply.pk}", follow=True).content.decode()
    sent = {"text": "So you are saying the crust comes late", "starter": "say_back", "open": "changed"}

    answer = client.post(f"/r/{reply.pk}/answer", sent)

    assert re.search(r'<button name="open" value="changed"[^>]*>I&#x27;ve changed it…</button>', box)
    assert (answer.status_code, answer["Location"]) == (303, f"/i/{idea.pk}/revise?because={reply.pk}")
    again = client.get(f"/i/{idea.pk}/_?answer={reply.pk}", follow=True).content.decode()
    assert "So you are saying the crust comes late</textarea>" in again


def test_going_to_change_the_idea_keeps_no_opening_that_nothing_followed(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))

    client.post(
        f"/r/{reply.pk}/answer", {"text": "So you are saying ", "starter": "say_back", "open": "changed"}
    )

    assert not queries.drafts_about(somebody("Ana"), idea.pk)


def test_going_to_change_the_idea_keeps_words_that_are_too_many_to_be_sent(client: Client) -> None:
    idea, reply = asked()
    client.force_login(somebody("Ana"))
    long = "crust " * 34_000

    client.post(f"/r/{reply.pk}/answer", {"text": long, "starter": "say_back", "open": "changed"})

    (draft,) = queries.drafts_about(somebody("Ana"), idea.pk)
    assert draft.fields["text"] == long


# --- words that wait ---


def test_once_sent_nothing_is_said_to_wait(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    bo = somebody("Bo")
    actions.keep_draft(by=bo, place=f"reply:{idea.pk}:0", fields={"text": "It is July."})
    client.force_login(bo)
    before = words(client, address_of(idea))

    client.post(f"/i/{idea.pk}/send/reply", {"text": "It is July."})

    assert NOT_SENT in before
    assert NOT_SENT not in words(client, address_of(idea))


# --- "Not quite…" of a change ---


def credited(client: Client) -> "tuple[Idea, Credit]":
    idea, reply = asked()
    actions.revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=1,
        title=idea.title,
        text="Hotter first.",
        credits=[Credited(reply.pk, "the crust sets")],
    )
    client.force_login(somebody("Bo"))
    return idea, reply.credits.get()


def test_not_quite_of_a_change_opens_a_box_and_records_nothing_before_it_is_sent(client: Client) -> None:
    idea, credit = credited(client)

    for page in ("/", address_of(idea)):
        assert f'href="/c/{credit.pk}/not-quite"' in words(client, page)
    html = words(client, f"/c/{credit.pk}/not-quite")
    empty = client.post(f"/c/{credit.pk}/not-quite", {"text": " "})

    assert f"Ana: “{credit.sentence}” Not quite: what did you mean?" in html
    assert f'action="/c/{credit.pk}/not-quite"' in html
    assert "Add to what you said" not in html
    assert empty.status_code == 422
    assert "Not quite: what did you mean?" in empty.content.decode()
    credit.refresh_from_db()
    assert credit.heard == ""


def test_what_was_meant_stands_under_what_was_said(client: Client) -> None:
    idea, credit = credited(client)

    sent = client.post(f"/c/{credit.pk}/not-quite", {"text": "I meant the crumb."})

    credit.refresh_from_db()
    assert credit.heard == "not_quite"
    correction = credit.reply.answers.get()
    assert sent["Location"] == f"{address_of(idea)}#r{correction.pk}"
    client.force_login(somebody("Ana"))
    assert "I meant the crumb." in words(client, "/")


def test_nobody_else_corrects_a_change_and_their_words_come_back(client: Client) -> None:
    _idea, credit = credited(client)
    client.force_login(somebody("Cleo"))

    assert client.get(f"/c/{credit.pk}/not-quite").status_code == 404
    sent = client.post(f"/c/{credit.pk}/not-quite", {"text": "I meant it."})

    assert sent.status_code == 422
    assert "I meant it." in sent.content.decode()


def test_a_correction_sent_signed_out_waits_in_its_box(client: Client) -> None:
    _idea, credit = credited(client)
    form = form_on(client, f"/c/{credit.pk}/not-quite")
    client.logout()

    client.post(f"/c/{credit.pk}/not-quite", {"text": "I meant the crumb.", **form})
    client.force_login(somebody("Bo"))

    assert "I meant the crumb.</textarea>" in words(client, f"/c/{credit.pk}/not-quite")


# --- who reads it ---


def test_sharing_and_taking_back_say_what_they_do_before_they_do_it(client: Client) -> None:
    ana = somebody("Ana")
    idea = an_idea(ana, a_space(ana, is_open=False), audience="space")
    client.force_login(ana)

    html = words(client, address_of(idea))
    client.post(f"/i/{idea.pk}/send/share", {"audience": "everyone"})

    assert "<summary>Share it with everyone…</summary>" in html
    assert "search engines can find it. It cannot be narrowed again." in html
    assert "<summary>Take it back…</summary>" in html
    assert "Nobody but you sees it then. It can be done while nobody has replied." in html
    assert "· for everyone" not in html
    assert "· for everyone" in words(client, address_of(idea))


def test_whoever_shares_what_was_theirs_alone_is_told_that_its_earlier_words_go_along(client: Client) -> None:
    ana = somebody("Ana")
    idea = an_idea(ana, audience="me", text="Bo's bread is flat.")
    client.force_login(ana)
    before = words(client, address_of(idea))
    actions.revise(by=ana, idea_id=idea.pk, base_version=1, title="Flat bread", text="Some bread is flat.")

    after = words(client, address_of(idea))

    assert "Its earlier versions can be read with it." not in before
    assert after.count("Its earlier versions can be read with it.") == 2


def test_an_idea_for_everyone_in_an_open_space_does_not_say_so(client: Client) -> None:
    assert "· for everyone" not in words(client, address_of(an_idea(audience="everyone")))


def test_whom_to_ask_is_the_authors_to_know(client: Client) -> None:
    idea = an_idea(audience="everyone")
    client.force_login(somebody("Ana"))
    mine = words(client, address_of(idea))
    client.force_login(somebody("Bo"))

    assert "Ask one person: copy this link and send it to them:" in mine
    assert f"http://testserver{address_of(idea)}</code>" in mine
    assert "Ask one person" not in words(client, address_of(idea))


def test_a_reply_that_changed_two_versions_says_so_in_one_sentence(client: Client) -> None:
    idea, credit = credited(client)
    actions.revise(
        by=somebody("Ana"),
        idea_id=idea.pk,
        base_version=2,
        title=idea.title,
        text="Much hotter first.",
        credits=[Credited(credit.reply_id, "how much hotter")],
    )

    html = words(client, address_of(idea))

    link = f'<a href="/i/{idea.pk}/v/'
    assert f'It became versions {link}2">2</a> and {link}3">3</a>.' in html


# --- writing and changing ---


def test_the_field_that_an_error_is_about_is_marked(client: Client) -> None:
    ana = somebody("Ana")
    space, idea = a_space(ana), an_idea(ana)
    client.force_login(ana)

    written = client.post(f"/s/{space.slug}/write", {"title": "", "text": "Words", "ask": "doubts"})
    changed = client.post(f"/i/{idea.pk}/revise", {"title": "A title", "text": " ", "base_version": "1"})

    marked = 'aria-invalid="true" aria-describedby="problem"'
    for html, field in (
        (written.content.decode(), 'name="title"'),
        (changed.content.decode(), 'name="text"'),
    ):
        assert html.count(marked) == 1
        assert re.search(rf"<[^>]*{field}[^>]*{marked}", html)
        assert 'id="problem"' in html


def test_leaving_keeps_the_draft_and_leads_back(client: Client) -> None:
    ana = somebody("Ana")
    space, idea = a_space(ana), an_idea(ana)
    client.force_login(ana)

    from_write = client.post(f"/s/{space.slug}/write", {"text": "Half a page", "keep": "leave"})
    from_revise = client.post(f"/i/{idea.pk}/revise", {"text": "Half a change", "keep": "leave"})

    assert from_write["Location"] == f"/s/{space.slug}"
    assert from_revise["Location"] == address_of(idea)
    assert "Half a page" in words(client, "/drafts")
    assert "Half a change" in words(client, "/drafts")
