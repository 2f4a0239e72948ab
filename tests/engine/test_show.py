import json
import re

import pytest
from defusedxml import ElementTree

from tertulia.engine.reading import SpaceReading
from tertulia.engine.show import sentence
from tests.engine.tables import Table, monologue, round_table, seed_page


def small() -> Table:
    table = Table()
    table.replies("Bo", table.opens("Ana"))
    return table


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (seed_page, "Too early to say, leaning to: those who open a conversation do not come back"),
        (monologue, "Those who open a conversation do not come back to those who answer (probability"),
        (round_table, "People answer each other both ways; small talk cannot be told apart yet"),
        (small, "Fewer than five people: nothing is said"),
        (Table, "In this window nobody has said anything."),
    ],
)
def test_a_reading_says_one_sentence(make: type[Table], says: str) -> None:
    assert sentence(make().read(at=40)).startswith(says)


def test_a_notebook_shows_the_sentence_the_chart_and_the_table() -> None:
    reading = seed_page().read(at=20)

    shown = reading._repr_html_()

    assert sentence(reading) in shown
    assert shown.count('<tr><th scope="row"') == len(reading.features) == shown.count("stroke-width:3")
    # Nothing is fetched and nothing runs.
    assert not re.search(r"<script|<link|src=|href=|url\(", shown)


def test_the_chart_says_in_words_what_it_draws() -> None:
    shown = seed_page().read(at=20)._repr_html_()

    chart = ElementTree.fromstring(shown[shown.index("<svg") : shown.index("</svg>") + 6])
    described = chart.findtext("{http://www.w3.org/2000/svg}desc") or ""

    assert "Answered back, a mean over people: 0.33" in described
    assert chart.findtext("{http://www.w3.org/2000/svg}title") == "Figures with their 95 % intervals"


def test_names_of_spaces_are_shown_as_text() -> None:
    table = Table(acts=[])
    reading = SpaceReading.from_dict(table.read().to_dict() | {"space": "<script>alert(1)</script>"})

    assert "<script" not in reading._repr_html_()


def test_a_reading_goes_to_arrow_and_is_whole_in_it() -> None:
    reading = round_table().read(at=40)

    table = reading.to_arrow()

    assert table.column("name").to_pylist() == [feature.name for feature in reading.features]
    stored = json.loads((table.schema.metadata or {})[b"tertulia.reading"])
    assert SpaceReading.from_dict(stored) == reading


def test_one_of_a_kind_is_said_as_one() -> None:
    shown = small().read(at=40)._repr_html_()

    assert "2 people, 2 contributions, 1 meeting, 0 of them both ways." in shown
