"""How many queries each page asks: as the table says, and as many when there is twice as much of everything."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tertulia.readings.queries import reading_of_space
from tertulia.web.idea_shared import KEPT
from tertulia.web.kept import KEY
from tests.community import site_keeper, somebody
from tests.web.full_place import Full, full_place
from tests.web.quiet_place import names_of_addresses

pytestmark = pytest.mark.django_db

WORDS = {"text": "Words of mine."}

# The name of the address, who asks, the address, and how many queries that takes. What stands in braces is filled in
# from the place. One query is of whoever is signed in, one of what waits for them.
PAGES = (
    ("home", "", "/", 9),
    ("home", "Ana", "/", 20),
    ("sign_in", "", "/sign-in", 0),
    ("sign_in_code", "", "/sign-in/code", 0),
    ("sign_in_name", "Ana", "/sign-in/name", 2),
    ("keeper_link", "", "/keeper/nothing", 1),
    ("me", "Ana", "/me", 2),
    ("person", "", "/p/{ana}", 2),
    ("person", "Bo", "/p/{ana}", 4),
    ("search", "", "/search?q=kettle", 1),
    ("search", "Ana", "/search?q=kettle", 4),
    ("spaces", "", "/spaces", 1),
    ("spaces", "Ana", "/spaces", 3),
    ("space_new", "Vera", "/spaces/new", 2),
    ("join_by_invitation", "", "/join/{token}", 1),
    ("join_by_invitation", "Ana", "/join/{token}", 4),
    ("space", "", "/s/bread", 5),
    ("space", "Ana", "/s/bread", 8),
    ("space", "Ana", "/s/bread?topic=rye", 8),
    ("space", "Ana", "/s/bread?notices=1", 7),
    ("members", "", "/s/bread/people", 4),
    ("members", "Ana", "/s/bread/people", 7),
    ("space_words", "Vera", "/s/bread/words", 4),
    ("invitation", "Vera", "/s/bread/invitation", 5),
    ("how_it_works", "", "/how-it-works", 0),
    ("will_not", "", "/what-it-will-not-do", 0),
    ("doors", "", "/doors", 0),
    ("outbox", "", "/outbox", 0),
    ("idea_short", "Ana", "/i/{idea}", 2),
    ("idea", "", "/i/{idea}/ask-your-kettle", 7),
    ("idea", "Ana", "/i/{idea}/ask-your-kettle", 9),
    ("idea", "Bo", "/i/{idea}/ask-your-kettle", 10),
    ("idea", "Bo", "/i/{idea}/ask-your-kettle?show=difference", 10),
    ("idea", "Bo", "/i/{idea}/ask-your-kettle?show=clean", 10),
    ("idea", "Ana", "/i/{idea}/ask-your-kettle?answer={doubt}", 10),
    ("idea", "Ana", "/i/{idea}/ask-your-kettle?decided=yes", 10),
    ("idea", "Bo", "/i/{idea}/ask-your-kettle?tried=yes", 11),
    ("revise", "Ana", "/i/{idea}/revise", 5),
    ("version", "", "/i/{idea}/v/2", 3),
    ("version", "Ana", "/i/{idea}/v/2", 5),
    ("reply", "Bo", "/r/{doubt}", 2),
    ("answer", "Ana", "/r/{doubt}/answer", 2),
    ("not_quite", "Bo", "/r/{back}/not-quite", 2),
    ("correct_credit", "Bo", "/c/{credit}/not-quite", 2),
    ("write", "Ana", "/write", 3),
    ("write_in_space", "Ana", "/s/bread/write", 5),
    ("drafts", "Ana", "/drafts", 5),
    ("words_before", "Ana", "/words-before", 4),
    ("reading", "", "/s/bread/reading", 12),
    ("reading", "Bo", "/s/bread/reading", 16),
    ("reading_meeting", "", "/s/bread/reading/meeting/{meeting}", 11),
    ("reading_meeting", "Bo", "/s/bread/reading/meeting/{meeting}", 13),
    ("contest", "Ana", "/contest/{contested}", 12),
    ("how_counted", "", "/how-it-is-counted", 0),
)


# What forms send, each with what it is sent with. Each is taken back after it was counted.
POSTS: tuple[tuple[str, str, str, dict[str, str], int], ...] = (
    ("sign_in", "", "/sign-in", {"email": "new@example.org"}, 4),
    ("sign_in_again", "", "/sign-in/again", {}, 0),
    ("sign_in_name", "Ana", "/sign-in/name", {"name": "Ana"}, 6),
    ("sign_out", "Ana", "/sign-out", {}, 3),
    ("me", "Ana", "/me", {"name": "Anna", "about": "", "zone": ""}, 7),
    ("come_in", "", "/come-in", {}, 0),
    ("words_before", "Ana", "/words-before", {"do": "throw"}, 4),
    ("space_new", "Vera", "/spaces/new", {"name": "New", "purpose": "P", "open": "yes"}, 14),
    ("join_by_invitation", "Gil", "/join/{token}", {}, 10),
    ("join", "Gil", "/s/bread/join", {}, 9),
    ("leave", "Finn", "/s/bread/leave", {}, 6),
    ("space_words", "Vera", "/s/bread/words", {"name": "Bread", "purpose": "Other"}, 7),
    ("invitation", "Vera", "/s/bread/invitation", {}, 8),
    ("invitation_end", "Vera", "/s/bread/invitation/end", {}, 5),
    (
        "write_in_space",
        "Ana",
        "/s/bread/write",
        {**WORDS, "title": "New", "ask": "help", "audience": "space"},
        13,
    ),
    ("post_reply", "Bo", "/i/{idea}/send/reply", WORDS, 10),
    ("post_tried", "Bo", "/i/{idea}/send/tried", WORDS, 12),
    ("post_decided", "Ana", "/i/{idea}/send/decided", WORDS, 12),
    ("take_idea_back", "Ana", "/i/{own}/send/back", {}, 9),
    ("share_idea", "Ana", "/i/{own}/send/share", {"audience": "space"}, 10),
    (
        "revise",
        "Ana",
        "/i/{idea}/revise",
        {**WORDS, "title": "T", "ask": "help", "base_version": "{version}"},
        12,
    ),
    ("answer", "Bo", "/r/{open_back}/answer", WORDS, 12),
    ("confirm", "Bo", "/r/{open_back}/yes", {}, 8),
    ("not_quite", "Bo", "/r/{open_back}/not-quite", WORDS, 15),
    ("not_now", "Bo", "/r/{open_back}/not-now", {}, 5),
    ("take_up_again", "Bo", "/r/{open_back}/take-up", {}, 5),
    ("take_back", "Ana", "/r/{mine}/take-back", {}, 25),
    ("answer_credit", "Bo", "/c/{open_credit}", {"do": "yes"}, 7),
    ("correct_credit", "Bo", "/c/{open_credit}/not-quite", WORDS, 15),
    ("keep_draft", "Ana", "/drafts/keep", {**WORDS, "place": "reply:{own}:0"}, 12),
    ("drop_draft", "Ana", "/drafts/drop", {"place": "{draft}"}, 3),
    ("contest", "Bo", "/contest/{contestable}", {"sentence": "Not so."}, 15),
    ("answer_contest", "Ana", "/contest/{contest}/answer", {"says": "agrees"}, 10),
)


def things_of(full: Full) -> dict[str, Any]:
    """What addresses and forms name."""
    found = reading_of_space(None, full.space, "12w")
    assert found is not None
    return {
        "ana": somebody("Ana").pk,
        "idea": full.idea.pk,
        "version": full.idea.version,
        "own": full.own.pk,
        "doubt": full.doubt.pk,
        "back": full.back.pk,
        "mine": full.mine.pk,
        "open_back": full.open_back.pk,
        "credit": full.credit,
        "open_credit": full.open_credit,
        "token": full.token,
        "draft": full.drafts[0],
        "contested": full.contested,
        "contestable": full.open_back.act,
        "contest": full.contest,
        "meeting": found.changed[0].number,
    }


def a_browser(name: str, full: Full) -> Client:
    """Of this person, with words that were sent in it before they came in: as many as there are drafts."""
    client = Client()
    if name:
        client.force_login(site_keeper() if name == "Vera" else somebody(name))
        session = client.session
        session[KEY] = {
            place: {"at": time.time(), "fields": {"text": "Mine"}, "back_to": "/"} for place in full.drafts
        }
        session.save()
    return client


def queries_of(ask: Callable[[], Any]) -> int:
    """Nothing is remembered of the idea, and what a form wrote is taken back."""
    KEPT.clear()
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        transaction.set_rollback(True)
    assert answer.status_code < 400 or answer.request["PATH_INFO"] == "/keeper/nothing"
    return len(queries)


def pages_of(full: Full) -> dict[tuple[str, str], int]:
    things = things_of(full)
    return {
        (name, address): queries_of(partial(a_browser(name, full).get, address.format(**things)))
        for _page, name, address, _queries in PAGES
    }


def forms_of(full: Full) -> dict[tuple[str, str], int]:
    things = things_of(full)
    counted = {}
    for _page, name, address, form, _queries in POSTS:
        sent = {field: value.format(**things) for field, value in form.items()}
        post = partial(a_browser(name, full).post, address.format(**things), sent)
        counted[name, address] = queries_of(post)
    return counted


@pytest.fixture(autouse=True)
def _the_doors_of_a_demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.EMAIL_FILE_PATH = True, str(tmp_path)


def test_every_page_asks_what_the_table_says_however_much_there_is() -> None:
    full = full_place()
    little = pages_of(full)
    full.grow()

    assert pages_of(full) == little == {(by, address): queries for _name, by, address, queries in PAGES}


def test_every_form_asks_what_the_table_says_however_much_there_is() -> None:
    full = full_place()
    little = forms_of(full)
    full.grow()

    assert (
        forms_of(full) == little == {(by, address): queries for _name, by, address, _form, queries in POSTS}
    )


def test_every_address_stands_in_the_table() -> None:
    assert {name for name, *_rest in (*PAGES, *POSTS)} == names_of_addresses()
