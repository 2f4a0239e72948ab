from __future__ import annotations

import fcntl
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.history import policies, queries
from tertulia.history.actions import stage as staging
from tertulia.history.actions.write import Written, write, write_later
from tertulia.history.models import Import, SourceId
from tertulia.ideas.actions import bring as ideas_bring
from tertulia.ideas.actions import unbring as ideas_unbring
from tertulia.ideas.actions.book import Book, recall
from tertulia.ideas.queries import has_ideas, hold_brought
from tertulia.importers.detect import detect
from tertulia.ledger.append import append
from tertulia.people.actions import remove_brought_people
from tertulia.people.policies import Refused
from tertulia.spaces.actions import found_space, remove_space, reveal_space
from tertulia.spaces.queries import everybody_in, space_kept_by

if TYPE_CHECKING:
    from tertulia.importers import stream
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

# Told while a history comes in: what is being done, how much is done, of how much (0: not known yet).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Brought:
    """What an import did: its row, the report of what the file holds, and how much of it was new here."""

    import_id: int
    space: Space | None
    format: str
    report: stream.Report
    new: int

    @property
    def changed(self) -> int:
        """Rows that are here already and say something else in this file: counted among what was left out."""
        return self.report.left_out.get(CHANGED, 0)


# As people are told.
CHANGED = "rows that are here already and say something else now (what was brought first stays)"


def look_at(*, by: Person | None, path: Path, space_name: str = "", progress: Progress) -> Brought:
    """Read everything, so that all that can go wrong with the file does. Nothing is written, and no number is taken."""
    into = space_kept_by(by, space_name) if space_name and by else None
    if by is not None:
        policies.check_can_bring(by, into)
    found = detect(path)
    known = queries.known_source_ids(into, found.name) if into else {}
    report, changed = staging.look(found.read(path, progress), known)
    report = report.leaving_out(CHANGED, changed)
    return Brought(import_id=0, space=None, format=found.name, report=report, new=0)


def bring_history(
    *, by: Person, path: Path, space_name: str, is_open: bool = False, progress: Progress
) -> Brought:
    """Bring a file into a space, made if there is none of that name. Nothing is seen of it before it is whole."""
    into = space_kept_by(by, space_name)
    policies.check_can_bring(by, into)
    with one_at_a_time():
        return _bring(by, path, _Into(into, space_name, is_open), progress)


@dataclass(frozen=True)
class _Into:
    """A space that is there, or the name of the one to make."""

    space: Space | None
    name: str
    is_open: bool


def _bring(by: Person, path: Path, into: _Into, progress: Progress) -> Brought:
    brought, report = _stage(by, path, into.space, progress)
    try:
        new = _write(brought, by, into, progress)
    except BaseException:
        # Whatever it was, a half-written history is not left behind; the reason goes on to the caller. One that was
        # closed a moment before is whole, and the ledger says so: it stays.
        if not Import.objects.filter(pk=brought.pk, state=Import.State.CLOSED).exists():
            _take_out(brought, Import.State.FAILED)
        raise
    if not new:
        # Nothing is in it, or all of it was here already: this import leaves no trace.
        _take_out(brought, Import.State.FAILED)
        space, format_name = brought.space, brought.format
        brought.delete()
        return Brought(import_id=0, space=space, format=format_name, report=report, new=0)
    brought.refresh_from_db()
    return Brought(import_id=brought.pk, space=brought.space, format=brought.format, report=report, new=new)


def _stage(by: Person, path: Path, into: Space | None, progress: Progress) -> tuple[Import, stream.Report]:
    found = detect(path)
    _clear_what_broke_off()
    brought = Import.objects.create(format=found.name, source=path.name[:200], by=by)
    try:
        items: Iterator[stream.Item] = found.read(path, progress)
        report = staging.stage(brought, items)
        known = queries.known_source_ids(into, brought.format) if into else {}
        report = report.leaving_out(CHANGED, staging.changed_since(brought, known))
    except BaseException:
        brought.delete()
        raise
    brought.report = report.as_json()
    brought.save(update_fields=["report"])
    return brought, report


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """One import, or undoing of one, at a time on a site: so whatever else is half there was broken off, and can go."""
    with (settings.ENV.home / "import.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                _("Another history is being brought in or taken back right now. Try again when it is done.")
            ) from None
        yield


