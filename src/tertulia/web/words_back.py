"""When there is no page left to send words to: a page that gives them back."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.translation import gettext as _

from tertulia.web.pages import show

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
    # Short ones go along unseen.
    is_seen: bool


@dataclass(frozen=True)
class WordsBack:
    sentence: str
    fields: tuple[Field, ...]
    # Where they can be sent again; "" where they can only be copied.
    again: str


def _fields(request: HttpRequest) -> tuple[Field, ...]:
    return tuple(
        Field(name, value, is_seen=name.startswith(SEEN) and bool(value.strip()))
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    )


# What people write, by how the names of its fields begin: `why-12` is the sentence for the person of reply 12.
SEEN = (
    "text", "title", "question", "topics", "note", "why-", "moved", "sentence", "name", "about", "purpose", "bring",
    "take_away",
)  # fmt: skip


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
