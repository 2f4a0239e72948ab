"""What became of each episode, one by one, as the readings count it."""

from collections import Counter
from typing import Any

from tertulia.engine.episodes import episodes_of
from tests.engine.tables import Table


def _became(table: Table, at: int | None = None) -> list[str]:
    rows: list[dict[str, Any]] = episodes_of(table.acts, at=at).to_pylist()
    assert [row["episode"] for row in rows] == sorted(row["episode"] for row in rows)
    return [row["became"] for row in rows]


def _four() -> Table:
    table = Table()
    table.opens("Ana")
    second = table.opens("Ana")
    table.replies("Bo", second)
    third = table.opens("Ana")
    table.replies("Ana", table.replies("Bo", third))
    fourth = table.opens("Ana")
    table.does("Ana", "tried", table.day(1).replies("Bo", fourth))
    return table


def test_each_episode_says_what_became_of_it() -> None:
    assert _became(_four()) == ["no_answer", "one_way", "both_ways", "came_of_it"]


def test_what_comes_later_is_not_yet_known() -> None:
    assert _became(_four(), at=0) == ["no_answer", "one_way", "both_ways", "no_answer"]


def test_the_counts_of_a_reading_are_those_of_its_episodes() -> None:
    table = _four()
    for person in ("Cleo", "Dan", "Eve"):
        table.opens(person)
    counted = {share.kind: share.count for share in table.read(at=2).episodes if share.kind != "closed"}
    assert counted == Counter(_became(table))


def test_episodes_of_several_spaces_name_theirs() -> None:
    here, there = _four(), Table(space=2)
    there.opens("Cleo")
    rows = episodes_of([*here.acts, *there.acts])
    assert rows.column("space").to_pylist() == [1, 1, 1, 1, 2]
    assert rows.column("became").to_pylist()[-1] == "no_answer"


def test_no_acts_have_no_episodes() -> None:
    assert len(episodes_of(_four().acts, at=-1)) == 0
