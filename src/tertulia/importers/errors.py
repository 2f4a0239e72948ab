"""What can go wrong with a file that somebody brings, said for that person."""


class ImporterError(Exception):
    """Nothing was taken; the message says why."""


class BadFile(ImporterError):
    """A file is not what its format says. `reason` continues the sentence that the file's name begins: the path as it
    was given, or the name of a file that lies in it."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        where = "" if line is None else f" at line {line:,}"
        super().__init__(f"{path} {reason}{where}. Nothing was taken.")


class NotReadable(ImporterError):
    """A file that may be perfectly good, but that Tertulia cannot read as it is."""
