"""Signed out while writing."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site
from tests.journeys.visitors import Visitor

ANSWER = "The crust sets late up here, so the heat opens it first."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_sent_after_the_session_ended_waits_until_one_is_back(
    demo: Site, visit: Visit, scripts: bool
) -> None:
    ana = visit(demo, java_script_enabled=scripts)
    ana.comes_in_as("Ana, a baker")
    page = ana.page
    page.locator("section.q", has_text="why hotter first").get_by_role("link", name="Answer Jonas").click()
    page.get_by_label("Your answer to Jonas").fill(ANSWER)
    ana.loses_the_session()
    page.get_by_role("button", name="Answer Jonas").click()

    comes_back_by_a_mailed_code(ana)

    expect(ana.heading).to_have_text("Proof by volume, not by the clock")
    box = page.get_by_label("Your answer to Jonas")
    expect(box).to_have_value(ANSWER)
    page.get_by_role("button", name="Answer Jonas").click()
    expect(page.locator("#thread .reply", has_text=ANSWER).last).to_contain_text("Ana Ruiz")


def comes_back_by_a_mailed_code(ana: Visitor) -> None:
    expect(ana.heading).to_have_text("Sign in")
    ana.asks_for_a_code("ana@long-table.example")
    ana.types_the_code(ana.reads_the_code_from_the_outbox())
