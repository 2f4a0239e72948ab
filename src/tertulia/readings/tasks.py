"""Computing readings: ledger, frame, engine, table. Only the worker imports this: the engine brings scipy.

The one place that knows the Tasks API: on Django 6 the import becomes `django.tasks`.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from tertulia.engine import reading
from tertulia.engine.acts import TALK, Act, Visibility
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.windows import days_of
from tertulia.ledger import cursor
from tertulia.ledger.frame import acts_of_space, brought_to
from tertulia.readings.changed import changed_minds, first_said_at
from tertulia.readings.measured import measured
from tertulia.readings.models import SpaceReading, SpaceTouch, Wanted, Window
from tertulia.readings.touches import Touches

KEPT = 30
# What an imported history can carry: who spoke to whom. Credit is never invented, so its absence says nothing. Where
# people wrote at least half of what is looked back on, it could be given, and is looked for.
IMPORTED = Visibility(outcome=False, movement=False, confirmation=False)
# The engine's names of the windows, which are the stored ones.
WINDOWS: dict[Window, reading.Window] = {Window.TWELVE_WEEKS: "12w", Window.YEAR: "1y", Window.ALL: "all"}
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@task()
def compute_reading(space_id: int, window: str) -> None:
    """The task: the newest reading of a space and window."""
    compute(space_id, Window(window))


def compute_now(space_id: int, *, now: datetime | None = None) -> list[SpaceReading]:
    """All windows of a space without the queue: for the demo, tests and the command line."""
    cursor.follow(Touches())
    found = (compute(space_id, window, now=now) for window in Window)
    return [one for one in found if one is not None]


def compute(space_id: int, window: Window, *, now: datetime | None = None) -> SpaceReading | None:
    """The reading for the newest key, computed unless it is there already. None where nothing ever happened."""
    touch = SpaceTouch.objects.filter(space_id=space_id).select_related("space").first()
    if touch is None:
        Wanted.objects.filter(space_id=space_id).delete()
        return None
    on = (now or timezone.now()).astimezone(UTC).date()
    key = {
        "space_id": space_id,
        "window": window.value,
        "last_act": touch.last_act,
        "on": on,
        "params_version": DEFAULT.version,
    }
    there = SpaceReading.objects.filter(**key).first()
    payload = None if there else payload_of(touch, window, on)
    with transaction.atomic():
        if there is None:
            there, _new = SpaceReading.objects.get_or_create(**key, defaults={"payload": payload})
            forget_older(space_id, window)
        Wanted.objects.filter(space_id=space_id, window=window).delete()
    return there


def payload_of(touch: SpaceTouch, window: Window, on: date) -> dict[str, Any]:
    """Ask the engine, and add what the page says besides: which conversations changed a mind, and since when."""
    imported = touch.holds_only_a_history
    acts = measured(touch.space_id, acts_of_space(touch.space_id, until=touch.last_act))
    # An imported space is dated by its last act; a living one by the end of the day that its key names.
    end = None if imported else end_of(on)
    brought = end is None or (touch.holds_mostly_a_history and _is_mostly_brought(touch, acts, window, end))
    read = reading.read_space(
        acts,
        space=touch.space_id,
        at=end,
        window=WINDOWS[window],
        visibility=IMPORTED if brought else reading.EVERYTHING,
    )
    counted = reading.without_agreed(acts)
    return {
        "reading": read.to_dict(),
        "changed": changed_minds(counted, start=read.start, end=read.end),
        "first_said_at": first_said_at(counted, start=read.start, end=read.end),
    }


def _is_mostly_brought(touch: SpaceTouch, acts: Iterable[Act], window: Window, end: int) -> bool:
    """Of what was said in this window, more came with an import than was written here."""
    days = days_of(WINDOWS[window], DEFAULT)
    said = [act for act in acts if act.verb in TALK and act.words and act.t <= end]
    here = {act.act for act in said if days is None or act.t > end - days * DAY_US}
    return 2 * len(brought_to(touch.space_id) & here) > len(here)


def end_of(on: date) -> int:
    """The last microsecond of a day, in µs UTC."""
    midnight = datetime.combine(on + timedelta(days=1), time.min, tzinfo=UTC)
    return (midnight - EPOCH) // MICROSECOND - 1


def forget_older(space_id: int, window: Window) -> None:
    rows = SpaceReading.objects.filter(space_id=space_id, window=window)
    newest = rows.order_by("-computed_at", "-pk").values_list("pk", flat=True)[:KEPT]
    rows.exclude(pk__in=list(newest)).delete()
