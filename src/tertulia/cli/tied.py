"""Begins a command that is asked to stop when whoever began it has died, even of a signal that nobody can catch.

Only Linux tells a process that. The wish outlives `exec`, so this process makes it and becomes the command: between
fork and exec of the supervisor nothing of ours runs. Run as `python -m tertulia.cli.tied PARENT COMMAND…`.
"""

import ctypes
import os
import signal
import sys

# From linux/prctl.h.
PR_SET_PDEATHSIG = 1


def to_this_process(command: list[str]) -> list[str]:
    """The command that does so; where nothing tells of a death, the command itself."""
    if sys.platform != "linux":
        return command
    return [sys.executable, "-m", __name__, str(os.getpid()), *command]


def begin(parent: int, command: list[str]) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    # It may have died before it was asked for.
    if os.getppid() != parent:
        raise SystemExit(1)
    os.execvp(command[0], command)  # noqa: S606 - the supervisor's own commands, without a shell


if __name__ == "__main__":
    begin(int(sys.argv[1]), sys.argv[2:])
