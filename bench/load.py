"""The load: one browser that keeps its connection and asks again as soon as it was answered."""

import gzip
import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.processes import Gone

WARM, ROUNDS = 40, 5


@dataclass(frozen=True)
class Page:
    """One request. `expects` is the status that it must be answered with."""

    target: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    expects: int = 200


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    # Of the answer as it came over the wire, with its headers.
    transferred: int

    @property
    def gzipped(self) -> int:
        """The size of the page when a server or proxy compresses it as they usually do (level 6)."""
        sent_as_it_is = not self.body or "Content-Encoding" in self.headers
        return len(self.body if sent_as_it_is else gzip.compress(self.body, 6))


class WrongAnswer(Exception):
    """The page was not answered as it should be, so its cost says nothing."""

    def __init__(self, page: Page, answer: Answer) -> None:
        super().__init__(f"{page.method} {page.target} answered {answer.status}, not {page.expects}")
        self.status = answer.status


class Browser:
    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, page: Page) -> Answer:
        body = page.body.encode() if page.body else None
        self.connection.request(page.method, page.target, body=body, headers=dict(page.headers))
        response = self.connection.getresponse()
        content = response.read()
        headers = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
        return Answer(response.status, response.headers, content, len(content) + headers + 17)  # type: ignore[arg-type]

    def ask_rightly(self, page: Page) -> Answer:
        answer = self.ask(page)
        if answer.status != page.expects:
            raise WrongAnswer(page, answer)
        return answer

    def close(self) -> None:
        self.connection.close()


# CPU seconds so far of each process of the server.
Meter = Callable[[], dict[int, float]]


def cpu_ms(
    browser: Browser, pages: list[Page], meter: Meter, *, requests: int, rounds: int = ROUNDS
) -> float:
    """CPU milliseconds of the server for one request, the least of several rounds."""
    send(browser, pages, WARM)
    found: list[float] = []
    # A round in which a process ended has lost its time, and does not count.
    for _ in range(rounds * 3):
        before = meter()
        send(browser, pages, requests)
        try:
            found.append(spent(before, meter()) / requests * 1000)
        except Gone:
            continue
        if len(found) == rounds:
            break
    return min(found)


def send(browser: Browser, pages: list[Page], requests: int) -> None:
    for number in range(requests):
        browser.ask_rightly(pages[number % len(pages)])


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    if before.keys() - after.keys():
        raise Gone(", ".join(str(pid) for pid in before.keys() - after.keys()))
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
