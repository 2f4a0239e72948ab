import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tertulia.ideas import actions, queries
from tertulia.web.addresses import address_of
from tests.community import a_space, an_idea, somebody

pytestmark = pytest.mark.django_db


def test_words_are_kept_while_they_are_typed_and_stand_there_again(client: Client) -> None:
    ana = somebody("Ana")
    idea = an_idea(somebody("Bo"), audience="everyone")
    client.force_login(ana)

    kept = client.post("/drafts/keep", {"place": f"reply:{idea.pk}:0", "text": "Half a sent", "starter": ""})

    assert kept.status_code == 200
    assert "Half a sent</textarea>" in client.get(address_of(idea)).content.decode()


def test_keeping_without_being_signed_in_says_so(client: Client) -> None:
    assert client.post("/drafts/keep", {"place": "reply:1:0", "text": "x"}).status_code == 401


def test_a_place_that_is_none_is_refused(client: Client) -> None:
    client.force_login(somebody("Ana"))

    assert client.post("/drafts/keep", {"place": "elsewhere", "text": "x"}).status_code == 422


def test_figures_of_another_script_are_no_place(client: Client) -> None:
    """A browser is told the place in a cookie, which holds no such letters."""
    client.force_login(somebody("Ana"))

    kept = client.post("/drafts/keep", {"place": "reply:\u0663:0", "text": "x"})
    dropped = client.post("/drafts/drop", {"place": "reply:\u0663:0"})

    assert kept.status_code == 422
    assert "arrived" not in dropped.cookies


def test_words_for_a_place_with_a_number_that_no_row_can_have_are_still_found(client: Client) -> None:
    client.force_login(somebody("Ana"))
    client.post(f"/i/{10**30}/send/reply", {"text": "Into the blue", "keep": "1"})

    pages = [client.get(address) for address in ("/drafts", "/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("Into the blue" in page.content.decode() for page in pages)


def test_emptied_words_leave_no_draft(client: Client) -> None:
    ana = somebody("Ana")
    actions.keep_draft(by=ana, place="reply:1:0", fields={"text": "x"})
    client.force_login(ana)

    client.post("/drafts/keep", {"place": "reply:1:0", "text": "", "starter": ""})

    assert not queries.drafts_of(ana).exists()


def test_a_draft_can_be_kept_by_a_button(client: Client) -> None:
    ana = somebody("Ana")
    idea = an_idea(somebody("Bo"), audience="everyone")
    client.force_login(ana)

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "Not yet", "keep": "1"}, follow=True)

    assert "Not yet</textarea>" in answer.content.decode()
    assert not queries.replies_of(idea).exists()


def test_all_drafts_are_found_with_the_way_to_their_place(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    idea = an_idea(ana, space, audience="everyone")
    for place in (f"idea:{space.pk}", f"reply:{idea.pk}:0", f"revise:{idea.pk}", "reply:999:0"):
        actions.keep_draft(by=ana, place=place, fields={"text": f"Words for {place}"})
    client.force_login(ana)

    html = client.get("/drafts").content.decode()

    assert f'href="/s/{space.slug}/write"' in html
    assert f'href="{address_of(idea)}#say"' in html
    assert f'href="/i/{idea.pk}/revise"' in html
    assert "Words for reply:999:0" in html


def test_a_draft_can_be_thrown_away(client: Client) -> None:
    ana = somebody("Ana")
    actions.keep_draft(by=ana, place="reply:1:0", fields={"text": "x"})
    client.force_login(ana)

    client.post("/drafts/drop", {"place": "reply:1:0"})

    assert "Nothing is kept here now." in client.get("/drafts").content.decode()


def test_nobody_reads_the_drafts_of_others(client: Client) -> None:
    actions.keep_draft(by=somebody("Ana"), place="reply:1:0", fields={"text": "Secret words"})
    client.force_login(somebody("Bo"))

    assert "Secret words" not in client.get("/drafts").content.decode()


def test_the_page_of_drafts_costs_the_same_for_many(client: Client) -> None:
    ana = somebody("Ana")
    client.force_login(ana)
    counts = []
    for many in (2, 4):
        for n in range(many):
            idea = an_idea(ana, title=f"Idea {many} {n}")
            actions.keep_draft(by=ana, place=f"reply:{idea.pk}:0", fields={"text": "x"})
        with CaptureQueriesContext(connection) as asked:
            client.get("/drafts")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_form_that_is_too_old_gives_its_words_back() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody("Ana"))
    idea = an_idea(somebody("Bo"), audience="everyone")

    answer = client.post(f"/i/{idea.pk}/send/reply", {"text": "My <b>words</b>", "starter": "question"})

    html = answer.content.decode()
    assert answer.status_code == 403
    assert "My &lt;b&gt;words&lt;/b&gt;</textarea>" in html
    assert f'action="/i/{idea.pk}/send/reply"' in html
    assert 'name="starter" value="question"' in html


@pytest.mark.parametrize("field", ["sentence", "why-12", "topics"])
def test_whatever_somebody_wrote_is_seen_and_not_only_carried(field: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody("Ana"))

    html = client.post("/contest/1", {field: "It was otherwise"}).content.decode()

    assert "It was otherwise</textarea>" in html


def test_a_form_from_another_site_is_given_back_without_a_way_to_send_it() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody("Ana"))

    answer = client.post(
        "/i/1/send/reply", {"text": "Theirs"}, headers={"Origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403
    assert 'action="/i/1/send/reply"' not in answer.content.decode()
