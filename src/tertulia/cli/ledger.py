"""A ledger of any size, read where it lies: every space at once, without the acts that decided."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tertulia.cli.kept import UNKNOWN, Source, sources_of, unreadable
from tertulia.engine.acts import Id
from tertulia.engine.backends.contract import Backend
from tertulia.engine.params import DEFAULT
from tertulia.engine.posterior import of_counts
from tertulia.engine.reading import EpisodeShare, Feature, SpaceReading, State, Window
from tertulia.engine.spaces import read_spaces

# Up to here the acts are held in memory and each space is explained; beyond, a ledger is read where it lies.
MOST_HELD = 3_000_000
FEATURES = ("exchange", "answered", "uptake_t", "uptake_o", "closed", "acted_upon")
EPISODES = ("came_of_it", "both_ways", "one_way", "no_answer", "closed")


def is_large(path: Path) -> bool:
    """Whether it holds more acts than are held in memory, by what its files say of themselves."""
    files = path.rglob("*.parquet") if path.is_dir() else [path]
    try:
        return sum(pq.read_metadata(file).num_rows for file in files) > MOST_HELD
    except (OSError, pa.ArrowInvalid):
        # Not Parquet: whoever reads it says what is wrong with it.
        return False


def read_ledger(
    path: Path, *, at: int | None, window: Window, chat: bool, backend: Backend
) -> list[SpaceReading]:
    """A reading of every space, with the same figures as a reading of that space alone, and no evidence."""
    said = sources_of(path)
    # Spaces of one kind are read together; a ledger that says nothing of itself is of one kind.
    kinds = list(dict.fromkeys(said.values())) or [UNKNOWN]
    found: list[SpaceReading] = []
    for kind in kinds:
        try:
            rows = read_spaces(
                path,
                at=at,
                window=window,
                visibility=kind.visibility,
                chat=chat or kind.chat,
                backend=backend,
            )
        except (ValueError, pa.ArrowInvalid) as error:
            raise unreadable(path, error) from error
        of_kind = (row for row in rows.to_pylist() if said.get(str(row["space"]), kinds[0]) == kind)
        found.extend(_reading(row, window, kind) for row in of_kind)
    return sorted(found, key=lambda reading: _order(reading.space))


def _order(space: Id) -> tuple[bool, int, str]:
    return (isinstance(space, str), 0 if isinstance(space, str) else space, str(space))


def _reading(row: dict[str, Any], window: Window, kind: Source) -> SpaceReading:
    seen = kind.visibility
    names = ("addressee", "outcome", "movement", "confirmation")
    judged = row["about"] is not None
    return SpaceReading(
        space=row["space"],
        window=window,
        start=row["start"],
        end=row["end"],
        params_version=row["params_version"],
        text_versions=(),
        people=row["people"],
        contributions=row["contributions"],
        openings=row["openings"],
        responses=row["responses"],
        meetings=row["meetings"],
        returned=row["returned"],
        open_asks=(),
        open_asks_total=0,
        basis_shares={},
        missing=()
        if row["told"] or not judged
        else ("uptake_against_other_threads", "uptake_against_other_order"),
        not_visible=tuple(name for name in names if not getattr(seen, name)),
        ceiling=None if seen.outcome and seen.movement else State.CONVERSING,
        probabilities={name[2:]: p for name, p in row.items() if name.startswith("p_") and p},
        state=State(row["state"]),
        about=State(row["about"]) if judged else None,
        probability=row["probability"],
        leaning=State(row["leaning"]) if row["leaning"] else None,
        under_five=0 < row["people"] < DEFAULT.people_at_least,
        features=tuple(_feature(name, row) for name in FEATURES if row[f"{name}_low"] is not None),
        asks_younger=row["asks_younger"],
        episodes=tuple(_episodes(name, row) for name in EPISODES) if judged else (),
    )


def _feature(name: str, row: dict[str, Any]) -> Feature:
    # Over how many people, and how far above its threshold, a row of many spaces does not say.
    return Feature(name, row[name], row[f"{name}_low"], row[f"{name}_high"], None, None, 0, 0)


def _episodes(name: str, row: dict[str, Any]) -> EpisodeShare:
    count, of = row[f"episodes_{name}"], row["episodes"]
    low, high = of_counts(count, of - count).interval(DEFAULT.episode_interval)
    return EpisodeShare(name, count, of, float(low), float(high))
