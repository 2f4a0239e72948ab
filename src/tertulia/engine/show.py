"""A reading shown where there is no site: a sentence, a table, a chart of intervals. Plain HTML, complete in itself."""

from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Final

from tertulia.engine.states import State

if TYPE_CHECKING:
    from tertulia.engine.records import Feature, SpaceReading

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
IN_WORDS: Final = {
    State.COLLABORATING: "people collaborate: what is said is taken up, both ways, and things come of it on both sides",
    State.CONVERSING: "people converse: what is said is taken up, both ways",
    State.BROADCASTING: "those who open a conversation do not come back to those who answer",
    State.COHABITING_SMALL_TALK: "people talk both ways and leave each other's ideas where they lie (small talk)",
    State.COHABITING_PARALLEL: "people post side by side and leave each other's ideas where they lie",
    State.COHABITING_SILENT: "people are here, and nobody answers",
    State.RESTS_ON_FEW: "it rests on a few people",
    State.BOTH_WAYS_UNTOLD: "people answer each other both ways; small talk cannot be told apart yet",
    State.TOO_EARLY: "too early to say",
    State.EMPTY: "nobody has said anything in this window",
}
FEATURES: Final = {
    "exchange": "Answered back, a mean over people",
    "answered": "Openings that somebody answered",
    "uptake_t": "Taken up, rather than the usual talk",
    "uptake_o": "Taken up just then, rather than at any time",
    "closed": "People with an exchange that closed on both sides",
    "acted_upon": "Questions and doubts acted upon within four weeks",
    "evenness": "How evenly people write",
    "gini": "How unevenly people write",
    "fluidity": "How much it changes whose ideas are taken up",
}
# Of the chart, in pixels: from where the scale goes and how long it is, and the height of a row.
LEFT, WIDE, HIGH = 330, 260, 24
CELL: Final = "padding:.15em .8em .15em 0;text-align:left;font-weight:normal"


def sentence(reading: "SpaceReading") -> str:
    """What a reading says, in one sentence."""
    if reading.under_five:
        return "Fewer than five people: nothing is said of so small a group."
    if reading.state is State.EMPTY:
        return f"In this window {IN_WORDS[State.EMPTY].removesuffix(' in this window')}."
    if reading.state is not State.TOO_EARLY:
        return _capital(f"{IN_WORDS[reading.state]} (probability {_share(reading.probability)}).")
    if reading.leaning is None:
        return "Too early to say."
    lean = IN_WORDS[reading.leaning]
    return f"Too early to say, leaning to: {lean} (probability {_share(reading.probability)})."


def html_of(reading: "SpaceReading") -> str:
    """The reading as a piece of HTML: its sentence, what it was made of, its figures as a chart and as a table."""
    parts = [
        '<section lang="en" style="max-width:44em;font-family:system-ui,sans-serif;line-height:1.4">',
        f"<p><strong>{escape(sentence(reading))}</strong></p>",
        f"<p>{escape(_made_of(reading))}</p>",
    ]
    if reading.features:
        parts += [_chart(reading), _table(reading)]
    if reading.missing or reading.not_visible:
        unseen = ", ".join(code.replace("_", " ") for code in (*reading.missing, *reading.not_visible))
        parts.append(f"<p>Not known, or not visible in traces: {escape(unseen)}.</p>")
    parts.append(f"<p><small>{escape(_versions(reading))}</small></p></section>")
    return "".join(parts)


def _made_of(reading: "SpaceReading") -> str:
    since = "from its first act" if reading.start is None else f"after {_day(reading.start)}"
    people = _counted(reading.people, "person", "people")
    said = _counted(reading.contributions, "contribution", "contributions")
    meetings = _counted(reading.meetings, "meeting", "meetings")
    return (
        f"Space {reading.space}, {since} up to {_day(reading.end)}: {people}, {said}, {meetings}, "
        f"{reading.returned} of them both ways."
    )


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _versions(reading: "SpaceReading") -> str:
    texts = ", ".join(map(str, reading.text_versions)) or "none"
    return f"Parameters {reading.params_version}; text versions: {texts}. A description, never a forecast."


def _chart(reading: "SpaceReading") -> str:
    height = HIGH * (len(reading.features) + 1)
    said = "; ".join(_as_text(feature) for feature in reading.features)
    rows = "".join(_row_of_chart(place, feature) for place, feature in enumerate(reading.features))
    base = HIGH * len(reading.features) + 16
    scale = "".join(
        f'<text x="{LEFT + WIDE * mark / 4:.0f}" y="{base}" text-anchor="middle">{mark * 25} %</text>'
        for mark in range(5)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {LEFT + WIDE + 30} {height}" '
        f'width="100%" style="font-size:13px;fill:currentColor;stroke:none">'
        f"<title>Figures with their 95 % intervals</title><desc>{escape(said)}</desc>{rows}{scale}</svg>"
    )


def _row_of_chart(place: int, feature: "Feature") -> str:
    middle = HIGH * place + HIGH // 2
    x1, x2 = LEFT + WIDE * feature.low, LEFT + WIDE * feature.high
    parts = [
        f'<text x="0" y="{middle + 4}">{escape(FEATURES.get(feature.name, feature.name))}</text>',
        _line(x1, x2, middle, middle, "stroke-width:3;opacity:.55"),
    ]
    if feature.mean is not None:
        parts.append(f'<circle cx="{LEFT + WIDE * feature.mean:.1f}" cy="{middle}" r="4"/>')
    if feature.threshold is not None:
        x = LEFT + WIDE * feature.threshold
        parts.append(_line(x, x, middle - 9, middle + 9, "stroke-dasharray:2 2"))
    return "".join(parts)


def _line(x1: float, x2: float, y1: int, y2: int, style: str) -> str:
    ends = f'x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1}" y2="{y2}"'
    return f'<line {ends} style="stroke:currentColor;{style}"/>'


def _table(reading: "SpaceReading") -> str:
    headings = ("figure", "value", "95 % interval", "threshold", "people", "items")
    head = "".join(f'<th scope="col" style="{CELL}"><small>{name}</small></th>' for name in headings)
    rows = "".join(_row_of_table(feature) for feature in reading.features)
    return (
        f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row_of_table(feature: "Feature") -> str:
    cells = (
        _share(feature.mean),
        f"{_share(feature.low)} to {_share(feature.high)}",
        _share(feature.threshold),
        str(feature.people or ""),
        str(feature.items),
    )
    name = escape(FEATURES.get(feature.name, feature.name))
    rest = "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row" style="{CELL}">{name}</th>{rest}</tr>'


def _as_text(feature: "Feature") -> str:
    name = FEATURES.get(feature.name, feature.name)
    return f"{name}: {_share(feature.mean) or 'not known'}, {_share(feature.low)} to {_share(feature.high)}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _day(microseconds: int) -> str:
    return f"{EPOCH + timedelta(microseconds=microseconds):%Y-%m-%d}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
