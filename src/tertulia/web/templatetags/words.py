from datetime import datetime

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from tertulia.web.request import person_of
from tertulia.web.times import time_tag
from tertulia.web.writers import mark_of

register = template.Library()


@register.filter
def when(at: datetime | None) -> SafeString:
    """The moment in plain words, in the reader's zone."""
    return time_tag(at) if at else SafeString("")


@register.simple_tag(takes_context=True)
def writer(context: RequestContext, place: str) -> str:
    """For a form: whom it was made for, should it be sent after they were signed out."""
    person = person_of(context["request"])
    return mark_of(person, place) if person else ""
