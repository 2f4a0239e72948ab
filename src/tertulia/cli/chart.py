"""Charts as SVG that need no colour and no script: marks differ by shape, and every figure stands beside its mark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, ROW = 720, 310, 90, 28
# What fits to the left of the marks at the size of the page's letters.
LONGEST_LABEL = 46
SPAN = WIDTH - LEFT - RIGHT


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: a share from 0 to 1, its interval if it has one, the threshold it is held against if there is one."""

    label: str
    value: float | None
    says: str
    low: float | None = None
    high: float | None = None
    threshold: float | None = None


def bars(name: str, title: str, told: str, marks: Sequence[Mark]) -> str:
    """Bars from 0; an interval is a line with ends across the bar's end."""
    return _chart(name, title, told, marks, _bar)


def intervals(name: str, title: str, told: str, marks: Sequence[Mark]) -> str:
    """A dot on its interval; the threshold is an upright dashed line."""
    return _chart(name, title, told, marks, _dot)


def _chart(name: str, title: str, told: str, marks: Sequence[Mark], draw: Callable[[Mark, int], str]) -> str:
    height = ROW * len(marks) + 40
    rows = "".join(
        f'<text class="label" x="{LEFT - 12}" y="{_y(i) + 5}" text-anchor="end">{escape(mark.label)}</text>'
        f"{draw(mark, _y(i))}"
        f'<text class="value" x="{WIDTH - RIGHT + 12}" y="{_y(i) + 5}">{escape(mark.says)}</text>'
        for i, mark in enumerate(marks)
    )
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" aria-labelledby="{name}-title {name}-told">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-told">{escape(told)}</desc>'
        f"{rows}{_axis(height)}</svg>"
    )


def _y(row: int) -> int:
    return ROW * row + ROW // 2


def _x(share: float) -> float:
    return round(LEFT + SPAN * min(1.0, max(0.0, share)), 1)


def _axis(height: int) -> str:
    base = height - 26
    ticks = "".join(
        f'<line class="axis" x1="{_x(at)}" y1="{base}" x2="{_x(at)}" y2="{base + 5}"/>'
        f'<text class="tick" x="{_x(at)}" y="{base + 19}" text-anchor="middle">{says}</text>'
        for at, says in ((0, "0"), (0.25, ".25"), (0.5, ".50"), (0.75, ".75"), (1, "1"))
    )
    return f'<line class="axis" x1="{LEFT}" y1="{base}" x2="{_x(1)}" y2="{base}"/>{ticks}'


def _bar(mark: Mark, y: int) -> str:
    drawn = ""
    if mark.value is not None:
        drawn = f'<rect class="bar" x="{LEFT}" y="{y - 8}" width="{max(1.0, _x(mark.value) - LEFT)}" height="16"/>'
    return drawn + _whisker(mark, y) + _threshold(mark, y)


def _dot(mark: Mark, y: int) -> str:
    dot = f'<circle class="dot" cx="{_x(mark.value)}" cy="{y}" r="5"/>' if mark.value is not None else ""
    return _whisker(mark, y) + _threshold(mark, y) + dot


def _whisker(mark: Mark, y: int) -> str:
    if mark.low is None or mark.high is None:
        return ""
    ends = "".join(
        f'<line class="whisker" x1="{_x(at)}" y1="{y - 5}" x2="{_x(at)}" y2="{y + 5}"/>'
        for at in (mark.low, mark.high)
    )
    return f'<line class="whisker" x1="{_x(mark.low)}" y1="{y}" x2="{_x(mark.high)}" y2="{y}"/>{ends}'


def _threshold(mark: Mark, y: int) -> str:
    if mark.threshold is None:
        return ""
    x = _x(mark.threshold)
    return f'<line class="threshold" x1="{x}" y1="{y - 12}" x2="{x}" y2="{y + 12}"/>'
