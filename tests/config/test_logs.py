"""Log lines name pages, not the addresses that people opened."""

import logging

from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.utils.log import log_response

from tertulia.config.logs import NoPath


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.addFilter(NoPath())
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


def logger_with_lines() -> tuple[logging.Logger, Lines]:
    logger, lines = logging.getLogger("tertulia.test"), Lines()
    logger.handlers = [lines]
    return logger, lines


def line_about(path: str, match: ResolverMatch | None) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = match
    logger, lines = logger_with_lines()
    log_response("%s: %s", "Not Found", path, response=HttpResponseNotFound(), request=request, logger=logger)
    return lines.seen[0]


def test_a_one_time_link_never_reaches_the_log() -> None:
    match = ResolverMatch(lambda _request: HttpResponse(), (), {}, route="keeper/<token>/")

    assert line_about("/keeper/abc123/", match) == "Not Found: keeper/<token>/"


def test_an_address_that_leads_nowhere_is_not_repeated() -> None:
    assert line_about("/keeper/abc123", None) == "Not Found: an unknown page"


def test_lines_without_a_request_stay_as_they_are() -> None:
    logger, lines = logger_with_lines()

    logger.warning("%d acts were read", 3)

    assert lines.seen == ["3 acts were read"]
