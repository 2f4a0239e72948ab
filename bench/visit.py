"""A first visit: everything that a browser with an empty cache asks for when it opens a page."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.load import Browser, Page

FETCHED = {"stylesheet", "preload", "modulepreload", "icon", "manifest", "apple-touch-icon"}
IN_STYLES = re.compile(rb"""url\(\s*['"]?(?!data:)([^'")]+)""")
ACCEPTS = {"Accept-Encoding": "gzip"}


class Links(HTMLParser):
    """What a page names that a browser fetches by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and FETCHED & set((given.get("rel") or "").split()):
            self.found.append(given.get("href") or "")
        elif tag in {"script", "img", "source", "iframe"} and given.get("src"):
            self.found.append(given["src"] or "")


def first_visit(browser: Browser, target: str) -> dict[str, object]:
    """Requests, and bytes as they came over the wire with gzip accepted, headers too."""
    sizes: dict[str, int] = {}
    waiting = [target]
    while waiting:
        at = waiting.pop(0)
        if at in sizes:
            continue
        # Styles are read again uncompressed, for what they name; that asking is the bench's own.
        answer = browser.ask(Page(at, headers=ACCEPTS))
        sizes[at] = answer.transferred
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("text/html") and at == target:
            waiting += named_by_page(browser.ask(Page(at)).body, at)
        elif kind.startswith("text/css"):
            waiting += [join(at, match.decode()) for match in IN_STYLES.findall(browser.ask(Page(at)).body)]
    return {"requests": len(sizes), "bytes": sum(sizes.values()), "sizes": sizes}


def named_by_page(body: bytes, at: str) -> list[str]:
    links = Links()
    links.feed(body.decode())
    return [join(at, link) for link in links.found if link and not link.startswith("data:")]


def join(at: str, link: str) -> str:
    parts = urlsplit(urljoin(at, link))
    return parts.path + (f"?{parts.query}" if parts.query else "")
