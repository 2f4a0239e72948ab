"""A contest as the two people live it, without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tertulia.ideas.actions import Credited, prefer_unnamed, revise
from tertulia.ideas.models import Credit
from tertulia.people.queries import person_by_key
from tertulia.readings import actions, queries
from tertulia.readings.models import Contest
from tertulia.spaces.models import Space
from tests.community import a_reply, acts, after, an_idea, somebody
from tests.readings.places import NOW, kettle, read, round_table, table
from tests.web.test_reading_page import look, plain, signed_in

pytestmark = pytest.mark.django_db


def bo_contests(client: Client) -> tuple[Space, int]:
    """Bo opens the exchange about the kettle and says that Ana's answer was otherwise."""
    space = table()
    round_table(space)
    _idea, doubt = kettle(space)
    read(space)
    act = next(one.act for one in acts() if one.verb == "answered" and one.parent == doubt.act)
    sent = {"sentence": "She answered another.", "window": "12w"}
    answer = signed_in(client, "Bo").post(f"/contest/{act}", sent)
    address = f"/s/{space.slug}/reading?window=12w&noted=contested#contested"
    assert (answer.status_code, answer["Location"]) == (303, address)
    return space, act


def test_an_opened_meeting_offers_it_to_the_two_and_to_nobody_else() -> None:
    space = table()
    round_table(space)
    kettle(space)
    read(space)
    found = queries.reading_of_space(None, space, "12w")
    assert found is not None
    address = f"/s/{space.slug}/reading/meeting/{found.changed[0].number}"

    offered = {
        name: "that is not what happened" in signed_in(Client(), name).get(address).content.decode()
        for name in ("Ana", "Bo", "Cleo")
    }

    assert offered == {"Ana": True, "Bo": True, "Cleo": False}


def test_the_other_is_asked_on_the_reading_and_nobody_else_is(client: Client) -> None:
    space, _act = bo_contests(client)
    read(space)

    ana, cleo = (plain(look(signed_in(Client(), name), space)) for name in ("Ana", "Cleo"))

    assert "Bo says of an exchange with you that it was otherwise: She answered another." in ana
    assert "I see it differently" in ana
    assert "One act here is contested." in cleo
    assert "She answered another." not in cleo


@pytest.mark.parametrize(
    ("says", "sentence", "told", "noted"),
    [
        ("agrees", "", "Ana agrees. It is in no reading any more.", "Noted: it was otherwise."),
        (
            "differs",
            "I did ask.",
            "Ana sees it differently: “I did ask.” It is in the reading again.",
            "Noted: you see it differently.",
        ),
    ],
)
def test_both_answers_end_it_and_are_noted_at_once(
    client: Client, says: str, sentence: str, told: str, noted: str
) -> None:
    space, act = bo_contests(client)
    contest = Contest.objects.get()
    sent = {"says": says, "sentence": sentence, "window": "12w"}

    ana = signed_in(Client(), "Ana")
    answer = ana.post(f"/contest/{contest.pk}/answer", sent)

    assert answer.status_code == 303
    assert noted in ana.get(answer["Location"]).content.decode()
    assert told in plain(signed_in(Client(), "Cleo").get(f"/contest/{act}").content.decode())
    assert "I see it differently" not in look(signed_in(Client(), "Ana"), space)


def test_a_refused_sentence_comes_back_with_the_form(client: Client) -> None:
    bo_contests(client)
    contest = Contest.objects.get()
    long = "word " * 200

    answer = signed_in(Client(), "Ana").post(
        f"/contest/{contest.pk}/answer", {"says": "differs", "sentence": long}
    )

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "This is longer than 500 characters." in html
    assert long.strip() in html
    assert f'action="/contest/{contest.pk}/answer"' in html


def test_a_third_person_is_told_that_it_is_for_the_two(client: Client) -> None:
    _space, act = bo_contests(client)
    Contest.objects.all().delete()

    answer = signed_in(Client(), "Cleo").post(f"/contest/{act}", {"sentence": "No."})

    assert answer.status_code == 422
    assert "Only the two people of an exchange" in answer.content.decode()


