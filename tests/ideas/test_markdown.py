"""What a person wrote becomes HTML that can do no harm, and loses no word."""

import pytest

from tertulia.ideas.markdown import REL, asks, blocks, plain, plain_of_html, render
from tertulia.importers.words import word_count


def test_paragraphs_emphasis_lists_and_quotes_are_rendered() -> None:
    assert render("a *b* **c** ~~d~~") == "<p>a <em>b</em> <strong>c</strong> <s>d</s></p>\n"
    assert render("- a\n- b") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    assert "<blockquote>" in render("> said")


def test_tables_keep_their_cells_and_no_style() -> None:
    rendered = render("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert "<td>2</td>" in rendered
    assert "style" not in rendered


@pytest.mark.parametrize(
    ("text", "heading"),
    [("# A", "h3"), ("## A", "h4"), ("### A", "h5"), ("###### A", "h6"), ("A\n===", "h3")],
)
def test_headings_stand_below_those_of_the_page(text: str, heading: str) -> None:
    assert render(text).strip() == f"<{heading}>A</{heading}>"


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert render("<b onclick=x()>a</b>") == "<p>&lt;b onclick=x()&gt;a&lt;/b&gt;</p>\n"


def test_links_tell_search_engines_nothing() -> None:
    assert render("[a](https://example.org/?a=1&b=2)") == (
        f'<p><a href="https://example.org/?a=1&amp;b=2" rel="{REL}">a</a></p>\n'
    )
    assert f'rel="{REL}"' in render("<https://example.org>")


@pytest.mark.parametrize("address", ["mailto:ana@example.org", "/ideas/3", "#top", "page?at=1:2"])
def test_mail_and_addresses_within_the_site_are_linked(address: str) -> None:
    assert f'href="{address}"' in render(f"[a]({address})")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
    ],
)
@pytest.mark.parametrize("form", ["[a]({})", "![a]({})", "<{}>", "[a][r]\n\n[r]: {}"])
def test_other_schemes_are_never_linked(address: str, form: str) -> None:
    assert "href" not in render(form.format(address))


def test_a_picture_becomes_a_link_with_its_words_or_its_address() -> None:
    link = f'<a href="https://e.org/x.png" rel="{REL}">'
    assert render("![my *loaf*](https://e.org/x.png)") == f"<p>{link}my loaf</a></p>\n"
    assert render("![](https://e.org/x.png)") == f"<p>{link}https://e.org/x.png</a></p>\n"


def test_a_picture_in_a_link_leaves_the_link_alone() -> None:
    assert render("[![loaf](https://e.org/x.png)](https://e.org)") == (
        f'<p><a href="https://e.org" rel="{REL}">loaf</a></p>\n'
    )


def test_marks_that_turn_the_direction_of_text_are_dropped_however_they_are_written() -> None:
    assert render("a\u202eb\u2066c&#8238;d") == "<p>abcd</p>\n"


def test_nul_and_half_characters_do_not_reach_the_database() -> None:
    assert render("a\x00b\ud800c&#0;") == "<p>a\ufffdb\ufffdc\ufffd</p>\n"
    assert "\x01" not in render("a\x01b")


def test_blocks_are_the_top_level_blocks_and_join_to_the_whole() -> None:
    text = "# A\n\none\ntwo\n\n- a\n\n  b\n- c\n\n> d\n\n---\n\n    code\n\n[r]: https://e.org"
    assert [block[:4] for block in blocks(text)] == ["<h3>", "<p>o", "<ul>", "<blo"[:4], "<hr>", "<pre"]
    assert "".join(blocks(text)) == render(text)


def test_a_reference_serves_every_block() -> None:
    assert all("href" in block for block in blocks("[a]\n\n[a]\n\n[a]: https://e.org"))


def test_nothing_gives_nothing() -> None:
    assert blocks("") == blocks(" \n\n") == []
    assert (render(""), plain(""), word_count("")) == ("", "", 0)


HOSTILE = {
    "quotes": ">" * 10_000 + " word",
    "spaced quotes": "> " * 10_000 + "word",
    "lists": "- " * 10_000 + "word",
    "indented lists": "\n".join("  " * depth + "- a" for depth in range(300)) + " word",
    "both": "> - " * 5_000 + "word",
    "emphasis": "*" * 10_000 + "word" + "*" * 10_000,
    "open emphasis": "*a " * 10_000 + "word",
    "mixed emphasis": "*_" * 10_000 + "word",
    "brackets": "[" * 10_000 + "word",
    "pictures": "![" * 10_000 + "word",
    "links": "[a](b" * 5_000 + "word",
    "backticks": " ".join("`" * length for length in range(300)) + " word",
    "table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n| word",
    "tildes": "~~a" * 8_000 + " word",
    "angles": "<" * 20_000 + "word",
    "all the brackets that can be sent": "[" * 199_000 + " word",
    "all the pictures that can be sent": "![[]()" * 33_000 + " word",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_nesting_comes_to_an_end_flat_and_loses_no_word(name: str) -> None:
    rendered = render(HOSTILE[name])
    assert "word" in plain_of_html(rendered)
    assert max(rendered.count(f"<{tag}>") for tag in ("blockquote", "ul")) <= 300
    assert "<em>" * 7 not in rendered
    assert "<strong>" * 7 not in rendered


def test_a_long_list_of_links_stays_one() -> None:
    assert render("[a](https://e.org) " * 3_000).count("<a ") == 3_000


def test_plain_text_has_the_words_as_they_are_read() -> None:
    text = "# Title\n\nOne *two*three & <four>\nfive  \nsix\n\n- a\n- b\n\n[seven](https://e.org) `8 < 9`"
    assert plain(text) == "Title One twothree & <four> five six a b seven 8 < 9"


def test_plain_text_is_not_fooled_by_a_title_with_angles() -> None:
    assert plain('[a](https://e.org "x > y") b') == "a b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At 3,500 metres, don't.", 4),
        ("ninety-six — bread-making!", 2),
        ("*one* **two** `three`", 3),
        ("我喜欢面包。", 3),
        ("パン and rye", 3),
        ("… ! 🍞", 0),
        ("1.5 kg", 2),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, words: int) -> None:
    assert word_count(text) == words


def test_what_looks_like_a_tag_is_one_for_none_stands_in_the_title_of_a_link() -> None:
    rendered = render('[this](https://e.org "<code></a>") Why?')

    assert rendered.count("<") == rendered.count(">") == 4
    assert asks(rendered)
