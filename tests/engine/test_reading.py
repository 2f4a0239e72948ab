import json

import pytest

from tertulia.engine.acts import Visibility
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.reading import SpaceReading, State, read_space
from tests.engine.tables import Table, monologue, round_table, seed_page


@pytest.mark.parametrize("make", [seed_page, round_table, monologue, Table])
def test_a_reading_goes_to_json_and_comes_back(make: type[Table]) -> None:
    reading = make().read()

    assert SpaceReading.from_dict(json.loads(json.dumps(reading.to_dict(), allow_nan=False))) == reading


def test_a_contested_reading_and_a_small_groups_come_back_too() -> None:
    contested = round_table()
    contested.does("Bo", "contested", contested.acts[1].act)
    small = Table()
    small.replies("Bo", small.opens("Ana"))

    for reading in (contested.read(at=30), small.read(at=30)):
        assert reading.contest or reading.group
        assert SpaceReading.from_dict(json.loads(json.dumps(reading.to_dict()))) == reading


def test_without_an_end_the_window_ends_at_the_last_thing_somebody_did() -> None:
    table = seed_page()
    table.day(3000).add("keeper", "import_closed")

    # The last thing said; a link and an import's close are not part of a space's life.
    assert table.read().end == int(0.5 * DAY_US)


def test_an_unknown_window_is_refused() -> None:
    with pytest.raises(ValueError, match="12w, 1y or all"):
        seed_page().read(window="2w")


def test_a_reading_names_its_parameters_and_what_it_cannot_see() -> None:
    blog = Visibility(outcome=False, movement=False, confirmation=False)

    reading = seed_page().read(at=20, visibility=blog)

    assert reading.params_version == DEFAULT.version
    assert reading.not_visible[-3:] == ("outcome", "movement", "confirmation")
    assert "mutual_understanding" in reading.not_visible
    assert reading.ceiling is State.CONVERSING
    assert reading.feature("closed") is None
    assert reading.feature("acted_upon") is None


def test_a_reading_says_how_its_edges_are_known() -> None:
    table = Table()
    idea = table.opens("Ana")
    table.replies("Bo", idea, basis="explicit")
    table.replies("Ana", idea)

    assert table.read().basis_shares == {"explicit": 0.5, "inferred_turn": 0.5}


def test_a_space_without_acts_is_empty() -> None:
    reading = read_space([], space=1, at=0)

    assert (reading.state, reading.probabilities, reading.people) == (State.EMPTY, {"empty": 1.0}, 0)
