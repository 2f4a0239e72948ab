import re
import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tertulia.people import sign_in as door
from tertulia.people.actions import bring_people, first_keeper_link
from tertulia.people.queries import person_with_address, site_keepers
from tests.community import a_space, site_keeper, somebody

pytestmark = pytest.mark.django_db

ANA = "ana@example.org"


def ask_for_code(client: Client, email: str = ANA, **more: str) -> Any:
    return client.post("/sign-in", {"email": email, **more})


def mailed_code() -> str:
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def type_code(client: Client, code: str, **more: str) -> Any:
    return client.post("/sign-in/code", {"code": code, **more})


def name_in_bar(client: Client) -> str:
    found = re.search(r'href="/me">([^<]*)<', client.get("/spaces").content.decode())
    return found[1] if found else ""


def sentence(answer: Any) -> str:
    found = re.search(r'role="alert">([^<]+)<', answer.content.decode())
    return found[1].replace("&#x27;", "'") if found else ""


def test_the_code_of_the_letter_signs_in(client: Client) -> None:
    somebody("Ana")

    asked = ask_for_code(client)
    came = type_code(client, mailed_code())

    assert (asked.status_code, asked["Location"]) == (303, "/sign-in/code")
    assert (came.status_code, came["Location"]) == (303, "/")
    assert name_in_bar(client) == "Ana"


def test_a_code_may_be_typed_in_small_letters_and_without_its_dash(client: Client) -> None:
    somebody("Ana")
    ask_for_code(client, "  Ana@Example.ORG ")

    type_code(client, f" {mailed_code().replace('-', '').lower()} ")

    assert name_in_bar(client) == "Ana"


def test_somebody_new_is_asked_for_a_name_and_then_goes_on(client: Client) -> None:
    ask_for_code(client, "eda@example.org", next="/spaces?x=1")
    came = type_code(client, mailed_code(), next="/spaces?x=1")
    named = client.post(came["Location"], {"name": "  Eda   Lind ", "next": "/spaces?x=1"})

    assert came["Location"] == "/sign-in/name?next=%2Fspaces%3Fx%3D1"
    assert "What should we call you?" in client.get(came["Location"]).content.decode()
    assert named["Location"] == "/spaces?x=1"
    assert name_in_bar(client) == "Eda"


def test_nobody_is_made_before_the_code_is_typed(client: Client) -> None:
    ask_for_code(client, "eda@example.org")

    assert person_with_address("eda@example.org") is None


def test_somebody_without_a_name_yet_is_asked_again_at_home(client: Client) -> None:
    ask_for_code(client, "eda@example.org")
    type_code(client, mailed_code())

    assert client.get("/")["Location"] == "/sign-in/name"
    assert client.post("/sign-in/name", {"name": "   "}).status_code == 422


def test_known_and_unknown_addresses_are_answered_alike() -> None:
    somebody("Ana")
    answers = []
    for email in (ANA, "eda@example.org"):
        client = Client()
        asked = ask_for_code(client, email)
        page = client.get("/sign-in/code").content.decode().replace(email, "X")
        letter = mail.outbox[-1]
        code = mailed_code()
        answers.append(
            (
                asked.status_code,
                asked["Location"],
                re.sub(r'value="[^"]{64}"', "", page),
                str(letter.body).replace(code, "C"),
                letter.subject.replace(code, "C"),
            )
        )

    assert answers[0] == answers[1]


def test_a_wrong_code_says_how_many_tries_are_left(client: Client) -> None:
    ask_for_code(client)

    answer = type_code(client, "BBBB-BBBB")

    assert answer.status_code == 422
    assert sentence(answer) == "That is not the code. 4 more tries are left."


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(client: Client) -> None:
    somebody("Ana")
    ask_for_code(client)
    code = mailed_code()
    for _ in range(5):
        last = type_code(client, "BBBB-BBBB")
    late = type_code(client, code)

    assert sentence(last) == "That was not the code, and it was the last try. Ask for a new one."
    assert late.status_code == 422
    assert name_in_bar(client) == ""


