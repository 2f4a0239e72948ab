"""Ties in words: what the days of a pair amount to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Days:
    """A sentence, the days on which Ana's record of Bo got what (`day kind thousandths`), the day on which it is read,
    and what it then is: state, and what had been earned."""

    says: str
    days: tuple[str, ...]
    at: int
    state: str
    earned: str


FOUR_WEEKS = ("0 moved_me 1000", "7 heard 1000", "14 moved_me 1000", "21 heard 1000")

STATES = (
    Days("Once is new.", ("0 heard 1000",), 5, "new", "new"),
    Days(
        "Twice in one ISO week, Monday to Sunday, is new.",
        ("4 heard 1000", "10 heard 1000"),
        12,
        "new",
        "new",
    ),
    Days(
        "On Sunday and on Monday it is settling.",
        ("10 heard 1000", "11 heard 1000"),
        12,
        "settling",
        "settling",
    ),
    Days("In four weeks and in two kinds it is settled.", FOUR_WEEKS, 25, "settled", "settled"),
    Days(
        "In four weeks and one kind it is settling.",
        tuple(f"{7 * n} heard 1000" for n in range(4)),
        25,
        "settling",
        "settling",
    ),
    Days("In three weeks and two kinds it is settling.", FOUR_WEEKS[:3], 25, "settling", "settling"),
    Days(
        "Broken as much as half of what was honoured, it is not settled.",
        (*FOUR_WEEKS, "22 missed 1000", "23 missed 1000"),
        25,
        "settling",
        "settling",
    ),
    Days(
        "A broken risk is no second kind, and no week.",
        ("0 heard 1000", "7 heard 1000", "14 heard 1000", "21 not_kept 500"),
        25,
        "settling",
        "settling",
    ),
    Days(
        "Weeks further apart than two years do not add up.",
        ("0 moved_me 1000", "7 heard 1000", "900 moved_me 1000", "907 heard 1000"),
        950,
        "settling",
        "settling",
    ),
    Days("Eighty-nine days of nothing are not dormant.", FOUR_WEEKS, 21 + 89, "settled", "settled"),
    Days("Ninety are; what was earned stays.", FOUR_WEEKS, 21 + 90, "dormant", "settled"),
    Days("It stays for years.", FOUR_WEEKS, 5000, "dormant", "settled"),
    Days("What was only settling goes dormant as well.", FOUR_WEEKS[:2], 200, "dormant", "settling"),
    Days("What was new does not: nobody has lost it.", FOUR_WEEKS[:1], 200, "new", "new"),
    Days(
        "Where they meet every 40 days, 90 days are no silence; 120 are.",
        ("0 heard 1000", "40 heard 1000", "80 heard 1000"),
        80 + 119,
        "settling",
        "settling",
    ),
    Days(
        "Three of the usual gaps are.",
        ("0 heard 1000", "40 heard 1000", "80 heard 1000"),
        80 + 120,
        "dormant",
        "settling",
    ),
    Days(
        "The first 28 days after are reconnected.",
        (*FOUR_WEEKS, "200 heard 1000"),
        227,
        "reconnected",
        "settled",
    ),
    Days("Then it is what it had been.", (*FOUR_WEEKS, "200 heard 1000"), 228, "settled", "settled"),
    Days(
        "After a silence that was none, nothing is reconnected.",
        ("0 heard 1000", "40 heard 1000", "80 heard 1000", "199 heard 1000"),
        200,
        "settling",
        "settling",
    ),
)
