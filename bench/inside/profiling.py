"""Where the time of one page goes: the WSGI application called in this process, under cProfile."""

import cProfile
import io
import pstats
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tertulia.config.wsgi import application

WARM, REQUESTS, LINES = 20, 200, 25
# Where Python and the packages are installed is nobody's business.
SHORTER = re.compile(r"(?<= )/\S*/(?=(?:tertulia|site-packages|python3\.\d+)/)")


def profile(page: dict[str, Any], target: Path) -> int:
    """`page` has method, target, headers, and the body of a form. Gives how many functions one request calls."""
    pages = [different(page, number) for number in range(WARM + REQUESTS)]
    statuses = {call(one) for one in pages[:WARM]}
    watch = cProfile.Profile()
    watch.enable()
    for one in pages[WARM:]:
        call(one)
    watch.disable()
    out = io.StringIO()
    out.write(
        f"{page['method']} {page['target']}: {REQUESTS} requests in one process, answered {sorted(statuses)}\n"
    )
    out.write("cProfile makes Python two to three times slower: read the shares, not the seconds.\n\n")
    stats = pstats.Stats(watch, stream=out).sort_stats("cumulative")
    out.write("What is ours, by cumulative time\n")
    stats.print_stats("/(tertulia|templates)/", LINES)
    out.write("All, by cumulative time\n")
    stats.print_stats(LINES)
    out.write("All, by time of their own\n")
    stats.sort_stats("tottime").print_stats(LINES)
    target.write_text(SHORTER.sub("", out.getvalue()), encoding="utf-8")
    calls: int = stats.total_calls  # type: ignore[attr-defined]
    return round(calls / REQUESTS)


def different(page: dict[str, Any], number: int) -> dict[str, Any]:
    """The same words sent twice would be one reply: each form ends in other words."""
    ending = f"+{time.time_ns()}+{number}"
    return page | {"body": page["body"] + ending} if page["body"] else page


def call(page: dict[str, Any]) -> str:
    status = ""

    def start_response(said: str, _headers: Any, _error: Any = None) -> Callable[[bytes], object]:
        nonlocal status
        status = said
        return lambda _bytes: None

    answer: Iterable[bytes] = application(environ_of(page), start_response)
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return status


def environ_of(page: dict[str, Any]) -> dict[str, Any]:
    parts, body = urlsplit(page["target"]), page["body"].encode()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in page["headers"].items()}
    return {
        "REQUEST_METHOD": page["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "CONTENT_TYPE": headers.pop("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }
