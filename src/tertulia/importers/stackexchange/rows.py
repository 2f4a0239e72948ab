"""One file of a dump as rows of attributes. Unknown attributes are passed over: new ones appear every few years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tertulia.importers.bundle import Bundle, first_bytes, pieces
from tertulia.importers.errors import BadFile
from tertulia.importers.stream import Progress
from tertulia.importers.xmlfile import elements

# What each file holds, by its root element, and how it is called where dumps are made.
FILES = {
    "users": "Users.xml",
    "posts": "Posts.xml",
    "comments": "Comments.xml",
    "posthistory": "PostHistory.xml",
    "postlinks": "PostLinks.xml",
    "votes": "Votes.xml",
    "badges": "Badges.xml",
}
NEEDED = ("users", "posts", "comments")
ROOT = re.compile(rb"<([A-Za-z]\w{0,20})[\s/>]")
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROWS_BETWEEN_PROGRESS = 500


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    line: int
    attributes: dict[str, str]

    def text(self, key: str) -> str:
        return self.attributes.get(key, "")

    def number(self, key: str) -> int:
        """A number that the row cannot do without."""
        number = self.number_or_none(key)
        if number is None:
            raise BadFile(self.file, self.line, f"has a row without {key}")
        return number

    def number_or_none(self, key: str) -> int | None:
        value = self.attributes.get(key)
        if value is None or value == "":
            return None
        if not WHOLE_NUMBER.fullmatch(value):
            raise BadFile(self.file, self.line, f"has a row whose {key} is not a number")
        return int(value)

    def at(self, key: str = "CreationDate") -> int:
        """Microseconds since 1970; the dumps' times are UTC without saying so."""
        value = self.attributes.get(key, "")
        try:
            moment = datetime.fromisoformat(value)
            aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise BadFile(self.file, self.line, f"has a row whose {key} is not a date") from error
        return (aware - EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)


def root_of(bundle: Bundle, name: str) -> str | None:
    """The file's root element, without reading more than its beginning."""
    found = ROOT.search(first_bytes(bundle, name).replace(b"\0", b""))
    return found[1].decode("ascii") if found else None


def files_of(bundle: Bundle) -> dict[str, str]:
    """Which file holds the posts, the comments, …: by what is in it, and by its name only if that cannot be seen."""
    names = [name for name in bundle.names() if name.lower().endswith(".xml")]
    roots = {name: root_of(bundle, name) for name in names}
    found: dict[str, str] = {}
    for holds, usual in FILES.items():
        matching = [name for name in names if roots[name] == holds]
        nameless = [name for name in names if name == usual and roots[name] is None]
        if chosen := sorted(matching, key=lambda name: (name != usual, name)) or nameless:
            found[holds] = chosen[0]
    return found


def rows(bundle: Bundle, name: str, holds: str, progress: Progress) -> Iterator[Row]:
    """The rows of one file, in its order."""
    total = _expected(bundle, name)
    done = 0
    for element in elements(bundle, name):
        if element.depth == 0 and element.tag != holds:
            raise BadFile(name, element.line, f"does not hold the {holds} of a Stack Exchange dump")
        if element.depth == 1 and element.tag == "row":
            yield Row(name, element.line, element.attributes)
            done += 1
            if done % ROWS_BETWEEN_PROGRESS == 0:
                progress(holds, done, max(done, total))
    progress(holds, done, done)


def _expected(bundle: Bundle, name: str) -> int:
    """How many rows there are, roughly: a row cut by the border of two pieces is not worth the trouble."""
    return sum(piece.count(b"<row") for piece in pieces(bundle, name))
