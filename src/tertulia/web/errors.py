"""What is said when something is not there, not allowed, too long, or broken. Plain words, and nothing about others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from tertulia.web.pages import Shell, show

if TYPE_CHECKING:
    from django.http import HttpRequest


@requires_csrf_token
def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """404: it does not exist, or this reader may not know that it does. The two are answered alike."""
    return show(request, "404.html", None, status=404, shell=_shell(request))


@requires_csrf_token
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    return show(request, "403.html", None, status=403, shell=_shell(request))


@requires_csrf_token
def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 where more was sent than is taken: then what was sent cannot be read again here."""
    if isinstance(exception, RequestDataTooBig):
        return show(request, "413.html", None, status=413, shell=_shell(request, bare=True))
    return show(request, "400.html", None, status=400, shell=_shell(request, bare=True))


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """500: a page that asks nothing of the database, which may be what is broken."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def _shell(request: HttpRequest, *, bare: bool = False) -> Shell | None:
    """Without who is reading, where that is not known yet or cannot be asked."""
    if not bare and hasattr(request, "user"):
        return None
    return Shell(name="", signed_in=False, waits=(), here="", demo=settings.DEMO, mail_is_printed=False)
