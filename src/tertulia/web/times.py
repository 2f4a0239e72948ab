"""Times in plain words, in the reader's zone. They change with the day and not within it, so that pages can be kept."""

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Beyond this many days, a month says more than a count of days.
MOST_DAYS = 20
# Beyond this many, the month alone could be this year's or the last.
MOST_DAYS_OF_MONTH = 320


def in_words(at: datetime, now: datetime | None = None) -> str:
    """ "yesterday", "3 days ago", "in May", "on 3 May 2025"."""
    return _in_words(timezone.localtime(at), timezone.localdate(now), get_language())


def _in_words(local: datetime, today: date, language: str | None) -> str:
    if local.date() == today:
        return _("today at %(time)s") % {"time": date_format(local, "H:i")}
    return _of_day(local.date(), today, language)


# A list names the same days again and again. Their words depend on nothing else: the zone has made them days.
@lru_cache(maxsize=2048)
def _of_day(day: date, today: date, _language: str | None) -> str:
    days = (today - day).days
    if days == 1:
        return _("yesterday")
    if 1 < days <= MOST_DAYS:
        return _("%(days)d days ago") % {"days": days}
    if 0 < days <= MOST_DAYS_OF_MONTH:
        return _("in %(month)s") % {"month": date_format(day, "F")}
    return _("on %(date)s") % {"date": date_format(day, "j F Y")}


class Day(NamedTuple):
    """All that the words of a moment, and of much else on a page, depend on besides what they say."""

    zone: tzinfo
    today: date
    language: str | None


def this_day(now: datetime | None = None) -> Day:
    """The reader's. Whoever writes many times in one page asks once."""
    return Day(timezone.get_current_timezone(), timezone.localdate(now), get_language())


# A list of thirty shows the same thirty moments to whoever comes on the same day: writing them took a sixth of it.
@lru_cache(maxsize=4096)
def time_tag(at: datetime, day: Day) -> SafeString:
    moment = (
        at.strftime("%Y-%m-%dT%H:%MZ")
        if at.utcoffset() is not None and not at.utcoffset()
        else at.isoformat()
    )
    words = escape(_in_words(timezone.localtime(at, day.zone), day.today, day.language))
    return mark_safe(f'<time datetime="{moment}">{words}</time>')  # noqa: S308 -- the words are escaped above
