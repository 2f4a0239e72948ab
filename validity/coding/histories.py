"""The histories that are coded, as the importers give them, conversation by conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from tertulia.engine.acts import Visibility
from tertulia.engine.fold import said
from tertulia.importers.detect import detect, silently
from tertulia.importers.table import Tables, tables_of
from validity.data import NoData

# Where each lies in the folder of the shared data. The day logs are read for the windows alone.
PATHS: Final = {
    "bicycles.meta": "stackexchange/bicycles.meta",
    "cc-labs": "wordpress/cc-labs.wordpress.xml",
    "irc-meetings": "irc/duraspace-2009-2018.messages.txt.xz",
    "irc-days": "irc/original-2011",
}


@dataclass(frozen=True)
class History:
    """One history: its tables, and what a reading has to know of its source."""

    name: str
    tables: Tables
    chat: bool
    visibility: Visibility

    @cached_property
    def episodes(self) -> Mapping[int, list[dict[str, Any]]]:
        """By episode its contributions, the rows of the engine's `said`, in the order of (t, act)."""
        rows = said(self.tables.acts, chat=self.chat).sort_by([("t", "ascending"), ("act", "ascending")])
        found: dict[int, list[dict[str, Any]]] = {}
        for row in rows.to_pylist():
            found.setdefault(row["episode"], []).append(row)
        return dict(sorted(found.items()))

    @cached_property
    def opened(self) -> Mapping[int, dict[str, Any]]:
        """By thread the contribution that opened it, if a person wrote it."""
        rows = (row for found in self.episodes.values() for row in found)
        return {row["thread"]: row for row in rows if row["opening"]}

    @cached_property
    def texts(self) -> Mapping[int, str]:
        return dict(zip(*_columns(self.tables.texts, "act", "text"), strict=True))

    @cached_property
    def source_ids(self) -> Mapping[int, str]:
        return dict(zip(*_columns(self.tables.sources, "act", "source_id"), strict=True))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """By key the name under which a person writes."""
        return dict(zip(*_columns(self.tables.people, "key", "name"), strict=True))

    def episode_of(self, source_id: str) -> int:
        """The episode that begins with this contribution. Raises: NoData."""
        for act, found in self.source_ids.items():
            if found == source_id and act in self.episodes:
                return act
        raise NoData(
            f"{self.name} has no conversation that begins with {source_id}; was another export coded?"
        )


def _columns(table: pa.Table, *names: str) -> list[list[Any]]:
    return [table.column(name).to_pylist() for name in names]


def history(name: str, folder: Path) -> History:
    """One of the four histories of `PATHS`, read from the folder of the shared data. Raises: NoData."""
    path = folder / PATHS[name]
    if not path.exists():
        raise NoData(f"There is no {path}.")
    return read_history(name, path)


def read_history(name: str, path: Path) -> History:
    """An export of any format that the importers know, under that name."""
    found = detect(path)
    tables = tables_of(found.read(path, silently), space=name, chat=found.chat)
    # No export holds who changed something because of whom.
    visible = Visibility(addressee=True, outcome=False, movement=False, confirmation=found.confirms)
    return History(name, tables, found.chat, visible)
