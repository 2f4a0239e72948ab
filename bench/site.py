"""Sites of the bench: each in a folder and a database of its own, which go when it was measured."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import processes
from bench.load import Browser, Page
from bench.postgres import Server
from tertulia.cli.site import pages
from tertulia.config.env import read_env

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
KEPT = "bench-corpus"
# What the rows of a corpus depend on.
MADE_OF = ("bench/corpus.py", "bench/words.txt", "bench/inside/fill.py", "requirements.txt")
MADE_BY = ("ledger", "people", "spaces", "ideas", "readings", "engine")
# Only for sites that live as long as a measurement.
SECRET = "bench-" + "0123456789-abcdefghijklmnopqrstuvwxyz-" * 2
START_SECONDS = 30


@dataclass
class Site:
    """A data folder, a database, and where things are in it."""

    home: Path
    port: int
    server: Server | None = None
    database: str = ""
    places: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """This process's environment, without the settings of whoever runs the bench."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("TERTULIA_")}
        own |= {
            "TERTULIA_HOME": str(self.home),
            "TERTULIA_PORT": str(self.port),
            "TERTULIA_SECRET_KEY": SECRET,
        }
        if self.server:
            own["TERTULIA_DATABASE_URL"] = self.server.database(self.database)
        return own

    def run(self, *arguments: str) -> str:
        """A command with this site's settings."""
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments[:2])} failed; what went wrong stands above.")
        return done.stdout

    def prepare(self) -> None:
        self.run("tertulia.cli.main", "prepare")

    def inside(self, *arguments: str) -> Any:
        return json.loads(self.run("bench.inside", *arguments).splitlines()[-1])

    def start(self, first: Page, *, application: str = "") -> float:
        """Serves the pages as `tertulia serve` does, on a core of their own; gives the seconds to the first answer."""
        command = pages(read_env(self.environ))
        if application:
            command[-1] = application
        with processes.on_core(processes.cores()[0]):
            began = time.perf_counter()
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, process_group=0)  # noqa: S603
        with processes.on_core(processes.cores()[1]):
            if not processes.wait_until(lambda: self.answers(first), START_SECONDS):
                raise SystemExit("The pages did not answer within half a minute.")
        return time.perf_counter() - began

    def answers(self, page: Page) -> bool:
        """Whether anything answers; that it is the right answer is for the measurement to say."""
        browser = Browser(self.port)
        try:
            return browser.ask(page).status > 0
        except OSError:
            return False
        finally:
            browser.close()

    def meter(self) -> dict[int, float]:
        """CPU seconds of every process of the pages, and of the backends that serve their database."""
        pids = self.tree()
        if self.server:
            backends = self.server.backends(self.database)
            for pid in backends:
                processes.pin(pid, processes.cores()[0])
            pids += backends
        return processes.cpu_of(pids)

    def tree(self) -> list[int]:
        return processes.tree_of(self.process.pid) if self.process else []

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        browser = Browser(self.port)
        try:
            with processes.on_core(processes.cores()[1]):
                yield browser
        finally:
            browser.close()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            # The group that we started, and nothing else.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def build_folder() -> Path:
    BUILD.mkdir(exist_ok=True)
    # What is measured here is not for the repository.
    (BUILD / ".gitignore").write_text("*\n", encoding="utf-8")
    return BUILD


def fingerprint() -> str:
    digest = hashlib.sha256()
    made_by = [path for room in MADE_BY for path in (ROOT / "src" / "tertulia" / room).rglob("*.py")]
    for path in sorted([*made_by, *(ROOT / name for name in MADE_OF)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def scratch(server: Server | None = None) -> Iterator[Site]:
    """An empty site in a temporary folder, with a database of its own; all of it goes afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tertulia-bench-"))
    site = Site(folder / "site", free_port(), server, f"tertulia_bench_run_{os.getpid()}" if server else "")
    try:
        if server:
            server.create(site.database)
        yield site
    finally:
        site.stop()
        if server:
            server.drop(site.database)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def with_corpus(server: Server | None = None) -> Iterator[Site]:
    """A scratch site that holds the corpus: measuring writes into it alone. On a server it is written anew each time,
    which takes half a minute: a server belongs to others too, and nothing stays there."""
    with scratch(server) as site:
        if server:
            site.prepare()
            site.places = site.inside("fill")
        else:
            kept = kept_corpus()
            shutil.copytree(kept.home, site.home)
            site.places = json.loads(places_of(kept).read_text(encoding="utf-8"))
            site.prepare()
        yield site


def kept_corpus() -> Site:
    """The corpus of this release as a file, made when it is not there yet; those of earlier releases go."""
    site = Site(build_folder() / KEPT / f"sqlite-{fingerprint()}", free_port())
    if not places_of(site).exists():
        shutil.rmtree(site.home.parent, ignore_errors=True)
        site.home.mkdir(parents=True)
        site.prepare()
        places_of(site).write_text(json.dumps(site.inside("fill")), encoding="utf-8")
    return site


def places_of(kept: Site) -> Path:
    """Where it is written down where things are in it; last, so that it says that all of it is there."""
    return kept.home.with_suffix(".json")
