"""The tables that `make bench` prints."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench import goals
from bench.goals import Against
from bench.load import Spent
from bench.pages import Measured

COLUMNS = ("page", "CPU ms", "goal", "ratio", "yardstick", "calls", "bytes", "gzip")
READ_IT = (
    "yardstick: CPU ms of a fixed piece of Python just before. Divide by it to compare figures of two moments. "
    "calls: of functions, for one request."
)


def show_pages(console: Console, results: list[Measured], floor: Spent) -> None:
    for measured in results:
        console.print(table_of(measured, floor))
        for remark in measured.remarks:
            console.print(remark, style="yellow")


def table_of(measured: Measured, floor: Spent) -> Table:
    table = Table(
        title=f"Pages on {measured.database}", title_justify="left", caption=READ_IT, caption_justify="left"
    )
    for column in COLUMNS:
        table.add_column(column, justify="left" if column in {"page", "ratio"} else "right")
    table.add_row(
        "the floor: the same server, an empty page",
        f"{floor.cpu_ms:.3f}",
        "",
        "",
        f"{floor.yardstick_ms:.1f}",
    )
    for name, goal in goals.CPU_MS.items():
        if name in measured.figures:
            table.add_row(*page_row(name, goal, measured))
    table.add_section()
    for name, value, goal, unit in others(measured):
        against = Against(value, goal)
        table.add_row(name, f"{value:,.4g}{unit}", f"{goal:,g}{unit}", shown(against))
    table.add_row("CPU until the first answer", f"{measured.figures['first_answer_cpu_s']:.2f} s")
    return table


def page_row(name: str, goal: float, measured: Measured) -> list[str | Text]:
    figure, machine = measured.figures[name], measured.figures["machine"]
    spent, size, gzip = figure["cpu_ms"], figure["bytes"], figure["gzip_bytes"]
    if spent is None or size is None or gzip is None:
        answered = Text(f"answered {figure.get('answered')}", style="bold red")
        return [goals.NAMES[name], "–", f"{goal:g}", answered, "–", "–", "–", "–"]
    against = Against(spent, goal)
    beside = f"{machine['yardstick_ms'][name]:.1f}", f"{machine['calls'][name]:,}"
    return [goals.NAMES[name], f"{spent:.2f}", f"{goal:g}", shown(against), *beside, f"{size:,}", f"{gzip:,}"]


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
