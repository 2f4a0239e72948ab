"""Times in plain words, in the reader's zone. They change with the day and not within it, so that pages can be kept."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Beyond this many days, a month says more than a count of days.
MOST_DAYS = 20
# Beyond this many, the month alone could be this year's or the last.
MOST_DAYS_OF_MONTH = 320


def in_words(at: datetime, now: datetime | None = None) -> str:
    """ "yesterday", "3 days ago", "in May", "on 3 May 2025"."""
    local = timezone.localtime(at)
    days = (timezone.localdate(now) - local.date()).days
    if days == 0:
        return _("today at %(time)s") % {"time": date_format(local, "H:i")}
    if days == 1:
        return _("yesterday")
    if 1 < days <= MOST_DAYS:
        return _("%(days)d days ago") % {"days": days}
    if 0 < days <= MOST_DAYS_OF_MONTH:
        return _("in %(month)s") % {"month": date_format(local, "F")}
    return _("on %(date)s") % {"date": date_format(local, "j F Y")}


def time_tag(at: datetime, now: datetime | None = None) -> SafeString:
    moment = (
        at.strftime("%Y-%m-%dT%H:%MZ")
        if at.utcoffset() is not None and not at.utcoffset()
        else at.isoformat()
    )
    return format_html('<time datetime="{}">{}</time>', moment, in_words(at, now))
