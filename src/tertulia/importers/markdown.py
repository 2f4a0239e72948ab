"""Foreign text as the Markdown that Tertulia keeps: raw HTML becomes Markdown, images become links to them."""

import re
from html import unescape
from typing import Any

from bs4.exceptions import ParserRejectedMarkup
from markdownify import ATX, MarkdownConverter

BLOCK_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|~~~|```|=+\s*$|-+\s*$|\d{1,9}[.)](?=\s|$))")
# Every repetition is bounded or cannot overlap itself, so that no text takes longer than its length.
PART = re.compile(
    r"(?P<code>^(?:```|~~~)[\s\S]*?^(?:```|~~~)"
    r"|(?:(?<=\n\n)|\A)(?:(?:[ ]{4}|\t)[^\n]*(?:\n|$))+"
    r"|(?P<tick>`{1,3})[^`\n]+(?P=tick))"
    r"|<pre[^<>]*>\s*<code[^<>]*>(?P<listing>(?:(?!<pre)[\s\S])*?)</code>\s*</pre>"
    r"|\[!\[(?P<linked>[^\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])\](?=[(\[])"
    r"|!\[(?P<image>[^\]\n]{0,500})\](?=[(\[])"
    r"|^(?P<heading>#{1,6})(?=[^#\s])"
    r"|(?P<remark><!--(?:(?!<!--)[\s\S])*?-->)"
    r"|<a(?P<where>\s[^<>]*)>(?P<words>[^<>\[\]\n]{1,500})</a\s*>"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z]{1,10}\d?)(?P<rest>(?:\s[^<>]*)?)/?>",
    re.MULTILINE,
)
ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# What the tags that Markdown writers mix in become; any other tag stays, as words that the writer meant.
TAGS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "code": "`",
    "br": "  \n",
    "hr": "\n\n---\n\n",
    "p": "\n\n",
    "ul": "\n",
    "ol": "\n",
    "blockquote": "\n\n",
}
DROPPED = {"a", "span", "div", "sub", "sup", "kbd", "strike", "s", "del", "small", "font", "center"}


class _Converter(MarkdownConverter):
    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 (markdownify's own)
        """A link: an image on somebody else's server would tell that server who reads."""
        alt = " ".join((el.get("alt") or "image").split())
        source = el.get("src") or ""
        return alt if "a" in parent_tags or not source else f"[{alt}]({source})"

    def convert_kbd(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text


def from_html(html: str) -> str:
    """HTML as Markdown: code, quotes, lists and links stay what they are."""
    converter = _Converter(heading_style=ATX, bullets="-", escape_misc=True)
    try:
        # Within a div: a bare file name or address in place of HTML makes the parser warn.
        text = str(converter.convert(f"<div>{html}</div>"))
    except (RecursionError, ParserRejectedMarkup, AssertionError, ValueError):
        # Nested a thousand deep, or not HTML at all: the words are kept without their form.
        text = unescape(re.sub(r"<[^<>]{0,5000}>", " ", html))
    return re.sub(r"\n{3,}", "\n\n", _lines(text)).strip()


def from_markdown(text: str) -> str:
    """Markdown that may hold HTML, as Markdown that does not."""
    plain = _lines(text)
    tidy = PART.sub(_part, plain)
    if tidy.count("\n\n") > plain.count("\n\n"):
        tidy = re.sub(r"\n{3,}", "\n\n", tidy)
    return "\n".join(line.rstrip() if line.isspace() else line for line in tidy.split("\n")).strip("\n")


def from_one_paragraph(text: str) -> str:
    """Markdown without blocks, as in comments: a line that begins with # or - is not a heading or a list."""
    lines = (BLOCK_START.sub(_escape, line.strip()) for line in _lines(text).split("\n"))
    return "\n".join(lines).replace("![", r"\![").strip()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _escape(start: re.Match[str]) -> str:
    sign = start[2]
    return f"{sign[:-1]}\\{sign[-1]}" if sign[0].isdigit() else f"\\{sign}"


def _part(found: re.Match[str]) -> str:
    """What stands in the place of code, an image, a remark, a link or a tag."""
    match found.lastgroup:
        case "code" | "tick":
            return found[0]
        case "remark":
            return ""
        case "heading":
            # Old posts left the space out, and were headings all the same.
            return found[0] + " "
        case "listing":
            return "\n\n```\n" + unescape(found["listing"]).strip("\n") + "\n```\n\n"
        case "linked" | "image":
            return f"[{found['linked'] or found['image'] or 'image'}]"
        case "words":
            address = _attributes(found["where"]).get("href")
            return f"[{found['words']}]({address})" if address else found["words"]
        case _:
            return _tag(found)


def _tag(found: re.Match[str]) -> str:
    tag = found["tag"].lower()
    if tag == "img":
        image = _attributes(found["rest"])
        return f"[{image.get('alt') or 'image'}]({image['src']})" if "src" in image else ""
    if tag == "li":
        return "" if found["close"] else "\n- "
    return "" if tag in DROPPED else TAGS.get(tag, found[0])


def _attributes(inside: str) -> dict[str, str]:
    return {key: unescape(one or two) for key, one, two in ATTRIBUTE.findall(inside) if one or two}
