"""Moments as a page writes them: the same words for the same day, zone and language, and for no other."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from tertulia.web.times import this_day, time_tag

AT = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)


def test_a_time_says_its_moment_to_machines_and_its_day_to_people() -> None:
    assert time_tag(AT, this_day(AT)) == '<time datetime="2026-05-03T23:30Z">today at 23:30</time>'


def test_the_words_change_with_the_day() -> None:
    said = [time_tag(AT, this_day(AT + timedelta(days=days))) for days in (0, 1, 3)]
    assert [one.removesuffix("</time>").partition(">")[2] for one in said] == [
        "today at 23:30",
        "yesterday",
        "3 days ago",
    ]


def test_the_words_change_with_the_zone_of_the_reader() -> None:
    now = AT + timedelta(hours=12)
    with timezone.override("UTC"):
        there = time_tag(AT, this_day(now))
    with timezone.override("Asia/Tokyo"):
        assert time_tag(AT, this_day(now)) == '<time datetime="2026-05-03T23:30Z">today at 08:30</time>'
    assert "yesterday" in there
