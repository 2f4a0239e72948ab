"""What is counted, one rule a table (ENGINE.md, sections 1 and 3)."""

import pytest

from tertulia.engine.backends.contract import Backend
from tests.spec.space import Case, found_in

REVISED = """
a 0 Ana posted -
b 1 Bo replied a challenge
c 2 Ana answered b
d 3 Ana revised -
e 3 Ana credited b
"""

CASES = [
    Case(
        "an opening that nobody answered is left out of exchange and counts as unanswered",
        "a 0 Ana posted -",
        {"exchange": None, "answered": 0, "unanswered": 1, "meetings": 0},
    ),
    Case(
        "an opening younger than a week is neither answered nor unanswered",
        "a 94 Ana posted -",
        {"answered": 0, "unanswered": 0},
    ),
    Case(
        "an author's addition under their own post is not an answer",
        "a 0 Ana posted -\nb 1 Ana replied a",
        {"exchange": None, "answered": 0, "unanswered": 1},
    ),
    Case(
        "a reply that gets nothing back is worth nothing to both",
        "a 0 Ana posted -\nb 1 Bo replied a",
        {"exchange": 0.0, "answered": 1, "meetings": 1, "returned": 0},
    ),
    Case(
        "an answer under one's own post goes to the one who wrote there, and makes it both ways",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana replied a",
        {"exchange": 1.0, "returned": 1},
    ),
    Case(
        "answering one of two makes an opening worth a half",
        # Ana: (½ + 1)/2; Bo: 1; Cleo: 0.
        "a 0 Ana posted -\nb 1 Bo replied a\nc 1 Cleo replied a\nd 2 Ana replied b",
        {"exchange": pytest.approx((0.75 + 1 + 0) / 3), "meetings": 2, "returned": 1},
    ),
    Case(
        "each person counts once, however much one of them writes",
        # Ana writes to Bo ten times in vain: her mean stays 0, and so does everything.
        "a 0 Bo posted -\n" + "\n".join(f"b{n} {n} Ana replied a" for n in range(1, 11)),
        {"exchange": 0.0, "people": 2, "meetings": 1},
    ),
    Case(
        "an answer after more than ninety days of silence does not give anything back",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 92 Ana replied b",
        {"exchange": 0.0, "returned": 0},
    ),
    Case(
        "an exchange belongs to the window of its later side",
        # Bo's word of day 10 is outside; Ana's answer is inside and finds what it answers.
        "a 0 Ana posted -\nb 10 Bo replied a\nc 60 Ana replied b",
        {"people": 1, "exchange": 1.0, "meetings": 1, "returned": 1},
        days=84,
    ),
    Case(
        "what came after the end is not known yet",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 50 Ana replied b",
        {"exchange": 0.0, "returned": 0},
        at=20,
    ),
    Case(
        "credit alone is movement of one and closes nothing",
        REVISED,
        {"closed": 0, "returned": 1},
    ),
    Case(
        "an exchange is closed when the other moves too, within four weeks",
        REVISED + "f 30 Bo moved c",
        {"closed": 2},
    ),
    Case(
        "movement of the other after more than four weeks closes nothing",
        REVISED + "f 32 Bo moved c",
        {"closed": 0},
    ),
    Case(
        "movement before the outcome closes nothing",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana answered b\nd 3 Bo moved c\ne 4 Ana declined b",
        {"closed": 0},
    ),
    Case(
        "declining is an outcome, so the other's movement after it closes the exchange",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana answered b\nd 3 Ana declined b\ne 4 Bo was_wrong c",
        {"closed": 2},
    ),
    Case(
        "declining is not movement, so two who decline close nothing",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana answered b\nd 3 Ana declined b\ne 4 Bo declined c",
        {"closed": 0},
    ),
    Case(
        "two outcomes without talk both ways close nothing",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 3 Ana credited b\nd 4 Bo tried a",
        {"closed": 0},
    ),
    Case(
        "being heard is not an outcome",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana answered b\nd 3 Bo heard c\ne 4 Ana moved b",
        {"closed": 0},
    ),
    Case(
        "nobody credits themselves",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana answered b\nd 3 Ana credited c\ne 4 Bo moved c",
        {"closed": 0},
    ),
    Case(
        "an outcome that names nothing is evidence of nothing",
        "a 0 Ana posted -\nb 1 Bo replied a\nc 2 Ana answered b\nd 3 Ana decided -\ne 4 Bo moved c",
        {"closed": 0},
    ),
    Case(
        "a challenge with an outcome within four weeks was acted upon",
        REVISED,
        {"acted": 1, "asks": 1, "younger": 0},
    ),
    Case(
        "a challenge with an outcome after four weeks was not",
        "a 0 Ana posted -\nb 1 Bo replied a challenge\nc 30 Ana declined b",
        {"acted": 0, "asks": 1},
    ),
    Case(
        "a question younger than four weeks is counted beside",
        "a 0 Ana posted -\nb 80 Bo replied a question\nc 81 Ana tried b",
        {"acted": 0, "asks": 0, "younger": 1},
    ),
    Case(
        "an experience asks for nothing",
        "a 0 Ana posted -\nb 1 Bo replied a experience",
        {"asks": 0, "younger": 0},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_counts(case: Case, backend: Backend) -> None:
    found = found_in(case, backend)

    assert {name: found[name] for name in case.finds} == case.finds
