"""A reading in plain words: numbers, shares, and what is said of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.utils.safestring import SafeString

    from tertulia.readings.queries import Figure, Reading
    from tertulia.spaces.models import Space


def number_words() -> tuple[str, ...]:
    return (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
        _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"), _("fifteen"), _("sixteen"), _("seventeen"),
        _("eighteen"), _("nineteen"), _("twenty"),
    )  # fmt: skip


def in_words(n: int) -> str:
    words = number_words()
    return words[n] if n < len(words) else str(n)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": in_words(n)}


def people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": in_words(n)}


def contributions(n: int) -> str:
    return ngettext("%(n)s contribution", "%(n)s contributions", n) % {"n": in_words(n)}


def percent(low: float, high: float) -> str:
    return _("%(low)d to %(high)d %%") % {"low": round(low * 100), "high": round(high * 100)}


def probability(p: float | None) -> str:
    """As people write it: .86. Never 1.00, because nothing here is certain."""
    if p is None:
        return ""
    return _("more than .99") if p > 0.99 else f"{p:.2f}".lstrip("0")


def day(at: datetime) -> str:
    return date_format(at, "j F Y")


def window_words() -> Mapping[str, str]:
    return {"12w": _("the last 12 weeks"), "1y": _("the last year"), "all": _("its whole life")}


def state_names() -> Mapping[str, str]:
    """What the place is, or leans to, as a word inside a sentence."""
    return {
        "collaborating": _("collaborating"),
        "conversing": _("conversing"),
        "broadcasting": _("broadcasting"),
        "cohabiting_small_talk": _("cohabiting, with small talk"),
        "cohabiting_parallel": _("cohabiting, with posts side by side"),
        "cohabiting_silent": _("cohabiting, in silence"),
        "rests_on_few": _("resting on a few people"),
        "both_ways_untold": _("both ways; small talk cannot be told apart yet"),
        "too_early": _("too early to say"),
        "empty": _("empty"),
    }


def state_sentences() -> Mapping[str, str]:
    """{name} is the state with how sure it is."""
    return {
        "collaborating": _(
            "What is said here is taken up, both ways, and things come of it on both sides: the place is {name}."
        ),
        "conversing": _("People here take up each other's words, both ways: the place is {name}."),
        "broadcasting": _(
            "Those who open a conversation here seldom come back to those who answer: the place is {name}. "
            "Hardly anybody means to; three lines in answer may be enough."
        ),
        "cohabiting_small_talk": _(
            "People here talk with each other, and leave each other's ideas where they lie: the place is {name}."
        ),
        "cohabiting_parallel": _(
            "People here write side by side, and leave each other's ideas where they lie: the place is {name}."
        ),
        "cohabiting_silent": _(
            "People write here, and nobody has answered anybody yet: the place is {name}."
        ),
        "rests_on_few": _("Much of what goes both ways here goes through a few people: the place is {name}."),
    }


def named(state: str, p: float | None) -> SafeString:
    name = state_names().get(state, state)
    sure = probability(p)
    return (
        format_html("<em>{}</em> <small>({})</small>", name, sure)
        if sure
        else format_html("<em>{}</em>", name)
    )


def leaning(state: str, p: float | None) -> SafeString:
    if state != "both_ways_untold":
        return named(state, p)
    return format_html("{} <small>({})</small>", _("answering each other, both ways"), probability(p))


def what_it_is(reading: Reading, space: Space) -> SafeString:
    """The sentence about the place; too early, and under five, are said as kindly as the others."""
    if reading.state == "empty":
        return format_html("{}", _("Nothing was written here in this time."))
    if reading.under_five:
        return format_html(
            "{}", _("Fewer than five people wrote here in this time, so nothing is said of the place.")
        )
    if reading.state == "too_early":
        return too_early(reading, space)
    if reading.state == "both_ways_untold":
        return untold(reading)
    return format_html(state_sentences()[reading.state], name=named(reading.state, reading.probability))


def untold(reading: Reading) -> SafeString:
    """Both ways, and no word for the place yet: what came of it tells such places apart meanwhile. How sure it is that
    people answer each other would read as if the place were known."""
    name = named(reading.state, None)
    came = next((one for one in reading.became if one.kind == "came_of_it" and one.of), None)
    if came is None or reading.ceiling is not None:
        return format_html(_("People here answer each other: {name}."), name=name)
    if not came.count:
        sentence = _("People here answer each other, and nothing has come of it yet: {name}.")
        return format_html(sentence, name=name)
    sentence = ngettext(
        "People here answer each other, and something came of {count} of {of} conversation: {name}.",
        "People here answer each other, and something came of {count} of {of} conversations: {name}.",
        came.of,
    )
    return format_html(sentence, name=name, count=came.count, of=came.of)


def too_early(reading: Reading, space: Space) -> SafeString:
    counts = days(days_of(reading, space)), people(reading.people), contributions(reading.contributions)
    enough = reading.contributions >= 20 and reading.people >= 5
    needs = (
        _("That is more than the least it takes; to be sure, it often takes hundreds.")
        if enough
        else _("It needs at least twenty, from five people, and often hundreds.")
    )
    said = _("Too early to say. {counts}. {needs} Nothing is wrong.")
    sentence = format_html(said, counts=capital(", ".join(counts)), needs=needs)
    if reading.leaning is None:
        return sentence
    leans = format_html(_("So far it leans to {name}."), name=leaning(reading.leaning, reading.probability))
    return format_html("{} {}", sentence, leans)


def days_of(reading: Reading, space: Space) -> int:
    """How many days the reading looks back on: from the first words in it, or from the space's beginning."""
    begins = min(reading.first_said_at or space.created_at, space.created_at)
    start = max(begins, reading.start_at) if reading.start_at else begins
    return max(1, (reading.end_at - start).days)


