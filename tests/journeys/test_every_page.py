"""Every page of the URL table: for a stranger, a member and the keeper; light and dark; wide and narrow; with scripts
and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import get_resolver, reverse
from playwright.sync_api import Page

from tests.journeys import axe
from tests.journeys.addresses import (
    BETWEEN,
    DOORS,
    SENT,
    STRANGER,
    Looked,
    facts_of,
    names_of_the_table,
    pages_to_look_at,
)
from tests.journeys.conftest import Visit
from tests.journeys.sites import Site
from tests.journeys.visitors import NARROW, WIDE, Visitor

# What a browser that runs scripts and one that runs none must both be given.
SHOWN = """() => ({
  heading: [...document.querySelectorAll("h1")].map((one) => one.innerText.trim()),
  forms: [...document.forms].map((one) => `${one.method} ${one.getAttribute("action") || ""}`),
  named: document.title.trim(),
})"""
# Pairs of notes and boxes of the margin that lie over one another.
COVERED = """() => {
  const boxes = (which) => [...document.querySelectorAll(which)].map((one) => one.getBoundingClientRect());
  const notes = boxes(".passage .note");
  const others = [...notes, ...boxes(".side .box, .strip, .ask, .reply")];
  return notes.flatMap((note, at) => others.slice(at + 1).filter((one) => !(
    one.top >= note.bottom || one.bottom <= note.top || one.left >= note.right || one.right <= note.left
  ))).length;
}"""
# The largest hole between two blocks of an idea's text. Notes beside it leave none.
TORN = """() => {
  const blocks = [...document.querySelectorAll(".text > :not(.passage), .passage > .marked, .idea > .ask")];
  const boxes = blocks.map((one) => one.getBoundingClientRect());
  return Math.max(0, ...boxes.slice(1).map((one, at) => one.top - boxes[at].bottom));
}"""
NOT_REAL = "/meeting/0"


@dataclass
class Walk:
    """One person's two browsers: with scripts, and without."""

    with_scripts: Visitor
    without: Visitor


@pytest.fixture(scope="session")
def facts(demo_to_read: Site) -> dict[str, str]:
    return facts_of(demo_to_read.home)


def test_every_page_of_the_table_is_looked_at(facts: dict[str, str]) -> None:
    looked_at = {one.name for one in pages_to_look_at(facts)} - {""}

    assert looked_at | SENT | BETWEEN == names_of_the_table()
    assert not looked_at & (SENT | BETWEEN)


def test_what_is_only_sent_shows_no_page(demo_to_read: Site, visit: Visit) -> None:
    stranger = visit(demo_to_read)
    for name in sorted(SENT):
        shape = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
        path = reverse(name, args=["bread-at-altitude" if one == "slug" else 1 for one in shape])
        assert stranger.context.request.get(demo_to_read.address + path, max_redirects=0).status == 405, name


@pytest.mark.parametrize("by", [STRANGER, *DOORS])
def test_pages_can_be_read_by_everybody_everywhere(
    demo_to_read: Site, visit: Visit, facts: dict[str, str], by: str
) -> None:
    walk = Walk(visit(demo_to_read), visit(demo_to_read, java_script_enabled=False))
    for visitor in (walk.with_scripts, walk.without):
        comes_in(visitor, by)
    pages = [one for one in pages_to_look_at(facts) if one.by == by]

    wrong = [f"{one.path}: {problem}" for one in pages for problem in problems_of(one, walk)]

    assert not wrong, "\n".join(wrong)


def comes_in(visitor: Visitor, by: str) -> None:
    if by in DOORS:
        visitor.comes_in_as(DOORS[by])
    else:
        # So that the page where a code is typed has one to wait for.
        visitor.goes_to("/sign-in")
        visitor.asks_for_a_code("nobody@example.org")


def problems_of(looked: Looked, walk: Walk) -> Iterator[str]:
    page = walk.with_scripts.page
    path = real_path(looked, walk.with_scripts)
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    answer = page.goto(walk.with_scripts.site.address + path)
    if answer is None or answer.status != looked.status:
        yield f"answers {answer.status if answer else 'nothing'}"
        return
    yield from (f"light: {one}" for one in axe.violations(page))
    yield from too_wide(walk.with_scripts, "1180 px")
    if covered := page.evaluate(COVERED):
        yield f"has {covered} notes under something else"
    if (torn := page.evaluate(TORN)) > 60:
        yield f"has a hole of {torn} px in its text"
    shown = page.evaluate(SHOWN)
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    yield from (f"dark: {one}" for one in axe.violations(page))
    yield from too_wide(walk.with_scripts, "360 px")
    yield from without_scripts(shown, walk.without, path)


def real_path(looked: Looked, visitor: Visitor) -> str:
    """A meeting has the number of an act: the first one that the reading lists."""
    if NOT_REAL not in looked.path:
        return looked.path
    page = visitor.goes_to(looked.path.replace(NOT_REAL, ""))
    return page.locator("a[href*='/meeting/']").first.get_attribute("href") or looked.path


def too_wide(visitor: Visitor, width: str) -> Iterator[str]:
    if more := visitor.runs_over():
        yield f"is {more} px too wide at {width}: {widest(visitor.page)}"


def widest(page: Page) -> str:
    """The elements that stand out, for whoever mends it."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('body *')]"
        ".filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".map((one) => `${one.tagName}.${one.className}`).slice(0, 5)"
    )
    return ", ".join(found)


def without_scripts(shown: dict[str, object], visitor: Visitor, path: str) -> Iterator[str]:
    visitor.goes_to(path)
    plain = visitor.page.evaluate(SHOWN)
    if len(plain["heading"]) != 1 or not plain["named"]:
        yield f"has the headings {plain['heading']} and the title {plain['named']!r}"
    for part, there in shown.items():
        if plain[part] != there:
            yield f"without scripts its {part} differ: {plain[part]} and not {there}"
