"""Helen reads how her space is doing; two people of one exchange see it differently."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.pictures import take
from tests.journeys.sites import Site
from tests.journeys.visitors import Visitor

OTHERWISE = "I had changed it already; that evening I only wrote it down."
DIFFERS = "I remember asking before the change, and have my note of it."


def test_broadcasting_is_said_kindly_with_one_thing_to_do_today(demo_to_read: Site, visit: Visit) -> None:
    helen = visit(demo_to_read)
    page = helen.comes_in_as("Helen, who writes")
    page.get_by_role("link", name="Spaces", exact=True).click()
    page.get_by_role("link", name="Evening hours").first.click()
    page.get_by_role("link", name="How this space is doing").click()

    expect(helen.heading).to_have_text("How this space is doing")
    expect(page.locator(".reading")).to_contain_text("broadcasting")
    today = page.locator("#today + p")
    expect(today.get_by_role("link").first).to_be_visible()
    expect(today).not_to_contain_text("Helen")
    today.get_by_role("link").first.click()
    expect(helen.heading).to_be_visible()


def test_an_exchange_is_contested_by_one_of_its_two_and_answered_by_the_other(
    demo: Site, visit: Visit
) -> None:
    jonas, other = visit(demo), visit(demo)
    jonas.comes_in_as("Jonas, who arrived")
    jonas.goes_to("/s/bread-at-altitude/reading")
    take(jonas.page, "reading.png", until=jonas.page.locator("#for"))
    jonas.goes_to("/s/bread-at-altitude/reading?window=1y")
    sees = jonas.page.get_by_role("link", name=re.compile("open, or say it was otherwise"))
    sees.first.click()
    expect(jonas.page.locator(".evid li").first).to_be_visible()
    step = jonas.page.locator(".evid > li", has=jonas.page.get_by_text("that is not what happened")).first
    name = contests(jonas, step.get_attribute("id") or "")

    other_comes_in(other, name)
    other.goes_to("/s/bread-at-altitude/reading?window=1y")
    asked = other.page.locator("#contested")
    expect(asked).to_contain_text(OTHERWISE)
    asked.get_by_role("textbox").fill(DIFFERS)
    asked.get_by_role("button", name="I see it differently").click()
    expect(other.page.locator("#contested button")).to_have_count(0)

    jonas.page.reload()
    expect(jonas.page.locator(".evid")).to_contain_text(OTHERWISE)
    expect(jonas.page.locator(".evid")).to_contain_text(DIFFERS)


def contests(jonas: Visitor, step_id: str) -> str:
    """Who the other one is, by first name."""
    here = jonas.page.url
    title = jonas.heading.inner_text()
    step = jonas.page.locator(f"#{step_id}")
    step.get_by_text("that is not what happened").click()
    step.get_by_role("textbox").fill(OTHERWISE)
    step.get_by_role("button", name="Say so").click()
    expect(jonas.heading).to_have_text("How this space is doing")
    jonas.page.goto(here)
    expect(jonas.page.locator(".evid")).to_contain_text(OTHERWISE)
    names: list[str] = re.findall(r"[A-Z]\w+", title)
    return next(name for name in names if name != "Jonas")


def other_comes_in(somebody: Visitor, name: str) -> None:
    """There is a door for six of them; everybody has an address."""
    page = somebody.goes_to("/sign-in")
    somebody.asks_for_a_code(f"{name.lower()}@long-table.example")
    somebody.types_the_code(somebody.reads_the_code_from_the_outbox())
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for you")
