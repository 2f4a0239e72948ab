"""Whom a comment's leading @name means, by the site's own rule: three letters of a name are enough, spaces are not."""

import re
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

LEADING = re.compile(r"@(\w[\w\-'.]*)")
FEWEST_LETTERS = 3


def leading_name(text: str) -> str | None:
    """The word after a leading @."""
    found = LEADING.match(text)
    return found[1].rstrip(".'-").casefold() if found else None


def _written(name: str) -> str:
    return re.sub(r"\s", "", name).casefold()


def meant(text: str, candidates: Iterable[tuple[T, str]]) -> T | None:
    """The first candidate whose name begins as the text does; one whose whole name is there goes before."""
    word = leading_name(text)
    if word is None or len(word) < FEWEST_LETTERS:
        return None
    whole = _written(text[1:101])
    first: T | None = None
    for candidate, name in candidates:
        written = _written(name)
        if not written.startswith(word):
            continue
        if whole.startswith(written):
            return candidate
        first = candidate if first is None else first
    return first
