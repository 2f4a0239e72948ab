"""The page that a run writes tells what was not reached like what was."""

from validity.claim import Claim, Figure
from validity.page import page, renewed


def test_every_figure_and_baseline_has_its_row_with_what_was_asked() -> None:
    claim = Claim(
        "trust",
        "ratings",
        {
            "auc": Figure(0.825, 0.796, 0.855, "≥ .80", True),
            "brier": Figure(0.08, asked="below .07", met=False),
        },
        {"auc_mood": Figure(0.615)},
        ["It knows no weeks."],
    )

    written = page([claim], {"people": "No sheets lie here."})

    assert "## trust (ratings)" in written
    assert "| auc | 0.825 | 0.796 to 0.855 | ≥ .80 | met |" in written
    assert "| brier | 0.080 |  | below .07 | **not met** |" in written
    assert "| auc_mood | 0.615 |  |  | baseline |" in written
    assert "- It knows no weeks." in written
    assert "- *people*: No sheets lie here." in written


def _claim(name: str, data: str, value: float) -> Claim:
    return Claim(name, data, {"auc": Figure(value)}, {}, [f"{value} of {data}."])


def test_some_claims_are_written_anew_and_what_is_said_of_the_others_stays() -> None:
    before = page(
        [_claim("trust", "ratings", 0.1), _claim("moves", "rooms", 0.2), _claim("trust", "votes", 0.3)],
        {"people": "No sheets lie here.", "gaming": "No players."},
    )

    after = renewed(
        before, ["trust", "gaming"], [_claim("trust", "votes", 0.4), _claim("gaming", "rings", 0.5)], {}
    )

    assert after == page(
        [
            _claim("trust", "ratings", 0.1),
            _claim("moves", "rooms", 0.2),
            _claim("trust", "votes", 0.4),
            _claim("gaming", "rings", 0.5),
        ],
        {"people": "No sheets lie here."},
    )


def test_what_cannot_be_written_anew_is_named_and_its_earlier_section_stays() -> None:
    before = page([_claim("moves", "rooms", 0.2)], {})
    after = renewed(before, ["moves"], [], {"moves": "There is no folder."})
    assert after == page([_claim("moves", "rooms", 0.2)], {"moves": "There is no folder."})
    assert renewed(after, [], [], {}) == after
