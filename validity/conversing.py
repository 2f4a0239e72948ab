"""Conversing is not cohabiting: rooms in which people talked, against rooms made so that nobody answers anybody.

Nothing is fitted on the input. Rooms are read five to a space for the order of their scores, P(conversing) +
P(collaborating) before the floors, and twenty to a space for what is stated.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.stats import rankdata

from tertulia.engine.acts import Act, Visibility
from tertulia.engine.reading import read_space
from tertulia.engine.states import COHABITING, State
from tertulia.engine.uptake import measure
from validity.claim import Claim, Figure, bootstrap, tell
from validity.data import NoData, arguments, read, shared
from validity.order_free import clock, cohesion, turn_taking
from validity.rooms import (
    COLUMNS,
    Room,
    bundles,
    foreign_rooms,
    foreign_words,
    rooms_of,
    shuffled_order,
    spaces_of,
)

FEW: Final = 5
MANY: Final = 20
SEEDS: Final = (1, 2, 3, 4, 5)
NOT_NULL: Final = ("foreign_words", "shuffled")
# A log of a chat carries who seems to be spoken to, and nothing of what came of it.
TALK_ALONE: Final = Visibility(outcome=False, movement=False, confirmation=False)
TALKING: Final = (State.CONVERSING, State.COLLABORATING)


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of one space: its score, its state, its mean ranks (over people) and all its ranks; and what is
    read of it without words, or without their order."""

    score: float
    state: State
    t_alone: float
    o_alone: float
    ranks_t: tuple[float, ...]
    ranks_o: tuple[float, ...]
    clock: float
    turn_taking: float
    cohesion: float


Draws = Mapping[str, list[list[Read]]]


def claims(folder: Path) -> list[Claim]:
    """The claim on the shared data."""
    return [claim(folder / "validity" / "conversing" / "delidata.parquet")]


def claim(path: Path) -> Claim:
    """The claim on a table of `room, at, speaker, text`."""
    rooms = rooms_of(read(path, COLUMNS))
    few, many = draws(rooms, FEW), draws(rooms, MANY)
    figures = {
        "auc_foreign_words": _auc(few, "foreign_words", "score", asked="at least .80", least=0.80),
        "auc_shuffled": _auc(few, "shuffled", "score", asked="at least .80", least=0.80),
        "auc_foreign_rooms": _auc(few, "foreign_rooms", "score"),
        "stated_real": _stated(many, ["real"], TALKING, asked="at least .50", least=0.50),
        "false_conversing": _stated(many, NOT_NULL, TALKING, asked="at most .05", most=0.05),
        "false_cohabiting": _stated(many, ["real"], COHABITING, asked="at most .10", most=0.10),
        "bias_t_foreign_words": _bias(few, "foreign_words", "ranks_t"),
        "bias_o_shuffled": _bias(few, "shuffled", "ranks_o"),
    }
    baselines = {
        f"{key}_{control}": _auc(few, control, key)
        for key in ("clock", "turn_taking", "cohesion", "t_alone", "o_alone")
        for control in (*NOT_NULL, "foreign_rooms")
    }
    return Claim("conversing is not cohabiting", path.name, figures, baselines, _notes(rooms, few, many))


def draws(rooms: Mapping[str, Room], size: int) -> Draws:
    """The real spaces and their three controls, `size` rooms a space: by kind, a list a seed, a reading a space."""
    bundled = bundles(rooms, size, seed=0)
    real = [{name: rooms[name] for name in bundle} for bundle in bundled]
    found: dict[str, list[list[Read]]] = {"real": [_read(real)]}
    for seed in SEEDS:
        chance = random.Random(seed)
        made = {
            "foreign_words": [foreign_words(bundle, rooms, chance) for bundle in bundled],
            "shuffled": [
                {name: shuffled_order(rooms[name], chance) for name in bundle} for bundle in bundled
            ],
            "foreign_rooms": [foreign_rooms(bundle, rooms, chance) for bundle in bundled],
        }
        for kind, spaces in made.items():
            found.setdefault(kind, []).append(_read(spaces))
    return found


def _read(bundled: Sequence[Mapping[str, Room]]) -> list[Read]:
    spaces = spaces_of(bundled)
    measured = measure(spaces.every_act, spaces.texts, chat=True).to_pylist()
    ranks = {row["act"]: row for row in measured}
    return [
        _read_space(space, [_measured(act, ranks[act.act]) for act in acts], bundled[space])
        for space, acts in enumerate(spaces.acts)
    ]


