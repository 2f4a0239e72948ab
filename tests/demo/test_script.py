"""What is written for the demo: nothing is said twice, and no text knows the calendar."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from tertulia.demo.script import Event, Script, SpaceScript, read_script

NAMES_AND_NUMBERS = re.compile(r"\{[A-Z]\}|\d[\d.,:]*")
SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')*]*\s+|\n+")
WORD = re.compile(r"[\w']+")
QUOTED = re.compile(r"^>.*$|[“\"][^”\"]*[”\"]", re.MULTILINE)
# About what has just happened there is no season, no month and no yesterday: the day of loading may be any.
CALENDAR = re.compile(
    r"\b(yesterday|last (week|month|night|year|winter|summer|spring|autumn)"
    r"|this (month|winter|summer|spring|autumn))\b",
    re.IGNORECASE,
)
MONTHS = re.compile(
    r"\b(January|February|March|April|June|July|August|September|October|November|December)\b"
)
# Habits and things: July in a kitchen as every year, a card that says “from yesterday”, a month of suppers.
ALLOWED = {
    ("bread:exchanges", "July"),
    ("bread:bread-bg-11", "yesterday"),
    ("evenings:exchanges", "this month"),
}


@pytest.fixture(scope="module")
def script() -> Script:
    return read_script()


def events(space: SpaceScript) -> Iterator[tuple[str, Event]]:
    for event in space.events:
        yield f"{space.key}:exchanges", event
    for thread in space.threads:
        for event in thread.events:
            yield f"{space.key}:{thread.key}", event


def texts(event: Event) -> Iterator[str]:
    yield from (text for text in (event.title, event.text, event.question, event.purpose) if text)
    yield from (sentence for _to, sentence in event.credits)


def sentences(text: str, names: re.Pattern[str]) -> Iterator[str]:
    masked = NAMES_AND_NUMBERS.sub("#", names.sub("#", text))
    for sentence in SENTENCE.split(masked):
        words = WORD.findall(sentence.lower())
        if len(words) > 4:
            yield " ".join(words)


def test_no_sentence_of_more_than_four_words_is_said_twice(script: Script) -> None:
    first_names = {name.split()[0] for name in (person.name for person in script.people().values())}
    names = re.compile(r"\b(" + "|".join(sorted(first_names)) + r")\b")
    said: defaultdict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for space in script.spaces:
        for where, event in events(space):
            # A version says again what it keeps of its idea; a quotation says what another said.
            idea = event.to if event.do == "revise" else event.id if event.do == "idea" else ""
            for text in texts(event):
                for sentence in set(sentences(QUOTED.sub(" ", text), names)):
                    whose = f"{where}:{idea}" if idea else f"{where}:{id(event)}:{text[:20]}"
                    if whose not in said[sentence]:
                        said[sentence].add(whose)
                        count[sentence] += 1

    twice = {sentence: sorted(said[sentence]) for sentence, number in count.items() if number > 1}
    assert twice == {}


def test_within_one_text_no_sentence_comes_twice(script: Script) -> None:
    nothing = re.compile(r"(?!)")
    twice = {
        sentence: where
        for space in script.spaces
        for where, event in events(space)
        for text in texts(event)
        for sentence, number in Counter(sentences(QUOTED.sub(" ", text), nothing)).items()
        if number > 1
    }

    assert twice == {}


def test_no_text_says_when_in_the_calendar_it_was_written(script: Script) -> None:
    found = {
        f"{where}: {match[0]} in “{text[max(0, match.start() - 50) : match.end() + 50]}”"
        for space in script.spaces
        for where, event in events(space)
        for text in texts(event)
        for match in (*CALENDAR.finditer(text), *MONTHS.finditer(text))
        if (where, match[0]) not in ALLOWED
    }

    assert found == set()


def test_the_volumes_are_those_of_the_written_plan(script: Script) -> None:
    people = {space.key: len(space.people) for space in script.spaces}
    ideas = {space.key: sum(e.do == "idea" for _where, e in events(space)) for space in script.spaces}

    assert people == {"bread": 24, "evenings": 31, "number-14": 27, "first-year": 6}
    assert ideas == {"bread": 41, "evenings": 46, "number-14": 58, "first-year": 5}


def test_replies_are_about_as_many_as_planned(script: Script) -> None:
    words = {"reply", "answer", "not_quite", "tried", "decided"}
    said = {space.key: sum(e.do in words for _where, e in events(space)) for space in script.spaces}

    planned = {"bread": 210, "evenings": 190, "number-14": 160, "first-year": 12}
    assert all(0.9 * planned[key] <= number <= 1.2 * planned[key] for key, number in said.items())


def test_names_of_people_are_those_of_nobody_in_the_tests(script: Script) -> None:
    tests = {"Bo", "Cleo", "Dan"}

    assert {person.name.split()[0] for person in script.people().values()} & tests == set()
