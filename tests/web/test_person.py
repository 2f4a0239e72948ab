"""A person's page: what they wrote, as a blog has it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.community import a_reply, a_space, after, an_idea, somebody

pytestmark = pytest.mark.django_db


def test_a_persons_ideas_stand_newest_first_with_the_day_they_were_written(client: Client) -> None:
    ana, bo = somebody("Ana"), somebody("Bo")
    space = a_space(ana, bo)
    ideas = [an_idea(ana, space, title=f"Day {day}", at=after(days=day)) for day in (1, 9, 5)]
    # It is talked about now, and is as old as it was.
    a_reply(ideas[0], bo, at=timezone.now())
    client.force_login(ana)

    html = client.get(f"/p/{ana.pk}").content.decode()

    assert re.findall(r">(Day \d)</a>", html) == ["Day 9", "Day 5", "Day 1"]
    assert re.findall(r'datetime="(\d{4}-\d\d-\d\d)', html) == ["2026-03-11", "2026-03-07", "2026-03-03"]
