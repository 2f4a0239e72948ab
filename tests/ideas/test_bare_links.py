"""Addresses that stand in a text as they are become links, and nothing else does."""

import pytest

from tertulia.ideas.markdown import REL, plain, render


def linked(address: str, before: str = "", after: str = "") -> str:
    href = address.replace("&", "&amp;")
    return f'<p>{before}<a href="{href}" rel="{REL}">{href}</a>{after}</p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a/b_c_d?e=1&f=%20#g",
        "https://example.org/~ana/*/a-b",
        "https://example.org/wiki/Bread_(dough)",
        "HTTPS://example.org/Loaf",
    ],
)
def test_an_address_becomes_a_link(address: str) -> None:
    assert render(address) == linked(address)
    assert render(f"See {address} for it.") == linked(address, "See ", " for it.")


@pytest.mark.parametrize("end", [".", ",", ":", ";", "!", "?", "…", ")", "]", "),", "?!", "’", "»."])
def test_what_ends_the_sentence_is_no_part_of_it(end: str) -> None:
    assert render(f"It is at https://example.org/loaf{end}") == linked(
        "https://example.org/loaf", "It is at ", end
    )


def test_brackets_around_an_address_stay_outside_and_those_within_are_balanced() -> None:
    assert render("(see https://example.org/a_(b))") == linked("https://example.org/a_(b)", "(see ", ")")
    assert render("[https://example.org]") == linked("https://example.org", "[", "]")


def test_emphasis_stands_around_an_address_and_never_within_it() -> None:
    assert render("**https://example.org/a_b**") == (
        f'<p><strong><a href="https://example.org/a_b" rel="{REL}">https://example.org/a_b</a></strong></p>\n'
    )
    assert "<em>" not in render("https://example.org/*a*/_b_/c")


@pytest.mark.parametrize(
    "text", ["`https://example.org`", "    https://example.org", "```\nhttps://e.org\n```"]
)
def test_in_code_it_stays_code(text: str) -> None:
    assert "<a" not in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript://example.org",
        "ftp://example.org",
        "file:///etc/passwd",
        "xhttp://example.org",
        "view-source:https",
        "https://",
        "https://.",
        "http:// example.org",
        "https:example.org",
        "www.example.org",
        "ana@example.org",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in render(text)
    assert plain(text) == text


def test_a_link_that_was_written_as_one_holds_no_other() -> None:
    assert render("[https://a.org](https://b.org)") == (
        f'<p><a href="https://b.org" rel="{REL}">https://a.org</a></p>\n'
    )
    assert render("<https://a.org>") == linked("https://a.org")
    assert render("![https://a.org](https://b.org/x.png)").count("<a ") == 1


def test_quotes_and_angles_end_an_address() -> None:
    assert 'href="https://e.org/"' in render('https://e.org/"onclick=x')
    assert 'href="https://e.org/"' in render("https://e.org/<script>")


def test_an_address_longer_than_any_is_left_as_text() -> None:
    assert "<a" not in render("https://example.org/" + "a" * 3000)


def test_a_letter_of_another_script_is_kept_and_shown_as_it_was_typed() -> None:
    assert ">https://example.org/größe</a>" in render("https://example.org/größe")
    assert 'href="https://example.org/gr%C3%B6%C3%9Fe"' in render("https://example.org/größe")


@pytest.mark.parametrize(
    "piece", ["https://", "https://a(", "https://a)", "xhttp://a ", "(https://a", "://", "https://a.org "]
)
def test_a_great_many_come_to_an_end(piece: str) -> None:
    assert render(piece * (200_000 // len(piece))).startswith("<p>")