def test_a_code_ends_after_fifteen_minutes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody("Ana")
    ask_for_code(client)
    code, now = mailed_code(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)

    answer = type_code(client, code)

    assert answer.status_code == 422
    assert sentence(answer) == "That code has ended. Ask for a new one; it comes at once."


def test_a_code_is_good_once(client: Client) -> None:
    somebody("Ana")
    ask_for_code(client)
    code = mailed_code()
    type_code(client, code)
    client.post("/sign-out")

    assert type_code(client, code).status_code == 422


def test_a_code_is_good_only_where_it_was_asked_for(client: Client) -> None:
    somebody("Ana")
    ask_for_code(client)

    elsewhere = type_code(Client(), mailed_code())

    assert elsewhere.status_code == 422


def test_a_new_code_ends_the_one_before(client: Client) -> None:
    somebody("Ana")
    ask_for_code(client)
    first = mailed_code()
    client.post("/sign-in/again")

    assert type_code(client, first).status_code == 422
    assert type_code(client, mailed_code()).status_code == 303


def test_a_mailbox_is_not_filled_by_somebody_else() -> None:
    answers = [ask_for_code(Client()) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [303, 303, 303, 422]
    assert "wait a few minutes" in sentence(answers[-1])
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@", "ana@example.org\nbcc: x@example.org", "a" * 250 + "@example.org"]
)
def test_what_is_no_address_comes_back_with_a_sentence(client: Client, email: str) -> None:
    answer = ask_for_code(client, email)

    assert answer.status_code == 422
    assert sentence(answer)
    assert mail.outbox == []


@pytest.mark.parametrize(
    "place", ["https://evil.example", "//evil.example", "javascript:alert(1)", r"/\evil.example", "spaces"]
)
def test_next_leads_only_to_pages_of_this_site(client: Client, place: str) -> None:
    somebody("Ana")
    ask_for_code(client, next=place)

    assert type_code(client, mailed_code(), next=place)["Location"] == "/"


def test_a_letter_that_cannot_be_sent_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    answer = ask_for_code(client)

    assert answer.status_code == 422
    assert "could not be sent" in sentence(answer)


def test_imported_people_cannot_come_in(client: Client) -> None:
    (brought,) = bring_people(names=["Edda"], import_id=1)
    client.force_login(brought)

    assert name_in_bar(client) == ""
    assert brought.email is None


def test_a_closed_account_is_told_so_only_to_whoever_holds_the_address(client: Client) -> None:
    ana = somebody("Ana")
    ana.is_active = False
    ana.save()

    asked = ask_for_code(client)
    answer = type_code(client, mailed_code())

    assert asked.status_code == 303
    assert sentence(answer) == "This account is closed. Whoever keeps this site can tell you more."


def test_signing_in_changes_the_session_key(client: Client) -> None:
    somebody("Ana")
    ask_for_code(client)
    before = client.session.session_key
    type_code(client, mailed_code())

    assert client.session.session_key != before
    assert door.SESSION_KEY not in client.session


def test_signing_out_is_a_form_and_not_a_link(client: Client) -> None:
    client.force_login(somebody("Ana"))

    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 303
    assert name_in_bar(client) == ""


