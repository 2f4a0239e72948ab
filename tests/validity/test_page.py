"""The page that a run writes tells what was not reached like what was."""

from validity.claim import Claim, Figure
from validity.page import page


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
