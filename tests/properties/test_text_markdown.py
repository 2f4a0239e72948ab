"""Whatever a person writes, nothing active comes out."""

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from tertulia.ideas.markdown import ATTRIBUTES, REL, SCHEMES, TAGS, blocks, plain, render
from tertulia.importers.words import word_count

PIECES = st.sampled_from(
    [
        "<script>",
        "</p>",
        "<img src=x onerror=a>",
        "javascript:a",
        "[a](",
        ")",
        "![",
        "](",
        "data:text/html,a",
        "&#106;",
        "&colon;",
        "\x00",
        "\u202e",
        "`",
        "```\n",
        "> ",
        "- ",
        "# ",
        "\n",
        "\n\n",
        "*",
        "_",
        "~~",
        "|",
        "|-|\n",
        '"',
        "'",
        "<a href=",
        "https://e.org",
        "http://",
        "://",
        "(https://e.org/(a",
        "https://javascript:a@e.org",
        "[r]: ",
        "[r]",
        "\\",
        "<!--",
        "-->",
        "1. ",
        "    ",
        "\t",
        "onclick=",
        "\ud800",
    ]
)
WRITTEN = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join) | st.text(max_size=200)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        if tag not in ("br", "hr"):
            self.open.append(tag)
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
            if name == "rel":
                assert value == REL
            if name == "href":
                scheme = re.match(r"\s*([^/?#]*):", value or "")
                assert scheme is None or scheme.group(1).lower() in SCHEMES

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


@given(WRITTEN)
@example("[a](java\nscript:x)")
@example("![a](javascript:x)")
@example("http://javascript:x")
@example('https://e.org/"onclick=x')
@example("[https://e.org](https://e.org)")
def test_nothing_active_survives(text: str) -> None:
    reader = Reader()
    reader.feed(render(text))
    reader.close()
    assert reader.open == []


@given(WRITTEN)
def test_blocks_join_to_the_whole(text: str) -> None:
    assert "".join(blocks(text)) == render(text)


@given(WRITTEN)
def test_nothing_that_misleads_or_breaks_a_database_survives(text: str) -> None:
    for written in (render(text), plain(text)):
        assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written)


@given(WRITTEN)
def test_words_can_always_be_counted(text: str) -> None:
    assert 0 <= word_count(text) <= len(text)
