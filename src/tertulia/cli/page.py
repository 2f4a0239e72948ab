"""Readings as one page that needs nothing else: no script, no font, no address. Light, dark, and without colour."""

from collections.abc import Iterable, Sequence
from html import escape

from tertulia.cli import words
from tertulia.cli.chart import Mark, bars, intervals
from tertulia.engine.reading import MeetingRead, SpaceReading

STYLE = """
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #23211d; --quiet: #5d584e; --line: #b9b2a3;
  --mark: #4a5d7e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1b1a18; --ink: #ece8df; --quiet: #b1aa9c; --line: #5f594e; --mark: #9db4dc; }
}
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Georgia, "Times New Roman", serif; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
figure { margin: 1.5rem 0; }
figcaption, .hint { color: var(--quiet); font: .85rem/1.4 system-ui, sans-serif; margin: 0 0 .5rem; }
.hint { display: none; }
@media (max-width: 36rem) { .hint { display: block; } }
.wide { overflow-x: auto; margin: 0 0 1rem; }
/* A shade at each edge beyond which there is more: what moves along with the content covers it at the end. */
.wide { background: linear-gradient(90deg, var(--paper) 50%, transparent) left / 2.5rem 100% no-repeat local,
  linear-gradient(270deg, var(--paper) 50%, transparent) right / 2.5rem 100% no-repeat local,
  linear-gradient(90deg, var(--line), transparent) left / 1rem 100% no-repeat scroll,
  linear-gradient(270deg, var(--line), transparent) right / 1rem 100% no-repeat scroll; }
.wide:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
svg { width: 100%; min-width: 30rem; height: auto; font: 13px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .tick { fill: var(--quiet); }
.axis { stroke: var(--line); }
.bar { fill: var(--mark); }
.dot { fill: var(--mark); stroke: var(--paper); stroke-width: 1.5; }
.whisker { stroke: var(--ink); stroke-width: 1.5; }
.threshold { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 3; }
table { border-collapse: collapse; width: 100%; font: .85rem/1.4 system-ui, sans-serif; }
th, td { text-align: right; padding: .2rem .5rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
ul { padding-left: 1.2rem; color: var(--quiet); }
"""
HINT = "In a small window, scroll a chart or a table sideways: each goes on where its edge is shaded."
BOUNDARY = (
    "A reading describes what was written, with its uncertainty. It is no forecast, says nothing about a person, and "
    "is no mark: a notice board broadcasts and is a good notice board."
)


def page(found: Sequence[SpaceReading]) -> str:
    """The whole page."""
    title = escape(", ".join(str(reading.space) for reading in found))
    sections = "\n".join(_section(i, reading) for i, reading in enumerate(found))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>How people talk with each other: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>How people talk with each other</h1>\n<p>{escape(BOUNDARY)}</p>\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(number: int, reading: SpaceReading) -> str:
    parts = [
        f"<h2>{escape(str(reading.space))}</h2>",
        f"<p><strong>{escape(words.sentence(reading))}</strong></p>",
    ]
    if reading.features:
        parts += [
            f'<p class="hint">{HINT}</p>',
            _features(number, reading),
            _episodes(number, reading),
            _states(number, reading),
            _evidence(reading),
        ]
        parts.append(f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in words.notes(reading))}</ul>")
    return "\n".join(["<section>", *parts, "</section>"])


def _features(number: int, reading: SpaceReading) -> str:
    marks = [
        Mark(
            label=words.FEATURES.get(one.name, one.name),
            value=one.mean,
            says=words.share(one.mean),
            low=one.low,
            high=one.high,
            threshold=one.threshold,
        )
        for one in reading.features
    ]
    told = "A dot for the mean of each thing, a line for its 95 % interval, a dashed line for the threshold."
    rows = [
        (
            words.FEATURES.get(one.name, one.name),
            words.share(one.mean),
            words.range_of(one),
            words.share(one.threshold),
            words.chance(one.above),
            words.over(one),
        )
        for one in reading.features
    ]
    headings = ("what is read", "mean", "95 %", "threshold", "chance to be above it", "over")
    drawn = intervals(f"read-{number}", "What is read", told, marks)
    return _figure("What is read", drawn, told, headings, rows)


def _episodes(number: int, reading: SpaceReading) -> str:
    marks = [
        Mark(
            label=words.EPISODES.get(one.kind, one.kind),
            value=one.count / one.of if one.of else None,
            says=f"{one.count:,} of {one.of:,}",
            low=one.low if one.of else None,
            high=one.high if one.of else None,
        )
        for one in words.fates(reading)
    ]
    told = (
        "For each thing that can become of a conversation: a bar for its share, a line for the 80 % interval."
    )
    rows = [
        (
            words.EPISODES.get(one.kind, one.kind),
            f"{one.count:,}",
            f"{one.of:,}",
            f"{words.share(one.low)} to {words.share(one.high)}",
        )
        for one in words.fates(reading)
    ]
    headings = ("conversations", "how many", "of", "share, 80 %")
    drawn = bars(f"became-{number}", "What became of conversations", told, marks)
    return _figure("What became of conversations", drawn, told, headings, rows)


def _states(number: int, reading: SpaceReading) -> str:
    ordered = sorted(reading.probabilities.items(), key=lambda pair: -pair[1])
    marks = [Mark(words.STATES.get(state, state), p, words.chance(p)) for state, p in ordered]
    told = "For each state that a place can be in: a bar for its probability. One is stated from .80."
    rows = [(words.STATES.get(state, state), words.chance(p)) for state, p in ordered]
    drawn = bars(f"states-{number}", "How probable each state is", told, marks)
    return _figure("How probable each state is", drawn, told, ("state", "probability"), rows)


def _evidence(reading: SpaceReading) -> str:
    rows = [_meeting("for it", one) for one in reading.evidence_for]
    rows += [_meeting("against it", one) for one in reading.evidence_against]
    if not rows:
        return ""
    headings = ("speaks", "thread", "from", "to", "acts", "ways", "influence (logits)")
    return _figure("The meetings of two that decided most", "", "Nobody is named here.", headings, rows)


def _meeting(side: str, one: MeetingRead) -> tuple[str, ...]:
    influence = f"{one.influence:+.3f}" if one.influence is not None else "–"
    ways = "both" if one.both_ways else "one"
    return (
        side,
        str(one.thread),
        words.day(one.begins),
        words.day(one.ends),
        f"{len(one.acts):,}",
        ways,
        influence,
    )


def _figure(title: str, drawn: str, told: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """What is too wide for a small window scrolls by itself; the sentence above it wraps."""
    parts = {"chart": drawn, "table": _table(title, headings, rows)}
    shown = [_wide(f"{title}: {what}", part) for what, part in parts.items() if part]
    caption = f"<figcaption>{escape(told)}</figcaption>"
    return "\n".join([f"<h3>{escape(title)}</h3>", "<figure>", caption, *shown, "</figure>"])


def _wide(name: str, part: str) -> str:
    """By the keyboard too."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(name)}">\n{part}\n</div>'


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
