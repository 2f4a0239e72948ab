"""Windows of time over a space's life."""

from typing import Literal

from tertulia.engine.params import Params

Window = Literal["12w", "1y", "all"]


def days_of(window: str, params: Params) -> int | None:
    """The days of a window by its name, None for the whole life. Raises ValueError at an unknown one."""
    lengths = {"12w": params.window_12w_days, "1y": params.window_year_days, "all": None}
    if window not in lengths:
        raise ValueError(f"window must be 12w, 1y or all, not {window!r}")
    return lengths[window]
