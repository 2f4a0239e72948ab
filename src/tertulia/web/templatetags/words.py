from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache

from django import template
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tertulia.web.composers import Composer
from tertulia.web.request import person_of
from tertulia.web.times import Day, this_day, time_tag
from tertulia.web.writers import mark_of

register = template.Library()


@register.filter
def when(at: datetime | None) -> SafeString:
    """The moment in plain words, in the reader's zone."""
    return time_tag(at, this_day()) if at else SafeString("")


@register.simple_tag
def once(name: str, page: Hashable = None) -> SafeString:
    """A part of a page, written once for all who are shown the same: its template is given `page` and nothing else."""
    return _once(name, page, this_day())


@lru_cache(maxsize=1024)
def _once(name: str, page: Hashable, _day: Day) -> SafeString:
    return _written(name, page)


@register.simple_tag
def within(box: Composer) -> SafeString:
    """What stands in a box to write in. The words that are somebody's own are not remembered."""
    name = "web/_compose_within.html"
    return _written(name, box) if box.text or box.choices else once(name, box)


def _written(name: str, page: object) -> SafeString:
    return mark_safe(render_to_string(name, {"page": page}))  # noqa: S308 -- from a template


@register.simple_tag(takes_context=True)
def writer(context: RequestContext, place: str) -> str:
    """For a form: whom it was made for, should it be sent after they were signed out."""
    person = person_of(context["request"])
    return mark_of(person, place) if person else ""
