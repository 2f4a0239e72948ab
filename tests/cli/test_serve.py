"""The whole of `tertulia serve`: real pages, a real worker, real signals."""

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.processes import TERTULIA, alive, children_of, clean_environ, eventually, free_port, running

pytestmark = pytest.mark.slow


@dataclass
class Served:
    process: subprocess.Popen[str]
    port: int
    home: Path
    printed: list[str]

    def get(self, path: str = "/") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            # Fonts are no text.
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def is_up(self) -> bool:
        # The last line of what is printed once it is up.
        return any("mailed codes are printed here" in line for line in self.printed)

    def page_comes(self) -> bool:
        return 200 <= self.get()[0] < 400


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    port, home = free_port(), folder / "home"
    environ = clean_environ(TERTULIA_HOME=str(home), TERTULIA_PORT=str(port))
    with running([*TERTULIA, "serve"], environ) as process:
        assert process.stdout is not None
        printed: list[str] = []
        Thread(target=printed.extend, args=(process.stdout,), daemon=True).start()
        site = Served(process, port, home, printed)
        eventually(lambda: site.is_up() or process.poll() is not None, seconds=60)
        assert site.is_up(), "".join(printed)
        yield site


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One site for the tests that leave it as they found it: up."""
    with serving(tmp_path_factory.mktemp("served")) as site:
        yield site


def test_the_first_start_prints_the_address_and_a_link_that_makes_the_keeper(served: Served) -> None:
    said = "".join(served.printed)
    link = re.search(rf"http://127\.0\.0\.1:{served.port}(/\S+)", said)

    assert f"Tertulia is at http://127.0.0.1:{served.port} " in said
    assert "Nobody keeps this place yet." in said
    assert link
    assert served.get(link[1])[0] == 200


def test_pages_come_with_their_static_files(served: Served) -> None:
    status, page = served.get()
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    assert status == 200
    assert named
    assert {served.get(path)[0] for path in named} == {200}


@pytest.mark.parametrize("name", ["granian", "worker"])
def test_a_killed_process_comes_back(served: Served, name: str) -> None:
    assert eventually(lambda: name in children_of(served.process.pid))
    killed = children_of(served.process.pid)[name]

    os.kill(killed, signal.SIGKILL)

    assert eventually(lambda: children_of(served.process.pid).get(name, killed) != killed)
    assert eventually(served.page_comes)


def page_processes(granian: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout
    return [int(row.split()[0]) for row in listed.splitlines()[1:] if int(row.split()[1]) == granian]


def test_a_killed_page_process_comes_back(served: Served) -> None:
    supervisor = children_of(served.process.pid)["granian"]
    page, *_ = page_processes(supervisor)

    os.kill(page, signal.SIGKILL)

    assert eventually(lambda: not alive(page))
    assert eventually(served.page_comes)


def test_sigterm_stops_all_within_ten_seconds_even_with_a_reader_connected(tmp_path: Path) -> None:
    with serving(tmp_path) as site:
        assert eventually(lambda: len(children_of(site.process.pid)) == 2)
        children = children_of(site.process.pid).values()
        reader = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        reader.request("GET", "/")
        reader.getresponse().read()
        began = time.monotonic()

        site.process.terminate()

        assert site.process.wait(15) == 0
        assert time.monotonic() - began < 10
        assert not any(alive(pid) for pid in children)
        reader.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_nothing_is_served_any_more_by_what_a_killed_site_leaves_behind(tmp_path: Path) -> None:
    with serving(tmp_path) as site:
        children = children_of(site.process.pid)
        all_of_them = [*children.values(), *page_processes(children["granian"])]

        site.process.kill()

        eventually(lambda: not any(alive(pid) for pid in all_of_them), seconds=10)
        left = [pid for pid in all_of_them if alive(pid)]
        for pid in left:
            # They hold what the test reads from: it would wait for ever.
            os.kill(pid, signal.SIGKILL)
        assert (len(all_of_them), left) == (3, [])
        assert site.get() == (0, "")


def test_what_is_kept_is_the_owners_alone(served: Served) -> None:
    assert served.home.stat().st_mode & 0o077 == 0
    assert (served.home / "secret").stat().st_mode & 0o077 == 0
    with sqlite3.connect(served.home / "tertulia.sqlite3") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()
