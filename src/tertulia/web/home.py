"""The first address: what waits for somebody who is signed in, a first minute for everybody else."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tertulia.web.first_minute import first_minute_page
from tertulia.web.going import see
from tertulia.web.home_page import home_page
from tertulia.web.kept import has_kept
from tertulia.web.noted import noted_in
from tertulia.web.pages import show
from tertulia.web.request import person_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None:
        return show(request, "web/first_minute.html", first_minute_page())
    if not person.name:
        return see("sign_in_name")
    page = replace(home_page(person), noted=noted_in(request, goes_to="/"), words_before=has_kept(request))
    return show(request, "web/home.html", page, here="home")
