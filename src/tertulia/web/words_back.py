"""When there is no page left to send words to: a page that gives them back."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.urls import resolve
from django.utils.translation import gettext as _

from tertulia.web.pages import show
from tertulia.web.write_page import asks

# Another site's page sent the form: its words are shown, and not offered to be sent.
FROM_ELSEWHERE = (
    csrf.REASON_BAD_ORIGIN.split("%")[0],
    csrf.REASON_BAD_REFERER.split("%")[0],
    csrf.REASON_NO_REFERER,
    csrf.REASON_MALFORMED_REFERER,
    csrf.REASON_INSECURE_REFERER,
)


@dataclass(frozen=True)
class Field:
    name: str
    value: str
    # What it was; "" where it goes along unseen.
    label: str
    # Chosen, and not typed: what was chosen, in words.
    chosen: str = ""


@dataclass(frozen=True)
class WordsBack:
    sentence: str
    fields: tuple[Field, ...]
    # Where they can be sent again; "" where they can only be copied.
    again: str


def _fields(request: HttpRequest) -> tuple[Field, ...]:
    return tuple(
        _field(request, name, value)
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    )


def _field(request: HttpRequest, name: str, value: str) -> Field:
    if not value.strip():
        return Field(name, value, "")
    if name == "ask":
        chosen = next((one.words for one in asks(value) if one.chosen), "")
        return Field(name, value, _("What you asked for") if chosen else "", chosen)
    return Field(name, value, _label(request, name))


def _label(request: HttpRequest, name: str) -> str:
    """What the words of this field were."""
    if name == "text":
        said = _said().get(request.POST.get("starter", ""), "")
        return said or _sent_to().get(resolve(request.path).url_name or "", _("What you wrote"))
    if name.startswith("why-"):
        return _("What a reply changed")
    return {
        "title": _("The title"),
        "question": _("Your question, in one line"),
        "topics": _("The topics"),
        "note": _("Why you changed it"),
        "moved": _("What moved for you"),
        "sentence": _("How you see it"),
        "name": _("Name"),
        "about": _("A line about you"),
        "purpose": _("What it is for"),
        "bring": _("What people bring"),
        "take_away": _("What people take away"),
    }.get(name, "")


def _said() -> dict[str, str]:
    """By the opening that it began with."""
    return {
        "question": _("Your question"),
        "challenge": _("Your doubt"),
        "say_back": _("What you said back"),
        "try": _("What you will try"),
        "keep": _("Why you keep it"),
    }


def _sent_to() -> dict[str, str]:
    return {
        "post_reply": _("Your reply"),
        "post_tried": _("What happened when you tried it"),
        "post_decided": _("What you decided"),
        "answer": _("Your answer"),
        "not_quite": _("What you meant"),
        "correct_credit": _("What you meant"),
        "write_in_space": _("The text"),
        "revise": _("The text"),
    }


def gone(request: HttpRequest, *, sentence: str = "") -> HttpResponse:
    """What the words were for is no longer there, or no longer for this person."""
    sentence = sentence or _(
        "What you were writing about is no longer here. These are your words; nothing was sent."
    )
    page = WordsBack(sentence=sentence, fields=_fields(request), again="")
    return show(request, "web/words_back.html", page, status=422)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or is not ours. Nothing that was typed is lost by it."""
    elsewhere = reason.startswith(FROM_ELSEWHERE)
    page = WordsBack(
        sentence=_("This form came from another site, so nothing was done.")
        if elsewhere
        else _(
            "This page had been open for so long that its form ended. Nothing was sent yet; your words are below."
        ),
        fields=_fields(request),
        again="" if elsewhere else request.get_full_path(),
    )
    return show(request, "web/words_back.html", page, status=403)
