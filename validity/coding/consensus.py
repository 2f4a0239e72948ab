"""What two people say of the same things: where they agree, and how far beyond chance."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from validity.agreement import kappa
from validity.claim import Figure, bootstrap
from validity.coding.sheets import Sheets


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both coders say of a question, and of how many they say two things. `clusters`: the threads."""

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    differ: int


def agreed_on(question: str, sheets: Sheets, told: Mapping[str, object]) -> Agreed:
    ids, codes, differ = [], [], 0
    for id_, (one, other) in pairs(question, sheets, told):
        if one == other:
            ids.append(id_)
            codes.append(one)
        else:
            differ += 1
    return Agreed(tuple(ids), tuple(codes), differ)


def pairs(question: str, sheets: Sheets, told: Mapping[str, object]) -> list[tuple[str, tuple[str, str]]]:
    """What the two say, where both say something."""
    first, second = (sheets[coder] for coder in sorted(sheets))
    found = []
    for id_ in sorted(told):
        one, other = (sheet.get(id_, {}).get(question, "") for sheet in (first, second))
        if one and other:
            found.append((id_, (one, other)))
    return found


def kappa_of(
    ones: Sequence[str], others: Sequence[str], threads: Sequence[str], *, least: float | None = None
) -> Figure:
    """Kappa, with threads drawn anew for its interval."""
    asked = f"at least {least:g}" if least is not None else ""
    value = kappa(ones, others)
    if math.isnan(value):
        return Figure(None, asked=asked)
    places: dict[str, list[int]] = {}
    for place, thread in enumerate(threads):
        places.setdefault(thread, []).append(place)

    def again(chosen: Sequence[list[int]]) -> float:
        drawn = [place for cluster in chosen for place in cluster]
        return kappa([ones[place] for place in drawn], [others[place] for place in drawn])

    low, high = bootstrap(list(places.values()), again)
    return Figure(value, low, high, asked, value >= least if least is not None else None)
