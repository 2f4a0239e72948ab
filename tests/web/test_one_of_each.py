"""One of anything is said as one."""

import pytest

from tertulia.cli import words as cli_words
from tertulia.readings.queries import Figure
from tertulia.web.reading_words import acted_sentence, answered_sentence


def figure(n: int, of: int) -> Figure:
    return Figure(mean=n / of, low=0, high=1, threshold=None, above=None, people=0, items=of)


@pytest.mark.parametrize(
    ("n", "of", "sentence"),
    [
        (1, 1, "Of 1 question or doubt at least four weeks old, 1 had an outcome within four weeks."),
        (1, 3, "Of 3 questions and doubts at least four weeks old, 1 had an outcome within four weeks."),
        (2, 3, "Of 3 questions and doubts at least four weeks old, 2 had an outcome within four weeks."),
    ],
)
def test_what_was_acted_upon(n: int, of: int, sentence: str) -> None:
    assert acted_sentence(figure(n, of), 0) == sentence


def test_what_was_answered() -> None:
    assert answered_sentence(figure(1, 1)).startswith("Of 1 opening at least")
    assert answered_sentence(figure(1, 2)).startswith("Of 2 openings at least")


def test_what_is_counted_in_the_terminal() -> None:
    assert cli_words.counted(1, "person", "people") == "1 person"
    assert cli_words.counted(1200, "person", "people") == "1,200 people"
