from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.web.addresses import address_of
from tests.community import a_reply, a_space, an_idea, somebody

if TYPE_CHECKING:
    from django.test import RequestFactory

    from tertulia.ideas.models import Idea, Reply

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def kettle() -> "tuple[Idea, Reply]":
    """Ana's public idea in an open space, with a doubt by Bo that became version 2."""
    ana, bo = somebody("Ana"), somebody("Bo")
    space = a_space(ana, bo)
    idea = an_idea(
        ana, space, title="Ask your kettle", audience="everyone", ask="doubts", question="Is it true?"
    )
    reply = a_reply(idea, bo, "This might not hold when it is rye.", starter="challenge", at=timezone.now())
    actions.answer(by=ana, reply_id=reply.pk, text="So you are saying rye is glue.", starter="say_back")
    actions.revise(
        by=ana,
        idea_id=idea.pk,
        base_version=1,
        title="Ask your kettle twice",
        text="Let the dough rise until it has grown by half.\n\nBake it hot.",
        credits=[Credited(reply.pk, "Rye is not wheat")],
    )
    idea.refresh_from_db()
    return idea, reply


def test_a_wrong_slug_leads_to_the_right_one(client: Client) -> None:
    idea = an_idea(audience="everyone")

    answer = client.get(f"/i/{idea.pk}/something-else?show=clean")

    assert answer.status_code == 301
    assert answer["Location"] == f"{address_of(idea)}?show=clean"


def test_an_idea_called_revise_keeps_an_address_of_its_own(client: Client) -> None:
    idea = an_idea(title="Revise", audience="everyone")

    assert "Revise" in page(client, address_of(idea))


def test_an_idea_for_its_space_is_not_there_for_a_stranger(client: Client) -> None:
    idea = an_idea(audience="space")

    assert client.get(address_of(idea)).status_code == 404


def test_the_page_says_what_changed_it_and_because_of_whom(client: Client) -> None:
    idea, reply = kettle()

    html = page(client, address_of(idea))

    assert "first called “Ask your kettle”" in html
    assert f'because of  <a href="#r{reply.pk}">Bo</a>' in html.replace("of <", "of  <")
    assert '<span class="changed">' in html
    assert "<del>" not in html
    assert "Ana: “Rye is not wheat”" in html
    assert "Ana asks for your doubts." in html


def test_what_was_replaced_can_be_shown_and_all_marks_hidden(client: Client) -> None:
    idea, _reply = kettle()

    assert "<del>" in page(client, f"{address_of(idea)}?show=difference")
    clean = page(client, f"{address_of(idea)}?show=clean")
    assert 'class="changed"' not in clean
    assert 'class="note"' not in clean


def test_a_saying_back_stands_under_what_it_answers_with_what_its_person_said(client: Client) -> None:
    idea, reply = kettle()
    said = reply.answers.get()
    actions.confirm(by=somebody("Bo"), reply_id=said.pk)

    html = page(client, address_of(idea))

    assert "<b>Ana</b> <q>So you are saying rye is glue.</q> <b>Bo</b>: yes, that&#x27;s it." in html
    assert f'It became <a href="/i/{idea.pk}/v/2">version 2</a>.' in html


def test_nobody_else_sees_that_a_saying_back_still_waits(client: Client) -> None:
    idea, _reply = kettle()
    client.force_login(somebody("Cleo"))

    html = page(client, address_of(idea))

    assert "get you right" not in html
    assert "not yet confirmed" not in html


def test_who_was_answered_is_asked_whether_that_is_it(client: Client) -> None:
    idea, reply = kettle()
    client.force_login(somebody("Bo"))

    html = page(client, address_of(idea))

    assert "Did Ana get you right?" in html
    assert f"/r/{reply.answers.get().pk}/yes" in html


def test_somebody_who_prefers_it_is_a_reader_and_is_found_nowhere(client: Client) -> None:
    idea, reply = kettle()
    credit = reply.credits.get()
    actions.prefer_unnamed(by=somebody("Bo"), credit_id=credit.pk)

    html = page(client, address_of(idea))
    version = page(client, f"/i/{idea.pk}/v/2")

    assert "A reader" in html
    assert "It became" not in html
    assert f'<a href="#r{reply.pk}">Bo</a>' not in html
    assert "Bo" not in version


def test_the_credited_person_is_told_and_asked(client: Client) -> None:
    idea, _reply = kettle()
    client.force_login(somebody("Bo"))

    html = page(client, address_of(idea))

    assert "Ana changed the text because of you:" in html
    assert "Did Ana get you right?" in html
    assert "What moved for you?" in html


def test_what_was_tried_stands_in_its_box(client: Client) -> None:
    idea, _reply = kettle()
    actions.tell_tried(by=somebody("Bo"), idea_id=idea.pk, text="Out at eighty-five. It is bread.")

    html = page(client, address_of(idea))

    assert "<b>Bo</b>, <time" in html
    assert "“Out at eighty-five. It is bread.”" in html
    assert "Bo tried this." in html


def test_a_reply_that_was_taken_back_leaves_a_line_where_others_answered(client: Client) -> None:
    idea = an_idea(audience="everyone")
    now = timezone.now()
    answered, alone = a_reply(idea, text="Answered words", at=now), a_reply(idea, text="Lonely words", at=now)
    actions.answer(by=somebody("Cleo"), reply_id=answered.pk, text="Why?", at=now)
    actions.take_back(by=somebody("Bo"), reply_id=answered.pk)
    actions.take_back(by=somebody("Bo"), reply_id=alone.pk)

    html = page(client, address_of(idea))

    assert html.count("A reply was taken back.") == 1
    assert "Answered words" not in html
    assert "Lonely words" not in html


