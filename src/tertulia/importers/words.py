"""How many words a person wrote, in any script."""

import re
from typing import Final

# Letters of scripts that put no space between words: Han, Kana, Thai, Lao, Burmese, Khmer.
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)

_WORD: Final = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+(?:['\u2019.,-][^\W_{UNSPACED}]+)*")
_UNSPACED_RUN: Final = re.compile(rf"[{UNSPACED}]+")


def word_count(text: str) -> int:
    """How many words a person wrote, before any cleaning."""
    if not _UNSPACED_RUN.search(text):
        return len(_WORD.findall(text))
    # A word of a script without spaces has about two characters.
    return sum((len(word) + 1) // 2 if _UNSPACED_RUN.match(word) else 1 for word in _WORD.findall(text))
