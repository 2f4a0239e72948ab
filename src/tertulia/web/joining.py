"""Who pressed *Join this space* before signing in is in it when they have: it is not asked a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tertulia.people.policies import Refused
from tertulia.spaces import actions, queries
from tertulia.web.going import see
from tertulia.web.kept import KEPT_SECONDS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

KEY = "joins"
TOLD = "told=joined"


def join_when_signed_in(
    request: HttpRequest, back_to: str, *, slug: str = "", token: str = ""
) -> HttpResponse:
    """To the page for signing in, which leads back to where the button was."""
    request.session[KEY] = {"back_to": back_to, "slug": slug, "token": token}
    # A link alone comes here: what follows links and never signs in leaves no row for a month.
    request.session.set_expiry(KEPT_SECONDS)
    return see("sign_in", goes_to=back_to)


def joined_by(request: HttpRequest, person: Person, *, back_to: str) -> str:
    """Where somebody goes who is in a space now; "" where nothing was joined. Only where signing in is what came of
    pressing the button: others may use this browser too."""
    asked = request.session.pop(KEY, None)
    if not asked or asked["back_to"] != back_to:
        return ""
    space = _space(person, asked["slug"], asked["token"])
    try:
        if space is not None:
            actions.join_space(by=person, space=space, token=asked["token"])
            return and_told(f"/s/{space.slug}" if asked["token"] else back_to)
    except Refused:
        # Closed meanwhile: the page that they go to says how it is.
        pass
    return ""


def _space(person: Person, slug: str, token: str) -> Space | None:
    if not token:
        return queries.space_visible_to(person, slug)
    invitation = queries.open_invitation(token)
    return invitation.space if invitation else None


def and_told(address: str) -> str:
    """The same page, which then says that one is in."""
    path, sharp, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{TOLD}{sharp}{anchor}"
