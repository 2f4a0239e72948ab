from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.mail import send_mail
from django.test import Client

from tertulia.demo.doors import DOORS, address_of
from tertulia.people.actions import add_person
from tertulia.people.models import Person
from tertulia.web import joining
from tertulia.web.demo_pages import is_this_machine
from tests.community import an_idea, somebody

pytestmark = pytest.mark.django_db

PAGES = ("/doors", "/outbox")


@pytest.fixture
def _demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"


@pytest.fixture
def ana() -> Person:
    return add_person(name="Ana Ruiz", email=address_of("ana"))


@pytest.mark.parametrize("path", PAGES)
def test_a_site_has_no_doors_and_no_outbox(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nobody_comes_in_by_a_door_on_a_site(client: Client, ana: Person) -> None:
    assert client.post("/come-in", {"person": "ana"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("_demo")
def test_one_click_comes_in(client: Client, ana: Person) -> None:
    answer = client.post("/come-in", {"person": "ana"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert ">Ana</a>" in client.get("/").content.decode()


@pytest.mark.usefixtures("_demo")
def test_what_somebody_wanted_to_join_is_not_left_for_the_next_at_this_browser(
    client: Client, ana: Person
) -> None:
    answer = client.post("/come-in", {"person": "ana"})

    assert answer.cookies[joining.COOKIE]["max-age"] == 0


@pytest.mark.usefixtures("_demo")
def test_every_door_stands_on_the_page(client: Client) -> None:
    text = client.get("/doors").content.decode()

    assert [door.line in text for door in DOORS] == [True] * len(DOORS)


@pytest.mark.usefixtures("_demo")
def test_another_door_leaves_nothing_of_the_one_before(client: Client, ana: Person) -> None:
    add_person(name="Jonas Frei", email=address_of("jonas"))
    client.post("/come-in", {"person": "ana"})
    session = client.session
    session["kept"] = "words"
    session.save()

    client.post("/come-in", {"person": "jonas"})

    assert ">Jonas</a>" in client.get("/").content.decode()
    assert "kept" not in client.session


@pytest.mark.usefixtures("_demo")
def test_just_looking_around_signs_out(client: Client, ana: Person) -> None:
    client.post("/come-in", {"person": "ana"})
    client.post("/come-in")

    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("key", ["mei", "x", "ana@long-table.example"])
def test_only_the_people_of_the_doors_are_behind_them(client: Client, key: str) -> None:
    add_person(name="Mei", email=address_of("mei"))

    assert client.post("/come-in", {"person": key}).status_code == 404


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("path", PAGES)
def test_somebody_at_another_machine_finds_no_doors(client: Client, ana: Person, path: str) -> None:
    away: Any = {"REMOTE_ADDR": "192.0.2.7"}

    assert client.get(path, **away).status_code == 404
    assert client.post("/come-in", {"person": "ana"}, **away).status_code == 404
    assert client.get(path, REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404


@pytest.mark.usefixtures("_demo")
def test_a_door_opens_only_by_its_own_form(ana: Person) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.get("/come-in?person=ana").status_code == 405
    assert strict.post("/come-in", {"person": "ana"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("", False), ("10.0.0.1", False), ("x", False)],
)
def test_this_machine_is_loopback(address: str, is_here: bool) -> None:
    assert is_this_machine(address) is is_here


@pytest.mark.usefixtures("_demo")
def test_letters_stand_in_the_outbox_newest_first(client: Client) -> None:
    for number in (1, 2):
        send_mail(f"Letter {number}", f"Ünder {number}\n<b>x</b>", None, ["ana@example.org"])

    text = client.get("/outbox").content.decode()

    assert text.index("Letter 2") < text.index("Letter 1")
    assert "Ünder 1" in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


@pytest.mark.usefixtures("_demo")
def test_a_code_asked_for_in_the_demo_can_be_read_there(client: Client) -> None:
    somebody("Bo")
    client.post("/sign-in", {"email": "bo@example.org"})

    assert "here is your code for signing in" in client.get("/outbox").content.decode()


@pytest.mark.usefixtures("_demo")
def test_what_is_no_letter_is_passed_over(client: Client, settings: Any) -> None:
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir()
    letter = EmailMessage()
    letter["Subject"], letter["To"], letter["Date"] = "Whole", "ana@example.org", "no date"
    letter.set_content("Words")
    (folder / "a.log").write_bytes(b"\xff\xfe broken \n" + b"-" * 79 + b"\n" + letter.as_bytes())

    text = client.get("/outbox").content.decode()

    assert "Whole" in text
    assert "broken" not in text


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED"])
def test_behind_a_proxy_there_are_no_doors(client: Client, header: str) -> None:
    passed_on: Any = {header: "198.51.100.7"}

    assert client.get("/doors", **passed_on).status_code == 404


@pytest.mark.usefixtures("_demo")
def test_a_stranger_who_wrote_is_led_to_their_words_by_a_door(client: Client, ana: Person) -> None:
    idea = an_idea(somebody("Bo"), audience="everyone")
    sent = client.post(f"/i/{idea.pk}/send/reply", {"text": "My words", "place": f"reply:{idea.pk}:0"})
    asked_to_sign_in = client.get(sent["Location"]).content.decode()
    back = f"/i/{idea.pk}/_#say"

    assert f'href="/doors?{urlencode({"next": back})}"' in asked_to_sign_in
    doors = client.get("/doors", {"next": back}).content.decode()
    assert f'name="next" value="{back}"' in doors
    whose = client.post("/come-in", {"person": "ana", "next": back})
    answer = client.post(whose["Location"], {"do": "keep", "next": back}, follow=True)

    assert "My words</textarea>" in answer.content.decode()


@pytest.mark.usefixtures("_demo")
def test_a_door_on_another_page_leads_to_the_drafts_of_whoever_wrote(client: Client, ana: Person) -> None:
    idea = an_idea(somebody("Bo"), audience="everyone")
    client.post(f"/i/{idea.pk}/send/reply", {"text": "My words", "place": f"reply:{idea.pk}:0"})

    whose = client.post("/come-in", {"person": "ana"})

    assert whose["Location"] == "/words-before?next=%2Fdrafts"
