"""A site that nobody keeps yet, from the link in the terminal to the second person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from playwright.sync_api import expect

from tests.cli.processes import TERTULIA, eventually, free_port, running
from tests.journeys.conftest import Visit
from tests.journeys.sites import START_SECONDS, Home, Site
from tests.journeys.visitors import CODE, Visitor


def test_whoever_opens_the_printed_link_keeps_the_site_and_invites_a_second_person(
    empty_home: Home, visit: Visit
) -> None:
    with terminal(empty_home) as (site, printed):
        vera, bo = visit(site), visit(site)
        link = begins_a_space(
            vera, re.findall(r"^ +http://\S+?(/keeper/\S+)$", said(printed), re.MULTILINE)[0]
        )
        joins(bo, link, printed)

        page = vera.goes_to("/spaces")
        page.get_by_role("link", name="Kitchen garden").first.click()
        page.get_by_role("link", name="2 people").click()
        expect(page.locator(".list")).to_contain_text("Bo")
        # The link was good once.
        stranger = visit(site)
        stranger.goes_to("/join/not-a-link")
        expect(stranger.page.get_by_role("button", name="Join this space")).to_have_count(0)
        stranger.complaints.clear()


@contextmanager
def terminal(home: Home) -> Iterator[tuple[Site, list[str]]]:
    """`tertulia serve` as somebody starts it, and all that it prints."""
    port = free_port()
    with running([*TERTULIA, "serve"], home.environ(TERTULIA_PORT=str(port))) as process:
        assert process.stdout is not None
        printed: list[str] = []
        reader = Thread(target=printed.extend, args=(process.stdout,), daemon=True)
        reader.start()
        eventually(lambda: "mailed codes are printed" in said(printed), seconds=START_SECONDS)
        assert "Nobody keeps this place yet." in said(printed)
        yield Site(home, f"http://127.0.0.1:{port}"), printed
        process.terminate()
        process.wait(15)
        reader.join(5)


def said(printed: list[str]) -> str:
    return "".join(printed)


def begins_a_space(vera: Visitor, path: str) -> str:
    """The link for others."""
    page = vera.goes_to(path)
    page.get_by_label("What should we call you?").fill("Vera")
    page.get_by_label("Your mail address").fill("vera@example.org")
    page.get_by_role("button", name="Keep this site").click()
    expect(vera.heading).to_have_text("Begin a space")
    page.get_by_label("Its name").fill("Kitchen garden")
    page.get_by_label("What it is for, in one line").fill("What grows where you are.")
    page.get_by_label("By invitation").check()
    page.get_by_role("button", name="Begin this space").click()
    expect(vera.heading).to_have_text("Kitchen garden is there")
    link = page.get_by_label("The link")
    if not link.count():
        page.get_by_role("button", name="Make a link").click()
    return link.input_value()


def joins(bo: Visitor, link: str, printed: list[str]) -> None:
    page = bo.page
    page.goto(link)
    expect(bo.heading).to_have_text("Kitchen garden")
    page.get_by_role("button", name="Join this space").click()
    bo.asks_for_a_code("bo@example.org")
    assert eventually(lambda: bool(CODE.search(said(printed))))
    found = CODE.findall(said(printed))
    bo.types_the_code(found[-1])
    expect(bo.heading).to_have_text("What should we call you?")
    page.get_by_label("The name that others here read").fill("Bo")
    page.get_by_role("button", name="Go on").click()
    expect(bo.heading).to_have_text("Kitchen garden")
    expect(page.get_by_text("You are in. Write when you like")).to_be_visible()
