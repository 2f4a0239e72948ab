"""How far long work has got: a bar on a terminal's error stream, and nothing where nobody watches."""

from collections.abc import Mapping
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bar:
    """Called with what is done, how much of it, and of how much (0: not known)."""

    def __init__(self, *, quiet: bool, doing: Mapping[str, str] | None = None) -> None:
        console = Console(stderr=True)
        self.doing = doing or {}
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self.bar.start()
        self.task = self.bar.add_task("reading", total=None)
        return self

    def __exit__(self, *_error: object) -> None:
        self.bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        self.bar.update(
            self.task, description=self.doing.get(what, what), completed=done, total=total or None
        )
