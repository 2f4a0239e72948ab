"""Somebody who has never been here."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.pictures import take
from tests.journeys.sites import Site


def test_a_stranger_meets_one_changed_idea_follows_why_and_comes_in_by_a_door(
    demo_to_read: Site, visit: Visit
) -> None:
    stranger = visit(demo_to_read)
    page = stranger.goes_to("/")

    expect(stranger.heading).to_have_text("Ask your kettle")
    note = page.locator(".note", has_text="At what temperature does your kettle boil?")
    expect(note).to_contain_text("It was never the height, it was the number")
    take(page, "first-minute.png", until=page.locator(".foot"))
    # Beside the words, not beneath something else: a click reaches it.
    note.get_by_role("link", name="The exchange").click()
    asked = page.locator(".reply:target")
    expect(asked).to_be_in_viewport()
    expect(asked).to_contain_text("Mei Tan")
    expect(page.locator(".said", has_text="it was finished and I went on punishing it")).to_contain_text(
        "Mei: yes, that's it."
    )

    stranger.goes_to(page.url.removeprefix(demo_to_read.address).partition("#")[0])
    take(page, "ask-your-kettle-light.png", until=page.locator(".reply.d0").nth(1))
    take(page, "ask-your-kettle-dark.png", until=page.locator(".reply.d0").nth(1), dark=True)

    stranger.goes_to("/")
    nobody = page.locator("section", has=page.get_by_role("heading", name="Nobody has answered yet"))
    nobody.get_by_role("link", name="Can a stiff starter be kept in the fridge for a month?").click()
    expect(stranger.heading).to_have_text("Can a stiff starter be kept in the fridge for a month?")
    expect(page.get_by_text("Nobody has answered yet.")).to_be_visible()

    stranger.comes_in_as("Ana, a baker whose text has changed three times", path="/")
    expect(page.get_by_role("link", name=re.compile("^Ana"))).to_be_visible()


def test_what_a_stranger_cannot_see_is_not_there(demo_to_read: Site, visit: Visit) -> None:
    stranger = visit(demo_to_read)

    page = stranger.goes_to("/spaces")
    expect(page.get_by_role("link", name="Bread at altitude")).to_be_visible()
    expect(page.get_by_text("First year of teaching")).to_have_count(0)
    stranger.goes_to("/s/first-year-of-teaching")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    expect(page.get_by_text("I shouted on Wednesday")).to_have_count(0)
    # The browser's own word about the answer 404.
    stranger.complaints.clear()


def test_what_a_stranger_begins_survives_a_reload_and_waits_until_they_have_come_in(
    demo: Site, visit: Visit
) -> None:
    stranger = visit(demo)
    page = stranger.goes_to("/")
    page.get_by_role("button", name="In my experience…").click()
    page.get_by_label("Your reply to Padma").press_sequentially("a tin holds.")
    page.reload()
    page.get_by_role("button", name="Bring them back").click()
    expect(page.get_by_label("Your reply to Padma")).to_have_value("In my experience, a tin holds.")
    expect(page.get_by_role("button", name="In my experience…")).to_have_attribute("aria-current", "true")

    page.get_by_role("button", name="Send").click()
    expect(stranger.heading).to_have_text("Sign in")
    page.get_by_role("link", name="one of the doors").click()
    page.get_by_role("button", name="Jonas, who arrived").click()
    expect(stranger.heading).to_have_text("Are these words yours?")
    page.get_by_role("button", name="They are mine: keep them").click()
    expect(stranger.heading).to_have_text("Ask your kettle")
    expect(page.get_by_label("Your reply to Padma")).to_have_value("In my experience, a tin holds.")


def test_a_stranger_without_words_is_told_so_where_they_are(demo: Site, visit: Visit) -> None:
    stranger = visit(demo)
    page = stranger.goes_to("/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("There are no words yet.")
    expect(stranger.heading).to_have_text("Ask your kettle")
