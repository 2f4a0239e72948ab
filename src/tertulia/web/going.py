"""Where a person goes after a step between: only to a page of this site."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def wanted(request: HttpRequest) -> str:
    """The page that somebody came from, as `next`; "" where it is none of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else ""


def with_next(address: str, goes_to: str) -> str:
    return f"{address}?{urlencode({'next': goes_to})}" if goes_to else address


def see(address: str, *args: object, goes_to: str = "") -> HttpResponseRedirect:
    """After a form: look at this page (303), so that going back or reloading sends nothing twice."""
    place = address if address.startswith("/") else reverse(address, args=args)
    return HttpResponseRedirect(with_next(place, goes_to), status=303)


def sign_in_first(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in page, and then back to what was asked for."""
    return see("sign_in", goes_to=request.path if request.method == "POST" else request.get_full_path())