def share_of(figure: Figure) -> str:
    return percent(figure.low, figure.high)


def figure_sentences(reading: Reading) -> list[tuple[str, str, str]]:
    """Each figure as a sentence, how likely it is, and where the page on counting explains it."""
    found: list[tuple[str, str, str]] = []
    figures = reading.figures
    exchange, answered, closed, acted = (
        figures.get(name) for name in ("exchange", "answered", "closed", "acted_upon")
    )
    if exchange and exchange.mean is not None:
        sentence = _(
            "Of what a person says to others here, %(share)d %% goes both ways; the mean over %(people)s."
        )
        values = {"share": round(exchange.mean * 100), "people": people(exchange.people)}
        found.append((sentence % values, share_of(exchange), "exchange"))
    if answered and answered.items:
        found.append((answered_sentence(answered), share_of(answered), "answered"))
    if closed and closed.items and reading.ceiling is None:
        sentence = ngettext(
            "Of %(of)d person, %(n)d took part in an exchange that something came of on both sides.",
            "Of %(of)d people, %(n)d took part in an exchange that something came of on both sides.",
            closed.items,
        )
        found.append((sentence % counted(closed), share_of(closed), "closed"))
    if acted and acted.items:
        found.append((acted_sentence(acted, reading.asks_younger), share_of(acted), "acted"))
    for name, sentence in uptake_sentences().items():
        if (uptake := figures.get(name)) and uptake.mean is not None:
            found.append((sentence % {"rank": round(uptake.mean * 100)}, share_of(uptake), "uptake"))
    return found


def counted(figure: Figure) -> dict[str, int]:
    return {"of": figure.items, "n": round((figure.mean or 0) * figure.items)}


def answered_sentence(figure: Figure) -> str:
    sentence = ngettext(
        "Of %(of)d opening at least a week old, somebody else replied to %(n)d.",
        "Of %(of)d openings at least a week old, somebody else replied to %(n)d.",
        figure.items,
    )
    return sentence % counted(figure)


def acted_sentence(figure: Figure, younger: int) -> str:
    sentence = ngettext(
        "Of %(of)d question or doubt at least four weeks old, %(n)d had an outcome within four weeks.",
        "Of %(of)d questions and doubts at least four weeks old, %(n)d had an outcome within four weeks.",
        figure.items,
    )
    beside = ngettext("%(n)d younger is not counted yet.", "%(n)d younger are not counted yet.", younger)
    return (
        f"{sentence % counted(figure)} {beside % {'n': younger}}" if younger else sentence % counted(figure)
    )


def uptake_sentences() -> Mapping[str, str]:
    return {
        "uptake_t": _(
            "Replies take up the words that they answer more than they would %(rank)d %% of words from elsewhere in "
            "this space; by chance it would be 50."
        ),
        "uptake_o": _(
            "They take them up more than they would %(rank)d %% of words from the same conversation out of order; by "
            "chance it would be 50."
        ),
    }
