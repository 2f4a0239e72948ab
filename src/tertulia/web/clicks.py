"""What is done to a reply with one click: confirming, setting aside, taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tertulia.ideas import actions
from tertulia.people.policies import NotThere, Refused
from tertulia.web.addresses import address_of, reply_address
from tertulia.web.composers import Opened
from tertulia.web.going import see, wanted
from tertulia.web.idea_page import Viewed, idea_page
from tertulia.web.ideas import load_idea, load_reply
from tertulia.web.noted import Noted, noted, with_noted
from tertulia.web.pages import show
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from tertulia.ideas.models import Reply
    from tertulia.people.models import Person


@require_POST
def confirm(request: HttpRequest, reply_id: int) -> HttpResponse:
    """ "Yes, that's it.\""""
    return _click(request, reply_id, lambda by: actions.confirm(by=by, reply_id=reply_id), says="yes")


@require_POST
def not_now(request: HttpRequest, reply_id: int) -> HttpResponse:
    return _click(request, reply_id, lambda by: actions.set_aside(by=by, reply_id=reply_id), says="aside")


@require_POST
def take_up_again(request: HttpRequest, reply_id: int) -> HttpResponse:
    """ "Not now" undone."""
    return _click(request, reply_id, lambda by: actions.take_up_again(by=by, reply_id=reply_id))


@require_POST
def take_back(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Its words return as a draft, in the box where they were written."""
    person, reply = person_of(request), load_reply(request, reply_id)
    if person is None:
        return see("sign_in", goes_to=reply_address(reply.idea, reply))
    try:
        actions.take_back(by=person, reply_id=reply_id)
    except Refused as refused:
        return _refused_click(request, reply, refused)
    more, anchor = (f"answer={reply.parent_id}", "answer") if reply.parent_id else ("", "say")
    return see(f"{address_of(reply.idea)}{'?' if more else ''}{more}#{anchor}")


def _click(
    request: HttpRequest, reply_id: int, act: Callable[[Person], object], *, says: str = ""
) -> HttpResponse:
    person, reply = person_of(request), load_reply(request, reply_id)
    back = reply_address(reply.idea, reply)
    if person is None:
        return see("sign_in", goes_to=back)
    try:
        act(person)
    except NotThere as gone_by_now:
        raise Http404 from gone_by_now
    except Refused as refused:
        return _refused_click(request, reply, refused)
    if says and request.headers.get("HX-Request"):
        return show(request, "web/_noted.html", noted(says, reply_id))
    back = wanted(request) or back
    return see(with_noted(back, says, reply_id) if says else back)


def _refused_click(request: HttpRequest, reply: Reply, refused: Refused) -> HttpResponse:
    if request.headers.get("HX-Request"):
        problem = Noted(reply.pk, "", problem=refused.sentence)
        return show(request, "web/_noted.html", problem, status=422)
    person = person_of(request)
    idea = load_idea(person, reply.idea_id)
    viewed = Viewed(request=request, person=person, idea=idea, opened=Opened(), problem=refused.sentence)
    return show(request, "web/idea.html", idea_page(viewed), here="spaces", status=422)
