from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertulia.history.models import Import, SourceId
from tertulia.ideas import queries as ideas
from tertulia.people.policies import NotThere

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tertulia.spaces.models import Space


def import_numbered(number: int) -> Import:
    found = Import.objects.select_related("space", "by").filter(pk=number).first()
    if found is None:
        raise NotThere(f"There is no import {number}.")
    return found


def later_import(brought: Import) -> Import | None:
    """A later import of the same history: its rows hang on those of this one."""
    later = Import.objects.filter(space=brought.space_id, format=brought.format, pk__gt=brought.pk)
    return later.filter(state=Import.State.CLOSED).order_by("-pk").first()


def known_source_ids(space: Space, format_name: str) -> dict[tuple[str, str], str]:
    """What an earlier import brought into this space, with the hash of what each row said then."""
    found = SourceId.objects.filter(space_id=space.pk, format=format_name)
    rows = found.values_list("kind", "source_id", "content_hash")
    return {(kind, source_id): content_hash for kind, source_id, content_hash in rows}


@dataclass(frozen=True)
class WouldGo:
    """What people here have added to an imported history since: undoing would take it too."""

    replies: int
    heard: int
    credits: int
    lines: tuple[tuple[str, str], ...] = ()

    def anything(self) -> bool:
        return bool(self.replies or self.heard or self.credits)


def would_go_with(brought: Import) -> WouldGo:
    since = ideas.made_here_on(brought.pk)
    return WouldGo(since.replies, since.heard, since.credits, since.lines)


def imports_listed() -> QuerySet[Import]:
    """All that was brought and is here, or was taken back; the newest first."""
    shown = Import.objects.filter(state__in=[Import.State.CLOSED, Import.State.UNDONE])
    return shown.select_related("space", "by").order_by("-pk")


def in_words(going: WouldGo) -> str:
    """What people here have added since, as part of a sentence."""
    return _("%(replies)s, %(heard)s and %(credits)s") % {
        "replies": ngettext("%(n)d reply", "%(n)d replies", going.replies) % {"n": going.replies},
        "heard": ngettext("%(n)d confirmation", "%(n)d confirmations", going.heard) % {"n": going.heard},
        "credits": ngettext("%(n)d credit", "%(n)d credits", going.credits) % {"n": going.credits},
    }
