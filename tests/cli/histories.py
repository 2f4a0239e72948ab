"""A small channel in which Ana, Bo, Cleo, Dan and Eva talk, and commands run on it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from tertulia.cli.main import app
from tests.cli.processes import clean_environ

# The command, and then what it has loaded, as the last line of its error stream.
PROGRAM = """
import sys
from tertulia.cli.main import app
try:
    app(sys.argv[1:], prog_name="tertulia")
finally:
    print("django" in sys.modules, file=sys.stderr)
"""
SENTENCES = (
    "the oven is too cold for rye",
    "how cold is the oven then?",
    "cold enough that rye stays flat",
    "then heat it longer before the rye goes in",
    "longer heat makes the crust hard",
    "a hard crust is what I like about rye",
)
PEOPLE = ("ana", "bo", "cleo", "dan", "eva")


def write_channel(folder: Path, days: int = 6) -> Path:
    """Each day they sit together for a quarter of an hour."""
    lines = [
        f"2020-01-{day + 1:02}T10:{minute:02} <{PEOPLE[(day + minute * (1 + day % 2)) % 5]}> "
        f"{SENTENCES[(minute + day) % len(SENTENCES)]}"
        for day in range(days)
        for minute in range(15)
    ]
    path = folder / "table.log"
    path.write_text("\n".join(lines) + "\n")
    return path


@dataclass(frozen=True)
class Done:
    exit_code: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Done:
    """A command in this process, where what it needs is loaded once."""
    done = CliRunner().invoke(app, [*map(str, words)], catch_exceptions=False)
    return Done(done.exit_code, done.stdout, done.stderr)


def run_apart(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, as people run it; Django must not have been loaded by it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        env=clean_environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.rstrip().endswith("False"), done.stderr
    return done


def read_json(*words: str | Path) -> list[dict[str, object]]:
    done = run("read", *words, "--json")
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)["readings"]
    return found
