"""Children are kept alive, and all are stopped in time. Real processes, in one that supervises them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tertulia.cli import supervise, tied, visit
from tests.cli.processes import alive, eventually, running

# A child that says its id, and lives until it is stopped.
LIVES = "import os, time; open({file!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + LIVES
PARENT = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {inner!r}]); " + LIVES


def supervisor(*codes: str) -> list[str]:
    """A process that supervises one Python child for each piece of code, impatiently."""
    program = dedent(
        """
        import sys
        from tertulia.cli import supervise, tied, visit
        supervise.FIRST_WAIT_SECONDS, supervise.KILL_AFTER_SECONDS = 0.05, 0.5
        children = [supervise.Child(f"c{i}", [sys.executable, "-c", code]) for i, code in enumerate(sys.argv[1:])]
        sys.exit(supervise.run(children, is_up=lambda: True, when_up=lambda: print("up", flush=True)))
        """
    )
    return [sys.executable, "-c", program, *codes]


def ids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def counted(file: Path, number: int) -> Callable[[], bool]:
    return lambda: len(ids(file)) == number


def test_a_killed_child_is_started_again(tmp_path: Path) -> None:
    file = tmp_path / "ids"
    with running(supervisor(LIVES.format(file=str(file))), dict(os.environ)):
        assert eventually(counted(file, 1))

        os.kill(ids(file)[0], signal.SIGKILL)

        assert eventually(counted(file, 2))


def test_what_a_killed_child_leaves_behind_is_ended_before_it_starts_again(tmp_path: Path) -> None:
    child, grandchild = tmp_path / "child", tmp_path / "grandchild"
    code = PARENT.format(inner=LIVES.format(file=str(grandchild)), file=str(child))
    with running(supervisor(code), dict(os.environ)):
        assert eventually(lambda: len(ids(child)) == 1 and len(ids(grandchild)) == 1)
        orphan = ids(grandchild)[0]

        os.kill(ids(child)[0], signal.SIGKILL)

        assert eventually(lambda: not alive(orphan))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all_and_that_is_no_failure(tmp_path: Path, number: signal.Signals) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    with running(supervisor(*(LIVES.format(file=str(file)) for file in files)), dict(os.environ)) as process:
        assert eventually(lambda: all(ids(file) for file in files))

        process.send_signal(number)

        assert process.wait(5) == 0
        assert not any(alive(ids(file)[0]) for file in files)


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "ids"
    with running(supervisor(DEAF.format(file=str(file))), dict(os.environ)) as process:
        assert eventually(counted(file, 1))

        process.terminate()

        assert process.wait(5) == 0
        assert not alive(ids(file)[0])


def test_a_child_that_cannot_start_ends_everything_after_five_attempts() -> None:
    done = subprocess.run(
        supervisor("raise SystemExit(3)", "import time; time.sleep(60)"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "The c0 process failed to start 5 times." in done.stderr
    assert done.stderr.count("ended (exit code 3)") == 5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_children_do_not_outlive_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    with running(supervisor(*(LIVES.format(file=str(file)) for file in files)), dict(os.environ)) as process:
        assert eventually(lambda: all(ids(file) for file in files))

        process.kill()

        assert eventually(lambda: not any(alive(ids(file)[0]) for file in files), seconds=5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_a_child_whose_supervisor_died_before_it_began_does_not_begin(tmp_path: Path) -> None:
    began = tmp_path / "began"
    command = [sys.executable, "-m", tied.__name__, "1", "touch", str(began)]

    done = subprocess.run(command, check=False)

    assert done.returncode != 0
    assert not began.exists()


def test_being_up_is_said_once() -> None:
    with running(supervisor("import time; time.sleep(60)"), dict(os.environ)) as process:
        time.sleep(1.5)
        process.terminate()
        process.wait(5)

        assert process.stdout is not None
        assert process.stdout.read() == "up\n"


def test_the_patience_with_children_leaves_all_over_within_ten_seconds() -> None:
    assert visit.KNOCK_SECONDS + supervise.KILL_AFTER_SECONDS + supervise.LOOK_EVERY_SECONDS < 10
