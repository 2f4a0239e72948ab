"""What a person was writing, as plain values: where each of it stands, how it begins and when it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tertulia.ideas import queries
from tertulia.spaces.queries import spaces_of
from tertulia.web.addresses import address_of
from tertulia.web.kept_boxes import kind_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from tertulia.ideas.models import Draft
    from tertulia.people.models import Person


@dataclass(frozen=True)
class Kept:
    place: str
    what: str
    # "" where what it was for is gone; the words stay.
    href: str
    words: str
    saved_at: datetime


@dataclass(frozen=True)
class DraftsPage:
    drafts: tuple[Kept, ...]
    # Words wait in this browser, and nobody has said whose they are.
    words_before: bool


def kept_by(person: Person, most: int | None = None) -> tuple[Kept, ...]:
    """The newest first."""
    found = list(queries.drafts_of(person)[:most])
    if not found:
        return ()
    ids = {_number(draft.place) for draft in found if not draft.place.startswith("idea:")}
    ideas = {idea.pk: idea for idea in queries.ideas_visible_to(person).filter(pk__in=ids)}
    spaces = {space.pk: space for space in spaces_of(person)}
    kept: list[Kept] = []
    for draft in found:
        kind, number = draft.place.split(":")[0], _number(draft.place)
        what, href = _("Something that is no longer here"), ""
        if kind == "idea" and number in spaces:
            what = _("A new idea in %(space)s") % {"space": spaces[number].name}
            href = reverse("write_in_space", args=[spaces[number].slug])
        elif kind != "idea" and number in ideas:
            idea = ideas[number]
            what, href = f"{_kind(kind)} {idea.title}", _where(draft, address_of(idea), number)
        kept.append(Kept(draft.place, what, href, _words(draft), draft.saved_at))
    return tuple(kept)


def _number(place: str) -> int:
    parts = place.split(":")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) < 18 else 0


def _kind(kind: str) -> str:
    return {
        "revise": _("A change to"),
        "tried": _("What happened when you tried"),
        "decided": _("What you decided about"),
    }.get(kind, _("What you were saying about"))


def _where(draft: Draft, href: str, number: int) -> str:
    kind, *_rest = draft.place.split(":")
    if kind == "revise":
        return reverse("revise", args=[number])
    if kind in {"tried", "decided"}:
        return f"{href}?{kind}=yes#say"
    parent = draft.place.rsplit(":", 1)[-1]
    if parent == "0":
        return f"{href}#say"
    box = kind_of(draft.fields)
    credit = f"&credit={box.credit_id}" if box.credit_id else ""
    return f"{href}?{box.kind}={parent}{credit}#answer"


def _words(draft: Draft) -> str:
    return snippet(" ".join(f"{draft.fields.get('title', '')} {draft.fields.get('text', '')}".split()), 300)
