"""Evidence, read by hand: thirty of the lines that say why a reading is so, each against its thread.

`python -m validity.evidence [--checked FILE] [--json]`, or `--draw FILE`: the lines of today, with the verdicts that
are still about them; what stands empty is to be read. Which lines: evidence_lines.py. Who reads opens the thread in the
export, reads all of it, and asks three questions. The verdict is the first that is answered no:

- `untrue`: is it as the line says? The two people, who spoke to whom, the days, and what became of it; also what stands
  elsewhere in the thread, where somebody comes back under another's answer or in a change of their text.
- `wrong_side`: does it speak for the word where it stands for it, against it where it stands against? For conversing
  speak two who turn to each other so that the words of one depend on the other's. For broadcasting, somebody who wrote
  was answered and did not come back to whoever answered. For small talk, two talk both ways and leave each other's
  ideas where they lie. Against a word speaks what is otherwise.
- `misleading`: would somebody who was there nod? Or does the line leave out what makes it look another thing than it
  was?
- `right`: three times yes.

A verdict is of one line. If the engine says anything else of it, the line counts as not checked until it is read anew.
"""

import argparse
import csv
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from tertulia.engine.records import SpaceReading
from validity.claim import Claim, Figure, tell
from validity.coding.histories import history
from validity.data import NoData, shared
from validity.evidence_lines import HISTORIES, SIDES, Line, drawn

