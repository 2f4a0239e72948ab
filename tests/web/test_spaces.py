from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tertulia.spaces.actions import found_space, invite, reword
from tertulia.spaces.queries import invitation_of, is_member, spaces_of
from tertulia.web.pages import Shell
from tertulia.web.spaces_page import members_page, space_page, spaces_page
from tests.community import a_reply, a_space, after, an_idea, site_keeper, somebody
from tests.web.asking import no_queries

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_what_each_space_is_for_yours_first(client: Client) -> None:
    ana = somebody("Ana")
    a_space(name="Apples")
    bread = a_space(ana, name="Bread")
    reword(by=site_keeper(), space=bread, purpose="Better loaves.", bring="a failure", take_away="a reason")
    client.force_login(ana)

    text = page(client, "/spaces")

    assert text.index("Bread") < text.index("Apples")
    assert "Better loaves." in text
    assert "You bring a failure" in text
    assert "You take away a reason" in text
    assert "2 people" in text


def test_a_space_by_invitation_is_listed_only_for_the_people_in_it(client: Client) -> None:
    ana, dan = somebody("Ana"), somebody("Dan")
    a_space(ana, name="Hidden table", is_open=False)
    client.force_login(dan)
    seen_by_dan = page(client, "/spaces")
    client.force_login(ana)

    assert "Hidden table" not in seen_by_dan
    assert "Hidden table" in page(client, "/spaces")
    assert "Hidden table" not in page(Client(), "/spaces")


def test_only_the_keeper_of_the_site_begins_a_space(client: Client) -> None:
    client.force_login(somebody("Ana"))
    refused = client.get("/spaces/new")
    client.force_login(site_keeper())
    made = client.post(
        "/spaces/new", {"name": "Bread", "purpose": "Loaves.", "bring": "", "take_away": "", "open": "no"}
    )

    assert refused.status_code == 404
    assert (made.status_code, made["Location"]) == (303, "/s/bread/invitation?first=1")
    assert [(one.name, one.is_open) for one in spaces_of(site_keeper())] == [("Bread", False)]


def test_what_comes_next_in_the_first_run_stays_when_a_link_is_made_or_ended(client: Client) -> None:
    a_space()
    client.force_login(site_keeper())

    made = client.post("/s/bread/invitation?first=1")
    with_a_link = page(client, made["Location"])
    ended = client.post("/s/bread/invitation/end?first=1")
    later = client.post("/s/bread/invitation")

    assert "/s/bread/write" in with_a_link
    assert 'action="/s/bread/invitation/end?first=1"' in with_a_link
    assert ended["Location"] == "/s/bread/invitation?first=1"
    assert later["Location"] == "/s/bread/invitation"


def test_the_first_run_leads_to_inviting_writing_and_bringing_a_history(client: Client) -> None:
    client.force_login(site_keeper())
    client.post("/spaces/new", {"name": "Bread", "open": "yes"})

    text = page(client, "/s/bread/invitation?first=1")

    assert "/s/bread/write" in text
    assert "Make a link" in text
    assert "tertulia import" in text
    assert "--demo" not in text


def test_in_the_demo_the_command_brings_a_history_into_the_demo(client: Client, settings: Any) -> None:
    settings.DEMO = True
    client.force_login(site_keeper())
    client.post("/spaces/new", {"name": "Bread", "open": "yes"})

    text = page(client, "/s/bread/invitation?first=1")

    assert '--space "Bread" --demo</code>' in text
    assert """--space 'Bread' --demo"</code>""" in text


@pytest.mark.parametrize("typed", [{"name": " "}, {"name": "Bread", "purpose": "x" * 301}])
def test_a_space_that_cannot_begin_gives_the_words_back(client: Client, typed: dict[str, str]) -> None:
    client.force_login(site_keeper())

    answer = client.post("/spaces/new", {"bring": "a failure", **typed})

    assert answer.status_code == 422
    assert 'value="a failure"' in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_ideas_stand_in_the_order_of_the_last_talk_with_their_state(client: Client) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    space = a_space(ana, bo)
    first = an_idea(ana, space, title="First idea", ask="doubts", question="Is it so?")
    an_idea(ana, space, title="Second idea", ask="help", at=after(5))
    a_reply(first, bo, at=after(60))
    client.force_login(bo)

    text = page(client, "/s/bread")

    assert text.index("First idea") < text.index("Second idea")
    assert "1 reply" in text
    assert "Is it so?" in text
    assert text.count("nobody has answered") == 1


def test_notices_are_set_apart(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    an_idea(ana, space, title="The oven is out", is_notice=True)
    client.force_login(ana)

    everything, notices = page(client, "/s/bread"), page(client, "/s/bread?notices=1")

    assert "Nobody has written here yet" in everything
    assert everything.index("<aside") < everything.index("The oven is out")
    assert notices.index("The oven is out") < notices.index("<aside")


def test_a_topic_shows_its_ideas_alone(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    an_idea(ana, space, title="About rye", topics=("rye",))
    an_idea(ana, space, title="About wheat", topics=("wheat",))
    client.force_login(ana)

    text = page(client, "/s/bread?topic=rye")

    assert "About rye" in text
    assert "About wheat" not in text


def test_thirty_ideas_a_page_and_a_way_to_the_earlier_ones(client: Client) -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    for number in range(31):
        an_idea(ana, space, title=f"Idea number {number:02}", at=after(number))
    client.force_login(ana)

    first, second = page(client, "/s/bread"), page(client, "/s/bread?page=2")

    assert first.count("Idea number") == 30
    assert "?page=2" in first
    assert second.count("Idea number") == 1
    assert "Idea number 00" in second


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 30, "99999999"])
def test_a_page_that_is_no_page_is_the_first_or_empty(client: Client, number: str) -> None:
    a_space(somebody("Ana"))

    assert client.get(f"/s/bread?page={number}").status_code == 200


