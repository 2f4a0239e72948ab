"""What somebody wrote in their own words: without quotes, code, addresses, signatures and mentions.

Every pattern is read by RE2, so that no text, however long or odd, takes more than linear time.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

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


def own_words(texts: pa.StringArray | pa.LargeStringArray) -> pa.Array:
    """The texts without what is not their writer's own words; each such piece becomes a line break.

    Left out: quoted lines, code (fenced, indented, inline), addresses of the web, mentions by @, and what stands
    below a signature's mark. A sentence in quotation marks stays: it may be irony, a title or a stress. Runs copied
    from what is answered are not seen here but by `contexts.copied`.
    """
    for marks, pattern in _NOT_OWN_WORDS:
        marked = pc.match_substring(texts, marks[0])
        for mark in marks[1:]:
            marked = pc.or_(marked, pc.match_substring(texts, mark))
        if pc.any(marked).as_py():
            cleaned = pc.replace_substring_regex(texts.filter(marked), pattern, "\n")
            texts = pc.replace_with_mask(texts, marked, cleaned)
    return texts