CHECKED: Final = Path(__file__).parent / "evidence_checked.csv"
VERDICTS: Final = ("right", "misleading", "wrong_side", "untrue")
KEY: Final = tuple(field.name for field in fields(Line))
COLUMNS: Final = (*KEY, "verdict", "reason")
# Of a normal distribution, for 95 %.
Z: Final = 1.959964
# What any reader of the figures has to know first.
WHAT: Final = (
    "Read by a language model, one reader, who had seen the engine's line; not by two people who code.",
    "Which: all lines of its whole life; the others drawn, before any was read, from single years that state a word.",
    "Right: true, on its side, and such that somebody who was there would nod. How it is judged: validity/evidence.py.",
    "Intervals: Wilson, as if there were many such lines. They are those that say most; others may be read otherwise.",
    "What is not right is below; every line with its verdict and reason is in validity/evidence_checked.csv.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reader found of a line, in one sentence."""

    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """A line that the engine gives today; what was found of it, or None: nobody has read it as it is."""

    line: Line
    kept: Kept | None


def claims(folder: Path) -> list[Claim]:
    """The claim of each history, on the verdicts that lie here."""
    kept = read_checked(CHECKED)
    found = []
    for name in HISTORIES:
        lines, reading = drawn(history(name, folder))
        found.append(claim(name, reading, beside(lines, kept), gone=_gone(name, lines, kept)))
    return found


def beside(lines: Sequence[Line], kept: Mapping[Line, Kept]) -> list[Read]:
    """Each line with the verdict on just this line."""
    return [Read(line, kept.get(line)) for line in lines]


def _gone(name: str, lines: Sequence[Line], kept: Mapping[Line, Kept]) -> int:
    return sum(line.history == name and line not in lines for line in kept)


def claim(name: str, reading: SpaceReading, read: Sequence[Read], *, gone: int) -> Claim:
    """What was found of one history's lines. `gone`: kept verdicts on lines that the engine gives no more, or gives
    otherwise."""
    checked = [one for one in read if one.kept]
    figures = {
        "right": _share(checked, ("right",)),
        **{
            f"right_{side}": _share([one for one in checked if one.line.side == side], ("right",))
            for side in SIDES
        },
        "true_and_on_its_side": _share(checked, ("right", "misleading")),
        "true": _share(checked, ("right", "misleading", "wrong_side")),
        "not_checked": Figure(
            (len(read) - len(checked)) / len(read) if read else None, asked="0", met=len(checked) == len(read)
        ),
        **_figures_of(reading),
    }
    return Claim(
        "evidence, read by hand", name, figures, {}, [*_notes(reading, read, gone), *_failures(checked)]
    )


def _share(read: Sequence[Read], verdicts: Sequence[str]) -> Figure:
    part = sum(one.kept is not None and one.kept.verdict in verdicts for one in read)
    low, high = wilson(part, len(read))
    return Figure(part / len(read) if read else None, low, high)


def wilson(part: int, of: int) -> tuple[float | None, float | None]:
    """The 95 % score interval of a share (Wilson 1927); none of nothing."""
    if not of:
        return None, None
    p, wide = part / of, Z**2 / of
    middle = (p + wide / 2) / (1 + wide)
    half = Z * math.sqrt(p * (1 - p) / of + wide / (4 * of)) / (1 + wide)
    return max(0.0, middle - half), min(1.0, middle + half)


def _figures_of(reading: SpaceReading) -> dict[str, Figure]:
    """The reading of its whole life that the lines belong to."""
    features = {
        f"read_{one.name}": Figure(one.mean, one.low, one.high) for one in reading.features if one.threshold
    }
    return {"read_probability": Figure(reading.probability), **features}


def _notes(reading: SpaceReading, read: Sequence[Read], gone: int) -> list[str]:
    word = reading.about.value if reading.about else "nothing"
    stated = "" if reading.state == reading.about else f" ({reading.state.value.replace('_', ' ')})"
    whole = f"{reading.people} people, {reading.contributions:,} contributions, {reading.returned} of "
    notes = [
        f"Its whole life reads as {word}{stated}: {whole}{reading.meetings:,} meetings both ways.",
        *WHAT,
    ]
    notes += [
        f"{side.capitalize()}: {_tally([one for one in read if one.line.side == side])}." for side in SIDES
    ]
    if gone:
        notes.append(
            f"{gone} kept verdicts are about lines that the engine gives no more, or gives otherwise."
        )
    return notes


def _tally(read: Sequence[Read]) -> str:
    counts = Counter(one.kept.verdict.replace("_", " ") if one.kept else "not checked" for one in read)
    return ", ".join(f"{count} {what}" for what, count in counts.most_common()) or "none"


def _failures(checked: Sequence[Read]) -> list[str]:
    return [
        f"{one.line.idea}, {one.line.side} {one.line.word.replace('_', ' ')} ({one.line.reading}), "
        f"{one.kept.verdict.replace('_', ' ')}: {one.kept.reason}"
        for one in checked
        if one.kept and one.kept.verdict != "right"
    ]


def read_checked(path: Path) -> dict[Line, Kept]:
    """The kept verdicts by line. A row without a verdict is a line to be read. Raises: NoData, naming file and row."""
    if not path.is_file():
        raise NoData(f"There is no file {path}.")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if lacking:
            raise NoData(f"{path.name} has no column {', '.join(lacking)}.")
        rows = [{column: (row[column] or "").strip() for column in COLUMNS} for row in reader]
    found: dict[Line, Kept] = {}
    for number, row in enumerate(rows, 2):
        line, where = Line(**{name: row[name] for name in KEY}), f"{path.name}, row {number} ({row['idea']})"
        if not row["verdict"]:
            continue
        if row["verdict"] not in VERDICTS:
            raise NoData(f"{where}: verdict is {row['verdict']!r}, not one of {', '.join(VERDICTS)}.")
        if not row["reason"]:
            raise NoData(f"{where}: a verdict without its reason.")
        if line in found:
            raise NoData(f"{where}: there is another verdict on this line.")
        found[line] = Kept(row["verdict"], row["reason"])
    return found


def write_drawn(path: Path, lines: Sequence[Line], kept: Mapping[Line, Kept]) -> int:
    """The lines with the verdicts that are about them; returns how many are to be read."""
    read = beside(lines, kept)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**asdict(one.line), **(asdict(one.kept) if one.kept else {})} for one in read)
    return sum(one.kept is None for one in read)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m validity.evidence", description=__doc__)
    parser.add_argument("--checked", type=Path, default=CHECKED, help="the verdicts, line by line")
    parser.add_argument(
        "--draw", type=Path, help="write the lines of today there, instead of saying anything"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a history instead of tables")
    asked = parser.parse_args(argv)
    try:
        kept = read_checked(asked.checked) if asked.checked.is_file() or not asked.draw else {}
        folder = shared()
        found = {name: drawn(history(name, folder)) for name in HISTORIES}
    except NoData as absent:
        print(absent)
        return 2
    if asked.draw:
        every = [line for lines, _ in found.values() for line in lines]
        left = write_drawn(asked.draw, every, kept)
        print(f"{len(every)} lines are in {asked.draw}; {left} of them are to be read.")
        return 0
    for name, (lines, reading) in found.items():
        tell(claim(name, reading, beside(lines, kept), gone=_gone(name, lines, kept)), as_json=asked.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
