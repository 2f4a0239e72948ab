"""Every setting of Tertulia, read from `TERTULIA_*` and nowhere else. What it `says` is its comment and its manual."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tertulia.config import parse

PREFIX = "TERTULIA_"
# The tests' own switches share the prefix; the product never reads them.
TESTS = "TERTULIA_TEST_"


class BadSettings(Exception):
    """One or more settings cannot be used; `problems` says each as a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


# Any, as dataclasses.field itself has it: the annotation beside it is what mypy holds the readers to.
def setting(read: Callable[[str], object], *, says: str, default: str, secret: bool = False) -> Any:
    """A field read by `read`; `default` is the text used when it is not set; an empty one means None."""
    return field(metadata={"read": read, "says": says, "default": default, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Env:
    home: Path = setting(
        parse.folder,
        default="~/.local/share/tertulia",
        says="The one folder in which everything is kept: database, secret, static files. "
        "`tertulia demo` uses `~/.local/share/tertulia-demo` and never a site's folder.",
    )
    port: int = setting(
        parse.whole_number(1, 65535), default="8000", says="The port that pages are served on."
    )
    bind: str = setting(
        parse.bind,
        default="127.0.0.1",
        says="The address of this machine to listen on. Any other than loopback needs an https `TERTULIA_ADDRESS`.",
    )
    address: str = setting(
        parse.address,
        default="http://127.0.0.1:{port}",
        says="The public address, as people type it: `https://ideas.example.org`. Plain http only on loopback.",
    )
    trusted_proxies: int = setting(
        parse.whole_number(0, 10),
        default="{proxies}",
        says="How many proxies stand in front and set `X-Forwarded-For` and `X-Forwarded-Proto`. "
        "1 with an https address, because a proxy has to end TLS; 0 otherwise.",
    )
    database_url: parse.Database = setting(
        parse.database,
        default="sqlite:///{home}/tertulia.sqlite3",
        secret=True,
        says="The database: `sqlite:////path/to/file`, or `postgres://user:password@host:5432/name` "
        "with the extra `postgres`.",
    )
    secret_key: str | None = setting(
        parse.secret,
        default="",
        secret=True,
        says="Signs sessions and links. Without it one is made on first run and kept in the folder's `secret`.",
    )
    smtp_url: parse.Smtp | None = setting(
        parse.smtp,
        default="",
        secret=True,
        says="The mail server: `smtp://user:password@host:587?tls=starttls` (or `ssl`, or `none`). "
        "Without it, mailed codes are printed in the terminal.",
    )
    mail_from: str = setting(
        parse.mail_address,
        default="Tertulia <tertulia@{host}>",
        says="The sender of letters and codes.",
    )
    time_zone: str = setting(
        parse.time_zone,
        default="UTC",
        says="The zone in which times are shown to a reader who has not chosen one. Engine days stay in UTC.",
    )
    language: str = setting(
        parse.language,
        default="en",
        says="The language of the pages. Every one whose compiled catalogue lies in the package can be chosen.",
    )
    pages: int = setting(
        parse.whole_number(1, 64),
        default="1",
        says="How many processes serve pages. One is enough for most sites; about one for each core at most.",
    )
    demo: bool = setting(
        parse.yes_or_no,
        default="no",
        says="Set by `tertulia demo` for its own processes: doors that need no password. Refused beyond loopback.",
    )
    log_level: str = setting(
        parse.log_level,
        default="WARNING",
        says="How much is logged to the terminal: DEBUG, INFO, WARNING or ERROR.",
    )


def read_env(environ: Mapping[str, str]) -> Env:
    """The settings, or BadSettings with every problem there is, so that nobody mends them one start at a time."""
    names = {PREFIX + one.name.upper(): one for one in fields(Env)}
    problems = unknown_names(environ, names)
    values: dict[str, Any] = {}
    for name, one in names.items():
        try:
            values[one.name] = read_one(name, one, environ, values)
        except ValueError as error:
            problems.append(f"{name} {error}.")
    if not problems:
        env = Env(**values)
        problems = contradictions(env, environ)
    if problems:
        raise BadSettings(problems)
    return env


def unknown_names(environ: Mapping[str, str], names: Mapping[str, Field[Any]]) -> list[str]:
    known = {*names, *(f"{name}_FILE" for name, one in names.items() if one.metadata["secret"])}
    problems = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and not name.startswith(TESTS) and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            hint = f" Did you mean {near[0]}?" if near else ""
            problems.append(f"{name} is not a setting of Tertulia.{hint}")
    return problems


def read_one(name: str, one: Field[Any], environ: Mapping[str, str], before: Mapping[str, Any]) -> Any:
    text = environ.get(name, "")
    file = environ.get(f"{name}_FILE", "") if one.metadata["secret"] else ""
    if text and file:
        raise ValueError(f"and {name}_FILE are both set; keep one of them")
    if file:
        text = text_of_file(file)
    text = text or default_of(one, before)
    return one.metadata["read"](text) if text else None


def text_of_file(file: str) -> str:
    try:
        text = Path(file).expanduser().read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"cannot be read from {file}: {error.strerror}") from error
    if not text:
        raise ValueError(f"cannot be read from {file}: it is empty")
    return text


def default_of(one: Field[Any], before: Mapping[str, Any]) -> str:
    """The default may mention settings that stand above it; one of those that was refused has its own sentence."""
    public = before.get("address") or "http://127.0.0.1"
    return str(one.metadata["default"]).format(
        home=quote(str(before.get("home", "/"))),
        port=before.get("port", 8000),
        proxies=1 if public.startswith("https:") else 0,
        host=urlsplit(public).hostname,
    )


def contradictions(env: Env, environ: Mapping[str, str]) -> list[str]:
    https = env.address.startswith("https:")
    own_database = environ.get("TERTULIA_DATABASE_URL") or environ.get("TERTULIA_DATABASE_URL_FILE")
    rules = [
        (
            not parse.is_loopback(env.bind) and not https,
            f"TERTULIA_BIND is {env.bind}, so TERTULIA_ADDRESS must be the https address by which others reach it.",
        ),
        (
            https and env.trusted_proxies == 0,
            "TERTULIA_TRUSTED_PROXIES must be 1 or more with an https address: a proxy has to end TLS.",
        ),
        (
            env.demo and (https or not parse.is_loopback(env.bind)),
            "TERTULIA_DEMO lets anybody come in as anybody: it runs on loopback only.",
        ),
        (
            env.demo and bool(own_database),
            "TERTULIA_DATABASE_URL is not for the demo, which keeps its own database. Unset it.",
        ),
    ]
    return [sentence for broken, sentence in rules if broken]
