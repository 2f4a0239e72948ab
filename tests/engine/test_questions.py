"""The one move that is inferred."""

import pytest

from tertulia.engine.questions import asks, question_in


@pytest.mark.parametrize(
    "text",
    [
        "Why would it?",
        "@Ana: does it hold in winter? I doubt it.",
        "I see. Is this so?!",
        "See https://a.example/ now?",
        "A or 4?",
        'Is "the kettle" meant?',
        "هل هذا صحيح؟",
        "本当にそうですか？",
    ],
)
def test_a_sentence_that_ends_in_a_question_mark_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "ok so what do you think",
        "should we turn it over",
        "@Bo are you there",
        "any thoughts",
        "how about the kettle",
        "Warum steht das hier",
        "pourquoi pas",
        "你同意吗",
    ],
)
def test_a_sentence_without_a_mark_asks_if_it_opens_or_ends_as_questions_do(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "I think so.",
        "agreed",
        "which means that it holds",
        "Why it holds is another matter.",
        "what I meant is this",
        "we should turn it over",
        "???",
        "@Ana?",
        "See https://a.example/?q=what+is+it for more.",
        "Use `what is it?` there.",
        "```\nwhat is it?\n```",
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


@pytest.mark.parametrize(
    "text", ["> It holds.\nWhy is that?", "On Monday Bo wrote:\n> It holds.\n> Always.\n\nWhy is that?"]
)
def test_what_is_asked_after_quoted_lines_is_ones_own(text: str) -> None:
    assert question_in(text) == "Why is that?"


def test_the_sentence_that_asks_is_found_among_others() -> None:
    assert question_in("I tried it. Does it hold in winter? I doubt it.") == "Does it hold in winter?"


@pytest.mark.parametrize(
    "asked",
    [
        "Does this fit on bicycles.stackexchange?",
        "I read ([the rule](https://example.org/a?b=1)) but has there ever been a vote?",
        "How do you define `active`, and what metrics are you using?",
    ],
)
def test_a_question_is_quoted_whole(asked: str) -> None:
    assert question_in(f"So far so good. {asked} I doubt it.") == asked


def test_a_very_long_text_is_read_in_time() -> None:
    assert not asks("so " * 100_000)
    assert asks("so " * 100_000 + "?")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Read it (pictures, all you know, ...) but has there been a consensus?",
            "but has there been a consensus?",
        ),
        ("It rose. (Why so slowly?) It was cold.", "(Why so slowly?"),
        ("Caliente. ¿Por qué sube?", "¿Por qué sube?"),
    ],
)
def test_a_question_begins_at_its_first_word(text: str, question: str) -> None:
    assert question_in(text) == question
