"""The load: one browser that keeps its connection and asks again as soon as it was answered."""

import gzip
import http.client
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import NamedTuple

from bench import yardstick

WARM, ROUNDS, SLICE = 40, 5, 25


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


class Spent(NamedTuple):
    """CPU milliseconds of the server for one request, and of the yardstick just before: the machine of that moment."""

    cpu_ms: float
    yardstick_ms: float


def cpu_ms(
    browser: Browser, pages: list[Page], meter: Meter, *, requests: int, rounds: int = ROUNDS
) -> Spent:
    """The least of several rounds, with the yardstick of the same round."""
    asked = cycle(pages)
    send(browser, asked, WARM)
    found = []
    for _ in range(rounds):
        measured = yardstick.ms()
        found.append(Spent(one_round(browser, asked, meter, requests), measured))
    return min(found)


def one_round(browser: Browser, asked: Iterator[Page], meter: Meter, requests: int) -> float:
    seconds, counted = 0.0, 0
    before = meter()
    while counted < requests:
        send(browser, asked, SLICE)
        after = meter()
        # A slice in which a process ended (a backend whose minute was over) has lost its time, and does not count.
        if not before.keys() - after.keys():
            seconds += spent(before, after)
            counted += SLICE
        before = after
    return seconds / counted * 1000


def send(browser: Browser, asked: Iterator[Page], requests: int) -> None:
    for page in islice(asked, requests):
        browser.ask_rightly(page)


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