def test_joining_is_one_click_and_leaving_another(client: Client) -> None:
    dan, space = somebody("Dan"), a_space()
    client.force_login(dan)

    joined = client.post("/s/bread/join")
    was_in = is_member(dan, space)
    client.post("/s/bread/leave")

    assert joined.status_code == 303
    assert was_in
    assert not is_member(dan, space)


def test_joining_without_signing_in_leads_there_and_back(client: Client) -> None:
    a_space()

    assert client.post("/s/bread/join")["Location"] == "/sign-in?next=%2Fs%2Fbread"


def test_the_keeper_cannot_leave_and_is_told_why(client: Client) -> None:
    a_space()
    client.force_login(site_keeper())

    answer = client.post("/s/bread/leave")

    assert answer.status_code == 422
    assert "Hand it to somebody else first" in answer.content.decode()


def test_an_invitation_shows_name_and_purpose_and_lets_in(client: Client) -> None:
    dan, space = somebody("Dan"), a_space(name="Hidden table", is_open=False)
    reword(by=site_keeper(), space=space, purpose="To talk.", bring="", take_away="")
    token = invite(by=site_keeper(), space=space).token

    text = page(client, f"/join/{token}")
    sent_away = client.post(f"/join/{token}")
    client.force_login(dan)
    joined = client.post(f"/join/{token}")

    assert "Hidden table" in text
    assert "To talk." in text
    assert sent_away["Location"] == f"/sign-in?next=%2Fjoin%2F{token}"
    assert joined["Location"] == "/s/hidden-table?told=joined"
    assert is_member(dan, space)


def test_an_ended_invitation_says_so_and_nothing_else(client: Client) -> None:
    vera, space = site_keeper(), a_space(name="Hidden table", is_open=False)
    token = invite(by=vera, space=space).token
    client.force_login(vera)
    client.post("/s/hidden-table/invitation/end")

    answer = Client().get(f"/join/{token}")

    assert answer.status_code == 404
    assert "This invitation has ended" in answer.content.decode()
    assert "Hidden table" not in answer.content.decode()
    assert invitation_of(space) is None


def test_making_a_new_link_ends_the_one_before(client: Client) -> None:
    vera, space = site_keeper(), a_space(is_open=False)
    old = invite(by=vera, space=space).token
    client.force_login(vera)

    client.post("/s/bread/invitation")
    new = invitation_of(space)

    assert new is not None
    assert new.token != old
    assert f"/join/{new.token}" in page(client, "/s/bread/invitation")
    assert Client().get(f"/join/{old}").status_code == 404


@pytest.mark.parametrize("place", ["invitation", "words"])
def test_pages_of_the_keeper_are_not_there_for_members(client: Client, place: str) -> None:
    ana = somebody("Ana")
    a_space(ana)
    client.force_login(ana)

    assert client.get(f"/s/bread/{place}").status_code == 404


def test_earlier_words_stay_readable(client: Client) -> None:
    vera = site_keeper()
    found_space(by=vera, name="Bread", purpose="Better loaves.")
    client.force_login(vera)

    changed = client.post(
        "/s/bread/words", {"purpose": "Bread of every kind.", "bring": "a failure", "take_away": ""}
    )
    text = page(Client(), "/s/bread/people")

    assert changed.status_code == 303
    assert text.index("Bread of every kind.") < text.index("Better loaves.")
    assert "changed by Vera" in text


def test_empty_words_are_suggested_to_the_keeper_alone(client: Client) -> None:
    a_space(somebody("Ana"))
    hint = "It does not say yet what people bring here"
    client.force_login(somebody("Ana"))
    for_ana = page(client, "/s/bread")
    client.force_login(site_keeper())

    assert hint not in for_ana
    assert hint in page(client, "/s/bread")


def test_names_of_members_are_for_members(client: Client) -> None:
    ana = somebody("Ana")
    a_space(ana)

    assert "Ana" not in page(client, "/s/bread/people")
    client.force_login(ana)
    assert "Ana" in page(client, "/s/bread/people")


def test_templates_of_spaces_run_no_query() -> None:
    ana = somebody("Ana")
    space = a_space(ana)
    an_idea(ana, space, topics=("rye",))
    shell = Shell(name="Ana", signed_in=True, waits=(), here="", demo=False, mail_is_printed=False)
    pages = {
        "space": space_page(ana, space),
        "spaces": spaces_page(ana),
        "members": members_page(ana, space),
    }

    with no_queries():
        texts = [
            render_to_string(f"web/{name}.html", {"page": made, "shell": shell})
            for name, made in pages.items()
        ]

    assert all("Bread" in text for text in texts)


def test_whether_a_space_is_open_is_chosen_and_never_assumed(client: Client) -> None:
    client.force_login(site_keeper())

    form = client.get("/spaces/new").content.decode()
    answer = client.post("/spaces/new", {"name": "Year one", "purpose": "A class."})

    assert " checked" not in form
    assert answer.status_code == 422
    assert "Choose who may join." in answer.content.decode()
    assert 'value="Year one"' in answer.content.decode()
    assert not spaces_of(site_keeper()).exists()


def test_a_stranger_who_would_join_is_led_to_sign_in_and_is_given_no_cookie_for_it(client: Client) -> None:
    a_space()

    answer = client.get("/s/bread")

    assert '<a class="go" href="/s/bread/join" rel="nofollow">Join this space</a>' in answer.content.decode()
    assert not answer.cookies
