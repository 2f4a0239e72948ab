"""Readings and what decided them, as plain tables on the terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from tertulia.cli import words
from tertulia.cli.explained import ActLine, Explained, MeetingLines
from tertulia.engine.compare import Comparison
from tertulia.engine.reading import SpaceReading

# Where nobody's window sets a width: in files and pipes.
WIDTH = 110


def _console() -> Console:
    console = Console(soft_wrap=True, highlight=False)
    return console if console.is_terminal else Console(soft_wrap=True, highlight=False, width=WIDTH)


def readings(found: Iterable[SpaceReading]) -> None:
    """A sentence a space, then its tables."""
    console = _console()
    for i, reading in enumerate(found):
        if i:
            console.print()
        console.print(words.sentence(reading), markup=False)
        if reading.features:
            for table in _tables(reading):
                console.print()
                console.print(table)
            console.print()
            for note in words.notes(reading):
                console.print(note, markup=False)


def _tables(reading: SpaceReading) -> list[Table]:
    features = _table(["what is read", "mean", "95 %", "above", "chance", "over"])
    for one in reading.features:
        name = words.FEATURES.get(one.name, one.name)
        threshold = words.share(one.threshold)
        row = (
            name,
            words.share(one.mean),
            words.range_of(one),
            threshold,
            words.chance(one.above),
            words.over(one),
        )
        features.add_row(*row)
    states = _table(["state", "probability"])
    for state, p in sorted(reading.probabilities.items(), key=lambda pair: -pair[1]):
        states.add_row(words.STATES.get(state, state), words.chance(p))
    episodes = _table(["conversations", "how many", "of", "share, 80 %"])
    for share in words.fates(reading):
        between = f"{words.share(share.low)} to {words.share(share.high)}"
        episodes.add_row(
            words.EPISODES.get(share.kind, share.kind), f"{share.count:,}", f"{share.of:,}", between
        )
    return [features, states, episodes]


def _table(headings: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="left" if i == 0 else "right", no_wrap=i > 0)
    return table


def compared(sentences: Iterable[str], found: Comparison) -> None:
    """A sentence a space, what each has, and by how much they differ."""
    console = _console()
    for sentence in sentences:
        console.print(sentence, markup=False)
    console.print()
    console.print(_cells(found))
    if found.differences:
        console.print()
        console.print(_differences(found))
    console.print()
    for note in found.notes:
        console.print(note, markup=False)


def _cells(found: Comparison) -> Table:
    cells = _table(["what is read", "where", "mean", "95 %", "people"])
    for cell in found.cells:
        name = words.FEATURES.get(cell.measure, cell.measure)
        if cell.suppressed:
            cells.add_row(name, cell.cohort, "not told", "–", "fewer than ten")
            continue
        between = f"{words.share(cell.low)} to {words.share(cell.high)}"
        cells.add_row(name, cell.cohort, words.share(cell.mean), between, f"{cell.people:,}")
    return cells


def _differences(found: Comparison) -> Table:
    table = _table(["difference", "first", "second", "first less second", "95 %", "stands"])
    for one in found.differences:
        table.add_row(
            words.FEATURES.get(one.measure, one.measure),
            one.one,
            one.other,
            f"{one.difference:+.2f}",
            f"{one.low:+.2f} to {one.high:+.2f}",
            "yes" if one.stands else "no",
        )
    return table


def explained(of: Explained) -> None:
    """The meetings that decided, those for it first, each with its acts."""
    console = _console()
    console.print(words.sentence(of.reading), markup=False)
    for title, meetings in ((of.title_for, of.speaking_for), (of.title_against, of.against)):
        console.print()
        console.print(title if meetings else f"{title}: nothing", style="bold", markup=False)
        for meeting in meetings:
            console.print()
            console.print(heading(meeting), markup=False)
            for act in meeting.acts:
                console.print(f"  {line(act)}", markup=False)
                if act.text:
                    console.print(f"    {act.text}", markup=False, style="dim")
            if meeting.more:
                console.print(f"  … and {meeting.more:,} more acts", markup=False)


def heading(meeting: MeetingLines) -> str:
    ways = "both ways" if meeting.both_ways else "one way"
    closed = ", closed on both sides" if meeting.closed else ""
    number = f"{meeting.influence:+.3f}  " if meeting.influence is not None else ""
    where = f" {meeting.url}" if meeting.url else ""
    return (
        f"{number}{' and '.join(meeting.people)}, thread {meeting.thread}, {meeting.days}: "
        f"{meeting.total:,} act{'s' if meeting.total != 1 else ''}, {ways}{closed}{where}"
    )


def line(act: ActLine) -> str:
    to = f" to {act.to}" if act.to else ""
    move = f", {act.move}" if act.move else ""
    return f"act {act.act}  {act.when}  {act.who} {act.verb}{to}{move}, {act.words:,} words ({act.basis})"
