"""Where the site lives. A dump does not say it; its posts do, when they link to each other by number and title."""

import re
from collections import Counter
from collections.abc import Iterator

from tertulia.importers.store import Store

QUESTION_LINK = re.compile(
    r"https?://([a-z0-9.-]{1,80})/questions/([0-9]{1,12})/([a-z0-9-]{1,80})", re.IGNORECASE
)
# One link could be chance or a copy of another site's; its title in the address makes even two unlikely.
FEWEST_LINKS = 2
# Addresses shorten long titles.
COMPARED_LETTERS = 20


def claims(body: str) -> Iterator[tuple[str, int, str]]:
    """Host, number and title's slug of each link to a question."""
    for host, number, slug in QUESTION_LINK.findall(body):
        yield host.lower(), int(number), slug.lower()[:COMPARED_LETTERS]


def slug_of(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:COMPARED_LETTERS]


def find_host(store: Store) -> tuple[str | None, int]:
    """The host that the dump's own questions live on, and how many links say so; None if hardly any do."""
    seen: Counter[str] = Counter()
    links = store.execute(
        "SELECT host, slug, title FROM addresses JOIN posts ON posts.id = addresses.post WHERE posts.type = 1"
    )
    for host, slug, title in links:
        if slug and slug == slug_of(title):
            seen[host] += 1
    if not seen:
        return None, 0
    host, number = min(seen.items(), key=lambda pair: (-pair[1], pair[0]))
    return (host, number) if number >= FEWEST_LINKS else (None, 0)


class Addresses:
    """Permanent addresses of what a dump holds, or None where the site is not known."""

    def __init__(self, host: str | None) -> None:
        self.site = f"https://{host}" if host else None

    def of_post(self, number: int, *, answer: bool) -> str | None:
        return f"{self.site}/{'a' if answer else 'q'}/{number}" if self.site else None

    def of_comment(self, number: int, *, thread: int, post: int) -> str | None:
        return f"{self.site}/questions/{thread}#comment{number}_{post}" if self.site else None

    def of_person(self, source_id: str) -> str | None:
        kind, _, number = source_id.partition(":")
        return f"{self.site}/users/{number}" if self.site and kind == "user" else None
