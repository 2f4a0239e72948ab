"""Signed out while writing."""

import pytest
from playwright.sync_api import expect

from tests.journeys import axe
from tests.journeys.conftest import Visit
from tests.journeys.sites import Site
from tests.journeys.visitors import NARROW, Visitor

ANSWER = "The crust sets late up here, so the heat opens it first."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_sent_after_the_session_ended_waits_until_one_is_back(
    demo: Site, visit: Visit, scripts: bool
) -> None:
    ana = visit(demo, java_script_enabled=scripts)
    page = ana.page
    writes_an_answer(ana)
    ana.loses_the_session()
    page.get_by_role("button", name="Answer Jonas").click()

    comes_back_by_a_mailed_code(ana)

    expect(ana.heading).to_have_text("Proof by volume, not by the clock")
    box = page.get_by_label("Your answer to Jonas")
    expect(box).to_have_value(ANSWER)
    page.get_by_role("button", name="Answer Jonas").click()
    expect(page.locator("#thread .reply", has_text=ANSWER).last).to_contain_text("Ana Ruiz")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_whoever_comes_in_next_at_the_same_browser_finds_nothing_of_it(
    demo: Site, visit: Visit, scripts: bool
) -> None:
    somebody = visit(demo, java_script_enabled=scripts)
    page = somebody.page
    writes_an_answer(somebody)
    where = page.url
    somebody.loses_the_session()
    page.get_by_role("button", name="Answer Jonas").click()
    expect(page.get_by_role("status")).to_have_text("Your reply is safe. It waits until you have signed in.")

    somebody.comes_in_as("Vera, who keeps")
    page.goto(where)

    expect(somebody.heading).to_have_text("Proof by volume, not by the clock")
    expect(page.get_by_label("Your answer to Jonas")).to_have_value("")
    expect(page.get_by_text(ANSWER)).to_have_count(0)
    expect(page.get_by_role("button", name="Bring them back")).to_have_count(0)
    somebody.goes_to("/drafts")
    expect(page.get_by_text("Nothing is kept here now.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_words_of_nobody_known_are_kept_by_whoever_says_that_they_are_theirs(
    demo: Site, visit: Visit, scripts: bool
) -> None:
    ana = visit(demo, java_script_enabled=scripts)
    page = ana.page
    writes_an_answer(ana)
    ana.loses_the_session()
    # A page that does not say whom it was made for.
    page.evaluate("() => document.querySelectorAll('[name=writer]').forEach((one) => one.remove())")
    where = page.url
    page.get_by_role("button", name="Answer Jonas").click()
    expect(ana.heading).to_have_text("Sign in")
    # And not by the page for signing in that came next.
    ana.goes_to("/sign-in")

    comes_back_by_a_mailed_code(ana)

    expect(ana.heading).to_have_text("Are these words yours?")
    expect(page.get_by_text(ANSWER)).to_have_count(0)
    if scripts:
        can_be_read_by_everybody(ana)
    page.get_by_role("button", name="They are mine: keep them").focus()
    page.keyboard.press("Enter")
    expect(ana.heading).to_have_text("Waiting for you")
    page.goto(where)
    expect(page.get_by_label("Your answer to Jonas")).to_have_value(ANSWER)


def can_be_read_by_everybody(ana: Visitor) -> None:
    assert axe.violations(ana.page) == []
    ana.page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    ana.page.emulate_media(color_scheme="dark")
    assert axe.violations(ana.page) == []
    assert ana.runs_over() <= 0


def writes_an_answer(ana: Visitor) -> None:
    ana.comes_in_as("Ana, a baker")
    asked = ana.page.locator("section.q", has_text="why hotter first")
    asked.get_by_role("link", name="Answer Jonas").click()
    ana.page.get_by_label("Your answer to Jonas").fill(ANSWER)


def comes_back_by_a_mailed_code(ana: Visitor) -> None:
    expect(ana.heading).to_have_text("Sign in")
    ana.asks_for_a_code("ana@long-table.example")
    ana.types_the_code(ana.reads_the_code_from_the_outbox())
