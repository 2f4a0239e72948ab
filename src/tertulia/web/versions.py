"""An idea as it was."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tertulia.ideas import queries
from tertulia.web.addresses import address_of
from tertulia.web.idea_shared import Because, because
from tertulia.web.ideas import load_idea
from tertulia.web.margin import Note, Passage, note_of, passages_of
from tertulia.web.names import Called, name_of
from tertulia.web.pages import show
from tertulia.web.people_links import linked_name
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Credit, Idea


@dataclass(frozen=True)
class VersionPage:
    href: str
    standing_title: str
    idea_id: int
    number: int
    newest: int
    numbers: tuple[int, ...]
    title: str
    by: SafeString
    at: datetime
    because: tuple[Because, ...]
    note: str
    credits: tuple[Note, ...]
    passages: tuple[Passage, ...]
    mode: str
    before: int
    after: int


@require_safe
def version(request: HttpRequest, idea_id: int, number: int) -> HttpResponse:
    idea = load_idea(person_of(request), idea_id)
    page = version_page(idea, number, "clean" if request.GET.get("show") == "clean" else "difference")
    return show(request, "web/version.html", page, here="spaces")


def version_page(idea: "Idea", number: int, mode: str) -> VersionPage:
    found = queries.version_of(idea, number)
    if found is None:
        raise Http404
    credits = list(queries.credits_of(idea))
    called = Called([credit.to for credit in credits] + [idea.author])
    given = [credit for credit in credits if credit.version_id == found.pk]
    href = address_of(idea)
    return VersionPage(
        href=href,
        standing_title=idea.title,
        idea_id=idea.pk,
        number=number,
        newest=idea.version,
        numbers=tuple(range(1, idea.version + 1)),
        title=found.title or idea.title,
        by=linked_name(found.by) if found.by else escape(name_of(idea.author)),
        at=found.created_at,
        because=tuple(replace(one, href=_from_here(one.href, href)) for one in because(idea, given, called)),
        note=found.note,
        credits=tuple(_note(idea, credit, called, href) for credit in given),
        passages=passages_of(idea, found, [], mode),
        mode=mode,
        before=number - 1,
        after=number + 1 if number < idea.version else 0,
    )


def _from_here(link: str, idea_href: str) -> str:
    """A place on the idea's page, named from another one."""
    return f"{idea_href}{link}" if link.startswith("#") else link


def _note(idea: "Idea", credit: "Credit", called: Called, href: str) -> Note:
    note = note_of(idea, credit, called)
    return replace(note, href=_from_here(note.href, href))
