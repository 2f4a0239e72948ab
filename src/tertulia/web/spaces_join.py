"""The link that lets whoever holds it join a space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from tertulia.spaces import actions, queries
from tertulia.web.going import see
from tertulia.web.joining import and_told, join_when_signed_in
from tertulia.web.names import name_of
from tertulia.web.pages import show
from tertulia.web.request import person_of
from tertulia.web.spaces_page import Wordings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.spaces.models import Invitation


@dataclass(frozen=True)
class JoinPage:
    """What somebody with the link may read before joining: nothing of what is inside."""

    name: str
    words: Wordings
    keeper: str
    is_member: bool
    slug: str


def join_page(person: Person | None, invitation: Invitation) -> JoinPage:
    space = invitation.space
    return JoinPage(
        name=space.name,
        words=Wordings(space.purpose, space.bring, space.take_away),
        keeper=name_of(space.keeper),
        is_member=queries.is_member(person, space),
        slug=space.slug,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def join_by_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link reads the space's name and purpose, and joins with one button."""
    person, invitation = person_of(request), queries.open_invitation(token)
    if invitation is None:
        return show(request, "web/join_ended.html", None, here="spaces", status=404)
    if request.method != "POST":
        return show(request, "web/join.html", join_page(person, invitation), here="spaces")
    if person is None:
        return join_when_signed_in(request.path, token=token)
    actions.join_space(by=person, space=invitation.space, token=token)
    return see(and_told(f"/s/{invitation.space.slug}"))
