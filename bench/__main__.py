"""`python -m bench`: measures, prints tables, and leaves the figures in build/."""

import argparse
import os
import signal
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import goals, import_history, pages, processes, report, write_version
from bench.postgres import NoServer, Server, server

PARTS = ("pages", "import", "version")
# Where the output goes into a file or a log.
WIDTH = 120
HERE = "postgres://postgres@127.0.0.1:5432/postgres"


def main() -> int:
    # Whoever ends the bench ends what it started too, and its databases go.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    asked = arguments()
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    if not Path("/proc/self/smaps_rollup").exists():
        console.print("The bench reads CPU and memory from Linux's /proc, which is not here.")
        return 2
    say_ground(console)
    servers = databases(console, asked.postgres)
    if "pages" in asked.only:
        measured = [pages.measure(one, only=asked.page) for one in servers]
        report.show_pages(console, measured, pages.floor())
    if "import" in asked.only:
        show_imports(console, servers)
    if "version" in asked.only:
        show_versions(console)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts, not all")
    parser.add_argument("--page", default="", help="of the pages, those whose name holds this")
    parser.add_argument(
        "--postgres",
        default=os.environ.get("TERTULIA_TEST_DATABASE_URL") or HERE,
        help="a PostgreSQL server on this machine, by a role that may create databases; “no” to do without",
    )
    return parser.parse_args()


def say_ground(console: Console) -> None:
    server_core, load_core = processes.cores()
    where = f"the server on core {server_core}, the load on core {load_core}"
    if server_core == load_core:
        where = "server and load on the only core there is"
    console.print(f"Python {sys.version.split()[0]}, {where}; CPU is the least of several rounds.")


def databases(console: Console, url: str) -> list[Server | None]:
    """None stands for SQLite."""
    if url == "no":
        return [None]
    try:
        return [None, server(url)]
    except NoServer as reason:
        console.print(f"Without PostgreSQL: {reason}.", style="yellow")
        return [None]


def show_imports(console: Console, servers: list[Server | None]) -> None:
    path = import_history.dump()
    if path is None:
        console.print(
            "No history to import: name the folder that holds it with TERTULIA_TEST_DATA.", style="yellow"
        )
        return
    table = Table(title="Import of bicycles.meta, from the command to its reading", title_justify="left")
    for column in ("database", "seconds", "CPU s", "peak MB"):
        table.add_column(column, justify="right" if column != "database" else "left")
    for one in servers:
        found = import_history.measure(path, one)
        table.add_row(
            "postgres (its own work not counted)" if one else "sqlite",
            *(f"{found[key]:g}" for key in ("seconds", "cpu_s", "peak_mb")),
        )
    console.print(table)


def show_versions(console: Console) -> None:
    table = Table(title="The difference of a version of 5,000 words", title_justify="left")
    for column in ("change", "CPU ms", "goal", "ratio"):
        table.add_column(column, justify="left" if column in {"change", "ratio"} else "right")
    for name, spent in write_version.measure().items():
        against = goals.Against(spent, goals.DIFFERENCE_MS)
        table.add_row(name, f"{spent:.1f}", f"{goals.DIFFERENCE_MS:g}", report.shown(against))
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
