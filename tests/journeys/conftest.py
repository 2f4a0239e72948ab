"""A real browser and real sites. Each file of this folder starts its own browser: while one is open, its thread looks
to Django as if it were asynchronous, and the tests of other folders would be refused their database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from fcntl import LOCK_EX, flock
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.conftest import missing
from tests.journeys import pictures
from tests.journeys.sites import Home, Site, become, copied, made, served
from tests.journeys.visitors import WIDE, Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Two busy cores: a page may wait for its turn, and a journey fails late rather than wrongly.
PATIENCE_MS = 15_000
Visit = Callable[..., Visitor]
# How often the demo to write in began anew.
TIMES = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Where Debian's browser is. Before all else: without it no demo need be loaded."""
    named = os.environ.get("TERTULIA_TEST_BROWSER", "chromium")
    found = shutil.which(named)
    if found is None:
        missing("browser", f"there is no {named} (Debian's package of that name)")
    return found or ""


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        except Error as error:
            missing("browser", f"chromium does not start: {error}")
        yield started
        started.close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The demo, loaded once. Nobody serves it: it is copied."""
    own = tmp_path_factory.getbasetemp()
    # With several processes of tests, the folder that they share.
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
    with made(shared / "demo", demo=True) as home:
        if not home.database:
            load_once(home)
            yield home
            return
        # Whoever makes a database drops it in the end, so nobody else may need it.
        alone = replace(home, folder=own / "demo")
        alone.run("prepare")
        yield alone


def load_once(home: Home) -> None:
    with home.folder.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        loaded = home.folder.with_suffix(".loaded")
        if not loaded.exists():
            home.run("prepare")
            loaded.touch()


@pytest.fixture(scope="session")
def demo_to_read(demo_home: Home) -> Iterator[Site]:
    """A demo for all journeys that change nothing in it."""
    with copied(demo_home) as home, served(home) as site:
        yield site


@pytest.fixture(scope="session")
def demo_to_write_in(demo_home: Home) -> Iterator[Site]:
    """Starting its pages takes longer than most journeys."""
    with copied(demo_home) as home, served(home) as site:
        yield site


@pytest.fixture
def demo(demo_home: Home, demo_to_write_in: Site) -> Site:
    """A demo of one's own, to write in: as it was before anybody wrote."""
    become(demo_to_write_in.home, demo_home, time=next(TIMES))
    return demo_to_write_in


@pytest.fixture
def empty_home(tmp_path: Path) -> Iterator[Home]:
    """Where a site will be that nobody keeps yet."""
    with made(tmp_path / "home", demo=False) as home:
        yield home


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Lets somebody visit a site with a browser of their own. In the end no console may have complained."""
    visitors: list[Visitor] = []
    with ExitStack() as open_now:

        def visit(site: Site, **more: Any) -> Visitor:
            chosen: dict[str, Any] = {
                "viewport": WIDE,
                "locale": "en-GB",
                "timezone_id": "UTC",
                "reduced_motion": "reduce",
                "color_scheme": "light",
                "device_scale_factor": pictures.SCALE if pictures.WANTED else 1,
            } | more
            context = open_now.enter_context(browser.new_context(**chosen))
            context.set_default_timeout(PATIENCE_MS)
            visitors.append(Visitor(site, context, context.new_page()))
            return visitors[-1]

        yield visit
    assert [one for visitor in visitors for one in visitor.complaints] == []
