"""Letters as Django's file backend leaves them: one file a connection, a line of dashes after each letter."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

MOST_LETTERS = 50
BETWEEN = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Letter:
    subject: str
    to: str
    text: str
    at: datetime | None


def letters_in(folder: Path) -> tuple[Letter, ...]:
    """The newest letters first. What is no letter is passed over."""
    if not folder.is_dir():
        return ()
    newest = sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    letters: list[Letter] = []
    for file in newest:
        letters += reversed(_letters_of(file.read_bytes()))
        if len(letters) >= MOST_LETTERS:
            break
    return tuple(letters[:MOST_LETTERS])


def _letters_of(written: bytes) -> list[Letter]:
    parsed = [email.message_from_bytes(part, policy=email.policy.default) for part in written.split(BETWEEN)]
    return [_letter(one) for one in parsed if one["Subject"]]


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(preferencelist=("plain",))
    return Letter(
        subject=str(message["Subject"]),
        to=str(message["To"] or ""),
        text=str(body.get_content()).strip() if body else "",
        at=_moment(str(message["Date"] or "")),
    )


def _moment(written: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(written)
    except ValueError:
        return None
    return at if at.tzinfo else None
