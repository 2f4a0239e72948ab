"""What axe-core, read from the files of its package, finds wrong on a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

# All rules that axe has on by itself; none is switched off here.
RUN = "() => axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)"


@cache
def source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """A line for each element that breaks a rule. The page's policy lets no script in but by the browser's own door."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source())
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:120]}"
        for rule in page.evaluate(RUN)
        for node in rule["nodes"]
    ]
