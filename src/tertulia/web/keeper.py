"""The one-time link that the first start prints, for whoever will keep the site."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tertulia.people import sign_in as door
from tertulia.people.actions import keeper_link_works, take_the_keys
from tertulia.people.policies import Refused
from tertulia.web.joining import forget_joining
from tertulia.web.pages import show


@dataclass(frozen=True)
class KeeperPage:
    works: bool
    name: str = ""
    email: str = ""
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def keeper_link(request: HttpRequest, token: str) -> HttpResponse:
    if not keeper_link_works(token):
        problem = _(
            "This link was used already, or a newer one was printed since. Look where the site was started."
        )
        return show(request, "web/keeper_link.html", KeeperPage(works=False, problem=problem), status=404)
    name, email = request.POST.get("name", ""), request.POST.get("email", "")
    if request.method != "POST":
        return show(request, "web/keeper_link.html", KeeperPage(works=True))
    try:
        person = take_the_keys(token=token, name=name, email=door.check_address(email))
    except Refused as refused:
        page = KeeperPage(works=True, name=name, email=email, problem=refused.sentence)
        return show(request, "web/keeper_link.html", page, status=422)
    return forget_joining(door.enter(request, person, goes_to=reverse("space_new")))
