"""What is left of a text when only its writer's own words count."""

import pyarrow as pa
import pytest

from tertulia.engine.text.cleaning import own_words


def cleaned(*texts: str | None) -> list[str | None]:
    return [None if text is None else " ".join(str(text).split()) for text in own(texts)]


def own(texts: tuple[str | None, ...]) -> list[str | None]:
    found: list[str | None] = own_words(pa.array(texts, pa.large_string())).to_pylist()
    return found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("> the kettle is cold\nI doubt it", "I doubt it"),
        ("Use `kettle --boil` there", "Use there"),
        ("Look:\n```\nboil(kettle)\n```\nsee?", "Look: see?"),
        ("Look:\n```\nboil(kettle) and no end", "Look:"),
        ("Look:\n\n    boil(kettle)\n    pour()\n\nsee?", "Look: see?"),
        ("See https://kettle.example/boil?x=1 or www.kettle.example now", "See or now"),
        ('See [the kettle](https://kettle.example "old") now', "See [the kettle now"),
        ("@Ana.B you are right", "you are right"),
        ("I agree.\n-- \nBo, kettle maker", "I agree."),
        ("a -- b\n--\nstays", "a -- b -- stays"),
        ("Nothing to clean here", "Nothing to clean here"),
    ],
)
def test_what_is_not_ones_own_words_goes(text: str, left: str) -> None:
    assert cleaned(text) == [left]


def test_each_text_is_cleaned_on_its_own_and_a_missing_one_stays_missing() -> None:
    assert cleaned("plain", None, "> quoted", "") == ["plain", None, "", ""]


def test_a_slice_of_a_longer_column_is_cleaned_as_the_column_is() -> None:
    column = pa.array(["> a", "b `c`", "d", "> e\nf"], pa.large_string())

    assert own_words(column.slice(1, 3)).to_pylist() == own_words(column).to_pylist()[1:]
