"""The forms of English words that are too short to go by their stem."""

import re
from typing import Final

# Two letters and an ending: use, ties, aging, going. Not bees or seed, which are no forms of be and see.
_SHORT: Final = re.compile(r"([aeiouy][a-df-z]|[a-z][aiouy])(e|es|ed|ing)")


def forms_of_short(word: str) -> list[str]:
    """Other words that say the same as this one: use, uses, used and using for each of them."""
    forms = [word[:-1]] if word.endswith("s") else []
    if short := _SHORT.fullmatch(word):
        stem, ending = short.groups()
        forms += [stem + other for other in ("e", "es", "ed", "ing")]
        if ending == "ing" and stem[-1] in "aiouy":
            # Going is said of go; but aging never of ag.
            forms.append(stem)
    return forms
