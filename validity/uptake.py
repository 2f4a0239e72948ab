"""Uptake: does the overlap of words follow what experts hear? Pairs of what was said and what was replied."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import spearmanr

from tertulia.engine.acts import Act
from tertulia.engine.text.graded import SIGNS, graded, signs
from tertulia.engine.text.tokens import Texts, distinct, tokenise
from tertulia.engine.uptake import measure
from validity.claim import Claim, Figure, bootstrap, tell
from validity.data import NoData, read, shared

COLUMNS: Final = ("group", "said", "reply", "score")
FOLDS: Final = 10
RIDGE: Final = 1.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that experts scored, row by row."""

    group: NDArray[np.str_]
    said: Texts
    reply: Texts
    score: Floats


def claims(folder: Path) -> list[Claim]:
    """The claim on the shared data."""
    return [claim(folder / "validity" / "uptake" / "pairs.parquet")]


def claim(path: Path) -> Claim:
    """The claim on a table of `group, said, reply, score`."""
    pairs = pairs_of(read(path, COLUMNS))
    found = signs(pairs.said, pairs.reply)
    plain = uptakes(pairs)
    length = found[:, SIGNS.index("words")]
    lengths = _figure(pairs, length)
    rho = _figure(pairs, plain)
    said = _figure(pairs, _share_of_said(pairs))
    trained = cross_validated(pairs, found)
    shipped = graded(pairs.said, pairs.reply)
    above = rho.value is not None and lengths.value is not None and (rho.low or -1.0) > lengths.value
    figures = {
        "rho": _asked(rho, "at least .47, its lower bound above length", _least(rho, 0.47) and above),
        "rho_trained": _asked(_figure(pairs, trained), "at least .54", _least(_figure(pairs, trained), 0.54)),
        "rho_shipped": _figure(pairs, shipped),
    }
    baselines = {
        "rho_length": lengths,
        "rho_said": _asked(said, "not above rho", _least(rho, said.value or 0.0)),
        "rho_asks": _figure(pairs, found[:, SIGNS.index("asks")]),
    }
    notes = [
        f"{len(pairs.score)} pairs in {len(set(pairs.group.tolist()))} groups. Intervals: groups drawn anew.",
        f"rho_trained: {len(SIGNS)} weights and a constant, each tenth of the groups foreseen from the other nine.",
        "rho_shipped: the weights of params.py as they are. On the shared pairs they were fitted on these very rows.",
        "A paraphrase without a common word counts as nothing; experts hear it.",
    ]
    return Claim("uptake", path.name, figures, baselines, notes)


def pairs_of(table: pa.Table) -> Pairs:
    """The pairs that have a score."""
    score = np.array([np.nan if value is None else value for value in table["score"].to_pylist()], float)
    kept = ~np.isnan(score)
    table = table.filter(pa.array(kept))
    said, reply = (pa.array(table[name].to_pylist(), pa.large_string()) for name in ("said", "reply"))
    return Pairs(np.array([str(group) for group in table["group"].to_pylist()]), said, reply, score[kept])


def uptakes(pairs: Pairs) -> Floats:
    """What the text stage measures of each reply: every pair is a thread of two people, all of them one space."""
    acts, texts = [], []
    for number, (said, reply) in enumerate(zip(pairs.said.to_pylist(), pairs.reply.to_pylist(), strict=True)):
        opening = 2 * number
        acts += [
            Act(
                act=opening, t=opening, actor=f"one {number}", verb="posted", space=1, thread=number, words=1
            ),
            Act(
                act=opening + 1,
                t=opening + 1,
                actor=f"other {number}",
                verb="replied",
                space=1,
                thread=number,
                parent=opening,
                words=1,
            ),
        ]
        texts += [said or "", reply or ""]
    found = measure(acts, pa.table({"act": range(len(texts)), "text": texts})).to_pylist()
    by_act = {row["act"]: row["uptake"] for row in found}
    return np.array([by_act[2 * number + 1] or 0.0 for number in range(len(pairs.score))])


def _share_of_said(pairs: Pairs) -> Floats:
    """The share of the distinct words said that stand in the reply, each counting alike."""
    sets = distinct(tokenise(pa.concat_arrays([pairs.said, pairs.reply])))
    ids = np.split(sets.ids, sets.starts[1:-1])
    both = zip(ids[: len(pairs.score)], ids[len(pairs.score) :], strict=True)
    return np.array([len(np.intersect1d(heard, answer)) / max(1, len(heard)) for heard, answer in both])


def fitted(found: Floats, score: Floats) -> tuple[Floats, float]:
    """Weights and constant of a ridge regression of the score on the signs, for signs as they are."""
    middle, spread = found.mean(axis=0), np.maximum(found.std(axis=0), 1e-9)
    scaled = (found - middle) / spread
    centred = score - score.mean()
    weights = (
        np.linalg.solve(scaled.T @ scaled + RIDGE * np.eye(scaled.shape[1]), scaled.T @ centred) / spread
    )
    return weights, float(score.mean() - middle @ weights)


def cross_validated(pairs: Pairs, found: Floats) -> Floats:
    """Each pair foreseen by weights that never saw its group."""
    groups = sorted(set(pairs.group.tolist()))
    order = np.random.default_rng(0).permutation(len(groups))
    fold_of = {groups[at]: place % FOLDS for place, at in enumerate(order)}
    fold = np.array([fold_of[group] for group in pairs.group.tolist()])
    foreseen = np.zeros(len(pairs.score))
    for number in range(min(FOLDS, len(groups))):
        weights, at_0 = fitted(found[fold != number], pairs.score[fold != number])
        foreseen[fold == number] = found[fold == number] @ weights + at_0
    return foreseen


def rho(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation; 0 where either is the same throughout."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(spearmanr(one, other).statistic)


def _figure(pairs: Pairs, values: Floats) -> Figure:
    order = np.argsort(pairs.group, kind="stable")
    cuts = np.flatnonzero(pairs.group[order][1:] != pairs.group[order][:-1]) + 1
    clusters = np.split(order, cuts)

    def statistic(chosen: Sequence[NDArray[np.int64]]) -> float:
        rows = np.concatenate(list(chosen))
        return rho(values[rows], pairs.score[rows])

    low, high = bootstrap(clusters, statistic)
    return Figure(rho(values, pairs.score), low, high)


def _asked(figure: Figure, asked: str, met: bool) -> Figure:
    return Figure(figure.value, figure.low, figure.high, asked, met)


def _least(figure: Figure, least: float) -> bool:
    return figure.value is not None and figure.value >= least


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="another table of the same columns")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--fit", action="store_true", help="print the weights for params.py instead")
    asked = parser.parse_args(argv)
    try:
        path = asked.data or shared() / "validity" / "uptake" / "pairs.parquet"
        if asked.fit:
            return _print_weights(path)
        tell(claim(path), as_json=asked.json)
    except NoData as absent:
        print(absent)
        return 2
    return 0


def _print_weights(path: Path) -> int:
    pairs = pairs_of(read(path, COLUMNS))
    weights, at_0 = fitted(signs(pairs.said, pairs.reply), pairs.score)
    print("graded =", tuple(round(float(weight), 3) for weight in weights))
    print("graded_at_0 =", round(at_0, 3))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
