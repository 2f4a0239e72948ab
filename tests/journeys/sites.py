"""Real sites for the journeys: a home, a database of its own, and the process that serves its pages."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tertulia.cli import site as command
from tertulia.cli import visit
from tertulia.config.env import read_env
from tests.cli.processes import TERTULIA, clean_environ, eventually, free_port
from tests.journeys import postgresql

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60
DATABASE = "tertulia.sqlite3"
MORE_THAN_A_JOURNEY_TOUCHES = 10_000


@dataclass(frozen=True)
class Home:
    """A data folder, and the database that goes with it: a file in the folder, or one on the server of the tests."""

    folder: Path
    demo: bool
    database: str = ""

    def environ(self, **own: str) -> dict[str, str]:
        """What a command of Tertulia finds around it in this home."""
        environ = clean_environ(TERTULIA_HOME=str(self.folder), **own)
        # The pages are imported from this clone, and so is the one settings module of the tests.
        environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        if self.demo:
            environ["TERTULIA_DEMO"] = "yes"
        if self.database and self.demo:
            # The demo refuses another database than its own; the tests insist.
            environ["DJANGO_SETTINGS_MODULE"] = "tests.journeys.demo_on_postgresql"
            environ[postgresql.NAMED] = self.database
        elif self.database:
            environ["DJANGO_SETTINGS_MODULE"] = "tertulia.config.settings"
            environ["TERTULIA_DATABASE_URL"] = self.database
        return environ

    def run(self, *arguments: str) -> str:
        """A command of `tertulia`, to its end; what it printed."""
        return self._output([*TERTULIA, *arguments])

    def run_code(self, code: str) -> str:
        """A few lines of Python beside the running site."""
        begin = "from tertulia.cli import start; start.load_django()\n"
        return self._output([sys.executable, "-c", begin + code])

    def _output(self, asked: list[str]) -> str:
        done = subprocess.run(
            asked,
            env=self.environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout


@dataclass(frozen=True)
class Site:
    """A home whose pages are served."""

    home: Home
    address: str


@contextmanager
def made(folder: Path, *, demo: bool) -> Iterator[Home]:
    """A home with nothing in it."""
    with postgresql.of_its_own() as database:
        yield Home(folder, demo, database)


@contextmanager
def copied(home: Home) -> Iterator[Home]:
    """A home like another one, which nobody serves: for a journey that writes."""
    with (
        tempfile.TemporaryDirectory(prefix="tertulia-journey-") as folder,
        postgresql.of_its_own(like=home.database) as database,
    ):
        shutil.copytree(home.folder, folder, dirs_exist_ok=True)
        yield Home(Path(folder), home.demo, database)


def become(home: Home, like: Home, *, time: int) -> None:
    """For the `time`th time, the served home is as the other one, which nobody serves."""
    shutil.rmtree(home.folder / "limits", ignore_errors=True)
    # Its pages may keep what they made of a state of an idea: it must not come again with other words in it.
    anew = f"UPDATE ideas_idea SET touched = touched + {time * MORE_THAN_A_JOURNEY_TOUCHES}"  # noqa: S608 -- a number
    if home.database:
        postgresql.become(home.database, like.database, anew)
        return
    kept = (like.folder / DATABASE).as_uri()
    # Nothing is written to it or beside it: another process may be copying the folder.
    with (
        closing(sqlite3.connect(f"{kept}?immutable=1", uri=True)) as source,
        closing(sqlite3.connect(home.folder / DATABASE)) as target,
    ):
        source.backup(target)
        target.execute(anew)
        target.commit()


@contextmanager
def served(home: Home) -> Iterator[Site]:
    """The pages alone, by the command of `tertulia serve`; what they say is kept in the home."""
    environ = home.environ(TERTULIA_PORT=str(free_port()))
    env = read_env(environ)
    with (home.folder / "said.log").open("wb") as said:
        process = subprocess.Popen(command.pages(env), env=environ, stdout=said, stderr=subprocess.STDOUT)
        try:
            eventually(lambda: process.poll() is not None or visit.answers(env), seconds=START_SECONDS)
            assert process.poll() is None, (home.folder / "said.log").read_text()
            yield Site(home, env.address)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
