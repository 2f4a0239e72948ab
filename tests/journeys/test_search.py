"""Words that somebody may have used."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.sites import Site

OWN = "Закваска из ржаной муки 面團很軟"


def test_the_beginning_of_a_word_finds_it_and_a_word_in_another_script_is_found(
    demo: Site, visit: Visit
) -> None:
    ana = visit(demo)
    page = ana.comes_in_as("Ana, a baker")
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("thermom")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark", has_text="thermometer").first).to_be_visible()

    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("Title").fill("What it is called elsewhere")
    page.get_by_label("The text").fill(OWN)
    page.get_by_role("button", name="Publish").click()
    expect(ana.heading).to_have_text("What it is called elsewhere")

    for typed in ("закваск", "ржаной", "麵", "面團", "很軟"):
        ana.goes_to("/search")
        page.get_by_role("searchbox").fill(typed)
        page.get_by_role("searchbox").press("Enter")
        found = page.get_by_role("link", name="What it is called elsewhere")
        expect(found).to_have_count(0 if typed == "麵" else 1)
