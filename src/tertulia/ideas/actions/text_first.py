"""A text is worked on before its transaction begins: on SQLite nobody else on the site can write while one is open, and
the longest text that can be sent takes seconds."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from tertulia.ideas import markdown
from tertulia.ideas.policies import LONGEST_TEXT
from tertulia.people.words import long_text

P = ParamSpec("P")
T = TypeVar("T")


def text_first(act: Callable[P, T]) -> Callable[P, T]:
    """`transaction.atomic`, for an action that takes a `text`."""
    at_once = transaction.atomic(act)

    @wraps(act)
    def begin(*args: P.args, **kwargs: P.kwargs) -> T:
        text = long_text(str(kwargs.get("text", "")))
        if len(text) <= LONGEST_TEXT:
            # Remembered: the action asks for it again.
            markdown.blocks(text)
        return at_once(*args, **kwargs)

    return begin
