import pytest
from django.test import Client

from tertulia.ideas import actions, queries
from tertulia.web.addresses import address_of
from tests.community import a_space, an_idea, somebody
from tests.web.asking import form_on

pytestmark = pytest.mark.django_db

IDEA = {
    "title": "Ask your kettle",
    "text": "Boil it.\n\nMeasure it.",
    "ask": "help",
    "question": "Who has one?",
    "topics": "altitude, crust",
    "audience": "everyone",
}


def test_with_one_space_writing_begins_in_it(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    assert client.get("/write")["Location"] == f"/s/{space.slug}/write"


def test_with_several_spaces_one_chooses(client: Client) -> None:
    ana = somebody("Ana")
    a_space(ana, name="Bread")
    a_space(ana, name="Letters")
    client.force_login(ana)

    html = client.get("/write").content.decode()

    assert "/s/bread/write" in html
    assert "/s/letters/write" in html


def test_an_idea_is_written_and_its_page_opens(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    answer = client.post(f"/s/{space.slug}/write", IDEA)

    idea = queries.ideas_of_space(ana, space).get()
    assert (answer.status_code, answer["Location"]) == (303, address_of(idea))
    assert (idea.ask, idea.question, idea.audience) == ("help", "Who has one?", "everyone")
    assert sorted(idea.topics.values_list("name", flat=True)) == ["altitude", "crust"]


@pytest.mark.parametrize(("is_open", "audience"), [(True, "everyone"), (False, "space")])
def test_who_may_read_it_begins_as_wide_as_the_space(client: Client, is_open: bool, audience: str) -> None:
    ana = somebody("Ana")
    space = a_space(ana, is_open=is_open)
    client.force_login(ana)

    html = client.get(f"/s/{space.slug}/write").content.decode()

    assert f'<option value="{audience}" selected>' in html


def test_it_can_be_read_first_and_nothing_is_written(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    html = client.post(f"/s/{space.slug}/write", {**IDEA, "preview": "1"}).content.decode()

    assert "<p>Boil it.</p>" in html
    assert 'value="Ask your kettle"' in html
    assert not queries.ideas_of_space(ana, space).exists()


def test_without_a_title_the_words_come_back(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    answer = client.post(f"/s/{space.slug}/write", {**IDEA, "title": ""})

    assert answer.status_code == 422
    assert "An idea needs a title" in answer.content.decode()
    assert "Measure it.</textarea>" in answer.content.decode()
    assert '<option value="help" selected>' in answer.content.decode()


def test_who_is_not_in_the_space_is_led_to_it_and_keeps_the_words(client: Client) -> None:
    space = a_space(somebody("Ana"))
    client.force_login(somebody("Dan"))

    assert client.get(f"/s/{space.slug}/write")["Location"] == f"/s/{space.slug}"
    answer = client.post(f"/s/{space.slug}/write", IDEA)
    assert "Join this space first" in answer.content.decode()
    assert "Measure it.</textarea>" in answer.content.decode()


def test_a_space_that_one_may_not_know_of_is_not_there(client: Client) -> None:
    space = a_space(somebody("Ana"), is_open=False)
    client.force_login(somebody("Dan"))

    assert client.get(f"/s/{space.slug}/write").status_code == 404


def test_an_idea_sent_after_the_session_ended_stands_there_again(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana, is_open=False)

    client.force_login(ana)
    form = form_on(client, f"/s/{space.slug}/write")
    client.logout()

    answer = client.post(f"/s/{space.slug}/write", {**IDEA, **form})
    client.force_login(ana)
    html = client.get(f"/s/{space.slug}/write").content.decode()

    assert answer["Location"].startswith("/sign-in?next=")
    assert "Measure it.</textarea>" in html
    assert 'value="Ask your kettle"' in html


def test_a_notice_asks_for_nothing(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    page = client.post(
        f"/s/{space.slug}/write", {**IDEA, "is_notice": "1", "question": ""}, follow=True
    ).content.decode()

    assert "a notice, it asks for nothing" in page
    assert "asks for your" not in page


def test_an_idea_nobody_answered_can_be_taken_back(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    client.force_login(somebody("Ana"))

    html = client.post(f"/i/{idea.pk}/send/back", follow=True).content.decode()

    assert "Only you see it." in html
    client.logout()
    assert client.get(address_of(idea)).status_code == 404


def test_an_idea_that_others_answered_stays(client: Client) -> None:
    idea = an_idea(somebody("Ana"), audience="everyone")
    actions.reply(by=somebody("Bo"), idea_id=idea.pk, text="Why?")
    client.force_login(somebody("Ana"))

    answer = client.post(f"/i/{idea.pk}/send/back")

    assert answer.status_code == 422
    assert "Others have replied, so the idea stays." in answer.content.decode()


def test_the_author_of_an_idea_of_their_own_can_share_it_from_its_page(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    idea = actions.write_idea(by=ana, space=space, title="A note", text="Half a thought.", audience="me")
    client.force_login(ana)
    page = client.get(f"/i/{idea.pk}/{idea.slug}").content.decode()

    sent = client.post(f"/i/{idea.pk}/send/share", {"audience": "space"})

    assert "Share it with this space" in page
    assert sent.status_code == 303
    assert "Share it with this space" not in client.get(f"/i/{idea.pk}/{idea.slug}").content.decode()


def test_a_question_that_cannot_be_kept_is_said_and_stays_in_the_form(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    client.force_login(ana)

    answer = client.post(f"/s/{space.slug}/write", IDEA | {"ask": "half_baked"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "You wrote a question, and chose to ask nothing yet." in html
    assert 'value="Who has one?" aria-invalid="true" aria-describedby="problem"' in html
    assert not queries.ideas_of_space(ana, space).exists()
