"""A box that opens in the thread leaves the page as it would be if it had come with the box."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site

OPENINGS = 6


def test_the_openings_stand_once_and_come_back_when_the_box_is_put_away(demo: Site, visit: Visit) -> None:
    ana = visit(demo)
    ana.comes_in_as("Ana, a baker whose text has changed three times")
    page = ana.page
    page.get_by_role("link", name="Proof by volume, not by the clock").first.click()
    beneath = page.locator("#thread .mine", has=page.locator(".starters"))
    in_the_box, not_now = (
        page.locator("form.compose .starters button"),
        page.get_by_role("button", name="Not now"),
    )
    expect(beneath.locator(".starters a")).to_have_count(OPENINGS)

    page.get_by_role("link", name="Answer Jonas").last.click()
    expect(page.get_by_label("Your answer to Jonas")).to_be_focused()
    for _loaded in ("in place", "anew"):
        expect(in_the_box).to_have_count(OPENINGS)
        expect(beneath).to_have_count(0)
        expect(not_now).to_have_count(0)
        page.reload()

    page.get_by_role("link", name="Put it away").click()
    expect(in_the_box).to_have_count(0)
    expect(beneath.locator(".starters a")).to_have_count(OPENINGS)
    expect(not_now).to_have_count(1)
