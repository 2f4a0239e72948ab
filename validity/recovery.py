"""Recovery: spaces whose truth is known, because people made up by a generator live in them, read by the engine.

The generator (`validity.agents`) imports nothing from the engine. What a kind of space is follows from how its people
go about it; nothing is fitted. Other seeds give other people: `--first-seed`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from validity.agents.ways import KINDS, Kind
from validity.claim import Claim, tell
from validity.recovered import made, read
from validity.recovery_figures import (
    baselines,
    by_kind,
    coverage,
    fairness,
    headline,
    hits,
    states,
    true_values,
)
from validity.recovery_notes import notes

SIZES: Final = (15, 30, 60)
SEEDS: Final = 20
FIRST_SEED: Final = 1
# People drawn anew, for the true values and for the thresholds of the baselines.
FRESH: Final = 40
FRESH_FROM: Final = 10_001
# Five of fifteen are no ring any more but a third of the space.
RING_IN: Final = 30


def claims(_folder: Path) -> list[Claim]:
    """The claim; it needs no data but a word list."""
    return [claim()]


def claim(
    *,
    kinds: Sequence[Kind] = KINDS,
    sizes: Sequence[int] = SIZES,
    first_seed: int = FIRST_SEED,
    seeds: int = SEEDS,
    fresh: int = FRESH,
) -> Claim:
    """The claim for these kinds and sizes (the last one is what is asked), with `seeds` spaces of each."""
    drawn = range(first_seed, first_seed + seeds)
    by_size = {
        size: [
            one for kind in kinds if size >= RING_IN or not kind.ways.ring for one in read(kind, size, drawn)
        ]
        for size in sizes
    }
    asked = by_size[sizes[-1]]
    anew = {kind.name: made(kind, sizes[-1], range(FRESH_FROM, FRESH_FROM + fresh)) for kind in kinds}
    everybody = [one for spaces in anew.values() for one in spaces]
    found = hits(asked, {name: true_values(spaces) for name, spaces in anew.items()})
    figures = {
        **headline(asked),
        **{
            f"{key}_{size}": figure
            for size, reads in by_size.items()
            for key, figure in states(reads).items()
        },
        **coverage(found),
        **fairness(asked, everybody),
        **by_kind(asked),
    }
    data = f"{len(kinds)} kinds, {seeds} seeds from {first_seed}, spaces of {', '.join(map(str, sizes))}"
    return Claim("recovery", data, figures, baselines(everybody, asked), notes(by_size, found, anew))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="spaces of each kind and size")
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED, help="other seeds, other people")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    asked = parser.parse_args(argv)
    found = claim(kinds=KINDS, first_seed=asked.first_seed, seeds=asked.seeds, fresh=FRESH)
    tell(found, as_json=asked.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
