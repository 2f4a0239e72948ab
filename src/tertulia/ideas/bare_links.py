"""Addresses that stand in a text as they are: a rule for the Markdown parser, so that emphasis never cuts one in two.

Of http and https alone: linkify-it-py would bring two packages, and guesses at `example.org` as well."""

import re
from typing import Final

from markdown_it.rules_inline import StateInline

_BEFORE: Final = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?)$", re.IGNORECASE)
_MAY_HOLD: Final = re.compile(r"""[^\s<>"`\\|^{}\x00-\x20\x7f-\x9f\u202a-\u202e\u2066-\u2069]+""")
_LONGEST: Final = 2000
# A host begins with a letter or a figure of any script.
_HOST: Final = re.compile(r"://[^\W_]")
# What ends a sentence ends no address; nor do the marks of emphasis around it.
_NOT_LAST: Final = ".,:;!?'*_~([…»”’"
_BRACKET: Final = re.compile(r"[()\[\]]")
_CLOSES: Final = {")": "(", "]": "["}


def bare_link(state: StateInline, silent: bool) -> bool:
    """At the colon of an address: the scheme has been read as text and is taken back from it."""
    if state.linkLevel > 0 or not _HOST.match(state.src, state.pos):
        return False
    scheme = _BEFORE.search(state.pending[-6:])
    rest = _ended(state.src, state.pos, state.posMax) if scheme else ""
    if scheme is None or not _HOST.match(rest):
        return False
    address = scheme[1] + rest
    href = state.md.normalizeLink(address)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _ended(text: str, start: int, end: int) -> str:
    """Up to a bracket that closes one from before the address, and without the punctuation at its end. "" where that
    is nowhere near: no address is so long, and each of a great many would be read to the end."""
    found = _MAY_HOLD.match(text, start, min(end, start + _LONGEST))
    rest = found.group() if found else ""
    opened: list[str] = []
    for bracket in _BRACKET.finditer(rest):
        if bracket[0] not in _CLOSES:
            opened.append(bracket[0])
        elif not opened or opened.pop() != _CLOSES[bracket[0]]:
            return rest[: bracket.start()].rstrip(_NOT_LAST)
    return rest.rstrip(_NOT_LAST) if len(rest) < _LONGEST else ""
