"""Between any two versions: nothing is lost, nothing is invented, and nothing is badly nested."""

import re

import nh3
from hypothesis import given
from hypothesis import strategies as st

from tertulia.ideas.alignment import read
from tertulia.ideas.difference import compare
from tertulia.ideas.markdown import ATTRIBUTES, REL, SCHEMES, TAGS, blocks

WORDS = st.sampled_from(
    [
        "the",
        "of",
        "bread",
        "kettle.",
        "rye,",
        "*rye*",
        "**bread",
        "it**",
        "(one)",
        "“so”",
        "&",
        "&lt;",
        "<b>",
        "`x < y`",
        "面包",
        "—",
        "don't",
        "\n\n",
        "\n- ",
        "\n\n> ",
        "\n# ",
        "\n\n---\n\n",
        '[a](https://e.org "x > y")',
        "!",
        "...",
    ]
)
SENTENCES = st.sampled_from(
    ["Boil the kettle and measure it.", "Bake until the middle is done.", "There is no price at all.\n\n"]
)
VERSION = st.lists(WORDS | SENTENCES | st.text(max_size=5), max_size=25).map(" ".join).map(blocks)


def cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS) | {"ins", "del", "span"},
        attributes={**ATTRIBUTES, "span": {"class"}},
        url_schemes=set(SCHEMES),
        link_rel=REL,
    )


@given(VERSION, VERSION)
def test_without_what_went_a_difference_is_the_new_version_exactly(old: list[str], new: list[str]) -> None:
    for block, passage in zip(new, compare(old, new), strict=True):
        kept = re.sub(r"<del>[^<]*</del>", "", passage.difference)
        assert re.sub(r"</?ins>", "", kept) == passage.clean == block
        assert re.sub(r'<span class="changed">|</span>', "", passage.marked) == block
        assert passage.changed == (passage.difference != block)


@given(VERSION, VERSION.filter(bool))
def test_without_what_came_a_difference_says_the_old_version_in_order(old: list[str], new: list[str]) -> None:
    differences = "".join(passage.difference for passage in compare(old, new))
    left = re.sub(r"<ins>[^<]*</ins>", " ", differences)
    # A word may be cut where tags were: compared as letters.
    assert "".join(read([left]).words) == "".join(read(old).words)


@given(VERSION, VERSION)
def test_differences_are_clean_and_well_nested(old: list[str], new: list[str]) -> None:
    for passage in compare(old, new):
        assert cleaned(passage.difference) == passage.difference
        assert cleaned(passage.marked) == passage.marked


@given(VERSION, VERSION)
def test_a_passage_comes_from_a_block_that_was_there(old: list[str], new: list[str]) -> None:
    assert all(passage.came_from is None or passage.came_from < len(old) for passage in compare(old, new))


@given(VERSION)
def test_a_version_does_not_differ_from_itself(version: list[str]) -> None:
    passages = compare(version, version)
    assert not any(passage.changed or passage.inserted for passage in passages)
