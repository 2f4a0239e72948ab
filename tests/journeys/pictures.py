"""Pictures for the README and the manual, taken by the journeys themselves, so that they show what there is."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
