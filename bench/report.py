"""The tables that `make bench` prints."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench import goals
from bench.goals import Against
from bench.pages import Measured

COLUMNS = ("page", "CPU ms", "goal", "ratio", "bytes", "gzip")


def show_pages(console: Console, results: list[Measured], floor_ms: float) -> None:
    for measured in results:
        console.print(table_of(measured, floor_ms))
        for remark in measured.remarks:
            console.print(remark, style="yellow")


def table_of(measured: Measured, floor_ms: float) -> Table:
    table = Table(title=f"Pages on {measured.database}", title_justify="left")
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in {"page", "ratio"} else "right")
    table.add_row("the floor: the same server, an empty page", f"{floor_ms:.3f}")
    for name, goal in goals.CPU_MS.items():
        if name in measured.figures:
            table.add_row(*page_row(name, goal, measured.figures[name]))
    table.add_section()
    for name, value, goal, unit in others(measured):
        against = Against(value, goal)
        table.add_row(name, f"{value:,.4g}{unit}", f"{goal:,g}{unit}", shown(against))
    table.add_row("CPU until the first answer", f"{measured.figures['first_answer_cpu_s']:.2f} s")
    return table


def page_row(name: str, goal: float, figure: dict[str, float | None]) -> list[str | Text]:
    spent, size, gzip = figure["cpu_ms"], figure["bytes"], figure["gzip_bytes"]
    if spent is None or size is None or gzip is None:
        answered = Text(f"answered {figure.get('answered')}", style="bold red")
        return [goals.NAMES[name], "–", f"{goal:g}", answered, "–", "–"]
    against = Against(spent, goal)
    return [goals.NAMES[name], f"{spent:.2f}", f"{goal:g}", shown(against), f"{size:,}", f"{gzip:,}"]


def others(measured: Measured) -> list[tuple[str, float, float, str]]:
    figures, found = measured.figures, []
    thread = figures.get("thread_100_signed_in", {})
    if thread.get("bytes"):
        found += [
            ("HTML of the thread of 100, signed in", thread["bytes"] / 1000, goals.HTML_BYTES / 1000, " KB"),
            ("the same, gzip", thread["gzip_bytes"] / 1000, goals.HTML_GZIP / 1000, " KB"),
        ]
    visit = figures["first_visit"]
    return [
        *found,
        ("first visit, requests", visit["requests"], goals.FIRST_VISIT["requests"], ""),
        ("first visit, as transferred", visit["bytes"] / 1000, goals.FIRST_VISIT["bytes"] / 1000, " KB"),
        ("first answer after start", figures["first_answer_s"], goals.FIRST_ANSWER_S, " s"),
        ("memory of the pages (PSS)", figures["memory_mb"], goals.MEMORY_MB, " MB"),
    ]


def shown(against: Against) -> Text:
    return Text(against.words, style=against.style)
