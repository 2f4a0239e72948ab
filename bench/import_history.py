"""What it costs to bring a real history in: `tertulia import` of the Stack Exchange dump of bicycles.meta."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.postgres import Server
from bench.site import ROOT, build_folder, scratch

DUMP = Path("stackexchange") / "bicycles.meta"


def dump() -> Path | None:
    """Where the tests look for it too: TERTULIA_TEST_DATA, or `shared/data` beside the repository."""
    named = os.environ.get("TERTULIA_TEST_DATA")
    found = (Path(named) if named else ROOT.parent / "shared" / "data") / DUMP
    return found if found.is_dir() else None


def measure(path: Path, server: Server | None) -> dict[str, Any]:
    """The whole command on a site that is ready, from its start to the reading of the new space."""
    database = "postgres" if server else "sqlite"
    with scratch(server) as site:
        site.prepare()
        site.inside("keep")
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "tertulia.cli.main", "import", str(path), "--space", "Bicycles", "--json"],
            cwd=ROOT,
            env=site.environ,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None  # noqa: S101 - for the types
        try:
            said = process.stdout.read()
            _pid, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        seconds = time.perf_counter() - began
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("The import failed; what went wrong stands above.")
    report = json.loads(said)
    figures = {
        "seconds": round(seconds, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        # Linux counts it in KB. The database server's own is not in it.
        "peak_mb": round(used.ru_maxrss * 1024 / 1e6, 1),
        **{key: report[key] for key in ("people", "ideas", "answers", "comments")},
    }
    name = "bench-import.json" if not server else f"bench-import-{database}.json"
    (build_folder() / name).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return figures