def test_nothing_of_allauth_is_reachable_by_itself(client: Client) -> None:
    for path in ("login/", "signup/", "password/reset/", "email/", "logout/", "login/code/"):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_without_a_mail_server_the_page_says_where_codes_are(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tertulia.web.pages._mail_is_printed", lambda: True)

    assert "printed where it was started" in client.get("/sign-in").content.decode()


def test_the_first_link_makes_the_keeper_and_works_once(client: Client) -> None:
    link = first_keeper_link()
    assert link
    page = client.get(link).content.decode()

    came = client.post(link, {"name": "Vera", "email": "vera@example.org"})
    again = Client().post(link, {"name": "Eve", "email": "eve@example.org"})

    assert "Keep this site" in page
    assert (came.status_code, came["Location"]) == (303, "/spaces/new")
    assert name_in_bar(client) == "Vera"
    assert again.status_code == 404
    assert [person.email for person in site_keepers()] == ["vera@example.org"]


def test_the_keepers_form_gives_back_what_was_typed(client: Client) -> None:
    link = first_keeper_link()

    answer = client.post(str(link), {"name": "Vera", "email": "vera"})

    assert answer.status_code == 422
    assert 'value="vera"' in answer.content.decode()
    assert 'value="Vera"' in answer.content.decode()


def test_the_keepers_link_does_not_take_over_somebody_elses_address(client: Client) -> None:
    somebody("Ana")
    link = first_keeper_link()

    answer = client.post(str(link), {"name": "Eve", "email": ANA})

    assert "already has this mail address" in sentence(answer)
    assert list(site_keepers()) == []
    assert client.get(str(link)).status_code == 200


def test_a_keepers_link_that_was_never_printed_says_so(client: Client) -> None:
    site_keeper()

    assert client.get(reverse("keeper_link", args=["x" * 32])).status_code == 404


def test_the_zones_of_my_page_stand_by_region_under_the_names_of_their_places(client: Client) -> None:
    client.force_login(somebody("Ana"))

    html = client.get("/me").content.decode()

    regions = re.findall(r'<optgroup label="(\w+)">', html)
    assert regions == sorted(regions)
    assert len(regions) == 8
    assert '<option value="America/Mexico_City">Mexico City</option>' in html
    assert '<option value="America/Argentina/Salta">Salta, Argentina</option>' in html


def test_my_page_offers_each_place_once_under_its_name_of_today(client: Client) -> None:
    client.force_login(somebody("Ana"))

    offered = re.findall(r'<option value="([^"]+)"', client.get("/me").content.decode())

    assert {"Asia/Kolkata", "Europe/Kyiv", "Europe/Istanbul", "Asia/Ho_Chi_Minh"} <= set(offered)
    old = {"Asia/Calcutta", "Europe/Kiev", "Asia/Istanbul", "Asia/Saigon", "Australia/LHI", "Australia/North"}
    assert old.isdisjoint(offered)


def test_an_old_name_that_was_chosen_or_that_the_browser_tells_stays(client: Client) -> None:
    client.force_login(somebody("Ana"))
    client.cookies["zone"] = "Asia/Saigon"

    client.post("/me", {"name": "Ana", "about": "", "zone": "Asia/Calcutta"})
    html = client.get("/me").content.decode()

    assert '<option value="Asia/Calcutta" selected>Calcutta</option>' in html
    assert "As this browser has it (Asia/Saigon)" in html


def test_without_a_choice_my_page_says_whose_zone_it_is(client: Client) -> None:
    client.force_login(somebody("Ana"))

    told = []
    for cookie in ("", "Europe/Vienna", "<b>Mars</b>"):
        client.cookies["zone"] = cookie
        found = re.search(r'<option value="">([^<]+)<', client.get("/me").content.decode())
        told.append(found and found[1])

    assert told == [
        "As this site has it (UTC)",
        "As this browser has it (Europe/Vienna)",
        "As this site has it (UTC)",
    ]


def test_my_page_keeps_name_line_and_zone(client: Client) -> None:
    ana = somebody("Ana")
    a_space(ana)
    client.force_login(ana)

    kept = client.post("/me", {"name": "Ana Ruiz", "about": "bakes", "zone": "America/Mexico_City"})
    bad = client.post("/me", {"name": "Ana R.", "about": "x", "zone": "Mars/Base"})
    ana.refresh_from_db()

    assert kept.status_code == 303
    assert (ana.name, ana.about, ana.zone) == ("Ana Ruiz", "bakes", "America/Mexico_City")
    assert bad.status_code == 422
    assert 'value="Ana R."' in bad.content.decode()
