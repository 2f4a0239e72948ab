"""What people send about an idea and about what others said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tertulia.ideas import actions, policies, queries
from tertulia.people.policies import NotThere, Refused
from tertulia.web.addresses import reply_address
from tertulia.web.arrived import arrived
from tertulia.web.composers import Composer, Opened, composer_of, place_of
from tertulia.web.going import see, sign_in_first
from tertulia.web.idea_page import Viewed, idea_page, opened_reply
from tertulia.web.ideas import load_idea, load_reply
from tertulia.web.kept import PLACE, keep_until_signed_in, kept_fields, words_sent
from tertulia.web.openings import OPENINGS, begun
from tertulia.web.pages import show
from tertulia.web.reply_parts import exchange
from tertulia.web.request import numbers_in, person_of
from tertulia.web.words_back import gone

if TYPE_CHECKING:
    from tertulia.ideas.models import Reply
    from tertulia.people.models import Person


@require_POST
def post_reply(request: HttpRequest, idea_id: int) -> HttpResponse:
    above = _answered(request, idea_id)
    sent = Opened(
        kind="answer" if above else "reply",
        reply_id=above,
        starter=request.POST.get("starter", ""),
        text=request.POST.get("text", ""),
    )
    return _send(
        request,
        idea_id,
        sent,
        lambda by: actions.reply(by=by, idea_id=idea_id, text=sent.text or "", starter=sent.starter),
    )


def _answered(request: HttpRequest, idea_id: int) -> int:
    """What the words answered before it was taken back: said to the idea, they are still the draft of that place."""
    begins = f"reply:{idea_id}:"
    place = place_said(request)
    return int(place.removeprefix(begins)) if place.startswith(begins) else 0


@require_POST
def post_tried(request: HttpRequest, idea_id: int) -> HttpResponse:
    """ "I tried it", and what happened."""
    naming = numbers_in(request.POST.getlist("naming"))[:1]
    sent = Opened(kind="tried", text=request.POST.get("text", ""), naming=frozenset(naming))
    return _send(
        request,
        idea_id,
        sent,
        lambda by: actions.tell_tried(
            by=by, idea_id=idea_id, text=sent.text or "", naming=naming[0] if naming else None
        ),
    )


@require_POST
def post_decided(request: HttpRequest, idea_id: int) -> HttpResponse:
    naming = numbers_in(request.POST.getlist("naming"))
    sent = Opened(kind="decided", text=request.POST.get("text", ""), naming=frozenset(naming))
    return _send(
        request,
        idea_id,
        sent,
        lambda by: actions.decide(by=by, idea_id=idea_id, text=sent.text or "", naming=tuple(naming)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, reply_id: int) -> HttpResponse:
    """The box for an answer (for htmx, alone), and the answer."""
    starter = request.POST.get("starter") or request.GET.get("starter", "")
    if request.method != "POST":
        return _box(request, Opened(kind="answer", reply_id=reply_id, starter=starter))
    sent = Opened(kind="answer", reply_id=reply_id, starter=starter, text=request.POST.get("text", ""))
    return _send(
        request,
        _idea_of(request, reply_id),
        sent,
        lambda by: actions.answer(by=by, reply_id=reply_id, text=sent.text or "", starter=starter),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def not_quite(request: HttpRequest, reply_id: int) -> HttpResponse:
    if request.method != "POST":
        return _box(request, Opened(kind="not_quite", reply_id=reply_id))
    sent = Opened(kind="not_quite", reply_id=reply_id, text=request.POST.get("text", ""))
    return _send(
        request,
        _idea_of(request, reply_id),
        sent,
        lambda by: actions.not_quite(by=by, reply_id=reply_id, text=sent.text or ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct_credit(request: HttpRequest, credit_id: int) -> HttpResponse:
    """ "Not quite…" of a change that credits somebody: a box first; what they send there is what is recorded."""
    person = person_of(request)
    credit = queries.credit_to(person, credit_id) if person else None
    if request.method != "POST":
        if person is None:
            return sign_in_first(request)
        if credit is None:
            raise Http404
        more = f"correct={credit.reply_id}&credit={credit_id}"
        return see(reply_address(credit.version.idea, credit.reply, more=more, anchor="answer"))
    reply_id, idea_id = (credit.reply_id, credit.version.idea_id) if credit else (0, 0)
    text = request.POST.get("text", "")
    sent = Opened(kind="correct", reply_id=reply_id, credit_id=credit_id, text=text)
    return _send(request, idea_id, sent, lambda by: _correct(by, credit_id, text))


def _correct(by: Person, credit_id: int, text: str) -> Reply:
    credit = actions.answer_credit(by=by, credit_id=credit_id, got_me_right=False, text=text)
    return queries.correction_of(credit)


def _send(request: HttpRequest, idea_id: int, sent: Opened, write: Callable[[Person], Reply]) -> HttpResponse:
    """Write it and show it; or give the words back, with a sentence that says why."""
    person, place = person_of(request), place_of(idea_id, sent)
    if "open" in request.POST:
        return _begin(request, person, idea_id, sent)
    if person is None:
        return _send_unknown(request, place, idea_id, sent)
    if "keep" in request.POST:
        actions.keep_draft(by=person, place=place, fields=words_sent(request))
        return arrived(see(_where(idea_id, sent)), place)
    try:
        written = write(person)
    except NotThere:
        return _gone(request, person, place_said(request) or place)
    except Refused as refused:
        _keep(request, person, place)
        return _again(request, person, idea_id, replace(sent, problem=refused.sentence))
    if sent.reply_id and written.parent_id is None:
        actions.drop_draft(by=person, place=place)
    # The action read it for this person, and counted the reply.
    idea = written.idea
    if request.headers.get("HX-Request"):
        return show(request, "web/_reply.html", exchange(request, person, idea, written))
    return arrived(see(reply_address(idea, written)), place)


def _send_unknown(request: HttpRequest, place: str, idea_id: int, sent: Opened) -> HttpResponse:
    """Nobody is signed in: the words wait. Where there are none, that is said at once, as to anybody."""
    # What they see signed out may be nothing: the form itself says where it stood.
    said = place_said(request) or place
    if sent.kind in {"reply", "tried"}:
        try:
            starter = sent.starter if sent.starter in policies.TO_AN_IDEA else ""
            policies.check_words(sent.text or "", starter)
        except Refused as refused:
            return _again(request, None, idea_id, replace(sent, problem=refused.sentence))
    return keep_until_signed_in(request, said, _where(int(said.split(":")[1]), sent))


def _keep(request: HttpRequest, person: Person, place: str) -> None:
    """What was refused is among the drafts, should its writer go elsewhere. No words take no draft away."""
    if request.POST.get("text", "").strip():
        actions.keep_draft(by=person, place=place, fields=words_sent(request))


def _gone(request: HttpRequest, person: Person, place: str) -> HttpResponse:
    _keep(request, person, place)
    return gone(request)


def _begin(request: HttpRequest, person: Person | None, idea_id: int, sent: Opened) -> HttpResponse:
    """An opening was chosen: the same page, with what was typed after it. Nothing is written."""
    try:
        idea = load_idea(person, idea_id)
    except Http404:
        return gone(request)
    key = request.POST["open"]
    if key == "changed" and person is not None:
        return _change_instead(request, person, idea_id, sent)
    begins = replace(sent, starter=key, text=begun(key, sent.text or ""))
    page = idea_page(Viewed(request=request, person=person, idea=idea, opened=begins))
    return show(request, "web/idea.html", page, here="spaces") if page.composer else gone(request)


def _change_instead(request: HttpRequest, person: Person, idea_id: int, sent: Opened) -> HttpResponse:
    """ "I've changed it…" leads to the sheet; what was typed until then is kept as a draft."""
    place, sheet = place_of(idea_id, sent), f"{reverse('revise', args=[idea_id])}?because={sent.reply_id}"
    try:
        # An opening alone is no words. Of too many words a part says as much, and all of them are kept.
        some = (sent.text or "")[: policies.LONGEST_TEXT]
        policies.check_words(some, sent.starter if sent.starter in OPENINGS else "")
    except Refused:
        return see(sheet)
    _keep(request, person, place)
    return arrived(see(sheet), place)


def place_said(request: HttpRequest) -> str:
    place = request.POST.get("place", "")
    return place if PLACE.fullmatch(place) else ""


def _where(idea_id: int, opened: Opened) -> str:
    """The page with the same box open."""
    if opened.kind == "reply":
        return f"/i/{idea_id}/_#say"
    if opened.reply_id:
        more = f"&credit={opened.credit_id}" if opened.credit_id else ""
        return f"/i/{idea_id}/_?{opened.kind}={opened.reply_id}{more}#answer"
    return f"/i/{idea_id}/_?{opened.kind}=yes#say"


def _again(request: HttpRequest, person: Person | None, idea_id: int, sent: Opened) -> HttpResponse:
    """The same page, or for htmx the box alone, with the words and the sentence (422)."""
    try:
        idea = load_idea(person, idea_id)
    except Http404:
        return gone(request)
    if request.headers.get("HX-Request"):
        reply = opened_reply(person, idea, sent)
        box = composer_of(person, idea, sent, reply, kept={}, partial=True)
        box = _in_the_place_of(request, box)
        response = show(request, "web/_compose.html", box, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = f"#{box.id}", "outerHTML"
        return response
    page = idea_page(Viewed(request=request, person=person, idea=idea, opened=sent))
    if page.composer is None:
        return gone(request, sentence=sent.problem)
    return show(request, "web/idea.html", page, here="spaces", status=422)


# The form that htmx sent, as it names it: the box of a page of its own, or one of those in the thread.
SENDER = re.compile(r"form#(say|answer(-\d{1,17})?)")


def _in_the_place_of(request: HttpRequest, box: Composer) -> Composer:
    """The same box comes back where it stood, whatever its id was there."""
    sender = SENDER.fullmatch(request.headers.get("HX-Source", ""))
    if sender is None or sender[1] == box.id:
        return box
    target = f"#{sender[1]}" if box.target == f"#{box.id}" else box.target
    return replace(box, id=sender[1], target=target)


def _box(request: HttpRequest, opened: Opened) -> HttpResponse:
    person, reply = person_of(request), load_reply(request, opened.reply_id)
    if not request.headers.get("HX-Request") or person is None:
        more = f"{opened.kind}={reply.pk}" + (
            f"&starter={opened.starter}" if opened.starter.isidentifier() else ""
        )
        return see(reply_address(reply.idea, reply, more=more, anchor="answer"))
    idea = load_idea(person, reply.idea_id)
    kept = kept_fields(person, place_of(idea.pk, opened))
    return show(
        request, "web/_compose.html", composer_of(person, idea, opened, reply, kept=kept, partial=True)
    )


def _idea_of(request: HttpRequest, reply_id: int) -> int:
    """0 where it is gone: then the action says so, and the words come back."""
    visible = queries.replies_visible_to(person_of(request))
    return visible.filter(pk=reply_id).values_list("idea_id", flat=True).first() or 0
