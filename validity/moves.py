"""Question or not: the one move that is inferred, against what people coded."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertulia.engine.questions import asks
from validity.claim import Claim, Figure, bootstrap, tell
from validity.data import NoData, arguments, read, shared

COLUMNS: Final = ("room", "text", "kind", "target")
ASKING: Final = "probing"
NOT_ASKING: Final = "non-probing"
Flags = NDArray[np.bool_]


def claims(folder: Path) -> list[Claim]:
    """The claim on the shared data."""
    return [claim(folder / "validity" / "moves" / "delidata.parquet")]


def claim(path: Path) -> Claim:
    """The claim on a table of `room, text, kind, target`."""
    table = read(path, COLUMNS)
    kinds = [_asking(kind) for kind in table["kind"].to_pylist()]
    coded = table.filter(pa.array([kind is not None for kind in kinds]))
    truth = np.array([kind for kind in kinds if kind is not None], np.bool_)
    rooms = np.array([str(room) for room in coded["room"].to_pylist()])
    texts = [text or "" for text in coded["text"].to_pylist()]
    said = np.array([asks(text) for text in texts])

    def figure(guess: Flags, asked: str = "") -> Figure:
        return _figure(rooms, truth, guess, asked=asked)

    figures = {
        "macro_f1": figure(said, asked="at least .80"),
        "f1_asks": _figure(rooms, truth, said, score=_f1_asks),
    }
    baselines = {
        "macro_f1_question_mark": figure(np.array(["?" in text for text in texts])),
        "macro_f1_majority": figure(np.full(len(truth), truth.mean() > 0.5)),
    }
    many = f"{len(truth)} messages with a kind in {len(set(rooms.tolist()))} rooms"
    notes = [
        f"{many}, {truth.mean():.1%} of them asking; {len(table) - len(truth)} without one left out.",
        "Intervals: rooms drawn anew. Rules, nothing trained: nothing to cross-validate.",
        "On the shared rooms: what English asks like without its mark was collected from one half of them.",
        *_where_it_fails(coded["target"].to_pylist(), truth, said),
    ]
    return Claim("question or not", path.name, figures, baselines, notes)


def _asking(kind: str | None) -> bool | None:
    """True for Probing, False for Non-probing of any sort, None for a message that was not coded as either."""
    name = (kind or "").strip().lower()
    if name.startswith(NOT_ASKING):
        return False
    return True if name.startswith(ASKING) else None


def macro_f1(truth: Flags, guess: Flags) -> float:
    """The mean of the F1 of asking and that of not asking; a class that neither has counts 1."""
    return (_f1_asks(truth, guess) + _f1_asks(~truth, ~guess)) / 2


def _f1_asks(truth: Flags, guess: Flags) -> float:
    both = int(truth.sum() + guess.sum())
    return 2 * int((truth & guess).sum()) / both if both else 1.0


def _figure(
    rooms: NDArray[np.str_],
    truth: Flags,
    guess: Flags,
    *,
    score: Callable[[Flags, Flags], float] = macro_f1,
    asked: str = "",
) -> Figure:
    clusters = [np.flatnonzero(rooms == room) for room in sorted(set(rooms.tolist()))]

    def statistic(chosen: Sequence[NDArray[np.int64]]) -> float:
        rows = np.concatenate(list(chosen))
        return score(truth[rows], guess[rows])

    value = score(truth, guess)
    low, high = bootstrap(clusters, statistic)
    return Figure(value, low, high, asked, value >= 0.80 if asked else None)


def _where_it_fails(targets: Sequence[str | None], truth: Flags, guess: Flags) -> list[str]:
    missed, taken = truth & ~guess, guess & ~truth
    names = np.array([str(target) for target in targets])
    told = [
        f"{name}: {int((missed & (names == name)).sum())} missed, {int((taken & (names == name)).sum())} taken for one"
        for name in sorted(set(names[truth | guess].tolist()))
    ]
    return [f"Where it fails, by what the message is about. {'; '.join(told)}."]


def main(argv: Sequence[str] | None = None) -> int:
    asked = arguments(__doc__ or "", argv)
    try:
        found = [claim(asked.data)] if asked.data else claims(shared())
    except NoData as absent:
        print(absent)
        return 2
    for one in found:
        tell(one, as_json=asked.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
