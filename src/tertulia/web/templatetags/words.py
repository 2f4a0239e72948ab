from datetime import datetime
from functools import lru_cache

from django import template
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tertulia.web.composers import Composer
from tertulia.web.pages import Shell
from tertulia.web.request import person_of
from tertulia.web.times import time_tag
from tertulia.web.writers import mark_of

register = template.Library()


@register.filter
def when(at: datetime | None) -> SafeString:
    """The moment in plain words, in the reader's zone."""
    return time_tag(at) if at else SafeString("")


@register.simple_tag
def head() -> SafeString:
    """What every page asks the browser to fetch, and what the script says."""
    return _once("web/_head.html", None, get_language())


@register.simple_tag
def bar(shell: Shell) -> SafeString:
    """What stands above every page."""
    return _once("web/_bar.html", shell, get_language())


@register.simple_tag
def foot(shell: Shell) -> SafeString:
    """What stands below every page."""
    return _once("web/_foot.html", shell, get_language())


@register.simple_tag
def within(box: Composer) -> SafeString:
    """What stands in a box to write in: the same for all who are offered the same. Anybody's own words are not kept."""
    written = _write if box.text or box.choices else _once
    return written("web/_compose_within.html", box, get_language())


def _write(name: str, page: Shell | Composer | None, _language: str | None) -> SafeString:
    return mark_safe(render_to_string(name, {"page": page}))  # noqa: S308 -- from a template


# They say what they are given and nothing else: the same reader sees the same bar on the next page.
_once = lru_cache(maxsize=1024)(_write)


@register.simple_tag(takes_context=True)
def writer(context: RequestContext, place: str) -> str:
    """For a form: whom it was made for, should it be sent after they were signed out."""
    person = person_of(context["request"])
    return mark_of(person, place) if person else ""
