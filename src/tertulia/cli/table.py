"""`convert`, `read`, `explain` and `compare`: files in, sentences and tables out. Django stays unloaded."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path

from tertulia.cli import show, start, words
from tertulia.cli.bar import Bar
from tertulia.cli.compared import compared
from tertulia.cli.explained import explain as explain_reading
from tertulia.cli.given import Given, open_given, spaces_of
from tertulia.cli.kept import Unreadable, is_table, write
from tertulia.cli.ledger import is_large, read_ledger
from tertulia.cli.page import page
from tertulia.engine.acts import Id
from tertulia.engine.backends import backend_named
from tertulia.engine.backends.contract import NoBackend
from tertulia.engine.reading import SpaceReading, Window, read_space
from tertulia.importers.errors import ImporterError

DONE, COULD_NOT, WRONG_USE = 0, 1, 2
WHY_PRIVATE = (
    "The words, names and source ids lie beside the acts. They are what people wrote under their names: keep them as "
    "private as the place itself, and leave them behind when you pass the acts on. No reading needs them any more."
)


def convert(export: Path, *, output: Path, name: str, texts: bool, quiet: bool = False) -> int:
    return _ending(lambda: _convert(export, output, name, texts=texts, quiet=quiet))


def _convert(export: Path, output: Path, name: str, *, texts: bool, quiet: bool) -> int:
    if is_table(export) and export.exists():
        start.complain(f"{export} is a table of acts already. Read it with tertulia read.")
        return WRONG_USE
    with Bar(quiet=quiet) as tell:
        given = open_given(export, name=name, progress=tell)
    tables = {
        "acts": given.acts,
        "texts": given.texts,
        "topics": given.topics,
        "people": given.people,
        "sources": given.sources,
    }
    spaces = {str(space): source for space, source in given.spaces.items()}
    there = {key: table for key, table in tables.items() if table is not None}
    written = write(output, there, spaces, texts=texts)
    report = given.report
    if report is not None:
        people = words.counted(report.people, "person", "people")
        ideas = words.counted(report.ideas, "idea", "ideas")
        replies = words.counted(report.answers + report.comments, "reply", "replies")
        became = words.counted(len(given.acts), "act", "acts")
        start.say(f"{people}, {ideas} and {replies} became {became}.")
        for title, counted in (
            ("Besides", report.counted),
            ("Guessed", report.guessed),
            ("Left out", report.left_out),
        ):
            for reason, number in counted.items():
                start.say(f"  {title.lower()}: {number:,} {reason}")
    start.say("Written: " + ", ".join(path.name for path in written) + ".")
    if texts:
        start.say(WHY_PRIVATE)
    return DONE


def read(
    path: Path,
    *,
    window: Window,
    at: str,
    space: str,
    chat: bool,
    as_json: bool,
    html: Path | None,
    engine: str = "",
    master: str = "",
) -> int:
    def run() -> int:
        if master and not engine:
            raise WrongUse("--master says where Spark runs; say --engine spark with it.")
        if engine or (is_table(path) and is_large(path)):
            found = _ledger(
                path,
                window=window,
                at=at,
                space=space,
                chat=chat,
                engine=engine or "duckdb",
                master=master,
                quiet=as_json,
            )
        else:
            _, found = _readings(path, window=window, at=at, space=space, chat=chat, quiet=as_json)
        _tell(found, as_json=as_json, html=html)
        return DONE

    return _ending(run)


def _tell(found: list[SpaceReading], *, as_json: bool, html: Path | None) -> None:
    if html is not None:
        html.write_text(page(found), encoding="utf-8")
        start.complain(f"Written: {html.name}.")
    if as_json:
        said = [{"sentence": words.sentence(one)} | one.to_dict() for one in found]
        start.say(json.dumps({"readings": said}, indent=2, ensure_ascii=False))
    elif html is None:
        show.readings(found)
    else:
        for one in found:
            start.say(words.sentence(one))


def _ledger(
    path: Path, *, window: Window, at: str, space: str, chat: bool, engine: str, master: str, quiet: bool
) -> list[SpaceReading]:
    if not is_table(path):
        raise WrongUse("An engine is chosen for a table of acts. Make one with tertulia convert.")
    try:
        backend = backend_named(engine, master=master or None)
    except NoBackend as error:
        raise WrongUse(str(error)) from error
    with Bar(quiet=quiet) as tell:
        tell(f"reading with {engine}", 0, 0)
        found = read_ledger(path, at=end_of(at), window=window, chat=chat, backend=backend)
    chosen = [one for one in found if not space or str(one.space) == space]
    if not chosen:
        raise WrongUse(
            f"There is no space {space!r} in it." if space else "There is no act of any space in it."
        )
    return chosen


def explain(path: Path, *, space: str, window: Window, at: str, chat: bool, as_json: bool) -> int:
    def run() -> int:
        given, found = _readings(path, window=window, at=at, space=space, chat=chat, quiet=as_json)
        if not space and len(found) > 1:
            names = ", ".join(str(one.space) for one in found)
            raise WrongUse(f"Say which space to explain with --space: {names}.")
        lines = explain_reading(given, found[0])
        if as_json:
            said = {
                "for": [asdict(one) for one in lines.speaking_for],
                "against": [asdict(one) for one in lines.against],
            }
            sentence = {"space": found[0].space, "sentence": words.sentence(found[0])}
            start.say(json.dumps(sentence | said, indent=2, ensure_ascii=False))
        else:
            show.explained(lines)
        return DONE

    return _ending(run)


def compare(one: Path, other: Path, *, window: Window, at: str, space: str, as_json: bool) -> int:
    def run() -> int:
        cohorts = {}
        for path in (one, other):
            given, found = _readings(path, window=window, at=at, space=space, chat=False, quiet=as_json)
            for reading in found:
                name = str(reading.space)
                cohorts[name if name not in cohorts else f"{name} ({path.name})"] = (given, reading)
        if len(cohorts) < 2:
            raise WrongUse("There is only one history in them: name two.")
        comparison = compared(cohorts)
        sentences = [words.sentence(reading) for _, reading in cohorts.values()]
        if as_json:
            said = {"sentences": sentences} | comparison.to_dict()
            start.say(json.dumps(said, indent=2, ensure_ascii=False))
        else:
            show.compared(sentences, comparison)
        return DONE

    return _ending(run)


class WrongUse(Exception):
    """The command was called in a way that cannot work; the message says how it could."""


def _readings(
    path: Path, *, window: Window, at: str, space: str, chat: bool, quiet: bool
) -> tuple[Given, list[SpaceReading]]:
    end = end_of(at)
    with Bar(quiet=quiet) as tell:
        given = open_given(path, chat=chat, progress=tell)
        spaces = _chosen(given, space)
        found = []
        for done, one in enumerate(spaces):
            tell("reading", done, len(spaces))
            source = given.source(one)
            found.append(
                read_space(
                    given.of_space(one),
                    space=one,
                    at=end,
                    window=window,
                    visibility=source.visibility,
                    chat=source.chat,
                )
            )
    return given, found


def _chosen(given: Given, space: str) -> list[Id]:
    spaces = spaces_of(given.acts)
    if not spaces:
        raise WrongUse("There is no act of any space in it.")
    chosen = [one for one in spaces if not space or str(one) == space]
    if not chosen:
        raise WrongUse(
            f"There is no space {space!r} in it; there is {', '.join(str(one) for one in spaces)}."
        )
    return chosen


def end_of(at: str) -> int | None:
    """The end of a day, or a moment, in microseconds since 1970 UTC; nothing for nothing."""
    if not at:
        return None
    try:
        if len(at) == len("2026-11-30"):
            moment = datetime.combine(date.fromisoformat(at), time.max, UTC)
        else:
            moment = datetime.fromisoformat(at)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise WrongUse(f"{at!r} is no date. Write it as 2026-11-30, or 2026-11-30T18:00 in UTC.") from error
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _ending(run: Callable[[], int]) -> int:
    """What can go wrong with a file that somebody gives, as a sentence and an exit code."""
    try:
        return run()
    except WrongUse as error:
        start.complain(str(error))
        return WRONG_USE
    except (ImporterError, Unreadable, NoBackend) as error:
        start.complain(str(error))
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        start.complain(f"{named}{error.strerror or error}. Nothing was done.")
    return COULD_NOT
