"""Pictures for the README and the manual, taken by the journeys on their way, so that they show what there is.

Only where TERTULIA_TEST_WRITE_PICTURES is 1: a picture differs by a pixel between two browsers, and is no test."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page

from tests.journeys.palette import in_few_colours

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
WANTED = os.environ.get("TERTULIA_TEST_WRITE_PICTURES") == "1"
# Sharp on screens of today, and still quick to load.
SCALE = 2
LARGEST_BYTES = 400_000


def take(page: Page, name: str, *, until: Locator | None = None, dark: bool = False) -> None:
    """The page from its top; down to where the last thing shown begins, or as high as the window."""
    if not WANTED:
        return
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
    page.mouse.move(0, 0)
    window = page.viewport_size
    assert window
    height = float(window["height"])
    if until is not None:
        box = until.bounding_box()
        assert box, "what the picture ends at is not shown"
        height = box["y"]
    clip: FloatRect = {"x": 0, "y": 0, "width": window["width"], "height": height}
    picture = in_few_colours(page, page.screenshot(full_page=True, clip=clip, animations="disabled"))
    assert len(picture) < LARGEST_BYTES, f"{name} has {len(picture)} bytes"
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_bytes(picture)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
