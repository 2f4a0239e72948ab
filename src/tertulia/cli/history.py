"""`tertulia import`: brings a history in, says what it did, and takes it back."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tertulia.cli import start
from tertulia.cli.bar import Bar
from tertulia.importers.errors import ImporterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tertulia.history.actions import Brought
    from tertulia.history.queries import WouldGo
    from tertulia.people.models import Person

REFUSED = 1
NAMES = {
    "people": "people, unclaimed until they come",
    "ideas": "ideas",
    "answers": "answers",
    "comments": "comments",
    "revisions_own": "versions by the author",
    "revisions_others": "versions by others",
    "accepted": "accepted answers",
    "links": "links between ideas",
}
DOING = {
    "person": "writing people",
    "idea": "writing ideas",
    "reply": "writing replies",
    "version": "writing versions",
    "mark": "writing marks",
    "link": "writing links",
}


def bring(path: Path, *, space: str, is_open: bool, dry_run: bool, as_json: bool) -> int:
    from tertulia.history.actions import bring_history, look_at
    from tertulia.people.policies import Refused

    try:
        with Bar(quiet=as_json, doing=DOING) as tell:
            if dry_run:
                brought = look_at(by=_any_keeper(), path=path, space_name=space, progress=tell)
            else:
                brought = bring_history(
                    by=_keeper(), path=path, space_name=space, is_open=is_open, progress=tell
                )
                if brought.space is not None:
                    _read(brought.space.pk)
    except (ImporterError, Refused) as error:
        start.complain(str(error))
        return REFUSED
    if as_json:
        start.say(
            json.dumps(brought.report.as_json() | {"import": brought.import_id, "new": brought.new}, indent=2)
        )
    else:
        _tell(brought, dry_run=dry_run)
    return 0


def _read(space: int) -> None:
    # Here, because it brings the engine, which a first look or a refusal does not need.
    from tertulia.readings.tasks import compute_now

    compute_now(space)


def take_back(number: int, *, sure: bool) -> int:
    from django.utils.translation import gettext as _

    from tertulia.history.actions import undo
    from tertulia.history.queries import import_numbered, in_words, would_go_with
    from tertulia.people.policies import Refused

    try:
        here = would_go_with(import_numbered(number))
        if here.anything() and not sure and sys.stdin.isatty():
            start.say(
                _("People here have added %(what)s under these ideas since:") % {"what": in_words(here)}
            )
            _say_lines(here)
            asked = _("They would go too. Take it back all the same? (yes/no)")
            sure = input(f"{asked} ").strip().lower() in {"y", "yes", _("yes")}
            if not sure:
                start.say(_("Nothing was taken back."))
                return 0
        elif not sure:
            _say_lines(here)
        undone = undo(by=_keeper(), import_id=number, sure=sure)
    except Refused as error:
        start.complain(f"{error} Say --yes if they may go." if "would go too" in str(error) else str(error))
        return REFUSED
    start.say(f"Import {number} ({undone.source}) was taken back. Nothing of it can be read any more.")
    return 0


def _say_lines(here: WouldGo) -> None:
    for who, title in here.lines:
        start.say(f"  {who}: {title}")


def list_all() -> int:
    """What was brought, so that its number can be found again."""
    from django.utils.translation import gettext as _

    from tertulia.history.queries import imports_listed

    found = list(imports_listed())
    if not found:
        start.say(_("Nothing was brought yet."))
        return 0
    table = Table(box=None, pad_edge=False)
    for column in (_("number"), _("from"), _("into"), _("on"), ""):
        table.add_column(column)
    for one in found:
        day = (one.closed_at or one.started_at).date().isoformat()
        space = one.space.name if one.space else "–"
        table.add_row(str(one.pk), one.source, space, day, str(one.get_state_display()))
    Console(soft_wrap=True).print(table)
    return 0


def _any_keeper() -> Person | None:
    from tertulia.people.queries import site_keepers

    return site_keepers().first()


def _keeper() -> Person:
    from tertulia.people.policies import Refused

    keeper = _any_keeper()
    if keeper is None:
        raise Refused(
            "Nobody keeps this site yet. Run tertulia serve and open the link that it prints, then bring it."
        )
    return keeper


def _tell(brought: Brought, *, dry_run: bool) -> None:
    report = brought.report
    console = Console(soft_wrap=True)
    table = Table(show_header=False, box=None, pad_edge=False)
    counts = report.as_json()
    for key, name in NAMES.items():
        table.add_row(f"{counts[key]:,}", name)
    _rows(table, "besides", report.counted)
    _rows(table, "guessed, and marked so", report.guessed)
    _rows(table, "left out", report.left_out)
    console.print(table)
    console.print(_last_line(brought, dry_run=dry_run))


def _command(options: str) -> str:
    """The line to type, as this command itself was called: by make in a clone, else by its name."""
    if os.environ.get("TERTULIA_DEMO"):
        options += " --demo"
    return f'make import ARGS="{options}"' if "MAKELEVEL" in os.environ else f"tertulia import {options}"


def _rows(table: Table, title: str, counts: Mapping[str, int]) -> None:
    if counts:
        table.add_row("", "")
        table.add_row("", title)
    for reason, number in counts.items():
        table.add_row(f"{number:,}", reason)


def _last_line(brought: Brought, *, dry_run: bool) -> str:
    if dry_run:
        return "Nothing was written: this was a look. Leave out --dry-run to bring it."
    if not brought.new and brought.changed:
        return "Nothing in it is new, and what differs from what is here was left as it is."
    if brought.space is None:
        return "There is nothing in it that could be brought; nothing was written."
    if not brought.new:
        return "All of it is here already; nothing was written twice."
    return (
        f"Brought into “{brought.space}”. Nobody was mailed. "
        f"To take it back: {_command(f'--undo {brought.import_id}')}"
    )
