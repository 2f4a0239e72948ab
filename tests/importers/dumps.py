"""Small dumps written by hand: Ana (1), Bo (2), Cleo (3) and Dan (4), and the messes that real dumps hold."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import quoteattr

from tertulia.importers.detect import silently
from tertulia.importers.stackexchange.read import read
from tertulia.importers.stream import Item, Reply, Report, Version

T = TypeVar("T")
Rows = Iterable[Mapping[str, object]]

HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
PEOPLE: Rows = (
    {"Id": -1, "DisplayName": "Community"},
    {"Id": 1, "DisplayName": "Ana"},
    {"Id": 2, "DisplayName": "Bo"},
    {"Id": 3, "DisplayName": "Cleo Fein"},
    {"Id": 4, "DisplayName": "Daniel"},
)
NAMES = {
    "users": "Users.xml",
    "posts": "Posts.xml",
    "comments": "Comments.xml",
    "posthistory": "PostHistory.xml",
    "postlinks": "PostLinks.xml",
    "votes": "Votes.xml",
}


def on(day: int, hour: int = 0) -> str:
    return f"2020-01-{day:02}T{hour:02}:00:00.000"


def question(number: int = 1, owner: int | None = 1, day: int = 1, **more: object) -> dict[str, object]:
    row = {
        "Id": number,
        "PostTypeId": 1,
        "CreationDate": on(day),
        "Body": "<p>Why?</p>",
        "Title": f"Idea {number}",
    }
    return row | ({} if owner is None else {"OwnerUserId": owner}) | more


def answer(
    number: int = 2, to: int = 1, owner: int | None = 2, day: int = 2, **more: object
) -> dict[str, object]:
    row = {"Id": number, "PostTypeId": 2, "ParentId": to, "CreationDate": on(day), "Body": "<p>Because.</p>"}
    return row | ({} if owner is None else {"OwnerUserId": owner}) | more


def comment(
    number: int, to: int = 1, by: int | None = 2, text: str = "I see.", day: int = 3, **more: object
) -> dict[str, object]:
    row = {"Id": number, "PostId": to, "CreationDate": on(day, number % 24), "Text": text}
    return row | ({} if by is None else {"UserId": by}) | more


def edit(
    number: int, kind: int, text: str, post: int = 1, *, by: int | None = 1, day: int = 5, **more: object
) -> dict[str, object]:
    row = {
        "Id": number,
        "PostHistoryTypeId": kind,
        "PostId": post,
        "RevisionGUID": f"guid-{number}",
        "CreationDate": on(day),
        "Text": text,
    }
    return row | ({} if by is None else {"UserId": by}) | more


def xml(root: str, rows: Rows) -> str:
    lines = (
        "  <row " + " ".join(f"{key}={quoteattr(str(value))}" for key, value in row.items()) + " />"
        for row in rows
    )
    return "\n".join([f"{HEADER}<{root}>", *lines, f"</{root}>", ""])


def write_dump(folder: Path, **files: Rows) -> Path:
    """A complete dump; what is not named is there and empty, but for the people."""
    folder.mkdir(exist_ok=True)
    for root, name in NAMES.items():
        rows = files.get(root, PEOPLE if root == "users" else ())
        (folder / name).write_text(xml(root, rows), encoding="utf-8")
    return folder


def stream(folder: Path) -> list[Item]:
    return list(read(folder, silently))


def only(kind: type[T], items: Iterable[Item]) -> list[T]:
    return [item for item in items if isinstance(item, kind)]


def report(items: list[Item]) -> Report:
    last = items[-1]
    assert isinstance(last, Report)
    return last


def reply(items: list[Item], source_id: str) -> Reply:
    return next(item for item in only(Reply, items) if item.source_id == source_id)


def versions(folder: Path, **files: Rows) -> list[Version]:
    return only(Version, stream(write_dump(folder, **files)))
