"""A history from elsewhere: brought, read, picked up, and taken back whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from playwright.sync_api import expect

from tests.importers.dumps import answer, comment, question, write_dump
from tests.journeys.conftest import Visit
from tests.journeys.sites import Site

PEOPLE = ("Ana", "Bo", "Cleo", "Dan", "Elif", "Farid")
ALONE = "Does a wet chain stretch sooner?"


def test_a_brought_history_is_read_whole_offers_what_nobody_answered_and_goes_again(
    demo: Site, visit: Visit, tmp_path: Path
) -> None:
    said = demo.home.run(
        "import", str(a_year_of_bicycles(tmp_path / "dump")), "--space", "Bicycles", "--demo"
    )
    number = re.search(r"--undo (\d+)", said)
    assert number, said

    vera = visit(demo)
    page = vera.comes_in_as("Vera, who keeps")
    worth = page.locator("section", has=page.get_by_role("heading", name="Worth picking up"))
    expect(worth.get_by_role("link", name=ALONE)).to_be_visible()
    expect(worth).to_contain_text("nobody answered; Cleo is not here")

    page.get_by_role("link", name="Spaces", exact=True).click()
    page.get_by_role("link", name="Bicycles").click()
    page.get_by_role("link", name="Idea 1", exact=True).click()
    expect(page.get_by_text("Its author is not here.")).to_be_visible()
    expect(page.locator("#thread")).to_contain_text("It rubs because of the cone, says Bo.")
    expect(page.locator("#thread")).to_contain_text("Which cone, Bo?")

    page.get_by_role("link", name="Bicycles").first.click()
    page.get_by_role("link", name="How this space is doing").click()
    expect(page.get_by_role("link", name="its whole life")).to_have_attribute("aria-current", "page")
    expect(page.locator("table caption")).to_contain_text("conversations")
    expect(page.get_by_text("This history does not carry:")).to_be_visible()

    demo.home.run("import", "--undo", number[1], "--yes", "--demo")
    vera.goes_to("/")
    expect(page.get_by_role("link", name=ALONE)).to_have_count(0)
    vera.goes_to("/spaces")
    expect(page.get_by_role("link", name="Bread at altitude")).to_be_visible()
    expect(page.get_by_role("link", name="Bicycles")).to_have_count(0)


def a_year_of_bicycles(folder: Path) -> Path:
    """Ten questions, each with an answer and a few words under it, by six people; and one that nobody answered."""
    folder.mkdir()
    posts = list(the_posts())
    return write_dump(
        folder,
        users=[{"Id": number, "DisplayName": name} for number, name in enumerate(PEOPLE, 1)],
        posts=posts,
        comments=list(the_comments()),
    )


def the_posts() -> Iterator[dict[str, object]]:
    for number in range(1, 11):
        owner, other = (number - 1) % 6 + 1, number % 6 + 1
        yield question(
            number, owner=owner, day=number, Body="<p>Why does the wheel rub?</p>", Tags="<wheels>"
        )
        body = f"<p>It rubs because of the cone, says {PEOPLE[other - 1]}.</p>"
        yield answer(100 + number, to=number, owner=other, day=number + 1, Body=body)
    yield question(11, owner=3, day=12, Title=ALONE, Body="<p>Mine lasted a winter.</p>", Tags="<chains>")


def the_comments() -> Iterator[dict[str, object]]:
    numbers = count(1)
    for number in range(1, 11):
        owner, other = (number - 1) % 6 + 1, number % 6 + 1
        name = PEOPLE[other - 1]
        yield comment(next(numbers), to=100 + number, by=owner, text=f"Which cone, {name}?", day=number + 2)
        yield comment(next(numbers), to=100 + number, by=other, text="The left one.", day=number + 3)
