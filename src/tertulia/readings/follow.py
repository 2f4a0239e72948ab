"""What the worker does each second: follow the ledger, then leave a task for every reading that is due."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tertulia.engine.params import DEFAULT
from tertulia.ledger import cursor
from tertulia.readings import tasks
from tertulia.readings.models import SpaceReading, SpaceTouch, Wanted, Window
from tertulia.readings.touches import Touches

# A busy space is not read anew at every reply.
PAUSE = timedelta(seconds=20)
# A new day moves a window only while something is in the shorter ones; 12 weeks are 84 days.
QUIET_AFTER = timedelta(days=90)
# A task that failed, or whose worker died, is asked for again after this.
GIVEN_UP_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Read:
    """How far the readings of one space and window have come."""

    last_act: int
    on: date
    at: datetime


def follow_all(now: datetime | None = None) -> int:
    """Follow the ledger and enqueue what is due; says how many readings that was."""
    cursor.follow(Touches())
    now = now or timezone.now()
    wanted = due(now)
    for space_id, window in wanted:
        enqueue(space_id, window, now)
    return len(wanted)


def due(now: datetime) -> list[tuple[int, Window]]:
    """The spaces and windows whose newest key has no reading, and none on its way. Three queries, however many."""
    read = readings_so_far()
    waiting = set(Wanted.objects.filter(since_at__gt=now - GIVEN_UP_AFTER).values_list("space_id", "window"))
    # The join leaves out touches of spaces that are gone.
    touches = SpaceTouch.objects.select_related("space").order_by("space_id")
    return [
        (touch.space_id, window)
        for touch in touches
        for window in Window
        if (touch.space_id, window.value) not in waiting and is_due(touch, window, read, now)
    ]


def readings_so_far() -> dict[tuple[int, str], Read]:
    # Acts and days only grow, so that the largest of each are those of the newest reading.
    rows = (
        SpaceReading.objects.filter(params_version=DEFAULT.version)
        .values_list("space_id", "window")
        .annotate(Max("last_act"), Max("on"), Max("computed_at"))
        .order_by("space_id", "window")
    )
    return {(space_id, window): Read(act, on, at) for space_id, window, act, on, at in rows}


def is_due(touch: SpaceTouch, window: Window, read: dict[tuple[int, str], Read], now: datetime) -> bool:
    so_far = read.get((touch.space_id, window.value))
    if so_far is None:
        return True
    others = (read.get((touch.space_id, other.value)) for other in Window)
    if max(other.at for other in others if other is not None) > now - PAUSE:
        return False
    # The window of an imported history ends with its last act, whatever the day is.
    moves = not touch.holds_only_a_history and touch.touched_at >= now - QUIET_AFTER
    return so_far.last_act < touch.last_act or (moves and so_far.on < now.astimezone(UTC).date())


def enqueue(space_id: int, window: Window, now: datetime) -> None:
    with transaction.atomic():
        Wanted.objects.update_or_create(space_id=space_id, window=window, defaults={"since_at": now})
        tasks.compute_reading.enqueue(space_id, window.value)
