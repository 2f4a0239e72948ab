"""Telling the browser that the site has the words of a place, so that it may forget its own copy of them."""

from django.conf import settings
from django.http import HttpResponse

COOKIE = "arrived"
# The next page reads it and takes it away.
SECONDS = 60


def arrived(response: HttpResponse, place: str) -> HttpResponse:
    """Only now: until then a copy in the browser is all that a failed sending leaves."""
    response.set_cookie(COOKIE, place, max_age=SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return response
