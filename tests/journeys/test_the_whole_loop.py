"""Two people, two browsers: asked, said back, misheard, heard, changed because of it, and told so."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visit
from tests.journeys.pictures import take
from tests.journeys.sites import Site
from tests.journeys.visitors import NARROW, WIDE, Visitor, box_of

IDEA = "Proof by volume, not by the clock"
ASKED = "why hotter first"
ADDED = "Hotter first, because thin air dries the crust late: the loaf opens before it sets."
WHY = "The heat is for the opening, and I had never said so."
MOVED = "I had only ever thought of the colour."


def test_a_question_is_heard_changes_the_idea_and_the_one_who_asked_learns_how(
    demo: Site, visit: Visit
) -> None:
    ana, jonas = visit(demo), visit(demo)
    ana.comes_in_as("Ana, a baker")
    jonas.comes_in_as("Jonas, who arrived")

    ana_says_it_back(ana, "that the crust comes too early")
    jonas_says_not_quite(jonas)
    ana_says_it_again(ana)
    jonas_says_yes(jonas)
    ana_changes_the_idea(ana)
    jonas_sees_that_it_mattered(jonas)

    note = passage_with(ana, WHY)
    ana.page.reload()
    expect(note.locator(".note", has_text=WHY)).to_contain_text("Jonas")
    the_note_stands_beside_its_words_and_below_them_on_a_phone(ana, note)


def ana_says_it_back(ana: Visitor, words: str) -> None:
    take(ana.page, "home.png", until=ana.page.locator(".foot"))
    waits = ana.page.locator("section.q", has_text=ASKED)
    waits.get_by_role("link", name="Answer Jonas").click()
    box = ana.page.locator("form.compose", has=ana.page.get_by_text("Your answer to Jonas"))
    box.get_by_role("button", name="So you are saying…").click()
    answer = box.get_by_role("textbox")
    expect(answer).to_have_value("So you are saying ")
    box.get_by_role("button", name="Answer Jonas").click()
    expect(box.get_by_role("alert")).to_contain_text("There are no words yet after the opening.")
    expect(answer).to_have_value("So you are saying ")
    answer.press("End")
    answer.press_sequentially(words)
    box.get_by_role("button", name="Answer Jonas").click()
    expect(ana.page.locator("#thread .said", has_text=f"So you are saying {words}")).to_have_count(1)
    # It waits for her no longer, and the box is put away.
    expect(ana.reply_with(ASKED).get_by_role("button", name="Not now")).to_have_count(0)
    expect(ana.page.get_by_text("Your answer to Jonas")).to_have_count(0)


def jonas_says_not_quite(jonas: Visitor) -> None:
    jonas.goes_to("/")
    waits = jonas.page.locator("section.q", has_text="that the crust comes too early")
    expect(waits).to_contain_text("did they get you right?")
    waits.get_by_role("link", name="Not quite…").click()
    box = jonas.page.locator("form.compose", has=jonas.page.get_by_text("Not quite: what did you mean?"))
    box.get_by_role("textbox").fill("I wonder why it does not.")
    box.get_by_role("button", name="Answer Ana").click()
    expect(jonas.page.locator("#thread")).to_contain_text("I wonder why it does not.")
    expect(jonas.page.locator("#thread")).to_contain_text("not quite.")


def ana_says_it_again(ana: Visitor) -> None:
    ana.goes_to("/")
    waits = ana.page.locator("section.q", has_text="I wonder why it does not.")
    waits.get_by_role("link", name="Answer Jonas").click()
    box = ana.page.locator("form.compose", has=ana.page.get_by_text("Your answer to Jonas"))
    box.get_by_role("button", name="So you are saying…").click()
    box.get_by_role("textbox").press_sequentially("that heat alone should close it, and it opens")
    box.get_by_role("button", name="Answer Jonas").click()
    expect(ana.page.locator("#thread")).to_contain_text("that heat alone should close it")


def jonas_says_yes(jonas: Visitor) -> None:
    jonas.goes_to("/")
    waits = jonas.page.locator("section.q", has_text="that heat alone should close it")
    waits.get_by_role("button", name="Yes, that's it").click()
    expect(jonas.page.locator("section.q", has_text="that heat alone")).to_have_count(0)


def ana_changes_the_idea(ana: Visitor) -> None:
    page = ana.goes_to("/spaces")
    page.get_by_role("link", name="Bread at altitude").first.click()
    page.get_by_role("link", name=IDEA).click()
    expect(page.locator("#thread")).to_contain_text("Jonas: yes, that's it.")
    page.get_by_role("link", name="Change the idea").click()
    text = page.get_by_label("The text")
    text.fill(f"{text.input_value()}\n\n{ADDED}")
    because = page.locator(".because .one", has_text=ASKED)
    because.get_by_role("checkbox").check()
    because.get_by_role("textbox").fill(WHY)
    take(page, "revise.png", until=page.locator(".foot"))
    page.get_by_role("button", name="See the difference first").click()
    expect(page.locator("ins", has_text="Hotter first")).to_be_visible()
    expect(page.locator(".because .one", has_text=ASKED).get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Publish version 4").click()
    expect(page.locator(".byline")).to_contain_text("version 4, because of Jonas")


def jonas_sees_that_it_mattered(jonas: Visitor) -> None:
    jonas.goes_to("/")
    told = jonas.page.locator("section.q", has_text="changed because of you")
    expect(told).to_contain_text(WHY)
    told.get_by_text("Did anything move for you?").click()
    told.get_by_role("textbox").fill(MOVED)
    told.get_by_role("button", name="Add it").click()
    expect(told).to_contain_text(MOVED)
    # Whether Ana got him right is another question.
    told.get_by_role("button", name="Yes, that's it").click()
    expect(jonas.page.locator("section.q", has_text="changed because of you")).to_have_count(0)
    jonas.goes_to("/spaces").get_by_role("link", name="Bread at altitude").first.click()
    jonas.page.get_by_role("link", name=IDEA).click()
    expect(jonas.page.locator(".told", has_text="What moved for you:")).to_contain_text(MOVED)


def passage_with(somebody: Visitor, words: str) -> Locator:
    return somebody.page.locator(".passage", has=somebody.page.locator(".note", has_text=words))


def the_note_stands_beside_its_words_and_below_them_on_a_phone(ana: Visitor, passage: Locator) -> None:
    text, note = passage.locator("> div").first, passage.locator(".note", has_text=WHY)
    expect(text).to_contain_text(ADDED)

    words, beside = box_of(text), box_of(note)
    assert beside["left"] >= words["right"]
    # Below the notes of the passage before, where those are long; its number says which words are its own.
    assert beside["top"] > words["top"] - 30
    number = note.locator(".back").inner_text()
    expect(text.get_by_role("link", name=f"Note {number}: Jonas")).to_be_visible()
    assert beside["right"] <= WIDE["width"]

    ana.page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    words, below = box_of(text), box_of(note)
    assert words["bottom"] - 1 <= below["top"] + 16
    assert below["top"] - words["bottom"] < 30
    assert abs(below["left"] - words["left"]) < 10
    assert ana.runs_over() == 0
