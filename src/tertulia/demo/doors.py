"""The doors of the demo: people as whom a visitor may come in. Only in demo mode, and only on this machine."""

from dataclasses import dataclass

from tertulia.demo.script import Somebody

SITE_KEEPER = Somebody(
    key="vera", name="Vera Holm", about="Keeps the site running.", joined=-341, background=False
)


@dataclass(frozen=True)
class Door:
    key: str
    line: str


# The line on each button (docs/reference/demo.md).
DOORS = (
    Door("ana", "Ana, a baker whose text has changed three times"),
    Door("jonas", "Jonas, who arrived two months ago"),
    Door("helen", "Helen, who writes every Monday"),
    Door("amara", "Amara, in her first year of teaching"),
    Door("vera", "Vera, who keeps the site running"),
)
# The idea that a stranger meets first.
FIRST_MINUTE = "Ask your kettle"


def address_of(key: str) -> str:
    """A mail address under a name that no mail ever reaches."""
    return f"{key}@long-table.example"
