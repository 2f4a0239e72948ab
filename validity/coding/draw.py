"""Draws what people code, makes it blind, and keeps apart which is which.

    python -m validity.coding.draw --out FOLDER [--keys FOLDER]

`FOLDER` gets `episodes/`, `windows/`, the guide and empty sheets: all that those who code may see. The keys go to
another folder. Same data, same seed: same drawing.
"""

import argparse
import csv
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tertulia.engine.params import DAY_US
from validity.coding.blind import Cut, Names, heading, in_order, sheet, small_words
from validity.coding.histories import History, history
from validity.coding.sampling import Window, episodes, meetings, twelve_weeks
from validity.data import NoData, shared

HERE: Final = Path(__file__).parent
SEED: Final = 20261125
EPISODES_EACH: Final = 50
EPISODES_FROM: Final = ("bicycles.meta", "cc-labs", "irc-meetings")
WINDOWS: Final = {"bicycles.meta": 13, "cc-labs": 12, "irc-meetings": 11, "irc-days": 4}
EPISODE: Final = Cut(contributions=40, words=120)
# A window shows twelve conversations at most, and no more than so many contributions in all of them.
CONVERSATIONS: Final = 12
WINDOW: Final = Cut(contributions=96, words=25)
EPISODE_SHEET: Final = ("id", "became", "depends", "small_talk", "note")
WINDOW_SHEET: Final = ("id", "state", "confidence", "note")
EPISODE_KEY: Final = ("id", "source", "first", "length", "drawn", "there", "contributions", "shown")
WINDOW_KEY: Final = ("id", "source", "kind", "begins", "ends", "firsts", "shown")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one coder reads as one thing, and its row of the key (without its id)."""

    text: str
    key: Mapping[str, object]


def draw(histories: Sequence[History], seed: int = SEED) -> tuple[list[Piece], list[Piece]]:
    """The episodes and the windows, each shuffled."""
    of_episodes, of_windows = [], []
    for found in histories:
        names = Names(found.names, _small_words(found, histories))
        if found.name in EPISODES_FROM:
            of_episodes += _episodes(found, names, seed)
        of_windows += _windows(found, names, seed)
    chance = random.Random(seed)
    chance.shuffle(of_episodes)
    chance.shuffle(of_windows)
    return of_episodes, of_windows


def _small_words(found: History, histories: Sequence[History]) -> set[str]:
    """What people elsewhere write small: no name, though somebody here be called so. Chats share their people."""
    others = [other for other in histories if other is not found and not (other.chat and found.chat)]
    return small_words(text for other in others for text in other.texts.values())


def _episodes(found: History, names: Names, seed: int) -> list[Piece]:
    pieces = []
    for drawn in episodes(found, EPISODES_EACH, seed):
        rows = found.episodes[drawn.episode]
        shown = sheet(rows, found, names, EPISODE)
        cut = f"\n\n[Cut here: only the first {EPISODE.contributions} contributions are shown.]"
        key = {
            "source": found.name,
            "first": found.source_ids[drawn.episode],
            "length": drawn.length,
            "drawn": drawn.drawn,
            "there": drawn.there,
            "contributions": len(rows),
            "shown": len(shown.shown),
        }
        before = heading(rows[0], found, names, EPISODE, in_order(rows))
        pieces.append(Piece(before + shown.text + (cut if shown.is_cut else ""), key))
    return pieces


def _windows(found: History, names: Names, seed: int) -> list[Piece]:
    if found.name == "irc-days":
        every = meetings(found, size=1)
    else:
        every = meetings(found) if found.chat else twelve_weeks(found)
    chance = random.Random(f"{seed} windows of {found.name}")
    chosen = chance.sample(every, min(WINDOWS[found.name], len(every)))
    return [_window(window, found, names, chance) for window in sorted(chosen, key=lambda one: one.begins)]


def _window(window: Window, found: History, names: Names, chance: random.Random) -> Piece:
    inside = {episode: _inside(found.episodes[episode], window) for episode in window.episodes}
    rows = [row for here in inside.values() for row in here]
    sampled = sorted(chance.sample(window.episodes, min(CONVERSATIONS, len(window.episodes))))
    cut = Cut(min(EPISODE.contributions, WINDOW.contributions // len(sampled)), WINDOW.words)
    # One letter a person in the whole window: who comes back in another conversation can be seen.
    speakers = in_order(sorted(rows, key=lambda row: (row["t"], row["act"])))
    parts = [_facts(window, rows, len(sampled), cut)]
    for number, episode in enumerate(sampled, 1):
        parts.append(f"--- Conversation {number}: {_size(inside[episode])}")
        before = heading(inside[episode][0], found, names, cut, speakers)
        parts.append(before + sheet(inside[episode], found, names, cut, speakers).text)
    key = {
        "source": window.history,
        "kind": window.kind,
        "begins": window.begins,
        "ends": window.ends,
        "firsts": " ".join(found.source_ids[episode] for episode in window.episodes),
        "shown": " ".join(found.source_ids[episode] for episode in sampled),
    }
    return Piece("\n".join(parts), key)


def _inside(rows: Sequence[dict[str, Any]], window: Window) -> list[dict[str, Any]]:
    return [row for row in rows if window.begins < row["t"] <= window.ends]


def _facts(window: Window, rows: Sequence[Mapping[str, Any]], shown: int, cut: Cut) -> str:
    """What a reader needs to know of the whole, and could count there by hand."""
    people: dict[str, int] = {}
    for row in rows:
        people[row["actor"]] = people.get(row["actor"], 0) + 1
    openers = {row["actor"] for row in rows if row["opening"]}
    voices: dict[int, set[str]] = {}
    for row in rows:
        voices.setdefault(row["episode"], set()).add(row["actor"])
    alone = sum(len(found) == 1 for found in voices.values())
    days = -(-(window.ends - window.begins) // DAY_US)
    most = [*sorted(people.values(), reverse=True), 0]
    return (
        f"In this place, within {_many(days, 'day')}: {len(people)} people wrote {len(rows)} contributions in "
        f"{_many(len(window.episodes), 'conversation')}, of which {alone} held one person's words only. "
        f"{len(openers)} of the people began a conversation. Whoever wrote most wrote {most[0]}, the next {most[1]}.\n"
        f"Below: {shown} of the conversations, drawn by chance; of each the first {cut.contributions} contributions, "
        f"of each contribution the first {cut.words} words."
    )


def _size(rows: Sequence[Mapping[str, Any]]) -> str:
    people = len({row["actor"] for row in rows})
    return f"{_many(len(rows), 'contribution')}, {people} {'person' if people == 1 else 'people'}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def write(out: Path, keys: Path, of_episodes: Sequence[Piece], of_windows: Sequence[Piece]) -> None:
    """What coders see into `out`; which is which into `keys`. Raises: NoData where one folder holds the other."""
    if keys.resolve().is_relative_to(out.resolve()):
        raise NoData(f"The keys would lie in {out}, where those who code would see them.")
    for kind, pieces, columns, key in (
        ("episodes", of_episodes, EPISODE_SHEET, EPISODE_KEY),
        ("windows", of_windows, WINDOW_SHEET, WINDOW_KEY),
    ):
        ids = [f"{kind[0]}{number:03}" for number in range(1, len(pieces) + 1)]
        folder = out / kind
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for id_, piece in zip(ids, pieces, strict=True):
            (folder / f"{id_}.txt").write_text(f"{id_}\n\n{piece.text}\n", encoding="utf-8")
        _table(out / f"sheet-{kind}.csv", columns, [{"id": id_} for id_ in ids])
        keys.mkdir(parents=True, exist_ok=True)
        rows = [{"id": id_, **piece.key} for id_, piece in zip(ids, pieces, strict=True)]
        _table(keys / f"{kind}.csv", key, rows)
    shutil.copyfile(HERE / "guide.md", out / "guide.md")


def _table(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m validity.coding.draw", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="what those who code get")
    parser.add_argument("--keys", type=Path, default=HERE / "keys", help="which is which")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(argv)
    try:
        folder = shared()
        histories = [history(name, folder) for name in WINDOWS]
        of_episodes, of_windows = draw(histories, asked.seed)
        write(asked.out, asked.keys, of_episodes, of_windows)
    except NoData as absent:
        print(absent)
        return 2
    words = sum(len(piece.text.split()) for piece in (*of_episodes, *of_windows))
    print(f"{len(of_episodes)} episodes and {len(of_windows)} windows, {words:,} words, are in {asked.out}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
