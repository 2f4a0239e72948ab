"""What a person wrote, as HTML that can do no harm, and as plain words."""

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from tertulia.ideas.bare_links import bare_link

_TEXT_TAGS: Final = {"p", "a", "em", "strong", "s", "code", "br"}
_BLOCK_TAGS: Final = {"h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "hr"}
TAGS: Final = frozenset(_TEXT_TAGS | _BLOCK_TAGS | {"table", "thead", "tbody", "tr", "th", "td"})
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
REL: Final = "nofollow ugc noopener"

# Quotes and lists open at most this deep (a list counts twice); what is written below stays, as text.
_MOST_LEVELS: Final = 24
_DEEPEST_EMPHASIS: Final = 6
# Brackets looked at as if they began a link or a picture. A text of nothing else took half a minute, in which nobody
# on the site could write; nobody writes so many links, and the words of those beyond stay, as text.
_MOST_BRACKETS: Final = 10_000
_WORDED: Final = frozenset({"text", "text_special", "code_inline"})
_HEADINGS: Final = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
_EMPHASIS: Final = frozenset({"em", "strong", "s"})

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# Controls, and marks that turn the direction of text: with them one sentence reads as another.
_TREACHEROUS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SCHEME: Final = re.compile(r"[^/?#]*:")
_BLOCK_TAG: Final = re.compile(
    r"""</?(?:p|h\d|blockquote|[uo]l|li|pre|br|hr|table|thead|tbody|tr|th|td)\b[^>]*>"""
)
# A whole tag: in the title of a link may stand what looks like one.
TAG: Final = re.compile(r"""<(?:[^>"]|"[^"]*")*>""")
# What somebody shows instead of saying it: others' lines, code, an address written out.
_SHOWN: Final = re.compile(r"<(/?)(?:blockquote|pre|code)\b[^>]*>")
_WRITTEN_OUT: Final = re.compile(r"<a [^>]*>(?:\w+://|www\.)[^<]*</a>")
_QUESTION_MARKS: Final = frozenset("?\uff1f\u061f")


def render(text: str) -> str:
    """Markdown as safe HTML. Headings start at h3, so that the outline of the page around them holds."""
    return "".join(blocks(text))


def blocks(text: str) -> list[str]:
    """The same HTML, one safe string for each top-level block."""
    return list(_blocks(text))


# Words on their way are asked for again and again: before their transaction, in it, and where they are refused.
@lru_cache(maxsize=8)
def _blocks(text: str) -> tuple[str, ...]:
    env: dict[str, object] = {}
    tokens = _MARKDOWN.parse(_SURROGATES.sub("\ufffd", text), env)
    rendered = (_MARKDOWN.renderer.render(part, _MARKDOWN.options, env) for part in _top_level(tokens))
    # The cleaner comes last, whatever happens above it.
    cleaned = (_CLEANER.clean(_TREACHEROUS.sub("", block)) for block in rendered)
    return tuple(block for block in cleaned if block.strip())


def plain(text: str) -> str:
    """The words of a Markdown text on one line, for search and snippets."""
    return plain_of_html(render(text))


def plain_of_html(rendered: str) -> str:
    """The same from HTML that `render` gave: a page of snippets need not parse Markdown again."""
    spaced = _BLOCK_TAG.sub(" ", rendered)
    return " ".join(html.unescape(TAG.sub("", spaced)).split())


def asks(rendered: str) -> bool:
    """Whether a question mark stands in the writer's own words: not in a quoted line, in code or in an address."""
    own, depth, after = [], 0, 0
    for tag in _SHOWN.finditer(rendered):
        if depth == 0:
            own.append(rendered[after : tag.start()])
        depth += -1 if tag[1] else 1
        after = tag.end()
    own.append(rendered[after:])
    return not _QUESTION_MARKS.isdisjoint(plain_of_html(_WRITTEN_OUT.sub(" ", " ".join(own))))


def _markdown() -> MarkdownIt:
    # Rules above bound the nesting without losing a word; the library's own bound would drop what is deeper.
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 60})
    markdown.enable(["table", "strikethrough"])
    # The library is made to be changed this way; its types do not know.
    setattr(markdown, "validateLink", _may_link_to)  # noqa: B010
    both = ["paragraph", "reference", "blockquote"]
    markdown.inline.ruler.after("text", "bare_link", bare_link)
    markdown.block.ruler.at("blockquote", _bounded(blockquote), {"alt": [*both, "list"]})
    markdown.block.ruler.at("list", _bounded(list_block), {"alt": both})
    markdown.inline.ruler.at("link", _few(link))
    markdown.inline.ruler.at("image", _few(image))
    return markdown


def _bounded(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _MOST_LEVELS and rule(state, start, end, silent)

    return bounded


def _few(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def few(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in "[!":
            return False
        state.env["brackets"] = looked_at = state.env.get("brackets", 0) + 1
        return looked_at <= _MOST_BRACKETS and rule(state, silent)

    return few


def _may_link_to(address: str) -> bool:
    """An address without a scheme leads within the site."""
    scheme = _SCHEME.match(address)
    return scheme is None or scheme.group()[:-1].lower() in SCHEMES


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of one block after another, tamed."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.children:
            token.children = list(_shallow(_without_images(token.children)))
        part.append(token)
        depth += token.nesting
        if depth == 0:
            yield part
            part = []


def _without_images(children: list[Token]) -> Iterator[Token]:
    """A picture from elsewhere would tell its server who reads: a link to it is left."""
    in_link = False
    for token in children:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
        if token.type != "image":
            yield token
            continue
        address = str(token.attrs.get("src", ""))
        words = "".join(child.content for child in token.children or () if child.type in _WORDED)
        text = Token("text", "", 0, content=words.strip() or address)
        # A link within a link is no HTML.
        if in_link:
            yield text
        else:
            yield from (
                Token("link_open", "a", 1, attrs={"href": address}),
                text,
                Token("link_close", "a", -1),
            )


def _shallow(children: Iterator[Token]) -> Iterator[Token]:
    """Emphasis within emphasis ten thousand deep is no emphasis, and slow to draw."""
    depth = 0
    for token in children:
        if token.tag not in _EMPHASIS:
            yield token
            continue
        deepest = depth if token.nesting > 0 else depth - 1
        depth += token.nesting
        if deepest < _DEEPEST_EMPHASIS:
            yield token


_MARKDOWN: Final = _markdown()
_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=REL, strip_comments=True
)
