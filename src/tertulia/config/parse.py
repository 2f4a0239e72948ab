"""Text from the environment into typed values. Each function raises ValueError with what it wants instead."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from zoneinfo import available_timezones

from tertulia.config.languages import languages

Tls = Literal["starttls", "ssl", "none"]
MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+|[^<>\r\n]+ <[^@\s<>]+@[^@\s<>]+>")


@dataclass(frozen=True)
class Database:
    """Where the rows are: a SQLite file (only `name`), or a PostgreSQL server."""

    engine: Literal["sqlite3", "postgresql"]
    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""
    # What stood after the question mark, for instance sslmode=require.
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Smtp:
    """The mail server that carries letters and sign-in codes."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: Tls = "starttls"


def folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise ValueError("must be a whole path, beginning with / or ~")
    return path


def whole_number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def yes_or_no(text: str) -> bool:
    words = {
        "yes": True,
        "true": True,
        "1": True,
        "on": True,
        "no": False,
        "false": False,
        "0": False,
        "off": False,
    }
    if text.lower() not in words:
        raise ValueError("must be yes or no")
    return words[text.lower()]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def language(text: str) -> str:
    code = text.lower().replace("_", "-")
    if code not in languages():
        raise ValueError(f"must be a language that has a compiled catalogue here: {', '.join(languages())}")
    return code


def bind(text: str) -> str:
    """An address of this machine to listen on; the name localhost means 127.0.0.1."""
    if text == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError("must be an IP address such as 127.0.0.1 or 0.0.0.0") from None


def address(text: str) -> str:
    """The site's public address, as browsers write an origin: no path, no slash at the end."""
    parts, port = split(text)
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise ValueError("must look like https://ideas.example.org, with nothing after the name")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError(
            "must begin with https:// unless it is a loopback address such as http://127.0.0.1:8000"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port is None or (parts.scheme, port) in {("http", 80), ("https", 443)}
    return f"{parts.scheme}://{host}" + ("" if usual else f":{port}")


def split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError:
        raise ValueError("is not an address that can be read") from None


def database(text: str) -> Database:
    parts, port = split(text)
    name = unquote(parts.path[1:])
    if parts.scheme == "sqlite":
        if parts.netloc or not name.startswith("/"):
            raise ValueError(
                "needs a whole path after sqlite:///, for instance sqlite:////srv/tertulia/tertulia.sqlite3"
            )
        return Database("sqlite3", name)
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("must be sqlite:////path/to/file or postgres://user:password@host:5432/name")
    return Database(
        engine="postgresql",
        name=name,
        host=unquote(parts.hostname or ""),
        port=str(port or ""),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple((key, values[-1]) for key, values in parse_qs(parts.query).items()),
    )


def smtp(text: str) -> Smtp:
    parts, port = split(text)
    query = parse_qs(parts.query)
    tls = query.pop("tls", ["starttls"])[-1]
    if parts.scheme != "smtp" or not parts.hostname or query or tls not in {"starttls", "ssl", "none"}:
        raise ValueError("must be smtp://user:password@host:587?tls=starttls (or ssl, or none)")
    usual = {"starttls": 587, "ssl": 465, "none": 25}
    return Smtp(
        host=parts.hostname,
        port=port or usual[tls],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls="ssl" if tls == "ssl" else "none" if tls == "none" else "starttls",
    )


def mail_address(text: str) -> str:
    if not MAIL.fullmatch(text):
        raise ValueError("must be a mail address, for instance The Long Table <table@example.org>")
    return text


def time_zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("must be the name of a time zone, for instance Europe/Vienna")
    return text


def log_level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return text.upper()


def secret(text: str) -> str:
    if len(text) < 50 or len(set(text)) < 5:
        raise ValueError("must be at least 50 characters of chance")
    return text
