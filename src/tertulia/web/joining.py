"""Who pressed *Join this space* before signing in is in it when they have: it is not asked a second time.

Meanwhile the browser holds what was pressed, signed: a link alone comes here, and whatever follows links and never
signs in must write nothing on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tertulia.people.policies import Refused
from tertulia.spaces import actions, queries
from tertulia.web.going import see
from tertulia.web.kept import KEPT_SECONDS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

COOKIE = SALT = "joins"
TOLD = "told=joined"


def join_when_signed_in(back_to: str, *, slug: str = "", token: str = "") -> HttpResponse:
    """To the page for signing in, which leads back to where the button was."""
    response = see("sign_in", goes_to=back_to)
    response.set_cookie(
        COOKIE,
        signing.dumps([back_to, slug, token], salt=SALT),
        max_age=KEPT_SECONDS,
        path=reverse("sign_in"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def joined_by(request: HttpRequest, person: Person, *, back_to: str) -> str:
    """Where somebody goes who is in a space now; "" where nothing was joined. Only where signing in is what came of
    pressing the button: others may use this browser too."""
    try:
        asked_at, slug, token = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_SECONDS
        )
    except signing.BadSignature:
        return ""
    space = _space(person, slug, token) if asked_at == back_to else None
    try:
        if space is not None:
            actions.join_space(by=person, space=space, token=token)
            return and_told(f"/s/{space.slug}" if token else back_to)
    except Refused:
        # Closed meanwhile: the page that they go to says how it is.
        pass
    return ""


def forget_joining(response: HttpResponse) -> HttpResponse:
    """Whoever comes in, by whichever way: it is not asked for the next person."""
    response.delete_cookie(COOKIE, path=reverse("sign_in"), samesite="Lax")
    return response


def _space(person: Person, slug: str, token: str) -> Space | None:
    if not token:
        return queries.space_visible_to(person, slug)
    invitation = queries.open_invitation(token)
    return invitation.space if invitation else None


def and_told(address: str) -> str:
    """The same page, which then says that one is in."""
    path, sharp, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{TOLD}{sharp}{anchor}"
