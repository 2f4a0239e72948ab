"""People: two who coded the same conversations without seeing each other or a figure, and the engine beside them.

`python -m validity.people --coded SHEETS [--keys FOLDER]`: a folder of sheets, or one file with a column `coder`.
How they are drawn and what the codes mean: validity/coding. Nothing is fitted on the codes but the baselines.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from validity.agreement import foretold
from validity.claim import Claim, Figure, tell
from validity.coding.consensus import Agreed, agreed_on, kappa_of, pairs
from validity.coding.histories import history
from validity.coding.sheets import KEYS, SHEETS, Sheets, read_key, read_sheets, who_coded
from validity.coding.states import of_windows
from validity.coding.told import EpisodeTold, WindowTold, episodes_told, measured, windows_told
from validity.data import NoData, shared

QUESTIONS: Final = ("became", "depends", "small_talk")
BACK: Final = ("both_ways", "came_of_it")
LEAST: Final = 0.6


def claims(folder: Path) -> list[Claim]:
    """The claim on the sheets that lie here."""
    return [claim(folder, SHEETS, KEYS)]


def claim(folder: Path, coded: Path, keys: Path) -> Claim:
    """`folder`, the shared data; `coded`, the sheets; `keys`, what the ids stand for. Raises: NoData."""
    sheets = read_sheets(coded)
    episodes, windows = tell_all(folder, keys, sheets)
    found = of_codes(sheets, episodes, windows, coded.name)
    return replace(found, notes=[*who_coded(coded, sheets), *found.notes])


def tell_all(
    folder: Path, keys: Path, sheets: Sheets
) -> tuple[dict[str, EpisodeTold], dict[str, WindowTold]]:
    """What the engine says of all that both have coded."""
    both = set.intersection(*(set(rows) for rows in sheets.values()))
    episodes: dict[str, EpisodeTold] = {}
    windows: dict[str, WindowTold] = {}
    kinds = {name: read_key(name, keys) for name in ("episodes", "windows")}
    unknown = both - set(kinds["episodes"]) - set(kinds["windows"])
    if unknown:
        raise NoData(f"The keys do not know {', '.join(sorted(unknown)[:5])}.")
    for name in sorted({row["source"] for key in kinds.values() for row in key.values()}):
        here = {
            kind: {id_: row for id_, row in key.items() if row["source"] == name and id_ in both}
            for kind, key in kinds.items()
        }
        if not any(here.values()):
            continue
        found = history(name, folder)
        acts = measured(found)
        episodes |= episodes_told(here["episodes"], found, acts)
        windows |= windows_told(here["windows"], found, acts)
    return episodes, windows


def of_codes(
    sheets: Sheets, episodes: Mapping[str, EpisodeTold], windows: Mapping[str, WindowTold], data: str
) -> Claim:
    """The claim, from what people and the engine say of each id."""
    figures: dict[str, Figure] = {}
    baselines: dict[str, Figure] = {}
    notes: list[str] = []
    for question in QUESTIONS:
        agreed = agreed_on(question, sheets, episodes)
        suffix = "" if question == "became" else f"_{question}"
        found, beside = _of_question(question, suffix, agreed, sheets, episodes)
        figures |= found
        baselines |= beside
        notes.append(
            f"{question}: {len(agreed.ids)} of {len(agreed.ids) + agreed.differ} coded alike; "
            f"{agreed.differ} coded differently, and left out of the consensus."
        )
        notes += _no_better(question, found[f"kappa_engine{suffix}"], beside, suffix)
    figures["kappa_engine"] = _against(figures["kappa_engine"], baselines)
    found, beside, more = of_windows(sheets, windows)
    order = ("kappa_coders", "kappa_engine")
    return Claim(
        "people",
        data,
        {key: figures[key] for key in order} | figures | found,
        baselines | beside,
        [*notes, *more, *_limits(episodes)],
    )


def _of_question(
    question: str, suffix: str, agreed: Agreed, sheets: Sheets, told: Mapping[str, EpisodeTold]
) -> tuple[dict[str, Figure], dict[str, Figure]]:
    coded = pairs(question, sheets, told)
    threads = [told[id_].thread for id_, _ in coded]
    ones, others = [one for _, (one, _) in coded], [other for _, (_, other) in coded]
    least = LEAST if question == "became" else None
    figures = {f"kappa_coders{suffix}": kappa_of(ones, others, threads, least=least)}
    mine = [told[id_].thread for id_ in agreed.ids]
    says = [told[id_].codes[question] for id_ in agreed.ids]
    figures[f"kappa_engine{suffix}"] = kappa_of(says, agreed.codes, mine)
    baselines = _baselines(suffix, agreed.codes, agreed.ids, mine, told)
    if question == "became":
        whole = [told[id_].whole for id_ in agreed.ids]
        figures["kappa_engine_whole"] = kappa_of(whole, agreed.codes, mine)
        back = ["yes" if code in BACK else "no" for code in agreed.codes]
        came = ["yes" if code in BACK else "no" for code in says]
        figures["kappa_engine_came_back"] = kappa_of(came, back, mine)
        baselines |= _baselines("_came_back", back, agreed.ids, mine, told)
        baselines |= _baselines("_two_thresholds", agreed.codes, agreed.ids, mine, told, thresholds=2)
    return figures, baselines


def _baselines(
    suffix: str,
    codes: Sequence[str],
    ids: Sequence[str],
    threads: Sequence[str],
    told: Mapping[str, EpisodeTold],
    *,
    thresholds: int = 1,
) -> dict[str, Figure]:
    names = list(told[ids[0]].counts) if ids else []
    found = {}
    for name in names:
        says = foretold([told[id_].counts[name] for id_ in ids], codes, thresholds)
        found[f"kappa_{name}{suffix}"] = kappa_of(says, codes, threads)
    return found


def _no_better(question: str, engine: Figure, baselines: Mapping[str, Figure], suffix: str) -> list[str]:
    """Which baselines of this question the engine is not above."""
    own = {key: figure for key, figure in baselines.items() if key.endswith(suffix or "_two_thresholds")}
    ahead = [
        key.removeprefix("kappa_").removesuffix(suffix)
        for key, figure in own.items()
        if figure.value is not None and engine.value is not None and figure.value >= engine.value
    ]
    return [f"{question}: the engine is not above {', '.join(ahead)}."] if ahead else []


def _against(engine: Figure, baselines: Mapping[str, Figure]) -> Figure:
    """What the claim asks of the engine: of `became`, with one threshold and with two."""
    others = [
        figure.value
        for key, figure in baselines.items()
        if figure.value is not None and not key.endswith(("_depends", "_small_talk", "_came_back"))
    ]
    asked = f"at least {LEAST:g}, and above every baseline"
    if engine.value is None:
        return Figure(None, asked=asked)
    met = engine.value >= LEAST and all(engine.value > other for other in others)
    return Figure(engine.value, engine.low, engine.high, asked, met)


def _limits(told: Mapping[str, EpisodeTold]) -> list[str]:
    able = any(one.codes["became"] == "came_of_it" for one in told.values())
    sources = {one.thread.split()[0] for one in told.values()}
    notes = [
        f"{len(told)} conversations of {', '.join(sorted(sources))}; intervals: threads drawn anew.",
        "Short and long conversations are drawn alike, so the shares of the codes are not those of the histories.",
        "The engine and the baselines are given what the coders were shown; kappa_engine_whole is of the whole.",
        "Of one conversation the engine says what became of it; `depends` and `small_talk` are made here of its ranks.",
    ]
    if not able:
        notes.append("These sources carry no outcome, so the engine cannot say that something came of it.")
    return notes


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m validity.people", description=__doc__)
    parser.add_argument("--coded", type=Path, default=SHEETS, help="a folder of sheets, or one file of both")
    parser.add_argument("--keys", type=Path, default=KEYS, help="what the ids stand for")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    asked = parser.parse_args(argv)
    try:
        found = claim(shared(), asked.coded, asked.keys)
    except NoData as absent:
        print(absent)
        return 2
    tell(found, as_json=asked.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
