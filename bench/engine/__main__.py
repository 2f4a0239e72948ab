"""`python -m bench.engine`: measures the engine beside its floor and its peers, and leaves the figures in build/."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.engine import parts
from bench.engine.goals import Row

BUILD: Final = parts.ROOT / "build"
# Where the output goes into a file or a log.
WIDTH: Final = 120


def main() -> int:
    asked = arguments()
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    console.print(
        f"Python {sys.version.split()[0]}; CPU is user and system time of a process of its own, the least of "
        f"{parts.ROUNDS} rounds."
    )
    size = parts.Size.small() if asked.small else parts.Size()
    setting = parts.Setting(size, asked.folder or BUILD / "bench-engine", asked.convokit)
    figures: dict[str, Any] = {"small": asked.small}
    missed = 0
    for name in asked.only:
        console.print(f"{parts.TITLES[name]} …", style="dim")
        rows, figures[name] = parts.PARTS[name](setting)
        if asked.small:
            # Of a small table most is what starting costs: beside a goal it would say nothing.
            rows = [replace(row, goal=None) for row in rows]
        console.print(shown(parts.TITLES[name], rows))
        missed += sum(1 for row in rows if (row.against or 0) > 1)
    BUILD.mkdir(exist_ok=True)
    (BUILD / "bench-engine.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if not asked.small:
        console.print(f"{missed} goals missed." if missed else "Every goal kept.")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-engine ARGS=…", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=parts.PARTS, default=list(parts.PARTS), help="these, not all"
    )
    parser.add_argument(
        "--small", action="store_true", help="tables so small that it is over soon; the figures say little"
    )
    parser.add_argument(
        "--folder", type=Path, help="where the invented ledgers are kept (build/bench-engine)"
    )
    parser.add_argument("--convokit", help="a Python that has ConvoKit and pyarrow, to measure it beside")
    return parser.parse_args()


def shown(title: str, rows: list[Row]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("what", "measured", "goal", ""):
        table.add_column(column, justify="left" if column in {"what", ""} else "right")
    for row in rows:
        goal = "" if row.goal is None else f"{'≥' if row.more_is_better else '≤'} {row.goal:,g} {row.unit}"
        table.add_row(row.name, f"{row.value:,.4g} {row.unit}", goal, Text(row.words, style=row.style))
    return table


if __name__ == "__main__":
    sys.exit(main())
