"""What this is and what it will not do, to read and to pass on."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tertulia.web.pages import show


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    return show(request, "web/how_it_works.html", None)


@require_safe
def will_not(request: HttpRequest) -> HttpResponse:
    return show(request, "web/will_not.html", None)
