"""What a credited person says: that's it, not quite, unnamed, and what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tertulia.ideas import actions, queries
from tertulia.people.policies import NotThere, Refused
from tertulia.web.addresses import address_of
from tertulia.web.composers import Opened
from tertulia.web.going import see, wanted
from tertulia.web.idea_page import Viewed, idea_page
from tertulia.web.ideas import load_idea
from tertulia.web.pages import show
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Credit
    from tertulia.people.models import Person


NAMING = frozenset({"unnamed", "named"})


@require_POST
def answer_credit(request: HttpRequest, credit_id: int) -> HttpResponse:
    """One form, its buttons: `do` says which. What was typed beside them is said along, or stands there again."""
    person = person_of(request)
    if person is None:
        return see("sign_in", goes_to=wanted(request))
    what, moved = request.POST.get("do", ""), request.POST.get("moved", "")
    try:
        credit = _do(person, credit_id, what, moved)
    except NotThere as gone:
        raise Http404 from gone
    except Refused as refused:
        return _again(request, person, credit_id, refused.sentence, status=422)
    if moved.strip() and what in NAMING:
        return _again(request, person, credit_id, "", status=200)
    return see(wanted(request) or f"{address_of(credit.version.idea)}#credit-{credit_id}")


def _do(person: Person, credit_id: int, what: str, moved: str) -> Credit:
    if what == "moved" or (what == "yes" and moved.strip()):
        return actions.say_what_moved(by=person, credit_id=credit_id, text=moved, got_me_right=what == "yes")
    if what in NAMING:
        return actions.prefer_unnamed(by=person, credit_id=credit_id, unnamed=what == "unnamed")
    if what == "yes":
        return actions.answer_credit(by=person, credit_id=credit_id, got_me_right=True)
    raise Refused(_("Choose one of the answers."))


def _again(
    request: HttpRequest, person: Person, credit_id: int, problem: str, *, status: int
) -> HttpResponse:
    found = queries.ideas_visible_to(person).filter(
        versions__credits__pk=credit_id, versions__credits__to=person
    )
    idea = load_idea(person, found.values_list("pk", flat=True).first() or 0)
    viewed = Viewed(
        request=request,
        person=person,
        idea=idea,
        opened=Opened(),
        credit_problem=(credit_id, problem, request.POST.get("moved", "")),
    )
    return show(request, "web/idea.html", idea_page(viewed), here="spaces", status=status)
