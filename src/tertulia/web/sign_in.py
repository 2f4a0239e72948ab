"""Coming in by a mailed code, going out, and saying how one wants to be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tertulia.ideas.actions import call_oneself
from tertulia.ideas.queries import drafts_of
from tertulia.people import sign_in as door
from tertulia.people.policies import Refused
from tertulia.web.going import see, sign_in_first, wanted, with_next
from tertulia.web.joining import forget_joining, joined_by
from tertulia.web.kept import came_in, safe_words
from tertulia.web.pages import show
from tertulia.web.request import person_of

if TYPE_CHECKING:
    from tertulia.people.models import Person


@dataclass(frozen=True)
class SignInPage:
    email: str
    goes_to: str
    # That words which were sent before signing in are safe; "" where there are none.
    safe: str
    problem: str = ""


@dataclass(frozen=True)
class CodePage:
    email: str
    minutes: int
    goes_to: str
    safe: str
    problem: str = ""


@dataclass(frozen=True)
class NamePage:
    name: str
    goes_to: str
    safe: str
    problem: str = ""


@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One form for everybody: an address that is new here is answered like one that is known."""
    goes_to = wanted(request)
    if person_of(request):
        return redirect(goes_to or "home")
    email = request.POST.get("email", "")
    if request.method != "POST":
        return show(
            request, "web/sign_in.html", SignInPage(email, goes_to, safe_words(request)), here="sign_in"
        )
    try:
        door.send_code(request, email)
    except Refused as refused:
        page = SignInPage(email, goes_to, safe_words(request), refused.sentence)
        return show(request, "web/sign_in.html", page, here="sign_in", status=422)
    return see("sign_in_code", goes_to=goes_to)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    goes_to = wanted(request)
    if person_of(request):
        return redirect(goes_to or "home")
    if request.method != "POST":
        return _code_page(request, goes_to)
    try:
        person = door.use_code(request, request.POST.get("code", ""))
    except door.CodeEnded as ended:
        page = SignInPage("", goes_to, safe_words(request), ended.sentence)
        return show(request, "web/sign_in.html", page, here="sign_in", status=422)
    except Refused as refused:
        return _code_page(request, goes_to, problem=refused.sentence)
    there = joined_by(request, person, back_to=goes_to) or goes_to
    first = with_next(reverse("sign_in_name"), there)
    then = (there or reverse("home")) if person.name else first
    then = came_in(request, person, back_to=goes_to, goes_to=then)
    return forget_joining(door.enter(request, person, goes_to=then))


@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """A new code to the same address."""
    goes_to, sent = wanted(request), door.sent_code(request)
    if sent is None:
        return see("sign_in", goes_to=goes_to)
    try:
        door.send_code(request, sent.email)
    except Refused as refused:
        return _code_page(request, goes_to, problem=refused.sentence)
    return see("sign_in_code", goes_to=goes_to)


def _code_page(request: HttpRequest, goes_to: str, *, problem: str = "") -> HttpResponse:
    sent = door.sent_code(request)
    if sent is None:
        return see("sign_in", goes_to=goes_to)
    page = CodePage(sent.email, sent.minutes, goes_to, safe_words(request), problem=problem)
    return show(request, "web/sign_in_code.html", page, here="sign_in", status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_name(request: HttpRequest) -> HttpResponse:
    """What should we call you? Nothing else is asked."""
    person, goes_to = person_of(request), wanted(request)
    if person is None:
        return sign_in_first(request)
    name = request.POST.get("name", person.name)
    safe = _comes_next(person)
    if request.method != "POST":
        return show(request, "web/sign_in_name.html", NamePage(name, goes_to, safe))
    try:
        call_oneself(by=person, name=name, zone=person.zone, about=person.about)
    except Refused as refused:
        page = NamePage(name, goes_to, safe, refused.sentence)
        return show(request, "web/sign_in_name.html", page, status=422)
    return see(goes_to or "home")


def _comes_next(person: Person) -> str:
    """Whoever has no name yet and a draft already wrote it before signing in."""
    waits = not person.name and drafts_of(person).exists()
    return _("Your reply is safe. It comes next.") if waits else ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    door.leave(request)
    return see("home")
