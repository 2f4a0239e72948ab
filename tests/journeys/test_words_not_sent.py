"""Sending fails: a broken line, a proxy's page, a lost browser, a reply taken back. The words stay, and it is said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site
from tests.journeys.visitors import Visitor

IDEA = "Does the flour drink, or does the kitchen?"
WORDS = "A paper bag drinks more than a tin."
HTMX_SAYS = "htmx: htmx:error"


def opens(site: Site, visit: Visit, line: str = "Jonas, who arrived") -> Visitor:
    jonas = visit(site)
    jonas.comes_in_as(line)
    goes_to_the_idea(jonas)
    return jonas


def goes_to_the_idea(one: Visitor) -> None:
    one.goes_to(f"/search?q={IDEA.replace(' ', '+')}")
    one.page.get_by_role("link", name=IDEA).first.click()
    expect(one.heading).to_have_text(IDEA)


def box_of(page: Page) -> Locator:
    return page.locator("form#say textarea")


def send(page: Page) -> None:
    page.locator("form#say button.go").click()


def cut(route: Route) -> None:
    route.abort()


def a_proxys_page(route: Route) -> None:
    route.fulfill(
        status=502, body="<html><body><h1>502 Bad Gateway</h1></body></html>", content_type="text/html"
    )


def a_portals_page(route: Route) -> None:
    route.fulfill(
        status=200, body="<html><body><h1>Pay for the wifi</h1></body></html>", content_type="text/html"
    )


@pytest.mark.parametrize("fails", [cut, a_proxys_page, a_portals_page])
def test_words_that_could_not_be_sent_are_there_again_after_going_elsewhere(
    demo: Site, visit: Visit, fails: Callable[[Route], None]
) -> None:
    jonas = opens(demo, visit)
    page = jonas.page
    page.route("**/drafts/keep", cut)
    page.route("**/send/reply", fails)
    box_of(page).fill(WORDS)
    send(page)

    expect(page.locator("form#say").get_by_role("alert")).to_contain_text(
        "Your words are kept in this browser"
    )
    expect(box_of(page)).to_have_value(WORDS)
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("#thread")).not_to_contain_text("Gateway")
    expect(page.locator("#thread")).not_to_contain_text("wifi")
    page.unroute("**/send/reply")
    page.unroute("**/drafts/keep")

    jonas.goes_to("/spaces")
    goes_to_the_idea(jonas)
    page.get_by_role("button", name="Bring them back").click()
    expect(box_of(page)).to_have_value(WORDS)
    send(page)
    expect(page.locator("#thread .reply", has_text=WORDS)).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)
    goes_to_the_idea(jonas)
    expect(page.get_by_role("button", name="Bring them back")).to_have_count(0)
    jonas.complaints[:] = [one for one in jonas.complaints if not one.startswith(HTMX_SAYS)]


def test_with_every_cookie_gone_the_page_of_the_words_stands_alone(demo: Site, visit: Visit) -> None:
    jonas = opens(demo, visit)
    page = jonas.page
    box_of(page).fill(WORDS)
    jonas.context.clear_cookies()
    send(page)

    expect(jonas.heading).to_have_text("Your words")
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("header.bar")).to_have_count(1)
    expect(page.get_by_label("Your reply")).to_have_value(WORDS)
    page.get_by_role("button", name="Send it again").click()
    expect(jonas.heading).to_have_text("Sign in")
    expect(page.get_by_role("status")).to_contain_text("safe")


def test_an_answer_to_a_reply_that_was_taken_back_is_among_the_drafts(demo: Site, visit: Visit) -> None:
    jonas, vera = opens(demo, visit), opens(demo, visit, "Ana, a baker")
    box_of(vera.page).fill("Ana says this and takes it back.")
    send(vera.page)
    goes_to_the_idea(jonas)
    said = jonas.page.locator("#thread .reply", has_text="Ana says this").last
    said.get_by_role("link", name="Answer Ana").click()
    jonas.page.get_by_label("Your answer to Ana").fill(WORDS)
    vera.page.locator("#thread .reply", has_text="Ana says this").last.get_by_role(
        "button", name="Take it back"
    ).click()
    expect(box_of(vera.page)).to_have_value("Ana says this and takes it back.")

    jonas.page.get_by_role("button", name="Answer Ana").click()
    expect(jonas.page.get_by_role("alert")).to_contain_text("was taken back")
    jonas.goes_to("/drafts")
    expect(jonas.page.locator("section.q", has_text=WORDS)).to_have_count(1)


def test_two_clicks_on_reply_are_one_reply(demo: Site, visit: Visit) -> None:
    jonas = opens(demo, visit)
    box_of(jonas.page).fill(WORDS)
    jonas.page.locator("form#say button.go").dblclick()

    expect(jonas.page.locator("#thread .reply", has_text=WORDS)).to_have_count(1)
    goes_to_the_idea(jonas)
    expect(jonas.page.locator("#thread .reply", has_text=WORDS)).to_have_count(1)
    expect(jonas.page.get_by_role("alert")).to_have_count(0)


def test_a_sheet_that_was_not_sent_is_still_offered_after_another_page(demo: Site, visit: Visit) -> None:
    ana = visit(demo)
    ana.comes_in_as("Ana, a baker")
    page = ana.goes_to("/s/bread-at-altitude/write")
    page.route("**/drafts/keep", cut)
    page.route("**/s/*/write", cut, times=1)
    page.get_by_label("The text").fill(WORDS)
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        page.get_by_role("button", name="Publish").click(no_wait_after=True)
    ana.opens_another_tab()
    ana.goes_to("/spaces")

    ana.goes_to("/s/bread-at-altitude/write")
    ana.page.get_by_role("button", name="Bring them back").click()
    expect(ana.page.get_by_label("The text")).to_have_value(WORDS)
    ana.page.get_by_label("Title").fill("A paper bag")
    ana.page.get_by_role("button", name="Publish").click()
    expect(ana.heading).to_have_text("A paper bag")
    ana.goes_to("/s/bread-at-altitude/write")
    expect(ana.page.get_by_role("button", name="Bring them back")).to_have_count(0)


def test_signing_out_takes_what_this_browser_kept(demo: Site, visit: Visit) -> None:
    jonas = opens(demo, visit)
    page = jonas.page
    page.route("**/drafts/keep", cut)
    box_of(page).fill(WORDS)
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    jonas.goes_to("/me")
    jonas.page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    kept = page.evaluate("() => Object.keys(localStorage).filter((one) => one.startsWith('draft '))")
    assert kept == []


def test_kept_words_stand_in_their_boxes_and_thrown_away_they_are_sent_nowhere(
    demo: Site, visit: Visit
) -> None:
    jonas = opens(demo, visit)
    page = jonas.page
    page.get_by_role("link", name="Answer Hanna").first.click()
    answer = page.get_by_label("Your answer to Hanna")
    answer.fill(WORDS)
    page.get_by_role("button", name="Keep as draft").first.click()
    expect(page.get_by_text("They are not sent yet")).to_be_visible()

    jonas.goes_to("/")
    writing = page.locator(".box", has_text="You were writing")
    expect(writing).to_contain_text(WORDS)
    goes_to_the_idea(jonas)
    expect(answer).to_have_value(WORDS)
    expect(page.get_by_label("Your reply to Priya")).to_be_visible()
    page.get_by_role("button", name="Throw it away").click()

    expect(jonas.heading).to_have_text(IDEA)
    expect(answer).to_have_count(0)
    expect(page.locator("#thread")).not_to_contain_text(WORDS)
    expect(page.get_by_role("button", name="Bring them back")).to_have_count(0)
    jonas.goes_to("/")
    expect(writing).to_have_count(0)


def test_whoever_comes_back_by_the_browser_finds_the_box_the_words_and_their_opening(
    demo: Site, visit: Visit
) -> None:
    jonas, ana = opens(demo, visit), opens(demo, visit, "Ana, a baker")
    box_of(jonas.page).fill("Is it the paper, or the shelf it lies on?")
    send(jonas.page)
    goes_to_the_idea(ana)
    page = ana.page
    page.locator("#thread .reply", has_text="or the shelf it lies on").last.get_by_role(
        "link", name="Answer Jonas"
    ).click()
    box = page.locator("form.compose", has=page.get_by_label("Your answer to Jonas"))
    box.get_by_role("button", name="So you are saying…").click()
    box.get_by_role("textbox").press("End")
    box.get_by_role("textbox").press_sequentially("the shelf matters")
    expect(box.locator("[data-kept]")).to_contain_text("Draft kept")

    ana.goes_to("/drafts")
    page.go_back()

    expect(box.get_by_role("textbox")).to_have_value("So you are saying the shelf matters")
    expect(box.locator("input[name=starter]")).to_have_value("say_back")
    page.get_by_role("button", name="Answer Jonas").click()
    goes_to_the_idea(jonas)
    said = jonas.page.locator("#thread", has_text="the shelf matters")
    expect(said.get_by_role("button", name="Yes, that's it")).to_have_count(1)


def test_whoever_leaves_while_typing_finds_the_words_among_the_drafts(demo: Site, visit: Visit) -> None:
    jonas = opens(demo, visit)
    box_of(jonas.page).press_sequentially("A tin keeps the air out, and the smell in.")

    jonas.goes_to("/drafts")
    # What is sent on the way out may come after the page that was asked for.
    jonas.page.wait_for_timeout(500)
    jonas.goes_to("/drafts")
    expect(jonas.page.locator("section.q", has_text="and the smell in")).to_have_count(1)


def test_words_thrown_away_while_typing_do_not_come_back(demo: Site, visit: Visit) -> None:
    jonas = opens(demo, visit)
    page = jonas.page
    box_of(page).fill(WORDS)
    page.locator("form#say").get_by_role("button", name="Keep as draft").click()
    expect(page.get_by_text("They are not sent yet")).to_be_visible()

    box_of(page).press_sequentially(" So does a sack.")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("They are not sent yet")).to_have_count(0)
    # What is sent on the way out may come after the page that was asked for.
    page.wait_for_timeout(500)

    jonas.goes_to("/drafts")
    expect(page.locator("section.q", has_text="So does a sack")).to_have_count(0)


def test_a_box_that_is_opened_takes_the_words_and_no_other_box_with_kept_ones(
    demo: Site, visit: Visit
) -> None:
    jonas = opens(demo, visit)
    page = jonas.page
    answers = page.locator("#thread a.plain", has_text="Answer ")
    answers.last.click()
    kept = page.locator("form.compose[id^=answer-]")
    kept.get_by_role("textbox").fill(WORDS)
    kept.get_by_role("button", name="Keep as draft").click()
    goes_to_the_idea(jonas)
    expect(kept.get_by_role("textbox")).to_have_value(WORDS)

    answers.first.click()
    expect(kept).to_have_count(2)
    expect(kept.first.get_by_role("textbox")).to_be_focused()
    expect(kept.last.get_by_role("textbox")).to_have_value(WORDS)
