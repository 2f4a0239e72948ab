"""The people made up for the claim of recovery."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from validity.agents.space import ENDS_US, Space, space_of
from validity.agents.ways import (
    BROADCASTING,
    COHABITING,
    COLLABORATING,
    CONVERSING,
    KINDS,
    RESTS_ON_FEW,
    Kind,
    Ways,
)

KIND = {kind.name: kind for kind in KINDS}
ROOT = Path(__file__).parents[2]


def made(name: str, size: int = 60, seed: int = 1) -> Space:
    return space_of(KIND[name], size, seed)


def mean(values: tuple[float, ...] | tuple[bool, ...]) -> float:
    return float(np.mean(values))


def taken_up(space: Space) -> float:
    """The mean share of the rarer words of an answer that stand in the text it answers."""
    texts = {row.act: row.text.split() for row in space.rows if row.text}
    common = set((ROOT / "bench" / "words.txt").read_text().split()[:100])
    shares = []
    for row in space.rows:
        own = set(texts.get(row.act, ())) - common
        if row.parent is not None and own:
            shares.append(len(own & set(texts[row.parent])) / len(own))
    return float(np.mean(shares))


def test_people_are_made_up_without_the_engine() -> None:
    program = (
        "import sys, validity.agents.space; "
        "print([name for name in sys.modules if name.split('.')[0] == 'tertulia'])"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_same_seed_gives_the_same_space(kind: Kind) -> None:
    assert space_of(kind, 30, 7) == space_of(kind, 30, 7)


def test_another_seed_gives_other_people() -> None:
    assert made("conversing", seed=1).truth != made("conversing", seed=2).truth


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_everybody_is_active_within_the_twelve_weeks(kind: Kind) -> None:
    space = space_of(kind, 30, 3)

    assert len({row.actor for row in space.rows if row.text}) == 30
    assert all(row.t <= ENDS_US for row in space.rows)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_answers_and_outcomes_name_what_came_before(kind: Kind) -> None:
    before: dict[int, str] = {}
    for row in space_of(kind, 30, 4).rows:
        named = row.parent if row.parent is not None else row.ref
        if named is not None:
            assert before[named] == row.person != row.actor
        if row.text:
            before[row.act] = row.actor


def test_acts_are_numbered_from_where_they_are_told_to() -> None:
    space = space_of(KIND["collaborating"], 15, 1, first_act=500)

    assert sorted(row.act for row in space.rows) == list(range(500, 500 + len(space.rows)))


def test_the_truth_follows_from_how_people_go_about_it() -> None:
    assert {kind.name: kind.truth for kind in KINDS} == {
        "collaborating": (COLLABORATING,),
        "conversing": (CONVERSING,),
        "broadcasting": (BROADCASTING,),
        "group_blog": (BROADCASTING,),
        "parallel_posts": (COHABITING,),
        "silent": (COHABITING,),
        "small_talk": (COHABITING,),
        "one_topic": (COHABITING,),
        "same_thread_topic": (COHABITING,),
        "ring": (COHABITING, RESTS_ON_FEW),
        "ring_among_silent": (COHABITING, RESTS_ON_FEW),
        "between_ways": (),
        "between_closing": (),
        "between_uptake": (),
    }


def test_people_come_back_in_small_talk_and_not_on_a_blog() -> None:
    assert mean(made("small_talk").truth.returned) > 0.8
    assert mean(made("conversing").truth.returned) > 0.7
    assert mean(made("group_blog").truth.returned) < 0.25


def test_words_are_taken_up_where_people_listen() -> None:
    assert taken_up(made("conversing")) > 2 * taken_up(made("between_uptake"))


def test_small_talk_shares_words_with_everybody_alike() -> None:
    deaf, listening = KIND["small_talk"], replace(KIND["small_talk"].ways, listens=0.15)

    assert taken_up(space_of(Kind("small_talk", listening), 60, 1)) > 1.2 * taken_up(space_of(deaf, 60, 1))


def test_nobody_answers_where_it_is_silent() -> None:
    space = made("silent")

    assert not any(space.truth.answered)
    assert space.truth.returned == ()


def test_hardly_anybody_answers_parallel_posts() -> None:
    assert mean(made("parallel_posts").truth.answered) < 0.1


def test_one_person_opens_everything_when_broadcasting() -> None:
    assert len({row.actor for row in made("broadcasting").rows if row.verb == "posted"}) == 1
    assert len({row.actor for row in made("group_blog").rows if row.verb == "posted"}) == 15


def test_something_comes_of_it_on_both_sides_where_people_collaborate() -> None:
    assert mean(made("collaborating").truth.closed) > 0.4
    assert mean(made("conversing").truth.closed) < 0.15


def test_a_ring_is_answered_by_itself_alone() -> None:
    ring = {f"p{number}" for number in range(5)}

    for row in made("ring", 30).rows:
        if row.person is not None:
            assert (row.actor in ring) == (row.person in ring)


def test_spaces_at_a_threshold_lie_there() -> None:
    def over(name: str, what: str) -> float:
        found = [getattr(made(name, seed=seed).truth, what) for seed in range(100, 112)]
        return float(np.mean([value for values in found for value in values]))

    assert over("between_ways", "returned") == pytest.approx(0.4, abs=0.03)
    assert over("between_closing", "closed") == pytest.approx(0.2, abs=0.04)


def test_a_share_of_nothing_is_nothing() -> None:
    space = space_of(Kind("nobody acts", Ways(acts=0.0)), 20, 1)

    assert not any(space.truth.closed)
    assert {row.verb for row in space.rows} == {"posted", "replied"}
