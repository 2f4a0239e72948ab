from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from tertulia.web.times import time_tag

register = template.Library()


@register.filter
def when(at: datetime | None) -> SafeString:
    """The moment in plain words, in the reader's zone."""
    return time_tag(at) if at else SafeString("")
