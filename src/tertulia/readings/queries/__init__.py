"""What pages read of readings: stored values and visible words. Nothing here computes, and nothing imports scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tertulia.engine.params import DEFAULT, Params
from tertulia.readings.models import SpaceReading, SpaceTouch, Window
from tertulia.readings.policies import has_lapsed
from tertulia.readings.queries.contests import (
    act_to_contest,
    contest_numbered,
    contests_answered_for,
    contests_answered_in,
    contests_of_acts,
    contests_visible_to,
    contests_waiting_for,
    waiting_keys,
)
from tertulia.readings.queries.evidence import Deed, Evidence, Told, evidence_for, may_open, quote, tell
from tertulia.readings.queries.questions import Question, open_questions
from tertulia.readings.queries.stored import (
    Asked,
    Became,
    Contested,
    Figure,
    Meeting,
    Reading,
    from_payload,
)
from tertulia.spaces.queries import spaces_visible_to

if TYPE_CHECKING:
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

__all__ = [
    "PARAMS",
    "WINDOWS",
    "Asked",
    "Became",
    "Contested",
    "Deed",
    "Evidence",
    "Figure",
    "Meeting",
    "Question",
    "Reading",
    "Told",
    "act_to_contest",
    "contest_numbered",
    "contests_answered_for",
    "contests_answered_in",
    "contests_of_acts",
    "contests_visible_to",
    "contests_waiting_for",
    "evidence_for",
    "first_window",
    "has_lapsed",
    "may_open",
    "meeting_told",
    "open_questions",
    "quote",
    "reading_of_space",
    "tell",
    "waiting_keys",
]  # fmt: skip

WINDOWS: Final = tuple(window.value for window in Window)
# The constants of the readings that are made now, for the page that says how it is counted.
PARAMS: Final[Params] = DEFAULT


def first_window(space: Space) -> str:
    """Where a reading opens: a living space on the last 12 weeks, a history on its whole life, until enough was written
    here since to be read alone."""
    touch = SpaceTouch.objects.filter(space=space.pk).first()
    if touch is None or not touch.holds_mostly_a_history:
        return Window.TWELVE_WEEKS.value
    enough = touch.own_contributions >= PARAMS.contributions_at_least
    return Window.TWELVE_WEEKS.value if enough else Window.ALL.value


def reading_of_space(person: Person | None, space: Space, window: str) -> Reading | None:
    """The newest reading there is, for whoever sees the space; None while the worker has not made one."""
    row = (
        SpaceReading.objects.filter(
            space_id=space.pk, window=window, space_id__in=spaces_visible_to(person).values("pk")
        )
        .order_by("-computed_at", "-pk")
        .first()
    )
    if row is None:
        return None
    return from_payload(row.payload, space_id=row.space_id, on=row.on, computed_at=row.computed_at)


def meeting_told(person: Person | None, space: Space, window: str, number: int) -> Told | None:
    """One meeting of the newest reading, with all its acts; None where this person may not open it."""
    reading = reading_of_space(person, space, window)
    found = reading.meeting(number) if reading else None
    if reading is None or found is None or not may_open(person, reading):
        return None
    return tell(person, [found], whole=True).get(number)
