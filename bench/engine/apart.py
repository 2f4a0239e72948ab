"""Each measurement in a process of its own: what ran before has warmed, cached and left behind nothing."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent.parent


class Failed(Exception):
    """A measurement that broke off; what it wrote is above."""


def apart(task: str, **given: object) -> dict[str, Any]:
    """Run `tasks.TASKS[task]` in a new process and return what it measured, with its peak memory in MB.

    Peak memory is the process' own, from its start: what it has loaded counts. Raises Failed.
    """
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-m", "bench.engine.tasks", task, json.dumps(given)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None  # noqa: S101 - for the types
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{task} ended with {process.returncode}")
    # Linux counts it in KB.
    return {**json.loads(said), "peak_mb": round(used.ru_maxrss * 1024 / 1e6, 1)}


def spent(work: Callable[[], object]) -> dict[str, float]:
    """CPU seconds, user and system, of this process, its threads and the children it waited for; and seconds."""
    cpu, began = _cpu(), time.perf_counter()
    work()
    return {"cpu_s": round(_cpu() - cpu, 4), "seconds": round(time.perf_counter() - began, 4)}


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
