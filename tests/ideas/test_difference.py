"""What a reader sees of a change: the exchanges of the demo, and the corners."""

import random
import re

import pytest

from tertulia.ideas.difference import Passage, compare
from tertulia.ideas.markdown import blocks


def between(old: str, new: str) -> list[Passage]:
    return compare(blocks(old), blocks(new))


def shown(old: str, new: str) -> list[str]:
    return [passage.difference.strip() for passage in between(old, new)]


KETTLE_1 = (
    "At 3,500 metres my guests eat bread with a crust like roof slate. Bake until the middle reaches ninety-six "
    "degrees, however long it takes. It is the price of living up here."
)
KETTLE_2 = (
    "At 3,500 metres my guests ate bread with a crust like roof slate for eleven years. Boil your kettle and measure "
    "it: that is your hundred. Bake until the middle is three degrees under, and stop. There is no price."
)
PROOF_1 = (
    "The cure was half the yeast. Let the dough rise for ninety minutes, then shape it at once. Bake hotter."
)
PROOF_2 = (
    "The cure was half the yeast. Let the dough rise until it has grown by half, whatever the clock says, then shape "
    "it at once. Mark the jar. Bake hotter."
)


def test_ask_your_kettle_reads_as_in_the_demo() -> None:
    (difference,) = shown(KETTLE_1, KETTLE_2)
    assert difference == (
        "<p>At 3,500 metres my guests <del>eat </del><ins>ate</ins> bread with a crust like roof slate "
        "<ins>for eleven years</ins>. <del>Bake until the middle reaches ninety-six degrees, however long it takes. "
        "It is the price of living up here. </del><ins>Boil your kettle and measure it: that is your hundred. Bake "
        "until the middle is three degrees under, and stop. There is no price.</ins></p>"
    )


def test_proof_by_volume_reads_as_in_the_demo() -> None:
    (difference,) = shown(PROOF_1, PROOF_2)
    assert difference == (
        "<p>The cure was half the yeast. Let the dough rise <del>for ninety minutes </del><ins>until it has grown by "
        "half, whatever the clock says</ins>, then shape it at once. <ins>Mark the jar.</ins> Bake hotter.</p>"
    )


def test_an_aside_is_one_insertion() -> None:
    new = KETTLE_2.replace("under,", "under (rye, one),")
    assert "under <ins>(rye, one)</ins>, and stop" in shown(KETTLE_2, new)[0]


def test_the_new_words_are_marked_and_told() -> None:
    (passage,) = between("Bake it **long**.", "Bake it **very long**.")
    assert passage.marked == '<p>Bake it <strong><span class="changed">very</span> long</strong>.</p>\n'
    assert (passage.clean, passage.changed, passage.inserted) == (
        "<p>Bake it <strong>very long</strong>.</p>\n", True, "very"
    )  # fmt: skip


def test_what_did_not_change_is_left_alone() -> None:
    (passage,) = between("One *two*.", "One *two*.")
    assert passage == Passage(passage.clean, passage.clean, passage.clean, False, 0, "")


def test_new_markup_alone_is_no_change() -> None:
    (passage,) = between("Bake it long.", "Bake it **long**.")
    assert not passage.changed


def test_a_paragraph_cut_in_two_is_no_change_and_both_come_from_it() -> None:
    first, second = KETTLE_2.split(" Boil")
    passages = between(KETTLE_2, f"{first}\n\nBoil{second}")
    assert [(passage.changed, passage.came_from) for passage in passages] == [(False, 0), (False, 0)]


def test_a_changed_mark_goes_with_its_word() -> None:
    assert shown("Bake until done, then rest it well.", "Bake until done; then rest it well.") == [
        "<p>Bake until <del>done, </del><ins>done;</ins> then rest it well.</p>"
    ]


def test_a_new_sentence_is_inserted_whole() -> None:
    assert shown("Keep it cold. Then bake it.", "Keep it cold. Keep it dry. Then bake it.") == [
        "<p>Keep it cold. <ins>Keep it dry.</ins> Then bake it.</p>"
    ]


def test_a_dropped_sentence_is_struck_whole() -> None:
    assert shown("Keep it cold. Keep it dry. Then bake it.", "Keep it cold. Then bake it.") == [
        "<p>Keep it cold. <del>Keep it dry. </del>Then bake it.</p>"
    ]


def test_choppy_changes_are_joined() -> None:
    old = "We went slowly to the old mill by the river and came home."
    new = "We ran fast to a new mill by the river and came home."
    (difference,) = shown(old, new)
    assert difference.startswith(
        "<p>We <del>went slowly to the old </del><ins>ran fast to a new</ins> mill by the river"
    )


def test_a_dropped_paragraph_is_struck_at_the_one_before_it() -> None:
    assert shown(
        "First stays here.\n\nSecond goes away.\n\nThird stays.", "First stays here.\n\nThird stays."
    ) == [
        "<p>First stays here.<del> Second goes away.</del></p>",
        "<p>Third stays.</p>",
    ]


