"""A study's copy of acts, and somebody who tries to find the people in it again."""

import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US
from tertulia.engine.pseudonyms import OTHERS, Study, pseudonym, pseudonymous

STUDY = Study(b"a key that only this study has..")
OTHER = Study(b"another key, of another study...")
PERIOD_US = STUDY.period_days * DAY_US


def community(people: int = 300, acts: int = 4000, seed: int = 3) -> list[Act]:
    """One space for a year: a few write most, as everywhere."""
    rng = random.Random(seed)  # noqa: S311 - a made-up community
    weights = [1 / (rank + 3) for rank in range(people)]
    made: list[Act] = []
    for number in range(1, acts + 1):
        actor = f"person {rng.choices(range(people), weights)[0]}"
        parent = rng.choice(made[-40:]) if made and rng.random() < 0.8 else None
        verb = (
            "posted"
            if parent is None
            else rng.choice(["replied", "replied", "answered", "heard", "credited"])
        )
        talk = parent is not None and verb in ("replied", "answered")
        made.append(
            Act(
                act=number,
                t=number * 365 * DAY_US // acts + rng.randrange(1000),
                actor=actor,
                verb=verb,
                space=1,
                thread=parent.thread if parent else number,
                words=rng.randrange(1, 300),
                parent=parent.act if parent and talk else None,
                ref=parent.act if parent and not talk else None,
            )
        )
    return made


def naive(acts: list[Act]) -> list[Act]:
    """What is often done: the names replaced, and all the rest as it was."""
    return [replace(act, actor=pseudonym(STUDY, "person", act.actor)) for act in acts]


Profile = tuple[object, ...]


def amounts(acts: list[Act]) -> dict[tuple[int, str], Counter[str]]:
    """How much of what everybody did in every period."""
    found: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for act in acts:
        found[act.t // PERIOD_US, str(act.actor)][act.verb] += 1
    return found


def truth(acts: list[Act], copy: list[Act]) -> dict[tuple[int, str], set[str]]:
    """Which people stand behind a pseudonym, as only the study knows."""
    behind: dict[tuple[int, str], set[str]] = defaultdict(set)
    for act in acts:
        period = act.t // PERIOD_US
        behind[period, pseudonym(STUDY, "person", act.actor, act.space, period)].add(str(act.actor))
        behind[period, pseudonym(STUDY, "person", act.actor)].add(str(act.actor))
    return behind


def found_by_amounts(acts: list[Act], copy: list[Act]) -> float:
    """The share of pseudonyms whose person is found as the one whose amounts are nearest in the public copy."""
    public, behind = amounts(acts), truth(acts, copy)
    hits = tries = 0.0
    for (period, name), counts in amounts(copy).items():
        if name == OTHERS:
            continue
        tries += 1

        def distance(other: Counter[str], mine: Counter[str] = counts) -> float:
            return sum(abs(other[verb] - mine[verb]) for verb in {*other, *mine})

        near = {person: distance(other) for (when, person), other in public.items() if when == period}
        nearest = [person for person, far in near.items() if far == min(near.values())]
        hits += len(behind[period, name] & set(nearest)) / len(nearest)
    return hits / tries


def found_by_order(acts: list[Act], copy: list[Act]) -> float:
    """The share found by who comes first, second, third … in each period."""
    behind = truth(acts, copy)
    hits = tries = 0
    for period in {act.t // PERIOD_US for act in acts}:
        public = list(dict.fromkeys(str(act.actor) for act in acts if act.t // PERIOD_US == period))
        told = [act for act in copy if act.t // PERIOD_US == period]
        names = [str(act.actor) for act in sorted(told, key=lambda act: act.act) if act.actor != OTHERS]
        for person, name in zip(public, dict.fromkeys(names), strict=False):
            tries += 1
            hits += person in behind[period, name]
    return hits / tries


def found_by_time(acts: list[Act], copy: list[Act]) -> float:
    """The share of acts that a public time stamp points at."""
    times = Counter(act.t for act in acts)
    return sum(times[act.t] == 1 for act in copy) / len(copy)


def test_names_alone_do_not_hide_anybody() -> None:
    acts = community()
    copy = naive(acts)

    assert found_by_amounts(acts, copy) > 0.4
    assert found_by_order(acts, copy) > 0.9
    assert found_by_time(acts, copy) > 0.9


def test_a_study_s_copy_withstands_amounts_order_and_time() -> None:
    acts = community()
    copy = pseudonymous(acts, STUDY)

    assert found_by_amounts(acts, copy) < 1 / STUDY.least_alike
    assert found_by_order(acts, copy) < 1 / STUDY.least_alike
    assert found_by_time(acts, copy) == 0


def test_at_least_ten_did_just_as_much_or_they_are_others() -> None:
    shared = amounts(pseudonymous(community(), STUDY))
    groups = Counter(
        (period, tuple(sorted(counts.items()))) for (period, name), counts in shared.items() if name != OTHERS
    )

    assert groups
    assert min(groups.values()) >= STUDY.least_alike


def test_two_studies_and_two_periods_cannot_be_put_together() -> None:
    acts = community()
    one, other = (pseudonymous(acts, study) for study in (STUDY, OTHER))
    names = {act.actor for act in one} - {OTHERS}

    assert names.isdisjoint(act.actor for act in other)
    by_period = defaultdict(set)
    for act in one:
        by_period[act.actor].add(act.t)
    assert all(len(periods) == 1 for name, periods in by_period.items() if name != OTHERS)


def test_no_name_number_or_length_of_the_ledger_is_left() -> None:
    acts = [replace(act, uptake=1.25) for act in community(acts=500)]
    copy = pseudonymous(acts, STUDY)

    assert not {act.actor for act in acts} & {act.actor for act in copy}
    assert [act.act for act in copy] == list(range(1, len(copy) + 1))
    assert all(act.words & (act.words - 1) == 0 and act.uptake is None for act in copy)


def test_an_act_still_comes_after_what_it_names() -> None:
    copy = pseudonymous(community(), STUDY)
    numbers = {act.act for act in copy}

    named = [(act.act, number) for act in copy for number in (act.parent, act.ref) if number is not None]
    assert named
    assert all(number in numbers and number < act for act, number in named)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Study(b"short")
