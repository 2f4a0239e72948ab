"""Brings the data folder up to this release: database, static files, the demo's year, the link for the keeper.

Imported after Django is loaded, in a process of its own that ends when this is done.
"""

import contextlib
import io
import sys
from datetime import UTC, datetime

from django.core.management import CommandError, call_command

from tertulia.config import static
from tertulia.config.env import Env
from tertulia.people import actions


class NotReady(Exception):
    """The release cannot run on this database; the message says why."""


def make_ready(env: Env) -> None:
    # Whatever a command prints is for the person at the terminal; our stdout carries only the link.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            migrate_and_check()
        except CommandError as error:
            raise NotReady(str(error)) from error
        static.collect_if_changed()
        if env.demo:
            load_demo_once()


def keeper_link(env: Env) -> str:
    """The path of the one-time link for the keeper; empty when there is a keeper, and in the demo."""
    return "" if env.demo else actions.first_keeper_link() or ""


def migrate_and_check() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    # A migration may have dropped the triggers that guard the ledger. What the code says of itself is the same at each
    # start, and checked by the tests: asking here would load every page.
    # What it found raises; that it found nothing need not be said.
    call_command("check", tags=["database"], databases=["default"], stdout=io.StringIO())


def load_demo_once() -> None:
    # Here, because they bring the engine: half of what a start would take, and a site needs none of it.
    from rich.console import Console
    from rich.progress import Progress

    from tertulia.cli import work
    from tertulia.demo import load

    if load.is_loaded():
        return
    # Days of the demo are counted back from today, in UTC as all days of the engine.
    today = datetime.now(UTC).date()
    with Progress(console=Console(stderr=True)) as bar:
        year = bar.add_task("Setting the table", total=None)
        load.load_demo(
            today=today, progress=lambda done, total: bar.update(year, completed=done, total=total)
        )
        # The first page shows readings; the worker has not had its turn yet.
        reading = bar.add_task("Reading the year", total=None)
        work.do_all_now()
        bar.update(reading, total=1, completed=1)
