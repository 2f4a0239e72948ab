from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tertulia.ideas.models import Draft

if TYPE_CHECKING:
    from tertulia.people.models import Person

# More than anybody writes; a limit on what one person can store.
MOST_DRAFTS = 200
LONGEST_FIELD = 250_000


@transaction.atomic
def keep_draft(*, by: Person, place: str, fields: dict[str, str]) -> Draft | None:
    """Keep unsent words for their writer. Empty words drop the draft. No act: nobody else knows of drafts."""
    fields = {name[:40]: value[:LONGEST_FIELD] for name, value in fields.items() if value.strip()}
    if not fields:
        drop_draft(by=by, place=place)
        return None
    draft, _made = Draft.objects.update_or_create(
        person=by, place=place[:80], defaults={"fields": fields, "saved_at": timezone.now()}
    )
    oldest = (
        Draft.objects.filter(person=by)
        .order_by("-saved_at", "-pk")
        .values_list("pk", flat=True)[MOST_DRAFTS:]
    )
    Draft.objects.filter(pk__in=list(oldest)).delete()
    return draft


def drop_draft(*, by: Person, place: str) -> None:
    Draft.objects.filter(person=by, place=place).delete()
