"""Keeps a few child processes alive: starts them, starts a dead one again, and stops them all in time."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from tertulia.cli import tied
from tertulia.cli.start import complain

LOOK_EVERY_SECONDS = 0.2
# A child that lived this long had started; one that did not, failed to start.
STARTED_SECONDS = 10
ATTEMPTS = 5
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 8.0
# From SIGTERM to SIGKILL, so that all is over within ten seconds.
KILL_AFTER_SECONDS = 7.0


@dataclass
class Child:
    """One process to keep alive, and what is known of its life."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    due_at: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        # In a group of its own: Ctrl+C reaches us alone, and what it leaves behind can be found.
        self.process = subprocess.Popen(tied.to_this_process(self.command), process_group=0)

    def look(self) -> None:
        """Starts the child when it is due; notes its death, and when it is due again."""
        if self.process is None:
            if time.monotonic() >= self.due_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        # granian's own workers outlive it when it is killed, and would keep the port.
        self.kill()
        lived = time.monotonic() - self.started_at
        self.failures = 1 if lived >= STARTED_SECONDS else self.failures + 1
        wait = min(FIRST_WAIT_SECONDS * 2 ** (self.failures - 1), LONGEST_WAIT_SECONDS)
        self.due_at = time.monotonic() + wait
        self.process = None
        complain(f"The {self.name} process ended ({how(code)}); it starts again in {wait:g} s.")

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        if self.process is not None:
            try:
                self.process.wait(max(seconds, 0.0))
            except subprocess.TimeoutExpired:
                complain(f"The {self.name} process did not stop in time and was killed.")
            self.kill()
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """Ends whatever is left of the child's group."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                # Nothing is left. (macOS refuses to signal a group of which only the dead are left.)
                return


class Stop:
    """Becomes `asked` with SIGTERM, with Ctrl+C, and when the terminal closes.

    Not a threading.Event, whose lock the handler could find taken."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.ask)

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_EVERY_SECONDS))


def how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {-code}"


def run(children: list[Child], *, when_up: Callable[[], None], is_up: Callable[[], bool]) -> int:
    """Keeps the children alive until a signal asks to stop (0), or until one failed to start five times (1).
    Calls `when_up` once, when `is_up` says yes for the first time."""
    stop = Stop()
    up = False
    code = 0
    while not stop.asked:
        for child in children:
            child.look()
        tired = next((child for child in children if child.failures >= ATTEMPTS), None)
        if tired:
            complain(
                f"The {tired.name} process failed to start {ATTEMPTS} times. Stopping; what went wrong stands above."
            )
            code = 1
            break
        if not up and is_up():
            up = True
            when_up()
        stop.wait(LOOK_EVERY_SECONDS)
    stop_all(children)
    return code


def stop_all(children: list[Child]) -> None:
    deadline = time.monotonic() + KILL_AFTER_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait(deadline - time.monotonic())
