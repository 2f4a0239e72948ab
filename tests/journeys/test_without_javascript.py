"""The same, in a browser that runs no scripts."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site
from tests.journeys.visitors import Visitor

TITLE = "Salt goes in last"
TEXT = "The dough is **softer** for an hour.\n\nThen the salt closes it."


def test_writing_replying_answering_and_confirming_need_no_script(demo: Site, visit: Visit) -> None:
    ana, jonas = visit(demo, java_script_enabled=False), visit(demo, java_script_enabled=False)
    ana.comes_in_as("Ana, a baker")
    jonas.comes_in_as("Jonas, who arrived")

    ana_writes_with_a_preview_a_draft_and_a_mistake(ana)
    jonas_replies(jonas)
    ana_answers(ana)

    jonas.goes_to("/")
    waits = jonas.page.locator("section.q", has_text="that I should weigh it first")
    waits.get_by_role("button", name="Yes, that's it").click()
    expect(jonas.page.locator("section.q", has_text="that I should weigh it first")).to_have_count(0)
    finds(jonas)
    expect(jonas.page.locator("#thread")).to_contain_text("Jonas: yes, that's it.")


def ana_writes_with_a_preview_a_draft_and_a_mistake(ana: Visitor) -> None:
    page = ana.page
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("The text").fill(TEXT)
    page.get_by_label("What do you ask for?").select_option("doubts")
    page.get_by_label("Your question, in one line").fill("Where does this stop being true?")

    page.get_by_role("button", name="Read it first").click()
    expect(page.locator(".text strong")).to_have_text("softer")
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.get_by_text("These are the words you left here.")).to_be_visible()
    expect(page.get_by_label("The text")).to_have_value(TEXT)

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("The text")).to_have_value(TEXT)
    expect(page.get_by_label("Your question, in one line")).to_have_value("Where does this stop being true?")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Publish").click()
    expect(ana.heading).to_have_text(TITLE)
    expect(page.locator(".ask")).to_contain_text("Ana asks for your doubts. Where does this stop being true?")


def finds(somebody: Visitor) -> None:
    """By the bar, the space and its list."""
    somebody.goes_to("/spaces").get_by_role("link", name="Bread at altitude").first.click()
    somebody.page.get_by_role("link", name=TITLE).click()


def jonas_replies(jonas: Visitor) -> None:
    finds(jonas)
    page = jonas.page
    box = page.get_by_label("Your reply to Ana")
    box.fill("how you know how much")
    page.get_by_role("button", name="This might not hold when…").click()
    expect(box).to_have_value("This might not hold when how you know how much")
    page.get_by_role("button", name="I'd like to understand…").click()
    expect(box).to_have_value("I'd like to understand how you know how much")
    box.fill(" ")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("There are no words yet. Nothing was sent.")
    box.fill("I'd like to understand how you know how much, at the end.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("#thread")).to_contain_text("how you know how much")


def ana_answers(ana: Visitor) -> None:
    page = ana.goes_to("/")
    page.locator("section.q", has_text="how you know how much").get_by_role(
        "link", name="Answer Jonas"
    ).click()
    page.locator("form.compose").get_by_role("button", name="So you are saying…").click()
    box = page.get_by_label("Your answer to Jonas")
    expect(box).to_have_value("So you are saying ")
    box.fill("So you are saying that I should weigh it first.")
    page.get_by_role("button", name="Answer Jonas").click()
    expect(page.locator("#thread")).to_contain_text("that I should weigh it first")
