"""A reading in words, for the terminal, for JSON and for the page that `--html` writes."""

from collections.abc import Mapping

from tertulia.cli.kept import moment
from tertulia.engine.reading import EpisodeShare, Feature, SpaceReading

WINDOWS: Mapping[str, str] = {"12w": "the last 12 weeks", "1y": "the last year", "all": "its whole life"}
STATES: Mapping[str, str] = {
    "collaborating": "collaborating",
    "conversing": "conversing",
    "broadcasting": "broadcasting",
    "cohabiting_small_talk": "cohabiting, with small talk",
    "cohabiting_parallel": "cohabiting, with posts side by side",
    "cohabiting_silent": "cohabiting, in silence",
    "rests_on_few": "resting on a few people",
    "both_ways_untold": "both ways; small talk cannot be told apart yet",
    "too_early": "too early to say",
    "empty": "empty",
}
SENTENCES: Mapping[str, str] = {
    "collaborating": "what is said is taken up, both ways, and things come of it on both sides",
    "conversing": "people take up each other's words, both ways",
    "broadcasting": "those who open a conversation seldom come back to those who answer",
    "cohabiting_small_talk": "people talk with each other, and leave each other's ideas where they lie",
    "cohabiting_parallel": "people write side by side, and leave each other's ideas where they lie",
    "cohabiting_silent": "people write, and nobody has answered anybody",
    "rests_on_few": "much of what goes both ways goes through a few people",
    "both_ways_untold": "people answer each other; whether they take up each other's words is not known",
}
FEATURES: Mapping[str, str] = {
    "exchange": "who is spoken to speaks back",
    "answered": "openings that somebody answered",
    "uptake_t": "words taken up, against other conversations",
    "uptake_o": "words taken up, against another order",
    "closed": "people in a closed exchange",
    "acted_upon": "asks that were acted upon",
    "evenness": "evenness of writing (describes only)",
    "gini": "Gini index of writing (describes only)",
    "fluidity": "change of who is taken up (describes only)",
}
EPISODES: Mapping[str, str] = {
    "came_of_it": "something came of it",
    "both_ways": "went both ways",
    "one_way": "went one way",
    "no_answer": "got no answer",
    "closed": "something came of it on both sides",
}
MISSING: Mapping[str, str] = {
    "uptake_against_other_threads": "whether it was about this rather than the usual talk",
    "uptake_against_other_order": "whether it was about what was just said",
}
NOT_VISIBLE: Mapping[str, str] = {
    "mutual_understanding": "whether people understood each other",
    "time_management": "how they managed their time",
    "individual_orientation": "what each of them was there for",
    "addressee": "who was spoken to",
    "outcome": "what came of a conversation",
    "movement": "who changed their mind because of whom",
    "confirmation": "who felt heard",
}


def chance(p: float | None) -> str:
    """As people write it: .86. Never 1.00, because nothing here is certain."""
    if p is None:
        return "–"
    return "> .99" if p > 0.99 else "< .01" if p < 0.01 else f"{p:.2f}".lstrip("0")


def share(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".removeprefix("0") if value < 1 else "1.00"


def range_of(feature: Feature) -> str:
    return f"{share(feature.low)} to {share(feature.high)}"


def fates(reading: SpaceReading) -> list[EpisodeShare]:
    """What became of conversations: what their source cannot show is left out, because it is not zero."""
    told = [one for one in reading.episodes if one.kind not in {"came_of_it", "closed"}]
    return list(reading.episodes) if reading.ceiling is None else told


def counted(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def over(feature: Feature) -> str:
    """What a share is a share of: people count once each, and things are things."""
    if feature.people:
        return counted(feature.people, "person", "people")
    return counted(feature.items, "time", "times") if feature.items else "–"


def day(at: int) -> str:
    return f"{moment(at):%Y-%m-%d}"


def sentence(reading: SpaceReading) -> str:
    """One sentence a space, then what it rests on."""
    window = WINDOWS[reading.window]
    if reading.state == "empty":
        return f"{reading.space}: nobody wrote in {window}."
    if reading.under_five:
        return (
            f"{reading.space}: fewer than five people wrote in {window}, so nothing is said about the place."
        )
    said = f"{reading.space}: {_verdict(reading)}. {counts(reading)}"
    if reading.ceiling is not None:
        said += f" Its source cannot show what came of it: it could at most be {STATES[reading.ceiling]}."
    return said


def _verdict(reading: SpaceReading) -> str:
    sure = chance(reading.probability)
    if reading.state == "too_early":
        leaning = f", leaning {STATES[reading.leaning]} ({sure})" if reading.leaning else ""
        return f"too early to say{leaning}"
    return f"{SENTENCES[reading.state]}: {STATES[reading.state]} ({sure})"


def counts(reading: SpaceReading) -> str:
    begins = f"after {day(reading.start)}" if reading.start is not None else "from its beginning"
    people = counted(reading.people, "person", "people")
    said = counted(reading.contributions, "contribution", "contributions")
    meetings = counted(reading.meetings, "meeting", "meetings")
    return (
        f"{people} and {said} {begins} until {day(reading.end)}; "
        f"{reading.returned:,} of {meetings} of two went both ways."
    )


def notes(reading: SpaceReading) -> list[str]:
    """What a reader has to know besides: what was not compared, what cannot be seen, how edges are known."""
    found = []
    if reading.missing:
        found.append("Not compared: " + "; ".join(MISSING.get(code, code) for code in reading.missing) + ".")
    found.append(
        "Not visible here: " + "; ".join(NOT_VISIBLE.get(one, one) for one in reading.not_visible) + "."
    )
    if reading.basis_shares:
        shares = ", ".join(
            f"{basis.replace('_', ' ')} {share(p)}" for basis, p in reading.basis_shares.items()
        )
        found.append(f"How it is known who spoke to whom: {shares}.")
    texts = ", ".join(str(version) for version in reading.text_versions) or "none"
    found.append(f"Parameters {reading.params_version}, text version {texts}.")
    return found
