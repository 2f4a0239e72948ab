"""A folder or a zip archive, read alike and piece by piece. Nothing is unpacked onto the disk."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path
from typing import BinaryIO, Protocol

from tertulia.importers.errors import BadFile, NotReadable

PIECE_BYTES = 64 * 1024
# A small zip can claim to hold anything: beyond this it has to be unpacked by a person who looks.
MOST_UNPACKED_BYTES = 16 * 1024**3
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"


class Bundle(Protocol):
    """Files under their names."""

    path: Path

    def names(self) -> list[str]:
        """The files at its top, or in the one folder that it holds, in a stable order."""

    def open(self, name: str) -> BinaryIO:
        """The bytes of one of them."""


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        try:
            return sorted(entry.name for entry in self.path.iterdir() if entry.is_file())
        except OSError as error:
            raise BadFile(str(self.path), None, "may not be read") from error

    def open(self, name: str) -> BinaryIO:
        return (self.path / name).open("rb")


class Zip:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (
            zipfile.BadZipFile,
            struct.error,
            OSError,
            NotImplementedError,
            OverflowError,
            ValueError,
        ) as error:
            raise BadFile(str(path), None, "is not a complete zip archive") from error
        if sum(entry.file_size for entry in self._zip.infolist()) > MOST_UNPACKED_BYTES:
            raise NotReadable(
                f"{path.name} unpacks to more than {MOST_UNPACKED_BYTES // 1024**3} GB. "
                "Unpack it, then give Tertulia the folder; nothing was taken."
            )
        # Whoever zips a folder gets the folder in the zip; the names of a zip are never used as paths.
        self._entries = {
            entry.filename.rsplit("/", 1)[-1]: entry
            for entry in self._zip.infolist()
            if not entry.is_dir() and entry.filename.count("/") <= 1
        }

    def names(self) -> list[str]:
        return sorted(self._entries)

    def open(self, name: str) -> BinaryIO:
        return self._zip.open(self._entries[name])  # type: ignore[return-value]


def open_bundle(path: Path) -> Bundle | None:
    """The folder or archive at a path; None for any other file."""
    try:
        if path.is_dir():
            return Folder(path)
        with path.open("rb") as file:
            start = file.read(len(SEVEN_ZIP))
    except (OSError, ValueError) as error:
        raise BadFile(str(path), None, "is not there, or may not be read") from error
    if start == SEVEN_ZIP:
        raise NotReadable(
            f"{path.name} is a 7z archive. Unpack it first (7z x {path.name} -odump), "
            "then give Tertulia the folder; nothing was taken."
        )
    return Zip(path) if start.startswith(b"PK\x03\x04") else None


def pieces(bundle: Bundle, name: str) -> Iterator[bytes]:
    """A file's bytes, a piece at a time."""
    try:
        with bundle.open(name) as file:
            while piece := file.read(PIECE_BYTES):
                yield piece
    except (zipfile.BadZipFile, zlib.error, LZMAError, EOFError) as error:
        raise BadFile(name, None, "is damaged inside its zip archive") from error
    except (OSError, NotImplementedError, RuntimeError) as error:
        # zipfile raises RuntimeError for a file with a password.
        raise BadFile(name, None, "may not be read, or is locked with a password") from error


def first_bytes(bundle: Bundle, name: str) -> bytes:
    """Enough of a file to see what it is."""
    return next(pieces(bundle, name), b"")[:4096]
