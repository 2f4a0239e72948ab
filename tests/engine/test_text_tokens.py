"""Texts as tokens."""

import pyarrow as pa
import pytest

from tertulia.engine.text.tokens import Tokens, distinct, hashed, tokenise


def words(tokens: Tokens, text: int = 0) -> list[str]:
    ids = tokens.ids[tokens.starts[text] : tokens.starts[text + 1]]
    return [str(tokens.words[int(place)]) for place in ids]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The KETTLE, 12 degrees!", ["the", "kettle", "12", "degrees"]),
        ("I don't: a b c", ["don"]),
        ("Ärger über Œuvre", ["ärger", "über", "œuvre"]),
        ("cafe\u0301 café", ["café", "café"]),
        ("चाय की केतली", ["चाय", "की", "केतली"]),
        ("مرحبا، يا صديقي", ["مرحبا", "يا", "صديقي"]),
        ("дома–сад", ["дома", "сад"]),
        ("차를 마셔요", ["차를", "마셔요"]),
        ("喝茶吗", ["喝茶", "茶吗"]),
        ("お茶 tea", ["お茶", "tea"]),
        ("ชา", ["ชา"]),
        ("🫖🫖 ok\x00done", ["ok", "done"]),
        ("", []),
    ],
)
def test_letters_and_digits_of_any_script_are_tokens(text: str, found: list[str]) -> None:
    assert words(tokenise(pa.array([text], pa.string()))) == found


def test_only_texts_in_scripts_without_spaces_are_marked() -> None:
    tokens = tokenise(pa.array(["kettle", "喝茶", "kettle 茶壶", "चाय", None], pa.string()))

    assert tokens.unspaced.tolist() == [False, True, True, False, False]


def test_a_missing_text_has_no_tokens() -> None:
    assert tokenise(pa.array([None, "the kettle"], pa.string())).sizes.tolist() == [0, 2]


def test_a_slice_of_a_longer_column_has_its_own_tokens_alone() -> None:
    column = pa.array(
        ["Tea for two", "the KETTLE, boils", "Ärger über 茶壶", None, "cups"], pa.large_string()
    )

    tokens = tokenise(column.slice(1, 3))

    assert [words(tokens, text) for text in range(3)] == [
        ["the", "kettle", "boils"],
        ["ärger", "über", "茶壶"],
        [],
    ]
    assert len(tokens.words) == 6


def test_distinct_tokens_stand_once_each_text_apart() -> None:
    tokens = distinct(tokenise(pa.array(["tea tea kettle", "kettle"], pa.string())))

    assert sorted(words(tokens, 0)) == ["kettle", "tea"]
    assert words(tokens, 1) == ["kettle"]


def test_a_word_has_the_same_number_in_every_run() -> None:
    assert hashed(pa.array(["kettle"]))[0] == 0xA903FDC1355AF018
