"""The reader that knows which act touched each space last, and how much was said there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tertulia.engine.acts import TALK
from tertulia.ledger.cursor import Act
from tertulia.readings.models import SpaceTouch

CLOSED, UNDONE = "import_closed", "import_undone"


class Touches:
    """Folds acts into `SpaceTouch`.

    An imported act touches its space when its import is closed, and not while it is being written: readings made
    in between would be of half a history.
    """

    name = "touches"

    def fold(self, acts: Sequence[Act]) -> None:
        touched: dict[int, Touch] = {}
        for act in acts:
            if act.space is None or (act.import_id is not None and act.verb not in {CLOSED, UNDONE}):
                continue
            said = brought_by(act) if act.import_id is not None else int(act.verb in TALK and act.words > 0)
            before = touched.get(act.space)
            own = said if act.import_id is None else 0
            touched[act.space] = Touch(
                act=act.act,
                at=act.recorded_at,
                said=said + (before.said if before else 0),
                own=own + (before.own if before else 0),
            )
        for space_id, latest in touched.items():
            put_down(space_id, latest)

    def clear(self) -> None:
        SpaceTouch.objects.all().delete()


@dataclass(frozen=True, slots=True)
class Touch:
    act: int
    at: datetime
    said: int
    # Of these, not brought by an import.
    own: int


def brought_by(act: Act) -> int:
    """By how many contributions closing or undoing an import changes its space. Asked of the ledger before this act,
    so that batches make no difference."""
    before = Act.objects.filter(space=act.space, import_id=act.import_id, act__lt=act.act)
    last_word = (
        before.filter(verb__in=[CLOSED, UNDONE]).order_by("-act").values_list("verb", flat=True).first()
    )
    brought = before.filter(verb__in=TALK, words__gt=0).count()
    return brought * (int(act.verb == CLOSED) - int(last_word == CLOSED))


def put_down(space_id: int, latest: Touch) -> None:
    row, new = SpaceTouch.objects.get_or_create(
        space_id=space_id,
        defaults={
            "last_act": latest.act,
            "touched_at": latest.at,
            "contributions": max(0, latest.said),
            "own_contributions": latest.own,
        },
    )
    if not new:
        row.last_act, row.touched_at = latest.act, latest.at
        row.contributions = max(0, row.contributions + latest.said)
        row.own_contributions += latest.own
        row.save(update_fields=["last_act", "touched_at", "contributions", "own_contributions"])
