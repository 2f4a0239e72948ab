"""The data folder: one for a site, another for the demo, never the same; and the secret that is kept in it."""

import os
import secrets
from pathlib import Path

from tertulia.config.env import Env

# Names of files.
MARKER, SECRET = "kind", "secret"
KINDS = {False: "site", True: "demo"}


class HomeRefused(Exception):
    """The folder cannot be used; the message says why, and what to do."""


def prepare(env: Env) -> None:
    """Makes the folder, private to its owner, and marks it as a site's or the demo's for good."""
    kind = KINDS[env.demo]
    try:
        make_private(env.home)
        marker = env.home / MARKER
        found = marker.read_text(encoding="utf-8").strip() if marker.exists() else ""
        if found and found != kind:
            raise HomeRefused(
                f"{env.home} belongs to a {found}, and this is a {kind}. "
                f"They never share a folder: set TERTULIA_HOME to another one."
            )
        if not found:
            if holds_something_else(env.home):
                raise HomeRefused(
                    f"{env.home} is not empty and not Tertulia's. Set TERTULIA_HOME to a folder of its own."
                )
            marker.write_text(kind + "\n", encoding="utf-8")
    except OSError as error:
        raise HomeRefused(f"{env.home} cannot be used as the data folder: {error.strerror}.") from error


def make_private(home: Path) -> None:
    """For its owner's eyes alone, the database and the letters in it too, also where the folder was there before."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if home.stat().st_mode & 0o077 and home.stat().st_uid == os.getuid():
        home.chmod(0o700)


def holds_something_else(home: Path) -> bool:
    # The secret may be there first: settings make it whenever they are read.
    return any(entry.name != SECRET for entry in home.iterdir())


def secret_key(env: Env) -> str:
    """The key from the environment; else the kept one; else one made now, for the owner's eyes alone."""
    if env.secret_key:
        return env.secret_key
    make_private(env.home)
    kept = env.home / SECRET
    if not kept.exists():
        keep_new_secret(kept)
    return kept.read_text(encoding="utf-8").strip()


def keep_new_secret(kept: Path) -> None:
    """Written aside, then linked: of two processes that start at once one wins, and both read a whole secret."""
    aside = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    try:
        os.link(aside, kept)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
