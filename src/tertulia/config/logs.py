"""What may stand in a log line."""

import logging


class NoPath(logging.Filter):
    """Django logs a failed request with its path, which may hold a one-time link: name the page's pattern instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            match = getattr(request, "resolver_match", None)
            record.args = (*record.args[:-1], match.route if match else "an unknown page")
        return True
