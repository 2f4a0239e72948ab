"""Where the invented ledgers lie between runs: they are the same each time, so they are written once."""

import shutil
from pathlib import Path
from typing import Any

from bench.engine import apart, ledger


def ledger_of(acts: int, folder: Path) -> Path:
    """The folder of a ledger of so many acts, written now if it is not there."""
    found = folder / f"acts-{acts}-seed-{ledger.SEED}"
    if not found.is_dir():
        apart.apart("write", acts=acts, folder=str(found))
    return found


def write(acts: int, folder: str) -> dict[str, Any]:
    # Under another name until it is whole.
    unfinished = Path(folder + "-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    cost = apart.spent(lambda: ledger.write(unfinished, acts))
    unfinished.rename(folder)
    return cost
