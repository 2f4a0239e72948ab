"""One line of a log: what was said, or why it is none. Plain text, or the HTML that some log bots write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Literal

from tertulia.importers.bundle import Bundle, pieces
from tertulia.importers.errors import BadFile

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Servers cut a message at 512 bytes; bridges and HTML make it longer. Beyond this it is no line of a log.
LONGEST_LINE = 64 * 1024

DAY = re.compile(r"(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
FULL = re.compile(
    r"\[?(?P<day>\d{4}-\d\d-\d\d)[T ](?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?\]?[ \t]+(?P<rest>.*)"
)
SHORT = re.compile(r"\[?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\]?[ \t]+(?P<rest>.*)")
# HTML stands for what it shows: tags go, and what looks like a nick was escaped.
HTML_LINE = re.compile(r"\s*<(?:span|tr|td|div|p|a|li)[\s>]", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,4000}>")

SAID = re.compile(r"<[ ]?[@+%&~!]?(?P<nick>[^<>\s]{1,64})>(?:[ ](?P<text>.*))?$")
PRIVATE = re.compile(r"<?->? \*\S+\* ")
NOTICE = re.compile(r"-\S+-(?: |$)|\*\*\*|-!-|-->|<--|=-=|---")
EVENT = re.compile(
    r"\* (?:\S+ [\[(][^\])\s]*[\])] (?:has )?(?:joined|left|quit|parted)\b"
    r"|\S+ (?:has (?:joined|left|quit)\b|(?:joins|parts|quits)\b|is now known as \S+$|sets? mode\b|was kicked\b)"
    r"|\S+ (?:changes|has changed|sets?) (?:the )?topic\b"
    r"|Topic\b|Now talking\b|Rejoined\b|Disconnected\b|\S+ [\[(]\S+@)",
    re.IGNORECASE,
)
# Bold, colours and the like.
STYLE = re.compile("\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?|[\x02\x04\x0f\x11\x16\x1d\x1e\x1f]")

Skipped = Literal["event", "notice", "private", "gesture"]


class NoDay(ValueError):
    """A line gives only the hour, and the file's name no day."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message; `at` in microseconds since 1970. `zoned`: the line says its zone, or counts as UTC."""

    at: int
    nick: str
    text: str
    zoned: bool


def lines(bundle: Bundle, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers. Raises BadFile at the first that is not text."""
    number, rest = 0, b""
    try:
        for piece in pieces(bundle, name):
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                number += 1
                yield number, _decoded(name, number, line)
            _check_length(name, number + 1, rest)
    except BadFile as error:
        raise error if error.line else BadFile(name, number + 1, error.reason) from error
    if rest:
        number += 1
        yield number, _decoded(name, number, rest)


def _check_length(name: str, number: int, line: bytes) -> None:
    if len(line) > LONGEST_LINE:
        raise BadFile(name, number, f"has a line of more than {LONGEST_LINE // 1024} KB")


def _decoded(name: str, number: int, line: bytes) -> str:
    _check_length(name, number, line)
    if b"\0" in line:
        raise BadFile(name, number, "holds bytes that are no text")
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
    except UnicodeDecodeError as error:
        raise BadFile(name, number, "is not written in UTF-8") from error


def day_of(name: str) -> date | None:
    """The day that a file's name says: logs of one day often give only the hour."""
    for found in DAY.finditer(name):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def parse(line: str, day: date | None) -> Said | Skipped | None:
    """What a line says; None if it has no time. Raises ValueError where the time is none."""
    if HTML_LINE.match(line):
        line = unescape(TAG.sub("", line))
    found = FULL.match(line) or (SHORT.match(line) if day is not None or line.startswith("[") else None)
    if found is None:
        return None
    at, zoned = _moment(found, day)
    rest = STYLE.sub("", found["rest"]).rstrip()
    if said := SAID.match(rest):
        return Said(at, said["nick"], (said["text"] or "").strip(), zoned)
    return _kind(rest)


def _kind(rest: str) -> Skipped:
    if PRIVATE.match(rest):
        return "private"
    if NOTICE.match(rest):
        return "notice"
    if EVENT.match(rest):
        return "event"
    return "gesture" if rest.startswith("* ") else "notice"


def _moment(found: re.Match[str], day: date | None) -> tuple[int, bool]:
    groups = found.groupdict()
    on = date.fromisoformat(groups["day"]) if groups.get("day") else day
    if on is None:
        raise NoDay
    zone = (groups.get("zone") or "").replace(":", "")
    moment = datetime(
        on.year,
        on.month,
        on.day,
        int(groups["hour"]),
        int(groups["minute"]),
        int(groups["second"] or 0),
        tzinfo=UTC,
    )
    if zone and zone != "Z":
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
        moment += ahead if zone[0] == "-" else -ahead
    return (moment - EPOCH) // timedelta(microseconds=1), bool(zone)