def test_a_dropped_first_paragraph_is_struck_at_the_next() -> None:
    assert shown("First goes.\n\nSecond stays here.", "Second stays here.") == [
        "<p><del>First goes. </del>Second stays here.</p>"
    ]


def test_a_replaced_paragraph_pairs_with_the_new_one() -> None:
    passages = shown(
        "Same here.\n\nOld words gone.\n\nSame there.", "Same here.\n\nFresh text arrived.\n\nSame there."
    )
    assert passages[1] == "<p><del>Old words gone. </del><ins>Fresh text arrived.</ins></p>"


def test_a_block_without_words_holds_what_went() -> None:
    (passage,) = between("All of it.", "---")
    assert passage.difference == "<hr>\n<del> All of it.</del>"


def test_nothing_before_and_nothing_after() -> None:
    assert shown("", "New text.") == ["<p><ins>New text.</ins></p>"]
    assert between("Old text.", "") == []


def test_struck_words_stay_escaped_and_lose_their_tags() -> None:
    (difference,) = shown("Keep `<b>` & **this** apart now.", "Keep apart now.")
    assert difference == "<p>Keep <del>&lt;b&gt; &amp; this </del>apart now.</p>"


def test_letters_of_scripts_without_spaces_are_compared_one_by_one() -> None:
    assert shown("我喜欢吃面包。", "我不喜欢吃面包。") == ["<p>我<ins>不</ins>喜欢吃面包。</p>"]


def test_insertions_stay_within_their_tags() -> None:
    (difference,) = shown(
        "- one loaf\n- two loaves", "- one loaf\n- *rye* [bread](https://e.org) today\n- two loaves"
    )
    assert (
        '<li><em><ins>rye</ins></em> <a href="https://e.org" rel="nofollow ugc noopener"><ins>bread</ins></a>'
        in difference
    )


def test_passages_know_where_they_came_from_after_a_move() -> None:
    old = "Kettles boil at eighty-eight degrees.\n\nRye wants another day of rest."
    new = "A wholly fresh opening paragraph.\n\nRye wants another day of long rest.\n\nKettles boil at ninety degrees."
    assert [passage.came_from for passage in between(old, new)] == [None, 1, 0]


def five_thousand(seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - the same words each time
    return [
        chance.choice(["the", "of", f"word{chance.randrange(900)}", f"end{chance.randrange(90)}."])
        for _ in range(5000)
    ]


def text_of(words: list[str], paragraphs: int) -> str:
    size = len(words) // paragraphs
    return "\n\n".join(" ".join(words[at : at + size]) for at in range(0, len(words), size))


def shuffled(words: list[str]) -> list[str]:
    return random.Random(3).sample(words, len(words))  # noqa: S311 - the same order each time


LARGE = {
    "everything changed": (
        text_of(five_thousand(1), 50),
        text_of([f"x{word}" for word in five_thousand(2)], 50),
    ),
    "another text": (text_of(five_thousand(1), 50), text_of(five_thousand(2), 50)),
    "one giant paragraph": (text_of(five_thousand(1), 1), text_of(five_thousand(2), 1)),
    "shuffled": (text_of(five_thousand(1), 1), text_of(shuffled(five_thousand(1)), 1)),
    "one word": ("a " * 5000, "a b " * 2500),
    "many paragraphs": (text_of(five_thousand(1), 500), text_of(five_thousand(2), 500)),
}


@pytest.mark.parametrize("name", LARGE)
def test_no_word_of_a_large_version_is_lost_in_its_difference(name: str) -> None:
    """How long it takes stands in the bench: `python -m bench --only version`."""
    old, new = (blocks(text) for text in LARGE[name])

    passages = compare(old, new)

    said = [re.sub(r"<del>.*?</del>|<[^>]+>|\s", "", passage.difference) for passage in passages]
    assert said == [re.sub(r"<[^>]+>|\s", "", block) for block in new]


def test_versions_too_large_for_a_table_are_compared_at_their_ends() -> None:
    (passage,) = between(
        "Start here. " + "a " * 21_000 + ". The end.", "Start here. " + "b " * 21_000 + ". The end."
    )
    assert passage.difference.startswith("<p>Start here. <del>a a")
    assert passage.difference.endswith("</ins> The end.</p>\n")


def test_a_block_that_stands_as_it_was_gives_its_notes_to_no_other() -> None:
    old = ["<p>Bake hotter for the first ten minutes than the book says.</p>"]

    passages = compare(old, [*old, "<p>Hotter first: the loaf opens before it sets.</p>"])

    assert [passage.came_from for passage in passages] == [0, None]


def test_many_equal_paragraphs_are_compared_side_by_side() -> None:
    """One by one with one by one they took minutes, while nobody on the site could write."""
    many = ["<p>so</p>\n"] * 20_000
    passages = compare(many, [*many, "<p>and so on</p>\n"])
    assert [passage.came_from for passage in passages[:3]] == [0, 1, 2]
