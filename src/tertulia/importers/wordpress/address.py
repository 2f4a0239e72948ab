"""Where a blog lives, so that its pingbacks to itself are known from those of others."""

import re
from urllib.parse import SplitResult, urlsplit

OF_A_NUMBER = re.compile(r"(?:^|&)(?:p|page_id)=([0-9]{1,15})(?:&|$)")


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def host_of(url: str) -> str:
    split = _split(url)
    try:
        host = (split.hostname or "") if split else ""
    except ValueError:
        host = ""
    return host.lower().removeprefix("www.")


def path_of(url: str) -> str:
    """What comes after the host, without what links are decorated with."""
    split = _split(url)
    if split is None:
        return ""
    if number := OF_A_NUMBER.search(split.query):
        return f"?p={number[1]}"
    return split.path.rstrip("/").lower()


class Blog:
    """The addresses under which an export says that it lives."""

    def __init__(self) -> None:
        self.homes: set[tuple[str, str]] = set()

    def lives_at(self, url: str) -> None:
        if host := host_of(url):
            split = _split(url)
            self.homes.add((host, split.path.rstrip("/") if split else ""))

    def holds(self, url: str) -> bool:
        """Whether an address lies within the blog: the same host, and below its folder."""
        host, split = host_of(url), _split(url)
        path = split.path if split else ""
        return any(
            host == home and (path == folder or path.startswith(f"{folder}/")) for home, folder in self.homes
        )
