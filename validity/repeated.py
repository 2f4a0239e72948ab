"""Do forgetting, saturation and weeks earn their place? `python -m validity.repeated [--stackexchange FOLDER]`.

Networks of ratings hardly repeat a pair. Here every pair repeats: simulated ledgers of three kinds of people, and, if a
Stack Exchange dump is named, the next answer to the same asker: is it accepted? (columns of Posts.xml and Votes.xml).
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from defusedxml import ElementTree
from numpy.typing import NDArray

from tertulia.engine.entries import Entry
from tertulia.engine.opinion import of_evidence
from tertulia.engine.params import DAY_US, DEFAULT_TIES, TieParams
from tertulia.engine.tie_rows import DayRow, Tie, apply, tie_of
from validity.claim import Claim, Figure, bootstrap, tell
from validity.ranks import auc, grouped

PAIRS: Final = 1500
DAYS: Final = 730
# Of each kind in a tenth of belief, before they are compared.
LEAST: Final = 10
# A rule that is off is one whose constant is out of reach.
WITHOUT: Final = {
    "engine": DEFAULT_TIES,
    "no_forgetting": replace(DEFAULT_TIES, half_life_days=10**7),
    "no_saturation": replace(DEFAULT_TIES, day_at_most=10**9),
    "neither": replace(DEFAULT_TIES, half_life_days=10**7, day_at_most=10**9),
}
WORLDS: Final = ("steady", "drifting", "bursts")


@dataclass(frozen=True, slots=True)
class Next:
    """What one person had to go by about another, and whether the next risk was honoured."""

    rows: tuple[DayRow, ...]
    day: int
    good: bool


def world(kind: str, seed: int) -> list[Next]:
    """Pairs with one to forty risks in two years, the last of which is to be foreseen.

    *steady*: who is reliable stays so. *drifting*: once in half a year, on average, somebody becomes another. *bursts*:
    half of the days hold eight risks that all end alike, whatever the person is like.
    """
    rng = random.Random(f"{kind} {seed}")
    return [_pair(kind, rng) for _ in range(PAIRS)]


def _pair(kind: str, rng: random.Random) -> Next:
    days = sorted(rng.sample(range(DAYS), rng.randrange(2, 40)))
    reliable, before = rng.betavariate(2, 1), days[0]
    rows: list[DayRow] = []
    for day in days[:-1]:
        if kind == "drifting":
            reliable = _drift(reliable, day - before, rng)
        before = day
        many = 8 if kind == "bursts" and rng.random() < 0.5 else 1
        rows.append(_row(day, rng.random() < (0.5 if many > 1 else reliable), many))
    if kind == "drifting":
        reliable = _drift(reliable, days[-1] - before, rng)
    return Next(tuple(rows), days[-1], rng.random() < reliable)


def _drift(reliable: float, days: int, rng: random.Random) -> float:
    return rng.betavariate(2, 1) if rng.random() > 0.5 ** (days / 180) else reliable


def _row(day: int, good: bool, many: int) -> DayRow:
    kinds = ("heard", "moved_me") if good else ("missed",)
    row: DayRow | None = None
    for number in range(many):
        row = apply(row, Entry("Ana", "Bo", day, kinds[(day + number) % len(kinds)], 1000))
    assert row is not None  # noqa: S101 - many is at least one
    return row


def foreseen(cases: Sequence[Next], params: TieParams) -> tuple[NDArray[np.float64], list[Tie | None]]:
    """b + a·u with the even base rate, and the tie, of every case, from what is strictly before its day."""
    ties = [tie_of(case.rows, at=case.day * DAY_US - 1, params=params) for case in cases]
    r, s = (np.array([getattr(tie, side) if tie else 0.0 for tie in ties]) for side in ("r", "s"))
    opinion = of_evidence(r, s, prior=params.prior)
    return opinion.belief + 0.5 * opinion.uncertainty, ties


def figures(name: str, cases: Sequence[Next]) -> dict[str, Figure]:
    """The area of each form of the rule, and what weeks say beside belief."""
    good = np.array([case.good for case in cases])
    found = {}
    for form, params in WITHOUT.items():
        scores, ties = foreseen(cases, params)
        found[f"auc_{form}_{name}"] = _area(good, scores)
        if form == "engine":
            found[f"settled_beyond_belief_{name}"] = Figure(_weeks(scores, ties, good))
    return found


def _area(good: NDArray[np.bool_], scores: NDArray[np.float64]) -> Figure:
    groups = grouped(scores)

    def drawn(cases: Sequence[int]) -> float:
        return auc(good, groups, np.bincount(np.asarray(cases), minlength=len(good)).astype(np.float64))

    return Figure(auc(good, groups), *bootstrap(range(len(good)), drawn, draws=300))


def _weeks(scores: NDArray[np.float64], ties: Sequence[Tie | None], good: NDArray[np.bool_]) -> float | None:
    """How much more often the next risk is honoured by the settled than by others of the same tenth of belief."""
    settled = np.array([tie is not None and tie.earned == "settled" for tie in ties])
    tenths = np.searchsorted(np.quantile(scores, np.linspace(0.1, 0.9, 9)), scores)
    gaps, weights = [], []
    for tenth in range(10):
        yes, no = (tenths == tenth) & settled, (tenths == tenth) & ~settled
        if min(yes.sum(), no.sum()) >= LEAST:
            gaps.append(good[yes].mean() - good[no].mean())
            weights.append(min(yes.sum(), no.sum()))
    return float(np.average(gaps, weights=weights)) if gaps else None


def of_stackexchange(folder: Path) -> list[Next]:
    """Every answer to an asker whom its author has answered before: what was accepted until then, and is this one?"""
    answers: dict[int, tuple[int, str, int]] = {}
    askers: dict[int, str] = {}
    for row in _rows(folder / "Posts.xml"):
        person, number = row.get("OwnerUserId"), int(row["Id"])
        if person is not None and row["PostTypeId"] == "1":
            askers[number] = person
        elif person is not None and row["PostTypeId"] == "2":
            answers[number] = (_day(row["CreationDate"]), person, int(row["ParentId"]))
    votes = [vote for vote in _rows(folder / "Votes.xml") if vote["VoteTypeId"] == "1"]
    accepted = {int(vote["PostId"]): _day(vote["CreationDate"]) for vote in votes}
    earlier: dict[tuple[str, str], list[int]] = {}
    cases = []
    for number, (day, person, question) in sorted(answers.items(), key=lambda item: (item[1][0], item[0])):
        asker = askers.get(question)
        if asker is None or asker == person:
            continue
        past = earlier.setdefault((asker, person), [])
        if past:
            days = sorted({accepted[one] for one in past if one in accepted and accepted[one] < day})
            cases.append(Next(tuple(_row(one, True, 1) for one in days), day, number in accepted))
        past.append(number)
    return cases


def _rows(file: Path) -> list[dict[str, str]]:
    root = ElementTree.parse(file).getroot()
    return [dict(row.attrib) for row in root] if root is not None else []


def _day(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) // 86_400


def claim(folder: Path | None) -> Claim:
    found: dict[str, Figure] = {}
    for kind in WORLDS:
        found |= figures(kind, world(kind, 1))
    notes = ["Simulated: steady, drifting and bursting people, 1,500 pairs each; base rate one half."]
    if folder is not None:
        cases = of_stackexchange(folder)
        found |= figures("next_answer", cases)
        good = sum(case.good for case in cases)
        notes.append(
            f"{folder.name}: {len(cases)} answers to an asker whom their author had answered before, {good} of them "
            "accepted. Acceptances are all that such a dump has of heard; nothing in it is a broken risk."
        )
    notes += list(_findings(found))
    return Claim(
        "forgetting, saturation and weeks", folder.name if folder else "simulated", found, {}, tuple(notes)
    )


def _findings(found: dict[str, Figure]) -> list[str]:
    """Where a rule helps, where it costs, in the order of the worlds."""
    told = []
    worlds = [name.removeprefix("auc_engine_") for name in found if name.startswith("auc_engine_")]
    for rule, form in (("forgetting", "no_forgetting"), ("saturation", "no_saturation")):
        gains = [
            value_of(found[f"auc_engine_{name}"]) - value_of(found[f"auc_{form}_{name}"]) for name in worlds
        ]
        said = ", ".join(f"{name} {gain:+.3f}" for name, gain in zip(worlds, gains, strict=True))
        told.append(f"What {rule} adds to the area: {said}.")
    weeks = {name: found[f"settled_beyond_belief_{name}"].value for name in worlds}
    said = ", ".join("not known" if gap is None else f"{name} {gap:+.3f}" for name, gap in weeks.items())
    told.append(
        f"Of equal belief, the settled honour the next risk more often by: {said}. Where people change, the word says "
        "what was earned and not what comes; it orders nothing."
    )
    return told


def value_of(figure: Figure) -> float:
    return float("nan") if figure.value is None else figure.value


def claims(folder: Path) -> list[Claim]:
    """The claim, with the shared dump if it is there."""
    dump = folder / "stackexchange" / "bicycles.meta"
    return [claim(dump if dump.exists() else None)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stackexchange", type=Path, help="a folder with Posts.xml and Votes.xml")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    tell(claim(given.stackexchange), as_json=given.json)


if __name__ == "__main__":
    main()
