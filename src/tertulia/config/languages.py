"""The languages that pages can be in: English, and every compiled catalogue of the package."""

from pathlib import Path

LOCALE = Path(__file__).parent.parent / "locale"
# The language of the source. It needs no catalogue: what is not translated is shown as it is written.
SOURCE = "en"


def languages(folder: Path = LOCALE) -> tuple[str, ...]:
    """As Django and browsers write them: `pt-br` for the folder `pt_BR`."""
    found = {path.parts[-3].lower().replace("_", "-") for path in folder.glob("*/LC_MESSAGES/django.mo")}
    return (SOURCE, *sorted(found - {SOURCE}))
