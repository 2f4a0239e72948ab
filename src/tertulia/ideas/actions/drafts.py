from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from tertulia.ideas.models import Draft
from tertulia.ideas.queries import draft_of
from tertulia.people.words import one_line

if TYPE_CHECKING:
    from tertulia.people.models import Person

# More than anybody writes; a limit on what one person can store.
MOST_DRAFTS = 200


@transaction.atomic
def give_back(*, by: Person, place: str, fields: dict[str, str]) -> Draft:
    """Words that come back to their writer stand before those that were begun in the same place since."""
    since = Draft.objects.filter(person=by, place=_place(place)).first()
    newer: dict[str, str] = since.fields if since else {}
    texts = [text for text in (fields["text"], newer.get("text", "")) if text.strip()]
    return put(by, place, {**fields, **newer, "text": "\n\n".join(dict.fromkeys(texts))})


def put(by: Person, place: str, fields: dict[str, str]) -> Draft:
    """In the place of what was kept there; of too many drafts the oldest goes."""
    draft, _made = Draft.objects.update_or_create(
        person=by, place=_place(place), defaults={"fields": fields, "saved_at": timezone.now()}
    )
    oldest = (
        Draft.objects.filter(person=by)
        .order_by("-saved_at", "-pk")
        .values_list("pk", flat=True)[MOST_DRAFTS:]
    )
    Draft.objects.filter(pk__in=list(oldest)).delete()
    return draft


def drop_draft(*, by: Person, place: str) -> None:
    # Mostly there is none, which is asked sooner than it is deleted.
    if (draft := draft_of(by, _place(place))) is not None:
        draft.delete()


def _place(place: str) -> str:
    return one_line(place)[:80]
