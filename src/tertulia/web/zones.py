"""The time zones that somebody may read dates in, by the names that their places have now."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
# One line for each zone of each country, under its one name of today: kept beside the zones themselves.
TABLE = "zone.tab"


@dataclass(frozen=True)
class Region:
    """Zones of one part of the world, each as it is kept and as it is shown."""

    name: str
    zones: tuple[tuple[str, str], ...]


@cache
def known() -> frozenset[str]:
    """All that are called after a place. Browsers tell old names, and people chose some: both are understood."""
    return frozenset(one for one in zoneinfo.available_timezones() if one.startswith(REGIONS))


@cache
def offered() -> frozenset[str]:
    """Each place once. Where the table was not installed with the zones: all that are known."""
    lines = [line.split("\t") for line in _table().splitlines() if not line.startswith("#")]
    return known() & {fields[2] for fields in lines if len(fields) > 2} or known()


def _table() -> str:
    for folder in zoneinfo.TZPATH:
        path = Path(folder) / TABLE
        if path.is_file():
            return path.read_text(encoding="utf-8")
    try:
        return resources.files("tzdata.zoneinfo").joinpath(TABLE).read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return ""


def regions(chosen: str) -> tuple[Region, ...]:
    """The places by their own names, so that the list finds them when somebody types; with the one chosen before."""
    return _regions(offered() | known() & {chosen})


@lru_cache(maxsize=8)
def _regions(zones: frozenset[str]) -> tuple[Region, ...]:
    places: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(zones):
        region, _slash, place = zone.partition("/")
        shown = ", ".join(reversed(place.replace("_", " ").split("/")))
        places.setdefault(region, []).append((zone, shown))
    return tuple(Region(name, tuple(sorted(found, key=lambda one: one[1]))) for name, found in places.items())
