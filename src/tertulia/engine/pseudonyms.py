"""A study's copy of a table of acts: keys that stand for people, amounts that many share, and no times.

What that withstands and what it does not is said in `pseudonymous`, and tried in the tests.
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from tertulia.engine.acts import Act, Id
from tertulia.engine.params import DAY_US

LEAST_KEY_BYTES: Final = 32
# Hexadecimal digits of a pseudonym: 80 bits, so that two people hardly ever share one.
DIGITS: Final = 20
OTHERS: Final = "others"
# One person, in one space, in one period: as far as a pseudonym reaches.
Stay = tuple[Id, Id | None, int]


@dataclass(frozen=True, slots=True)
class Study:
    """One study. `key`: 32 secret bytes or more from a cryptographic source, destroyed when the study is over;
    `least_alike`: how many must have done just as much, or they are told as one; `period_days`: for how long a person
    keeps a pseudonym."""

    key: bytes
    least_alike: int = 10
    period_days: int = 84

    def __post_init__(self) -> None:
        if len(self.key) < LEAST_KEY_BYTES:
            raise ValueError(f"a study's key has at least {LEAST_KEY_BYTES} bytes, not {len(self.key)}")


def pseudonym(study: Study, kind: str, *values: object) -> str:
    """What stands for somebody or something in this study, and in no other: HMAC-SHA-256 under its key.

    Without the key it can neither be turned back nor be recomputed from a list of names. `kind` keeps a person and a
    thread of the same number apart. Source: Krawczyk, Bellare & Canetti (1997), RFC 2104.
    """
    told = repr((kind, values)).encode()
    return hmac.new(study.key, told, sha256).hexdigest()[:DIGITS]


def pseudonymous(acts: Iterable[Act], study: Study) -> list[Act]:
    """A study's copy of acts: nobody's name, no exact amount, no time but the period, no number that says an order.

    Parameters: `acts`, of people who agreed to the study alone; `study`. Returns: acts in order of period and new
    number. `t` is the first moment of its period of 84 days: times are cut, not jittered, because noise averages out
    over somebody's many acts. A person has another pseudonym in every space and period, since a reading needs none that
    lasts. Of each verb a person keeps the largest power of two of acts that they have there, chosen by the key;
    whoever then still has an amount that fewer than ten share is "others", together with all of whom that is so. An act
    comes after what it names; lengths are powers of two; the uptake, which can be computed anew from public words, is
    left out, its ranks stay.

    It withstands turning a pseudonym back; putting two studies, spaces or periods together; looking up times, numbers
    and lengths; and matching people by how much of what they did, at one in ten. It does **not** withstand somebody who
    knows who answered whom: that pattern is what a study is about, a public space shows the same one with names, and
    patterns are enough to find people (Narayanan & Shmatikov 2009). So a copy of a public space is not anonymous, and
    goes out under an agreement alone. When not to: for readings, which are made before, from all acts.
    """
    kept = _thinned(list(acts), study)
    numbers = _new_numbers(kept, study)
    names = _names(kept, study)
    copy = [_copied(act, numbers, names, study) for act in kept]
    return sorted(copy, key=lambda act: act.act)


def _period(act: Act, study: Study) -> int:
    return act.t // (study.period_days * DAY_US)


def _stay(person: Id, act: Act, study: Study) -> Stay:
    return person, act.space, _period(act, study)


def _thinned(rows: list[Act], study: Study) -> list[Act]:
    """Of what somebody did of one kind in one stay, a power of two."""
    alike: dict[tuple[Stay, str], list[Act]] = defaultdict(list)
    for act in rows:
        alike[_stay(act.actor, act, study), act.verb].append(act)
    kept = []
    for group in alike.values():
        chosen = sorted(group, key=lambda act: pseudonym(study, "keep", act.act))
        kept += chosen[: _power_of_two(len(group))]
    return kept


def _new_numbers(rows: list[Act], study: Study) -> dict[int, int]:
    """Numbers from 1 on, period by period; within one by how deep an act stands in its exchange, then by the key."""
    there = {act.act for act in rows}
    depth: dict[int, int] = {}
    for act in sorted(rows, key=lambda act: (act.t, act.act)):
        named = [number for number in (act.parent, act.ref) if number is not None and number in there]
        depth[act.act] = 1 + max((depth.get(number, 0) for number in named), default=0)
    order = sorted(
        rows, key=lambda act: (_period(act, study), depth[act.act], pseudonym(study, "act", act.act))
    )
    return {act.act: number for number, act in enumerate(order, 1)}


def _names(rows: list[Act], study: Study) -> dict[Stay, str]:
    """A pseudonym for each stay; "others" for all whose amounts too few share."""
    amounts: dict[Stay, Counter[str]] = defaultdict(Counter)
    for act in rows:
        amounts[_stay(act.actor, act, study)][act.verb] += 1
        if act.person is not None:
            # Somebody who is only spoken to has done nothing here: an amount too.
            amounts[_stay(act.person, act, study)].update(())
    rows_of = {stay: (stay[1:], tuple(sorted(counts.items()))) for stay, counts in amounts.items()}
    sharing = Counter(rows_of.values())
    return {
        stay: pseudonym(study, "person", *stay) if sharing[amount] >= study.least_alike else OTHERS
        for stay, amount in rows_of.items()
    }


def _copied(act: Act, numbers: dict[int, int], names: dict[Stay, str], study: Study) -> Act:
    return replace(
        act,
        act=numbers[act.act],
        t=_period(act, study) * study.period_days * DAY_US,
        actor=names[_stay(act.actor, act, study)],
        person=None if act.person is None else names[_stay(act.person, act, study)],
        space=None if act.space is None else pseudonym(study, "space", act.space),
        thread=None if act.thread is None else pseudonym(study, "thread", act.thread),
        # What names an act that is not in the copy names nothing.
        parent=None if act.parent is None else numbers.get(act.parent),
        ref=None if act.ref is None else numbers.get(act.ref),
        words=_power_of_two(act.words),
        uptake=None,
    )


def _power_of_two(count: int) -> int:
    """0, 1, 2, 4, 8 …: the largest that is not above the count."""
    return 0 if count < 1 else 1 << (count.bit_length() - 1)
