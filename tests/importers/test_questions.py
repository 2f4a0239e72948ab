"""The one move that is inferred."""

import pytest

from tertulia.importers.questions import asks


@pytest.mark.parametrize(
    "text",
    [
        "Why would it?",
        "@Ana: does it hold in winter? I doubt it.",
        "I see. Is this so?!",
        "See https://a.example/ now?",
    ],
)
def test_a_sentence_that_ends_in_a_question_mark_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "I think so.",
        "???",
        "@Ana?",
        "See https://a.example/?q=what+is+it for more.",
        "Use `what is it?` there.",
        'You said "is it so?" and I agree.',
        "> is it so?\nYes.",
        "",
    ],
)
def test_what_only_looks_like_a_question_does_not(text: str) -> None:
    assert not asks(text)
