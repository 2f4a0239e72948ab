"""A page is a frozen dataclass of plain values; `show` puts it into its template inside the shell."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from tertulia.readings.queries import waiting_keys
from tertulia.web.names import first_name
from tertulia.web.request import person_of


@dataclass(frozen=True)
class Shell:
    """What stands around every page."""

    name: str
    signed_in: bool
    # What asks something of this person, and whether it waits (1): the bar says how many do.
    waits: tuple[tuple[int, int], ...]
    here: str
    demo: bool
    mail_is_printed: bool
    # Words that this browser keeps are this person's alone.
    person_id: int = 0

    @property
    def waiting(self) -> int:
        return sum(counts for _key, counts in self.waits)


def shell_of(request: HttpRequest, here: str = "") -> Shell:
    person = person_of(request)
    return Shell(
        name=first_name(person.name) if person else "",
        signed_in=person is not None,
        waits=waiting_keys(person) if person else (),
        here=here,
        demo=settings.DEMO,
        mail_is_printed=_mail_is_printed(),
        person_id=person.pk if person else 0,
    )


@cache
def _mail_is_printed() -> bool:
    return settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def show(
    request: HttpRequest,
    template: str,
    page: object,
    *,
    here: str = "",
    status: int = 200,
    shell: Shell | None = None,
) -> HttpResponse:
    """Render a page, or a part of it for htmx. A part answers the same address, so caches must tell them apart."""
    context = {"page": page, "shell": shell or shell_of(request, here)}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-cache"
    if request.headers.get("HX-Request") and not _is_part(template):
        _as_a_page(request, response)
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def _is_part(template: str) -> bool:
    return template.rsplit("/", 1)[-1].startswith("_")


def _as_a_page(request: HttpRequest, response: HttpResponse) -> None:
    """htmx asked for a part and is given a whole page: it takes the place of the page, and never stands within it."""
    if request.method == "GET" and response.status_code < 400:
        response["HX-Redirect"] = request.get_full_path()
    else:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