def _measured(act: Act, row: Mapping[str, Any]) -> Act:
    return replace(
        act, uptake=row["uptake"], rk_t=row["rk_t"], rk_o=row["rk_o"], text_version=row["text_version"]
    )


def _read_space(space: int, acts: list[Act], rooms: Mapping[str, Room]) -> Read:
    reading = read_space(acts, space=space, window="all", visibility=TALK_ALONE, chat=True)
    return Read(
        score=sum(reading.probabilities.get(state, 0.0) for state in TALKING),
        state=reading.state,
        t_alone=_over_people(acts, "rk_t"),
        o_alone=_over_people(acts, "rk_o"),
        ranks_t=tuple(act.rk_t for act in acts if act.rk_t is not None),
        ranks_o=tuple(act.rk_o for act in acts if act.rk_o is not None),
        clock=clock(rooms),
        turn_taking=turn_taking(rooms),
        cohesion=cohesion(rooms),
    )


def _over_people(acts: Sequence[Act], column: str) -> float:
    people: dict[object, list[float]] = {}
    for act in acts:
        value = getattr(act, column)
        if value is not None:
            people.setdefault(act.actor, []).append(value)
    return float(np.mean([np.mean(values) for values in people.values()])) if people else 0.0


def auc(real: Sequence[float], other: Sequence[float]) -> float:
    """The chance that a real space scores above another, ties counting half."""
    ranks = rankdata([*real, *other])
    n, m = len(real), len(other)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def _auc(found: Draws, control: str, key: str, *, asked: str = "", least: float | None = None) -> Figure:
    """The AUC, a mean over the seeds; spaces drawn anew together with all that was made of them."""
    real = [getattr(read, key) for read in found["real"][0]]
    made = [[getattr(read, key) for read in draw] for draw in found[control]]

    def statistic(chosen: Sequence[int]) -> float:
        return float(
            np.mean([auc([real[at] for at in chosen], [draw[at] for at in chosen]) for draw in made])
        )

    return _figure(statistic, len(real), asked=asked, least=least)


def _stated(
    found: Draws,
    kinds: Sequence[str],
    states: Sequence[State],
    *,
    asked: str,
    least: float | None = None,
    most: float | None = None,
) -> Figure:
    """The share of spaces of which one of these states is said."""
    said = np.array([[read.state in states for read in draw] for kind in kinds for draw in found[kind]])

    def statistic(chosen: Sequence[int]) -> float:
        return float(said[:, chosen].mean())

    return _figure(statistic, said.shape[1], asked=asked, least=least, most=most)


def _bias(found: Draws, control: str, key: str) -> Figure:
    """The mean of all ranks against the null that the control is made for: 0, if the null is fair."""
    sums = np.array([[sum(getattr(read, key)) for read in draw] for draw in found[control]]).sum(axis=0)
    counts = np.array([[len(getattr(read, key)) for read in draw] for draw in found[control]]).sum(axis=0)

    def statistic(chosen: Sequence[int]) -> float:
        return float(sums[chosen].sum() / max(1, counts[chosen].sum()))

    return _figure(statistic, len(sums), asked="within .01 of 0", least=-0.01, most=0.01)


def _figure(
    statistic: Callable[[list[int]], float],
    spaces: int,
    *,
    asked: str,
    least: float | None = None,
    most: float | None = None,
) -> Figure:
    value = statistic(list(range(spaces)))
    low, high = bootstrap(range(spaces), lambda chosen: statistic(list(chosen)))
    met = None
    if asked:
        met = (least is None or value >= least) and (most is None or value <= most)
    return Figure(value, low, high, asked, met)


def _notes(rooms: Mapping[str, Room], few: Draws, many: Draws) -> list[str]:
    states: dict[str, int] = {}
    for read_ in many["real"][0]:
        states[read_.state] = states.get(read_.state, 0) + 1
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    spaces = f"{len(few['real'][0])} spaces of {FEW}, {len(many['real'][0])} of {MANY}"
    return [
        f"{len(rooms)} rooms: {spaces}; {len(SEEDS)} draws of each control.",
        "Intervals: spaces drawn anew, with all that was made of them.",
        f"Real spaces of {MANY} rooms: {told}.",
        "Foreign words keep the clock and who speaks when: clock and turn-taking say .5 by design.",
        "Shuffled order keeps everybody's words: cohesion says .5 by design.",
        "People speak in bursts, which shuffling breaks: turn-taking alone may tell that better than the score.",
    ]


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
