"""Foreign text as Markdown."""

import pytest

from tertulia.importers.markdown import from_html, from_markdown, from_one_paragraph


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>one</p>\n\n<p>two</p>\n", "one\n\ntwo"),
        ("<pre><code>a &lt; b\n  c\n</code></pre>", "```\na < b\n  c\n```"),
        ("<p>run <code>x_y</code></p>", "run `x_y`"),
        ("<blockquote><p>said</p></blockquote><p>reply</p>", "> said\n\nreply"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<p><a href="https://example.org/">here</a></p>', "[here](https://example.org/)"),
        (
            '<p><img src="https://example.org/a.png" alt="a wheel"></p>',
            "[a wheel](https://example.org/a.png)",
        ),
        (
            '<a href="https://example.org/"><img src="a.png" alt="a wheel"></a>',
            "[a wheel](https://example.org/)",
        ),
        ("<h2>Head</h2><p>2 * 3 * 4</p>", "## Head\n\n2 \\* 3 \\* 4"),
        ("Posts.xml", "Posts.xml"),
        ("", ""),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\r\n", "a\nb"),
        ("![a wheel](https://example.org/a.png)", "[a wheel](https://example.org/a.png)"),
        ("![a wheel][1]\n\n  [1]: https://example.org", "[a wheel][1]\n\n  [1]: https://example.org"),
        ("[![a wheel][1]][1]", "[a wheel][1]"),
        ("![](a.png)", "[image](a.png)"),
        ("<b>so</b> <em>be</em> it<br/>now", "**so** *be* it  \nnow"),
        (
            'see <a href="https://example.org/?a=1&amp;b=2">this</a>',
            "see [this](https://example.org/?a=1&b=2)",
        ),
        ('<img src="a.png" alt="a wheel">', "[a wheel](a.png)"),
        ("<p>one</p>\n\n<p>two</p>", "one\n\ntwo"),
        ("<pre><code>a &lt; b</code></pre>", "```\na < b\n```"),
        ("<!-- language: lang-py -->\n\n    x = 1", "    x = 1"),
        ("#Head", "# Head"),
        ("a <closest town> b", "a <closest town> b"),
        ("`<b>` stays", "`<b>` stays"),
        ("so:\n\n    <b> stays\n", "so:\n\n    <b> stays"),
        ("```\n<b> ![a](b)\n```", "```\n<b> ![a](b)\n```"),
    ],
)
def test_markdown_with_html_becomes_markdown_without(before: str, after: str) -> None:
    assert from_markdown(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# not a heading", r"\# not a heading"),
        ("- not a list", r"\- not a list"),
        ("1. not a list", r"1\. not a list"),
        ("> not a quote", r"\> not a quote"),
        ("#tyres, *really* and `code`", "#tyres, *really* and `code`"),
        ("-5 degrees", "-5 degrees"),
        ("![a](b)", r"\![a](b)"),
    ],
)
def test_a_comment_has_no_blocks(before: str, after: str) -> None:
    assert from_one_paragraph(before) == after


@pytest.mark.parametrize(
    "piece", ["<!--", "<pre><code>", "![", "[![a](", "`", "``a", "<a href=", "<a>", "    x\n\n", "#"]
)
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    """One that took the square of its length would not end before the test's own limit."""
    assert isinstance(from_markdown(piece * (400_000 // len(piece))), str)
