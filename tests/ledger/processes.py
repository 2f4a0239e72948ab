"""Starting `ledger_process.py`, and hearing what it says."""

import os
import subprocess
import sys
from pathlib import Path

Process = subprocess.Popen[str]
PROGRAM = Path(__file__).with_name("ledger_process.py")


def start(url: str, *words: str) -> Process:
    """A process on that database; what it says is read from its `stdout`."""
    environ = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environ |= {
        "TERTULIA_DATABASE_URL": url,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    # Committed is what counts here, and not what a power failure leaves: no waiting for the disk.
    environ["PGOPTIONS"] = "-c synchronous_commit=off"
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(PROGRAM), *words],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer(process: Process) -> str:
    """What a process says until it ends well."""
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return said
