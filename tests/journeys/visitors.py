"""Somebody with a browser: coming in, signing in by a mailed code, and what is looked at on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.journeys.sites import Site

WIDE, NARROW = {"width": 1180, "height": 900}, {"width": 360, "height": 740}
# Of a page that answers 422 on purpose, or of a connection that a journey cuts.
EXPECTED = ("Failed to load resource",)
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


@dataclass
class Visitor:
    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """From here on, whatever this page's console complains of is noted."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.complaints.append(f"{message.text} ({self.page.url})")

    # --- going ---

    def goes_to(self, path: str) -> Page:
        self.page.goto(self.site.address + path)
        return self.page

    def comes_in_as(self, line: str, *, path: str = "/doors") -> Page:
        """Through a door of the demo, by the line on it."""
        self.goes_to(path)
        self.page.get_by_role("button", name=line).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Waiting for you")
        return self.page

    def opens_another_tab(self) -> Page:
        self.page = self.context.new_page()
        self.watch(self.page)
        return self.page

    def loses_the_session(self) -> None:
        """As if signed out in another tab."""
        names = {one["name"] for one in self.context.cookies() if one["name"].endswith("tertulia_session")}
        assert names
        for name in names:
            self.context.clear_cookies(name=name)

    def asks_for_a_code(self, email: str) -> None:
        self.page.get_by_label("Your mail address").fill(email)
        self.page.get_by_role("button", name="Send me a code").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Type your code")

    def types_the_code(self, code: str) -> None:
        self.page.get_by_label("The code from the letter").fill(code)
        self.page.get_by_role("button", name="Sign in").click()

    def reads_the_code_from_the_outbox(self) -> str:
        """In another tab, as somebody would."""
        tab = self.context.new_page()
        tab.goto(self.site.address + "/outbox")
        found = CODE.search(
            "    " + tab.locator("pre.letter").first.inner_text().split("signing in:")[1].strip()
        )
        tab.close()
        assert found
        return found[1].split()[0]

    # --- looking ---

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def reply_with(self, words: str) -> Locator:
        """The one reply that says these words, without the answers to it."""
        return (
            self.page.locator("#thread .reply").filter(has=self.page.locator(".words", has_text=words)).last
        )

    def runs_over(self) -> int:
        """By how many pixels the page is wider than its window."""
        wider: int = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wider


def box_of(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    if found is None:
        raise BrowserError(f"{locator} has no box")
    return {
        "left": found["x"],
        "top": found["y"],
        "right": found["x"] + found["width"],
        "bottom": found["y"] + found["height"],
    }
