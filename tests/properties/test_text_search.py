"""Whatever a person types into the search, it neither breaks nor finds what is not visible."""

import pytest
from django.apps import apps
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tertulia.ideas import search
from tertulia.ideas.models import Idea, Reply, Searchable

TYPED = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [
            "rye",
            "secret",
            '"',
            "'",
            "*",
            "NEAR(",
            ")",
            "OR",
            "AND",
            "NOT",
            "-",
            ":",
            "title:",
            "^",
            "\\",
            "\x00",
            "%s",
            "%",
            "{ideas}",
            "é",
            "面包",
            "😀",
            "the",
            ":*",
            "&",
            "|",
            "!",
            "<->",
            "\ud800",
            "ﬁ",
            "1e5",
            "\u0e33",
        ]
    ),
    max_size=15,
).map(" ".join)


@pytest.fixture
def ideas(db: object) -> tuple[Idea, Idea]:
    person = apps.get_model("people", "Person").objects.create(name="Ana")
    space = apps.get_model("spaces", "Space").objects.create(name="Bread", slug="bread", keeper=person)
    made = []
    for act, title in enumerate(["Open", "Hidden"]):
        idea = Idea.objects.create(space=space, author=person, title=title, text="rye", act=act)
        reply = Reply.objects.create(
            idea=idea, author=person, text="", html="", number=1, path="1", act=act + 9
        )
        words = "rye secret bread kettle é e 面包 1 the a"
        Searchable.objects.create(idea=idea, title=search.fold(title), words=search.fold(words))
        Searchable.objects.create(idea=idea, reply=reply, words=search.fold(words))
        made.append(idea)
    return made[0], made[1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=TYPED)
@example(typed="secret")
def test_no_string_raises_or_finds_what_is_hidden(ideas: tuple[Idea, Idea], typed: str) -> None:
    visible, _ = ideas
    hits = search.find(Idea.objects.filter(pk=visible.pk), typed, limit=10)
    assert {hit.idea_id for hit in hits} <= {visible.pk}
    if search.match(typed) in {("secret",), ("rye",)}:
        assert len(hits) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(word=st.text("aeioustringlyd", min_size=2, max_size=12), cut=st.integers(0, 10))
@example(word="ines", cut=0)
@example(word="running", cut=2)
def test_every_beginning_of_a_word_finds_it_and_not_what_begins_otherwise(
    ideas: tuple[Idea, Idea], word: str, cut: int
) -> None:
    visible, _ = ideas
    typed = word[: max(2, len(word) - cut)]
    words = Searchable.objects.filter(idea=visible, reply=None)

    words.update(words=word)
    found = _found(visible, typed)
    # A beginning less, and nothing that English puts at the end of a word.
    words.update(words=f"{typed[:-1]}zz{word}zz")

    assert (found, _found(visible, typed)) == (True, False)


def _found(idea: Idea, typed: str) -> bool:
    hits = search.find(Idea.objects.filter(pk=idea.pk), typed, limit=10)
    return any(hit.reply_id is None for hit in hits)


@given(st.text(max_size=200), TYPED)
def test_a_snippet_of_a_short_text_is_that_text(text: str, typed: str) -> None:
    assert "".join(piece for piece, _ in search.snippet(text, typed)) == text


@given(st.text(max_size=60))
def test_what_is_folded_has_only_letters_digits_and_single_spaces(text: str) -> None:
    folded = search.fold(text)
    assert folded == " ".join(folded.split())
    assert not set(folded) & set("\"'*:()&|!<>\\-^\x00")
