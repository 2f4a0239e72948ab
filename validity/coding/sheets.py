"""The sheets of those who coded, and the keys that say what each id stands for."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from validity.data import NoData

HERE: Final = Path(__file__).parent
SHEETS: Final = HERE / "sheets"
KEYS: Final = HERE / "keys"
CODES: Final = {
    "became": ("nobody", "one_way", "both_ways", "came_of_it"),
    "depends": ("no", "topic", "utterance"),
    "small_talk": ("yes", "no"),
    "state": (
        "collaborating",
        "conversing",
        "broadcasting",
        "small_talk",
        "parallel",
        "silent",
        "cannot_say",
    ),
}

Row = Mapping[str, str]
# By coder, by id, what stands in each column.
Sheets = Mapping[str, Mapping[str, Row]]


def read_sheets(path: Path) -> Sheets:
    """The codes of two people, from a folder of `NAME-episodes.csv` and `NAME-windows.csv`, or from one CSV file of
    both with a column `coder` more. A cell may be empty. Raises: NoData, naming file, id and column."""
    found: dict[str, dict[str, Row]] = {}
    if path.is_dir():
        for file in sorted(path.glob("*-episodes.csv")) + sorted(path.glob("*-windows.csv")):
            coder = file.stem.rsplit("-", 1)[0]
            for row in _rows(file, ("id",)):
                found.setdefault(coder, {})[row["id"]] = row
    elif path.is_file():
        for row in _rows(path, ("coder", "id")):
            found.setdefault(row["coder"], {})[row["id"]] = row
    else:
        raise NoData(f"There are no sheets in “{path.name}”: nobody has coded yet.")
    if len(found) != 2:
        raise NoData(f"{path} holds the codes of {len(found)} people; those of two are compared.")
    return found


def who_coded(path: Path, sheets: Sheets) -> list[str]:
    """Who they are, a sentence a line: what `coders.txt` beside the sheets says, or else their names."""
    said = path / "coders.txt"
    if said.is_file():
        return said.read_text(encoding="utf-8").strip().splitlines()
    return [f"Coded by {' and '.join(sorted(sheets))}."]


def _rows(file: Path, must: tuple[str, ...]) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        lacking = [column for column in must if column not in (reader.fieldnames or ())]
        if lacking:
            raise NoData(f"{file.name} has no column {', '.join(lacking)}.")
        rows: list[Row] = [
            {key: (value or "").strip() for key, value in row.items() if key} for row in reader
        ]
    for row in rows:
        for column, codes in CODES.items():
            if row.get(column) and row[column] not in codes:
                raise NoData(
                    f"{file.name}, {row['id']}: {column} is {row[column]!r}, not one of {', '.join(codes)}."
                )
        if row.get("confidence") and not _is_share(row["confidence"]):
            raise NoData(
                f"{file.name}, {row['id']}: confidence is {row['confidence']!r}, not between 0 and 1."
            )
    return rows


def _is_share(written: str) -> bool:
    try:
        return 0 <= float(written) <= 1
    except ValueError:
        return False


def read_key(name: str, folder: Path = KEYS) -> dict[str, Row]:
    """What the ids of `episodes` or `windows` stand for. Raises: NoData."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise NoData(f"There is no key {path}.")
    return {row["id"]: row for row in _rows(path, ("id", "source"))}
