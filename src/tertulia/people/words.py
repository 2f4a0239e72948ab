"""Words as people send them, made fit to be kept and shown: the one seam that every action passes them through.

PostgreSQL holds no NUL; controls show nothing; and marks that turn the direction of text make one line read as
another, and the line beside it too."""

import re
from typing import Final

# Overrides, embeddings and isolates. The plain marks U+200E and U+200F turn nothing, and stay.
_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
# Controls that are no white space: that folds into one space, or is a line's end.
_UNSEEN: Final = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_TURNING}]")
_UNSEEN_IN_LINES: Final = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_TURNING}]")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85]")
# Halves of letters: no database and no page can hold them.
_HALVES: Final = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """A name, a title, a sentence: one line without edges."""
    return " ".join(_HALVES.sub("\ufffd", _UNSEEN.sub("", text)).split())


def long_text(text: str) -> str:
    """A text of many lines, its white space as it was written."""
    return _HALVES.sub("\ufffd", _UNSEEN_IN_LINES.sub("", _LINE_ENDS.sub("\n", text)))