def test_an_act_that_one_may_not_read_is_not_there(client: Client) -> None:
    space = table(people=3, is_open=False)
    _idea, doubt = kettle(space, audience="space")

    for method in (client.get, client.post):
        signed_in(client, "Dan")
        assert method(f"/contest/{doubt.act}").status_code == 404
    assert client.post("/contest/99999/answer").status_code == 404


def test_signed_out_one_signs_in_first(client: Client) -> None:
    _space, act = bo_contests(client)

    answer = Client().post(f"/contest/{act}", {"sentence": "No."})

    assert answer.status_code == 303
    assert answer["Location"].startswith("/sign-in?next=")


def test_whoever_is_asked_finds_the_contest_on_their_own_table(client: Client) -> None:
    _space, act = bo_contests(client)

    ana = signed_in(Client(), "Ana").get("/").content.decode()
    cleo = signed_in(Client(), "Cleo").get("/").content.decode()

    assert "She answered another." in ana
    assert f'<a href="/contest/{act}">Ask your kettle</a>' in ana
    assert "She answered another." not in cleo


@pytest.mark.parametrize(
    ("says", "sentence", "told"),
    [
        ("agrees", "", "You contested an exchange here. Ana agrees."),
        ("differs", "I did ask.", "You contested an exchange here. Ana sees it differently: “I did ask.”"),
    ],
)
def test_whoever_contested_is_told_the_answer_at_home(
    client: Client, says: str, sentence: str, told: str
) -> None:
    _space, act = bo_contests(client)
    assert "You contested" not in plain(client.get("/").content.decode())

    sent = {"says": says, "sentence": sentence, "window": "12w"}
    signed_in(Client(), "Ana").post(f"/contest/{Contest.objects.get().pk}/answer", sent)
    page = client.get("/").content.decode()

    assert told in plain(page)
    assert f'<a href="/contest/{act}">Ask your kettle</a>' in page
    for other in ("Ana", "Cleo"):
        assert "You contested" not in signed_in(Client(), other).get("/").content.decode()


def test_with_fewer_than_ten_meetings_the_page_says_that_the_contested_one_stayed_in(client: Client) -> None:
    space = table()
    round_table(space, threads=3)
    read(space)
    one = next(one for one in acts() if one.verb == "replied")
    by = person_by_key(one.actor)
    assert by is not None
    actions.contest(by=by, act=one.act, sentence="No.", at=NOW)
    read(space)

    words = plain(look(client, space))

    assert "One act here is contested. It stayed in." in words
    assert "without it, the place is the same" not in words


def test_a_contest_of_an_unnamed_credit_names_its_person_to_nobody_else() -> None:
    """Acts are numbered, so that anybody can try them all."""
    idea = an_idea()
    doubt = a_reply(idea)
    credited = Credited(doubt.pk, "It is July.")
    credit = revise(
        by=somebody("Ana"), idea_id=idea.pk, base_version=1, title="Grown", text="Let it grow.", credits=[credited],
        at=after(20),
    ).credits.get()  # fmt: skip
    prefer_unnamed(by=somebody("Bo"), credit_id=credit.pk)
    actions.contest(by=somebody("Bo"), act=credit.act, sentence="It was not me.")

    seen = {
        name: signed_in(Client(), name).get(f"/contest/{credit.act}").status_code
        for name in ("Ana", "Bo", "Cleo")
    }

    assert seen == {"Ana": 200, "Bo": 200, "Cleo": 404}


def test_a_contest_without_an_answer_is_told_as_over_and_may_be_made_anew(client: Client) -> None:
    _space, act = bo_contests(client)
    Contest.objects.update(created_at=NOW - timedelta(days=400))

    words = plain(signed_in(Client(), "Ana").get(f"/contest/{act}").content.decode())

    assert "Nobody answered that in time. It is in the reading again." in words
    assert "I see it differently" not in words
    again = signed_in(Client(), "Ana").post(f"/contest/{act}", {"sentence": "No.", "window": "12w"})
    assert again.status_code == 303


