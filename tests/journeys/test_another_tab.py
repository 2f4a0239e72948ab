"""Whoever opens a link in another tab finds its page there, and this one as it was."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site

IDEA = "Does the flour drink, or does the kitchen?"
HALF = "Half a sentence"


@pytest.mark.parametrize(("how", "is_open"), [("Control", True), ("Shift", False), ("middle", True)])
def test_answering_in_another_tab_leaves_this_one_alone(
    demo: Site, visit: Visit, how: str, is_open: bool
) -> None:
    jonas = visit(demo)
    jonas.comes_in_as("Jonas, who arrived")
    jonas.goes_to(f"/search?q={IDEA.replace(' ', '+')}")
    jonas.page.get_by_role("link", name=IDEA).first.click()
    expect(jonas.heading).to_have_text(IDEA)
    link = jonas.page.locator("a[hx-get^='/r/']").first
    # Its box, where it was opened before.
    boxes = jonas.page.locator("form[id^='answer-'] textarea")
    if is_open:
        link.click()
        boxes.fill(HALF)
    here, place = jonas.page.url, link.get_attribute("href") or ""
    answered = place.partition("answer=")[2].partition("#")[0]

    with jonas.context.expect_page() as opened:
        clicks(link, how)
    other = opened.value
    jonas.watch(other)

    # What is answered is seen above the box, in which one can write at once.
    expect(other.locator("form[id^='answer'] textarea")).to_be_focused()
    expect(other.locator(f"#r{answered} .words")).to_be_in_viewport()
    assert other.url.endswith(place.split("?")[1])
    assert jonas.page.url == here
    assert boxes.count() == int(is_open)


def clicks(link: Locator, how: str) -> None:
    if how == "middle":
        link.click(button="middle")
    elif how == "Control":
        link.click(modifiers=["Control"])
    else:
        link.click(modifiers=["Shift"])
