"""What Linux says of processes: CPU seconds and memory of a whole tree, and on which core it runs."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


class Gone(Exception):
    """A process that was measured is there no longer."""


def stat_of(pid: int) -> list[str]:
    """The fields after the name, of which the first is the state (field 3 of proc(5))."""
    try:
        return (PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError as error:
        raise Gone(str(pid)) from error


def tree_of(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdecimal():
            try:
                parents.setdefault(int(stat_of(int(entry.name))[1]), []).append(int(entry.name))
            except Gone:
                continue
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += parents.get(pid, [])
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of its children that have ended."""
    fields = stat_of(pid)
    return sum(int(field) for field in fields[11:15]) / TICKS


def cpu_of(pids: list[int]) -> dict[int, float]:
    """Without those that have ended meanwhile."""
    found = {}
    for pid in pids:
        try:
            found[pid] = cpu_seconds(pid)
        except Gone:
            continue
    return found


def pss_bytes(pid: int) -> int:
    """Memory, with what is shared between processes counted in parts."""
    lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def has_loaded(pid: int, library: str) -> bool:
    return library in (PROC / str(pid) / "maps").read_text(encoding="utf-8")


def cores() -> tuple[int, int]:
    """One core for the server and another for the load; the same one where there is no other."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """This process runs there meanwhile, and what it starts stays there."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def pin(pid: int, core: int) -> None:
    """A process of somebody else's (a database server) moves only if we may."""
    try:
        os.sched_setaffinity(pid, {core})
    except (PermissionError, ProcessLookupError):
        return


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not (done := condition()) and time.monotonic() < end:
        time.sleep(0.005)
    return done
