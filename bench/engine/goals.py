"""What the engine may cost: the goals of the design, and how a measurement stands to them."""

from dataclasses import dataclass
from typing import Final

# A goal that is missed by more than this holds a change back, and gets a profile.
BEYOND: Final = 1.5
TIES: Final = 5.0
READINGS: Final = 8.0
MEMORY_MB: Final = 2000.0
MESSAGES_A_SECOND: Final = 20_000.0
INTRODUCTIONS_P95_MS: Final = 1.0
TIE_ROWS_P99_US: Final = 60.0


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, in which unit, and the goal if there is one."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    more_is_better: bool = False

    @property
    def against(self) -> float | None:
        """1 is the goal; above it is missed."""
        if self.goal is None:
            return None
        return self.goal / self.value if self.more_is_better else self.value / self.goal

    @property
    def words(self) -> str:
        if self.against is None:
            return ""
        if self.against <= 1:
            return "kept"
        return f"MISSED, {self.against:.2f} times" + (", BY FAR" if self.against > BEYOND else "")

    @property
    def style(self) -> str:
        if self.against is None or self.against <= 1:
            return "green"
        return "yellow" if self.against <= BEYOND else "bold red"
