"""The first steps of every command: settings read, the folder made, the port free, Django loaded."""

import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from tertulia.config import home
from tertulia.config.env import BadSettings, Env, read_env

DEMO_HOME = "~/.local/share/tertulia-demo"
# What a shell means by "you called me wrongly".
BAD_SETTINGS = 2


def say(sentence: str) -> None:
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def use_demo(environ: MutableMapping[str, str]) -> None:
    """From here on this process and its children are the demo's."""
    environ["TERTULIA_DEMO"] = "yes"
    environ["TERTULIA_HOME"] = environ.get("TERTULIA_HOME") or DEMO_HOME


def settings(environ: Mapping[str, str]) -> Env:
    """The settings, and a data folder that is ours; or all that is wrong, and the end."""
    try:
        env = read_env(environ)
        home.prepare(env)
    except BadSettings as error:
        for problem in error.problems:
            complain(problem)
        complain("Nothing was started. Every setting is described in docs/reference/settings.md.")
        raise SystemExit(BAD_SETTINGS) from None
    except home.HomeRefused as error:
        complain(str(error))
        raise SystemExit(BAD_SETTINGS) from None
    refuse_missing_driver(env)
    return env


def refuse_missing_demo(environ: Mapping[str, str]) -> None:
    """A command beside the demo must not make a second, empty one."""
    folder = Path(environ["TERTULIA_HOME"]).expanduser()
    if not (folder / home.MARKER).exists():
        complain(
            f"There is no demo in {folder}. In a clone, start it once with make demo and use make import; else start "
            "tertulia demo once, or name the demo's folder with TERTULIA_HOME. Nothing was done."
        )
        raise SystemExit(BAD_SETTINGS)


def refuse_missing_driver(env: Env) -> None:
    if env.database_url.engine == "postgresql" and importlib.util.find_spec("psycopg") is None:
        complain(
            "TERTULIA_DATABASE_URL names PostgreSQL, whose driver is not installed: "
            "pip install 'tertulia[postgres]', or sh tools/install.sh postgres in a clone."
        )
        raise SystemExit(BAD_SETTINGS)


def refuse_taken_port(env: Env) -> None:
    family = socket.AF_INET6 if ":" in env.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port that is only cooling down after a restart is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.bind, env.port))
        except OSError as error:
            complain(
                f"Port {env.port} on {env.bind} cannot be used ({error.strerror}). "
                f"Choose another one: make {'demo' if env.demo else 'serve'} PORT={env.port + 1}, or "
                f"TERTULIA_PORT={env.port + 1}."
            )
            raise SystemExit(BAD_SETTINGS) from None


def throw_away(env: Env) -> None:
    """Empties the demo's folder; `settings` has seen that it is a demo's, and nobody serves it on this port."""
    shutil.rmtree(env.home)
    home.prepare(env)


def load_django() -> None:
    # Here, because the supervisor, which lives as long as the site does, never needs Django in its memory.
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertulia.config.settings")
    django.setup()
