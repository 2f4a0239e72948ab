"""What somebody wrote in their own words: without quotes, code, addresses, signatures and mentions.

Every pattern is read by RE2, so that no text, however long or odd, takes more than linear time.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

# Its type stubs know fewer kinds of arrays than the library does.
pc: Any = compute

# A text is only searched for a pattern if it holds one of the pattern's marks, which most texts do not.
_NOT_OWN_WORDS: Final = (
    # Everything below the mark "-- " on a line of its own (RFC 3676, 4.3).
    (("\n-- \n", "\n-- \r"), r"(?s)\n-- \r?\n.*\z"),
    (("```", "~~~"), r"(?s)```.*?(?:```|\z)|~~~.*?(?:~~~|\z)"),
    # A block of code in Markdown: indented lines after an empty one.
    (("\n    ", "\n\t"), r"(?:\A|\n)[ \t]*\n(?:(?: {4}|\t)[^\n]*(?:\n|\z))+"),
    (("`",), r"`[^`]*`"),
    ((">",), r"(?m)^[ \t]{0,3}>[^\n]*$"),
    # The address of a Markdown link or picture; its words stay.
    (("](",), r"\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)"),
    (("://", "www."), r"(?i)\b(?:[a-z][a-z0-9+.-]{1,12}://|www\.)[^\s<>\])]+"),
    (("@",), r"@[\pL\pN_.-]+"),
)


# A letter of each mark but "www.": a text without any of them is its writer's own, as it is.
_SUSPECT: Final = np.isin(np.arange(256), [ord(letter) for letter in "\n`~>]:@"])


def own_words(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    """The texts without what is not their writer's own words; each such piece becomes a line break.

    Left out: quoted lines, code (fenced, indented, inline), addresses of the web, mentions by @, and what stands
    below a signature's mark. A sentence in quotation marks stays: it may be irony, a title or a stress. Runs copied
    from what is answered are not seen here but by `contexts.copied`.
    """
    suspect = pa.array(_suspect(texts))
    if not pc.any(suspect).as_py():
        return texts
    some = texts.filter(suspect)
    for marks, pattern in _NOT_OWN_WORDS:
        marked = pc.match_substring(some, marks[0])
        for mark in marks[1:]:
            marked = pc.or_(marked, pc.match_substring(some, mark))
        if pc.any(marked).as_py():
            cleaned = pc.replace_substring_regex(some.filter(marked), pattern, "\n")
            some = pc.replace_with_mask(some, marked, cleaned)
    cleaned_texts: pa.Array[Any] = pc.replace_with_mask(texts, suspect, some)
    return cleaned_texts


def _suspect(texts: Any) -> NDArray[np.bool_]:
    """Which texts hold a letter without which none of the patterns fits: most hold none."""
    _, offsets, letters = texts.cast(pa.large_string()).buffers()
    suspect = np.zeros(len(texts), np.bool_)
    if letters is not None:
        starts = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        at = np.flatnonzero(_SUSPECT[np.frombuffer(letters, np.uint8)[starts[0] : starts[-1]]])
        text = np.searchsorted(starts, at + starts[0], side="right") - 1
        suspect[text] = True
    addressed: NDArray[np.bool_] = pc.fill_null(pc.match_substring(texts, "www."), False).to_numpy(
        zero_copy_only=False
    )
    return suspect | addressed
