"""The one move that is inferred."""

import pytest

from tertulia.importers.questions import asks, question_in


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
        "Take [Does a helmet help?](https://a.example/q/5), it says all.",
        "See also: We have a blog, who wants to go first?",
        "**Also see:** is this on topic?",
        "Possible duplicate of What is a tyre?",
        "",
    ],
)
def test_what_only_looks_like_a_question_does_not(text: str) -> None:
    assert not asks(text)


def test_the_sentence_that_asks_is_found_among_others() -> None:
    assert question_in("I tried it. Does it hold in winter? I doubt it.") == "Does it hold in winter?"