def _clear_what_broke_off() -> None:
    """An import whose process was killed left rows that nobody can see. They go before the next one begins."""
    for half in Import.objects.filter(state__in=[Import.State.STAGING, Import.State.WRITING]):
        _take_out(half, Import.State.FAILED)


def _write(brought: Import, by: Person, into: _Into, progress: Progress) -> int:
    with transaction.atomic():
        brought.made_space = into.space is None
        brought.space = into.space or found_space(
            by=by, name=into.name, is_open=into.is_open, import_id=brought.pk, staged=True
        )
        brought.state = Import.State.WRITING
        brought.save(update_fields=["space", "made_space", "state"])
    space = brought.space
    book = Book(space=space.pk, import_id=brought.pk, audience="everyone" if space.is_open else "space")
    known = queries.known_source_ids(space, brought.format)
    _open_book(book, brought, known)
    total, done = brought.staged.count(), 0

    def wrote(kind: str, number: int) -> None:
        nonlocal done
        done += number
        progress(kind, done, total)

    written = write(brought, book, known, wrote)
    if written.new:
        _close(brought, by, book, written)
    return written.new


def _open_book(book: Book, brought: Import, known: Collection[tuple[str, str]]) -> None:
    """What an earlier import of the same source brought: people and places that new rows may belong to."""
    if not known:
        return
    rows = SourceId.objects.filter(space_id=book.space, format=brought.format)
    found = rows.values_list("kind", "source_id", "row")
    recall(book, [(kind, source_id, row) for kind, source_id, row in found if row is not None])


@transaction.atomic
def _close(brought: Import, by: Person, book: Book, written: Written) -> None:
    now = timezone.now()
    write_later(brought, book, written)
    ideas_bring.reveal(brought.pk)
    if brought.space is not None:
        reveal_space(brought.space)
    brought.state, brought.closed_at = Import.State.CLOSED, now
    brought.save(update_fields=["state", "closed_at"])
    staging.clear(brought)
    _append(brought, "import_closed", by, now, brought.space_id)


def _append(brought: Import, verb: str, by: Person, at: datetime, space_id: int | None) -> None:
    append(
        verb=verb,
        actor=by.key,
        space=space_id,
        audience="space",
        audience_id=str(space_id),
        happened_at=at,
        import_id=brought.pk,
    )


def undo(*, by: Person, import_id: int, sure: bool = False) -> Import:
    """Take an import back whole. Where people here have replied meanwhile, `sure` says that they may go too."""
    # What is being brought in may rest on it, and would close on what is gone.
    with one_at_a_time():
        return _undo(by, import_id, sure=sure)


@transaction.atomic
def _undo(by: Person, import_id: int, *, sure: bool) -> Import:
    brought = queries.import_numbered(import_id)
    policies.check_can_undo(by, brought)
    if above := queries.later_import(brought):
        raise Refused(
            _("Import %(later)s rests on this one. Take that one back first. Nothing was changed.")
            % {"later": above.pk}
        )
    hold_brought(import_id)
    here = queries.would_go_with(brought)
    if here.anything() and not sure:
        raise Refused(
            _(
                "People here have added %(what)s under these ideas since. They would go too. Nothing was changed."
            )
            % {"what": queries.in_words(here)}
        )
    space_id = brought.space_id
    _take_out(brought, Import.State.UNDONE)
    # Last, as every append: whoever replies under one of these ideas holds it until they have appended.
    _append(brought, "import_undone", by, timezone.now(), space_id)
    return brought


@transaction.atomic
def _take_out(brought: Import, state: str) -> None:
    hold_brought(brought.pk)
    ideas_unbring.remove_brought(brought.pk)
    remove_brought_people(brought.pk)
    SourceId.objects.filter(of=brought).delete()
    staging.clear(brought)
    space = brought.space
    brought.state, brought.undone_at = state, timezone.now()
    if space is not None and brought.made_space and not has_ideas(space.pk) and everybody_in(space) <= 1:
        brought.space = None
        remove_space(space)
    brought.save(update_fields=["state", "undone_at", "space"])
