"""What can go wrong with a file that somebody brings, said for that person."""

from pathlib import PurePath


class ImporterError(Exception):
    """Nothing was taken; the message says why."""


class BadFile(ImporterError):
    """A file is not what its format says. `reason` continues the sentence that the file's name begins."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        where = "" if line is None else f" at line {line:,}"
        super().__init__(f"{PurePath(path).name} {reason}{where}. Nothing was taken.")


class NotReadable(ImporterError):
    """A file that may be perfectly good, but that Tertulia cannot read as it is."""
