"""What must hold for every table of acts."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US, DEFAULT
from tertulia.engine.reading import SpaceReading, State, read_space
from tertulia.engine.windows import Window

PEOPLE = ["Ana", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gil"]
LATER = ["replied", "answered", "credited", "decided", "tried", "declined", "moved", "heard", "contested"]
RANKS = st.none() | st.floats(-0.5, 0.5)


@st.composite
def tables(draw: st.DrawFn, least: int = 0) -> list[Act]:
    """Openings and what follows them, with any ranks, moves and gaps."""
    acts: list[Act] = []
    day = 0.0
    for number in range(1, draw(st.integers(least, 45)) + 1):
        day += draw(st.sampled_from([0.0, 0.01, 1.0, 8.0, 30.0, 95.0]))
        follows = acts and draw(st.integers(0, 3)) > 0
        before = draw(st.sampled_from(acts)) if follows else None
        verb = draw(st.sampled_from(LATER)) if before else "posted"
        talk = verb in ("posted", "replied", "answered")
        acts.append(
            Act(
                act=number,
                t=int(day * DAY_US),
                actor=draw(st.sampled_from(PEOPLE)),
                verb=verb,
                move=draw(st.sampled_from([None, "question", "challenge"])),
                space=1,
                thread=before.thread if before else number,
                parent=before.act if before and talk else None,
                ref=before.act if before and not talk else None,
                words=draw(st.integers(0, 9)) if talk else 0,
                rk_t=draw(RANKS),
                rk_o=draw(RANKS),
            )
        )
    return acts


WINDOWS: st.SearchStrategy[Window] = st.sampled_from(["12w", "1y", "all"])


@given(tables(), WINDOWS, st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_the_order_of_rows_does_not_matter(acts: list[Act], window: Window, random: Random) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)

    assert read_space(shuffled, space=1, window=window) == read_space(acts, space=1, window=window)


@given(tables(), tables(), WINDOWS)
@settings(max_examples=12, deadline=None)
def test_another_space_changes_nothing(acts: list[Act], others: list[Act], window: Window) -> None:
    elsewhere = [replace(act, act=act.act + 1000, space=2) for act in others]

    assert read_space(acts + elsewhere, space=1, window=window) == read_space(acts, space=1, window=window)


@given(tables(), WINDOWS)
@settings(max_examples=15, deadline=None)
def test_probabilities_are_probabilities_and_a_reading_survives_json(acts: list[Act], window: Window) -> None:
    reading = read_space(acts, space=1, window=window)

    assert all(0 <= p <= 1 for p in reading.probabilities.values())
    if not reading.under_five:
        assert sum(reading.probabilities.values()) == pytest.approx(1, abs=1e-9)
    assert all(0 <= f.low <= f.high <= 1 for f in reading.features)
    assert sum(share.count for share in reading.episodes[:4]) == (
        reading.episodes[0].of if reading.episodes else 0
    )
    assert SpaceReading.from_dict(json.loads(json.dumps(reading.to_dict(), allow_nan=False))) == reading


@given(tables(), WINDOWS)
@settings(max_examples=12, deadline=None)
def test_no_state_is_said_of_few_people_or_few_words(acts: list[Act], window: Window) -> None:
    reading = read_space(acts, space=1, window=window)

    if reading.people < DEFAULT.people_at_least or reading.contributions < DEFAULT.contributions_at_least:
        assert reading.state in (State.TOO_EARLY, State.EMPTY)


def repeated(acts: list[Act], loud: str, times: int) -> list[Act]:
    """The table with everything that one person said said again, a moment later, `times` times over."""
    extra = [
        replace(act, act=act.act + 1000 * again, parent=act.parent)
        for act in acts
        if act.actor == loud and act.verb in ("replied", "answered")
        for again in range(1, times + 1)
    ]
    return acts + extra


@given(tables(least=20), st.sampled_from(PEOPLE), st.integers(1, 30))
@settings(max_examples=12, deadline=None)
def test_one_loud_person_cannot_make_a_place_talk_both_ways(acts: list[Act], loud: str, times: int) -> None:
    # Only one who already counts: a second word may bring a newcomer among those who are read.
    bare = [replace(act, rk_t=None, rk_o=None) for act in acts]
    said = [
        act
        for act in bare
        if act.actor == loud and act.words and act.verb in ("posted", "replied", "answered")
    ]
    before = read_space(bare, space=1, window="all")
    after = read_space(repeated(bare, loud, times), space=1, window="all")
    exchange = before.feature("exchange")

    if len(said) > 1 and exchange is not None and exchange.above is not None and exchange.above < 0.5:
        assert after.state is not State.BOTH_WAYS_UNTOLD


@given(tables(least=8), WINDOWS)
@settings(max_examples=15, deadline=None)
def test_what_changes_nothing_is_no_evidence(acts: list[Act], window: Window) -> None:
    reading = read_space(acts, space=1, window=window)

    told = [m.influence for m in reading.evidence_for + reading.evidence_against if m.influence is not None]
    assert all(abs(influence) >= 1e-9 for influence in told)