@pytest.mark.parametrize("says", ["agrees", "differs"])
def test_whoever_reads_the_reading_finds_what_a_contest_came_to(client: Client, says: str) -> None:
    space, act = bo_contests(client)
    contest, link = Contest.objects.get(), f'href="/contest/{act}?window=12w"'
    waits = look(signed_in(Client(), "Cleo"), space)

    signed_in(Client(), "Ana").post(f"/contest/{contest.pk}/answer", {"says": says, "sentence": "It was."})
    read(space)

    html = look(signed_in(Client(), "Cleo"), space)
    assert (link in waits, link in html) == (False, True)
    assert "was contested, and answered: what the two say of it" in plain(html)
    assert "contested, and answered" not in look(Client(), space)


def test_what_came_of_a_contest_of_an_unnamed_credit_is_told_of_on_no_reading() -> None:
    space = table()
    round_table(space)
    _idea, doubt = kettle(space)
    credit = Credit.objects.get(reply=doubt)
    prefer_unnamed(by=credit.to, credit_id=credit.pk)
    contest = actions.contest(by=credit.to, act=credit.act, sentence="It was not me.", at=NOW)
    actions.answer_contest(by=credit.by, contest=contest.pk, agrees=True, sentence="", at=NOW)
    read(space)

    assert "contested, and answered" not in look(signed_in(Client(), "Cleo"), space)


def test_a_sentence_of_whoever_agrees_can_be_read(client: Client) -> None:
    _space, act = bo_contests(client)
    contest = Contest.objects.get()

    signed_in(Client(), "Ana").post(
        f"/contest/{contest.pk}/answer", {"says": "agrees", "sentence": "I mixed them up."}
    )

    said = plain(signed_in(Client(), "Cleo").get(f"/contest/{act}").content.decode())
    assert "Ana agrees: “I mixed them up.” It is in no reading any more." in said


def test_the_bar_counts_a_contest_that_waits_as_home_lists_it(client: Client) -> None:
    bo_contests(client)
    contest = Contest.objects.get()
    ana, cleo = signed_in(Client(), "Ana"), signed_in(Client(), "Cleo")
    asked, others = waits_in_the_bar(ana), waits_in_the_bar(cleo)

    ana.post(f"/contest/{contest.pk}/answer", {"says": "agrees"})

    assert (asked - waits_in_the_bar(ana), others - waits_in_the_bar(cleo)) == (1, 0)


def test_the_bar_counts_no_contest_that_nobody_answered_in_time(client: Client) -> None:
    bo_contests(client)
    ana = signed_in(Client(), "Ana")
    asked = waits_in_the_bar(ana)

    Contest.objects.update(created_at=Contest.objects.get().created_at - timedelta(days=60))

    assert asked - waits_in_the_bar(ana) == 1


def test_what_agreeing_does_is_said_before_its_button(client: Client) -> None:
    space, act = bo_contests(client)
    ana = signed_in(Client(), "Ana")

    for html in (ana.get(f"/contest/{act}").content.decode(), look(ana, space)):
        said = html.index("Either answer is final. If you agree, all that the two of you said to each other")
        assert said < html.index("I agree, it was otherwise")


@pytest.mark.parametrize("name", ["Ana", "Bo", "Cleo"])
def test_the_page_of_a_contest_names_the_idea_it_is_about(client: Client, name: str) -> None:
    _space, act = bo_contests(client)

    html = signed_in(Client(), name).get(f"/contest/{act}").content.decode()

    assert re.search(r'<a href="/i/\d+/ask-your-kettle">Ask your kettle</a>', html)


def waits_in_the_bar(client: Client) -> int:
    shown = re.search(r'<span class="n">(\d+)</span>', client.get("/how-it-works").content.decode())
    return int(shown[1]) if shown else 0
