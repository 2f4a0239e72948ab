"""Nothing but Tab, Enter and typing; and at each stop one sees where one is."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site
from tests.journeys.visitors import Visitor

WORDS = "A steam oven at 1,900 m: two under, and the crust stays thin."
MOST_STOPS = 80
# The words by which a person knows where the focus is, and how it is shown.
FOCUSED = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    tag: at.tagName,
    words: (at.labels?.[0]?.innerText || at.innerText || at.getAttribute("aria-label") || "").trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def test_from_the_first_minute_to_a_sent_reply_by_keyboard(demo: Site, visit: Visit) -> None:
    somebody = visit(demo)
    page = somebody.goes_to("/")
    the_skip_link_leads_to_the_page(somebody)
    tabs_to(somebody, "Your reply to Padma")
    page.keyboard.type(WORDS)
    tabs_to(somebody, "Send")
    page.keyboard.press("Enter")

    expect(somebody.heading).to_have_text("Sign in")
    signs_in(somebody)

    expect(somebody.heading).to_have_text("Ask your kettle")
    tabs_to(somebody, "Your reply to Padma")
    expect(page.locator(":focus")).to_have_value(WORDS)
    tabs_to(somebody, "Reply")
    page.keyboard.press("Enter")
    expect(page.locator("#thread .reply", has_text=WORDS)).to_contain_text("Nobu")


def test_whoever_has_answered_goes_on_from_the_answer(demo: Site, visit: Visit) -> None:
    ana = visit(demo)
    ana.comes_in_as("Ana, a baker whose text has changed three times")
    page = ana.goes_to("/")
    page.get_by_role("link", name="Proof by volume, not by the clock").first.click()
    tabs_to(ana, "Answer Jonas")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your answer to Jonas")).to_be_focused()
    page.keyboard.type("Because the crust sets first.")
    tabs_to(ana, "Answer Jonas")
    page.keyboard.press("Enter")

    expect(page.locator(":focus")).to_contain_text("Because the crust sets first.")


def test_whoever_sets_something_aside_goes_on_from_undo(demo: Site, visit: Visit) -> None:
    ana = visit(demo)
    ana.comes_in_as("Ana, a baker whose text has changed three times")
    page = ana.goes_to("/")
    tabs_to(ana, "Not now")
    page.keyboard.press("Enter")

    expect(page.locator(":focus")).to_contain_text("Set aside. It stays on its page.")
    tabs_to(ana, "Undo")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Set aside. It stays on its page.")).to_have_count(0)


def the_skip_link_leads_to_the_page(somebody: Visitor) -> None:
    somebody.page.keyboard.press("Tab")
    assert is_at(somebody) == "Skip to the page"
    somebody.page.keyboard.press("Enter")
    expect(somebody.page.locator("main")).to_be_focused()


def signs_in(somebody: Visitor) -> None:
    page = somebody.page
    tabs_to(somebody, "Your mail address")
    page.keyboard.type("nobu@example.org")
    page.keyboard.press("Enter")
    expect(somebody.heading).to_have_text("Type your code")
    code = somebody.reads_the_code_from_the_outbox()
    page.bring_to_front()
    tabs_to(somebody, "The code from the letter")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(somebody.heading).to_have_text("What should we call you?")
    tabs_to(somebody, "The name that others here read")
    page.keyboard.type("Nobu")
    tabs_to(somebody, "Go on")
    page.keyboard.press("Enter")


def tabs_to(somebody: Visitor, words: str) -> None:
    stops = []
    for _stop in range(MOST_STOPS):
        somebody.page.keyboard.press("Tab")
        stops.append(is_at(somebody))
        if stops[-1] == words:
            return
    raise AssertionError(f"{words} is not reached by Tab, but these are: {stops}")


def is_at(somebody: Visitor) -> str:
    """The words of the stop, which is seen, and is seen to have the focus."""
    stop = somebody.page.evaluate(FOCUSED)
    assert stop["tag"] == "BODY" or (stop["outlined"] and stop["seen"]), stop
    return str(stop["words"])
