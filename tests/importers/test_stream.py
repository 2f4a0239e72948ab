"""The shape that all importers share."""

import dataclasses
from datetime import UTC, datetime

import pytest

from tertulia.importers.stream import CONFIDENCE, Idea, Person, Report, Tally


def test_the_report_has_the_keys_that_people_are_told() -> None:
    keys = "people ideas answers comments revisions_own revisions_others accepted links guessed left_out"

    report = Tally().report()

    assert list(report.as_json()) == keys.split()


def test_a_tally_counts_what_passes_and_ends_with_the_report() -> None:
    tally = Tally()
    ana = Person(source_id="user:1", name="Ana")
    idea = Idea(source_id="post:1", at=datetime(2020, 1, 1, tzinfo=UTC), author="user:1", title="T", text="x")
    tally.leave_out("votes", 3)
    tally.leave_out("votes")

    *items, report = tally.passing(iter([ana, idea]))

    assert items == [ana, idea]
    assert isinstance(report, Report)
    assert (report.people, report.ideas, report.left_out) == (1, 1, {"votes": 4})


def test_items_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Person(source_id="user:1", name="Ana").name = "Bo"  # type: ignore[misc]


def test_confidence_follows_from_the_basis() -> None:
    assert dict(CONFIDENCE) == {
        "declared": 1,
        "explicit": 1,
        "quoted": 0.8,
        "mentioned": 0.7,
        "inferred_turn": 0.3,
    }