def test_words_of_somebody_who_left_stay_without_a_name(client: Client) -> None:
    idea = an_idea(audience="everyone")
    reply = a_reply(idea)
    type(reply).objects.filter(pk=reply.pk).update(author=None, addressee=None)

    assert "somebody who left" in page(client, address_of(idea))


def test_what_a_person_called_themselves_cannot_write_html(client: Client) -> None:
    mallory = somebody("<b>Mallory</b>")
    idea = an_idea(audience="everyone")
    a_reply(idea, mallory)

    html = page(client, address_of(idea))

    assert "<b>Mallory" not in html
    assert "&lt;b&gt;Mallory" in html


def test_somebody_who_is_not_signed_in_can_reply_and_gets_the_cookie_of_the_form_alone(
    client: Client,
) -> None:
    idea, _reply = kettle()

    answer = client.get(address_of(idea))

    assert "Sign in" in answer.content.decode()
    assert "<textarea" in answer.content.decode()
    assert [name for name in answer.cookies if "csrf" not in name] == []


def test_a_long_thread_has_pages_and_a_reply_is_found_on_its_page(client: Client) -> None:
    idea = an_idea(audience="everyone")
    replies = [a_reply(idea, text=f"Words number {n}") for n in range(102)]

    assert "Words number 101" not in page(client, address_of(idea))
    assert "Words number 101" in page(client, f"{address_of(idea)}?page=2")
    assert client.get(f"/r/{replies[101].pk}")["Location"] == f"{address_of(idea)}?page=2#r{replies[101].pk}"


def test_the_templates_of_the_page_ask_nothing_of_the_database(client: Client, rf: "RequestFactory") -> None:
    from tertulia.web.composers import Opened
    from tertulia.web.idea_page import Viewed, idea_page
    from tertulia.web.ideas import load_idea
    from tertulia.web.pages import Shell

    idea, reply = kettle()
    bo = somebody("Bo")
    request = rf.get(address_of(idea))
    request.session, request.user = client.session, bo
    opened = Opened(kind="answer", reply_id=reply.pk)
    built = idea_page(Viewed(request=request, person=bo, idea=load_idea(bo, idea.pk), opened=opened))
    shell = Shell(
        name="Bo", signed_in=True, waits=((1, 1),), here="spaces", demo=False, mail_is_printed=False
    )

    def refuse(*asked: object) -> None:
        raise AssertionError(f"a template asked {asked[1]}")

    with connection.execute_wrapper(refuse):
        html = render_to_string("web/idea.html", {"page": built, "shell": shell}, request=request)

    assert "What people said" in html


def test_times_are_plain_words() -> None:
    from tertulia.web.times import in_words

    now = timezone.now().replace(hour=12)

    assert in_words(now, now).startswith("today at ")
    assert in_words(now - timedelta(days=1), now) == "yesterday"
    assert in_words(now - timedelta(days=3), now) == "3 days ago"
    assert in_words(now - timedelta(days=100), now).startswith("in ")
    assert in_words(now - timedelta(days=500), now).startswith("on ")


def test_a_version_is_shown_as_it_was_with_the_ones_beside_it(client: Client) -> None:
    idea, _reply = kettle()

    first, second = page(client, f"/i/{idea.pk}/v/1"), page(client, f"/i/{idea.pk}/v/2")

    assert "rise for ninety minutes" in first
    assert 'rel="next"' in first
    assert "<ins>" in second
    assert "Rye is not wheat" in second
    assert client.get(f"/i/{idea.pk}/v/3").status_code == 404


def test_what_was_brought_from_elsewhere_says_so(client: Client) -> None:
    from tertulia.people.actions import add_person

    idea = an_idea(audience="everyone")
    away = add_person(name="Imogen", import_id=1)
    type(idea).objects.filter(pk=idea.pk).update(
        author=away, import_id=1, source_url="https://old.example/7", licence="CC BY-SA 4.0"
    )

    html = page(client, address_of(idea))

    assert "Brought from old.example." in html
    assert "Its author is not here." in html
    assert 'href="https://old.example/7"' in html
    assert "CC BY-SA 4.0" in html


def test_what_the_history_does_not_say_is_not_said_and_who_is_not_here_is_not_told(client: Client) -> None:
    from tertulia.people.actions import add_person

    idea = an_idea(audience="everyone")
    away = add_person(name="Criggie", import_id=1)
    reply = a_reply(idea, somebody("Bo"), "How much salt?")
    type(reply).objects.filter(pk=reply.pk).update(author=away, import_id=1)
    client.force_login(somebody("Cleo"))
    here = page(client, address_of(idea))
    type(idea).objects.filter(pk=idea.pk).update(import_id=1, touched=7)

    html = page(client, f"{address_of(idea)}?answer={reply.pk}")

    assert "Half-baked:" in here
    assert "Half-baked:" not in html
    assert "Criggie is not here and will not be told. People here will read it." in html
    assert "will not be told" not in here


def test_an_address_that_is_none_is_no_link(client: Client) -> None:
    idea = an_idea(audience="everyone")
    type(idea).objects.filter(pk=idea.pk).update(import_id=1, source_url="javascript:alert(1)")

    assert "javascript:" not in page(client, address_of(idea))


def _made(made: list[int], key: int) -> int:
    made.append(key)
    return key


def test_only_so_many_pages_are_kept() -> None:
    from tertulia.web.kept_pages import Recent

    made: list[int] = []
    recent: Recent[int] = Recent(2)

    def value(key: int) -> int:
        return recent.get(key, lambda: _made(made, key))

    for key in (1, 2, 1, 3, 1, 2):
        assert value(key) == key

    # The one that was not used longest went first.
    assert made == [1, 2, 3, 2]
