"""Conversations as those see them who code: no names, no source, no figures, and only so much of each."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from validity.coding.histories import History

MINUTE_US: Final = 60_000_000
UNITS: Final = (("day", 24 * 60), ("hour", 60), ("minute", 1))
SOMEBODY: Final = "[name]"
# Shorter names are also words, or parts of them: they are taken out only where they are plainly addressed.
SHORTEST_NAME: Final = 4
IMAGE_OR_LINK: Final = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
ADDRESS: Final = re.compile(
    r"<?(?:https?://|www\.)[^\s>)\]]*[^\s>)\].,;:!?]>?|\b[\w.-]+\.(?:com|org|net|edu)\b(?:/[^\s>)\]]*[^\s>)\].,;:!?])?"
)
MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What stands after a name that was taken out, with a capital.
SURNAME: Final = re.compile(rf"({re.escape(SOMEBODY)}) [A-Z][a-z]+\b")
WORD: Final = re.compile(r"(?<!@)\b[^\W\d_]{2,}")
SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a conversation is shown: so many contributions from its start, so many words of each."""

    contributions: int
    words: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A conversation as text, and whether it goes on after what is shown."""

    text: str
    shown: tuple[int, ...]
    is_cut: bool


def letters(count: int) -> list[str]:
    """A, B, … Z, AA, AB, …"""
    alphabet = [chr(ord("A") + number) for number in range(26)]
    return (alphabet + [first + second for first in alphabet for second in alphabet])[:count]


def in_order(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """A letter for each speaker, in the order in which they first speak."""
    speakers = list(dict.fromkeys(row["actor"] for row in rows))
    return dict(zip(speakers, letters(len(speakers)), strict=True))


class Names:
    """Takes the names of a history out of its texts: a speaker's becomes their letter, anybody else's `[name]`.

    `words`: what is written small elsewhere. A name that is such a word is taken out only where it is addressed.
    """

    def __init__(self, names: Mapping[str, str], words: Collection[str] = ()) -> None:
        self.spellings: dict[str, str] = {}
        for key, name in names.items():
            for spelling in _spellings(name):
                self.spellings.setdefault(spelling.lower(), key)
        every = sorted(self.spellings, key=lambda spelling: (-len(spelling), spelling))
        anywhere = _any_of(name for name in every if len(name) >= SHORTEST_NAME and name not in words)
        as_written = {
            name for name in names.values() if 1 < len(name) < SHORTEST_NAME and name.lower() not in words
        }
        # A tail of _ or digits is how one person's nick is told from their other one.
        self.found = re.compile(
            rf"(?<![\w@])@(?P<at>{_any_of(every)}|\w[\w-]+)|(?:^|(?<=\n))(?P<called>{_any_of(every)})(?=[:,]\s)"
            rf"|(?<!\w)(?P<anywhere>{anywhere})(?:[_`|]+\d*)?(?!\w)"
            rf"|(?-i:(?<!\w)(?P<short>{_any_of(sorted(as_written))})(?!\w))",
            re.IGNORECASE,
        )

    def out_of(self, text: str, speakers: Mapping[str, str]) -> str:
        def instead(match: re.Match[str]) -> str:
            written = match["at"] or match["called"] or match["anywhere"] or match["short"]
            key = self.spellings.get(written.lower()) or self._beginning(written.lower(), speakers)
            return speakers.get(key or "", SOMEBODY)

        return SURNAME.sub(r"\1", self.found.sub(instead, text))

    def _beginning(self, written: str, speakers: Mapping[str, str]) -> str | None:
        """The one speaker whose name begins so: people are called by a part of their names."""
        begin = {key for name, key in self.spellings.items() if key in speakers and name.startswith(written)}
        return begin.pop() if len(begin) == 1 else None


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in names) or "(?!)"


def _spellings(name: str) -> list[str]:
    parts = name.split()
    spellings = [name, "".join(parts)]
    if len(parts) > 1 and len(parts[0]) >= SHORTEST_NAME:
        spellings.append(parts[0])
    return [spelling for spelling in spellings if len(spelling) > 1]


def small_words(texts: Iterable[str]) -> set[str]:
    """What is written small in these texts, without @, at least as often as with a capital."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in WORD.findall(text):
            low = word.lower()
            counts[low] = counts.get(low, 0) + (1 if word == low else -1)
    return {word for word, count in counts.items() if count >= 0}


def plain(text: str) -> str:
    """Without addresses, which would tell the source."""
    text = IMAGE_OR_LINK.sub(lambda match: match[1] or "[picture]", text)
    return ADDRESS.sub("[link]", MAIL.sub("[mail]", text))


def first_words(text: str, most: int) -> str:
    """At most so many words, on one line; `[…]` where there were more."""
    words = SPACES.split(text.strip())
    return " ".join(words[:most]) + (" […]" if len(words) > most else "")


def offset(us: int) -> str:
    """A time since the beginning, in its largest whole unit: `3 days`."""
    minutes = us // MINUTE_US
    for unit, length in UNITS:
        if minutes >= length:
            count = minutes // length
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "at once"


def sheet(
    rows: Sequence[Mapping[str, Any]],
    history: History,
    names: Names,
    cut: Cut,
    speakers: Mapping[str, str] | None = None,
) -> Sheet:
    """A conversation, a line a contribution: its number, who, how long after the first, and what it stands under.

    In a chat nothing stands under anything, except as the words say it.
    """
    who = speakers or in_order(rows)
    shown = rows[: cut.contributions]
    numbers = {row["act"]: number for number, row in enumerate(shown, 1)}
    lines = []
    for row in shown:
        number = numbers[row["act"]]
        head = f"#{number} {who[row['actor']]}"
        if number > 1:
            head += f" ({offset(row['t'] - rows[0]['t'])})"
        under = numbers.get(row["parent"]) if not history.chat else None
        head += f" under #{under}" if under else ""
        lines.append(f"{head}: {words_of(row, history, names, cut, who)}")
    return Sheet("\n".join(lines), tuple(numbers), len(rows) > len(shown))


def words_of(row: Mapping[str, Any], history: History, names: Names, cut: Cut, who: Mapping[str, str]) -> str:
    return first_words(names.out_of(plain(history.texts[row["act"]]), who), cut.words)


def heading(
    first: Mapping[str, Any], history: History, names: Names, cut: Cut, who: Mapping[str, str]
) -> str:
    """What opened the thread, where that lies before what is shown; else nothing."""
    opened = history.opened.get(first["thread"])
    if opened is None or opened["act"] == first["act"]:
        return ""
    by = who.get(opened["actor"], "somebody else")
    return f"(Before this, {by} had begun with: {words_of(opened, history, names, cut, who)})\n"
