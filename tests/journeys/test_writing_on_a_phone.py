"""An idea written with a thumb, on a train: lines break, tabs close, nothing is lost."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.pictures import take
from tests.journeys.sites import Site
from tests.journeys.visitors import Visitor

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "screen": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
TITLE = "A lid for the first ten minutes"
FIRST, SECOND = "I put the roasting tin over the loaf.", "Steam stays where it is."


def test_an_idea_survives_a_closed_tab_and_a_broken_line_and_is_published(demo: Site, visit: Visit) -> None:
    ana = visit(demo, **PHONE)
    ana.comes_in_as("Ana, a baker")
    opens_the_sheet(ana)
    ana.page.get_by_label("Title").fill(TITLE)
    ana.page.get_by_label("The text").press_sequentially(FIRST)
    expect(ana.page.get_by_text("Draft kept")).to_be_visible()

    ana.page.close()
    ana.opens_another_tab()
    opens_the_sheet(ana)
    expect(ana.page.get_by_text("These are the words you left here.")).to_be_visible()
    expect(ana.page.get_by_label("Title")).to_have_value(TITLE)
    expect(ana.page.get_by_label("The text")).to_have_value(FIRST)
    take(ana.page, "phone.png")

    a_draft_that_cannot_be_sent_is_kept_in_the_browser(ana)
    a_page_that_cannot_be_sent_is_there_again(ana)
    ana.page.get_by_role("button", name="Publish").tap()
    expect(ana.heading).to_have_text(TITLE)
    expect(ana.page.locator(".text")).to_contain_text(SECOND)
    assert ana.runs_over() == 0
    ana.goes_to("/drafts")
    expect(ana.page.get_by_text("Nothing is kept here now.")).to_be_visible()


def opens_the_sheet(ana: Visitor) -> None:
    ana.goes_to("/")
    assert ana.runs_over() == 0
    # She is in one space, so nothing asks where.
    ana.page.get_by_role("link", name="Write", exact=True).tap()
    expect(ana.heading).to_have_text("Write an idea")
    assert ana.runs_over() == 0


def a_draft_that_cannot_be_sent_is_kept_in_the_browser(ana: Visitor) -> None:
    ana.page.route("**/drafts/keep", lambda route: route.abort(), times=1)
    text = ana.page.get_by_label("The text")
    text.press("End")
    text.press_sequentially(f" {SECOND}")
    expect(ana.page.get_by_text("Kept in this browser")).to_be_visible()
    expect(text).to_have_value(f"{FIRST} {SECOND}")


def a_page_that_cannot_be_sent_is_there_again(ana: Visitor) -> None:
    """The line breaks in the very moment of publishing; the tab is closed over the browser's error."""
    ana.page.route("**/s/*/write", lambda route: route.abort(), times=1)
    with ana.page.expect_event("requestfailed", lambda request: request.method == "POST"):
        ana.page.get_by_role("button", name="Publish").tap(no_wait_after=True)
    ana.page.close()
    ana.opens_another_tab()
    opens_the_sheet(ana)
    ana.page.get_by_role("button", name="Bring them back").tap()
    text = ana.page.get_by_label("The text")
    assert FIRST in text.input_value()
    assert SECOND in text.input_value()
