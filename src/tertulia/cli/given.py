"""What a command was given: an export of any format that can be read, or a table of acts with what lies beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tertulia.cli.kept import UNKNOWN, Source, Unreadable, beside, is_table, sources_of, unreadable
from tertulia.engine.acts import Id, Visibility
from tertulia.engine.table import table_of, texts_of
from tertulia.engine.uptake import MEASURES, measure
from tertulia.importers.detect import Format, detect
from tertulia.importers.stream import Progress, Report
from tertulia.importers.table import tables_of

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Given:
    """Acts, with their measures where there are texts; what is known of each space; and what lies beside."""

    acts: pa.Table
    spaces: Mapping[Id, Source]
    texts: pa.Table | None = None
    topics: pa.Table | None = None
    people: pa.Table | None = None
    sources: pa.Table | None = None
    report: Report | None = None

    def of_space(self, space: Id) -> pa.Table:
        return self.acts.filter(pc.equal(self.acts["space"], pa.scalar(space, self.acts["space"].type)))

    def source(self, space: Id) -> Source:
        return self.spaces.get(space, UNKNOWN)


def open_given(path: Path, *, name: str = "", chat: bool = False, progress: Progress) -> Given:
    """Read it all and compare the words where there are any.

    `name`: of the space that an export becomes (without it, the file's); `chat`: a table that does not say so is one.
    Raises: `ImporterError`, `Unreadable`, OSError, each with a sentence.
    """
    given = _table(path, chat=chat) if is_table(path) else _export(path, name, progress)
    progress("comparing words", 0, 0)
    return _measured(given)


def _table(path: Path, *, chat: bool) -> Given:
    try:
        acts = table_of(path)
    except (ValueError, pa.ArrowInvalid) as error:
        raise unreadable(path, error) from error
    said = sources_of(path)
    spaces = {space: said.get(str(space), replace(UNKNOWN, chat=chat)) for space in spaces_of(acts)}
    if chat:
        spaces = {space: replace(source, chat=True) for space, source in spaces.items()}
    return Given(
        acts,
        spaces,
        texts=_beside(path, "texts", texts_of),
        people=_beside(path, "people", pq.read_table),
        sources=_beside(path, "sources", pq.read_table),
    )


def _beside(acts: Path, name: str, read: Callable[[Path], pa.Table]) -> pa.Table | None:
    path = beside(acts, name)
    try:
        return read(path) if path.is_file() else None
    except (ValueError, pa.ArrowInvalid) as error:
        raise Unreadable(f"{path}, which lies beside the acts: {error}") from error


def _export(path: Path, name: str, progress: Progress) -> Given:
    found = detect(path)
    space = name or name_of(path)
    tables = tables_of(found.read(path, progress), space=space, chat=found.chat)
    return Given(
        acts=tables.acts,
        spaces={space: source_of(found)},
        texts=tables.texts,
        topics=tables.topics,
        people=tables.people,
        sources=tables.sources,
        report=tables.report,
    )


def name_of(path: Path) -> str:
    """A space's name from its file's: cc-labs.wordpress.xml becomes cc-labs."""
    stem = path.resolve().name
    for ending in (".xz", ".zip", ".xml", ".txt", ".log", ".wordpress", ".messages"):
        stem = stem.removesuffix(ending)
    return stem[:LONGEST_NAME] or "history"


def source_of(found: Format) -> Source:
    """No export holds who changed something because of whom: outcomes and movement are not visible in any."""
    visible = Visibility(addressee=True, outcome=False, movement=False, confirmation=found.confirms)
    return Source(chat=found.chat, visibility=visible, inferred_moves=True)


def spaces_of(acts: pa.Table) -> list[Id]:
    """The spaces of a table, in the order of their names."""
    found = [space for space in pc.unique(acts["space"]).to_pylist() if space is not None]
    return sorted(found)


def _measured(given: Given) -> Given:
    """With what the text stage says. Measures that are there already stay: they were frozen for a reason."""
    known = set(given.acts.column_names) >= set(MEASURES.names)
    if given.texts is None or (known and given.acts["text_version"].null_count < len(given.acts)):
        return given
    texts = given.texts
    parts = [
        measure(given.of_space(space), texts, chat=given.source(space).chat)
        for space in spaces_of(given.acts)
    ]
    measures = pa.concat_tables([MEASURES.empty_table(), *parts])
    bare = given.acts.drop_columns([name for name in MEASURES.names[1:] if name in given.acts.column_names])
    joined = bare.join(measures, keys="act", join_type="left outer").sort_by("act")
    return replace(given, acts=joined)
