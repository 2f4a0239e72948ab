"""The floor: what the same server costs when a page does nothing."""

from collections.abc import Callable, Iterable
from typing import Any

PAGE = b"<!doctype html><title>Nothing</title><p>Nothing.\n"


def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]
