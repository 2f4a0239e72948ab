"""A folder, a zip archive or one file, read alike and piece by piece. Nothing is unpacked onto the disk."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from lzma import FORMAT_XZ, LZMADecompressor, LZMAError
from pathlib import Path
from typing import BinaryIO, Protocol

from tertulia.importers.errors import BadFile, NotReadable

PIECE_BYTES = 64 * 1024
LOOKED_AT_BYTES = 4096
# A small zip can claim to hold anything: beyond this it has to be unpacked by a person who looks.
MOST_UNPACKED_BYTES = 16 * 1024**3
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
XZ = b"\xfd7zXZ\x00"
# What `xz -9` asks for, and some more; a file may claim to need all the memory there is.
MOST_MEMORY_BYTES = 256 * 1024**2
# Text shrinks to a tenth or so. What shrinks a thousandfold repeats itself, or means to fill a disk.
MOST_TIMES_ITS_SIZE = 1000
ALWAYS_UNPACKED_BYTES = 64 * 1024**2


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


class File:
    """One file by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        return [self.path.name]

    def open(self, name: str) -> BinaryIO:
        return self.path.with_name(name).open("rb")


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
                f"{path} unpacks to more than {MOST_UNPACKED_BYTES // 1024**3} GB. "
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


def open_bundle(path: Path) -> Bundle:
    """The folder, archive or file at a path."""
    try:
        if path.is_dir():
            return Folder(path)
        with path.open("rb") as file:
            start = file.read(len(SEVEN_ZIP))
    except (OSError, ValueError) as error:
        raise BadFile(str(path), None, "is not there, or may not be read") from error
    if start == SEVEN_ZIP:
        raise NotReadable(
            f"{path} is a 7z archive. Unpack it first (7z x {path} -odump), "
            "then give Tertulia the folder; nothing was taken."
        )
    return Zip(path) if start.startswith(b"PK\x03\x04") else File(path)


def pieces(bundle: Bundle, name: str) -> Iterator[bytes]:
    """A file's bytes, a piece at a time; those of an xz file as they were before it was packed."""
    packed = _packed_pieces(bundle, name)
    first = next(packed, b"")
    if not first:
        return
    whole = chain([first], packed)
    yield from _unpacked(name, whole) if first.startswith(XZ) else whole


def _unpacked(name: str, packed: Iterator[bytes]) -> Iterator[bytes]:
    """Never more than a piece at once, whatever the file claims to hold."""
    read = given = 0
    unpacker, waiting = LZMADecompressor(FORMAT_XZ, memlimit=MOST_MEMORY_BYTES), b""
    try:
        for piece in packed:
            read += len(piece)
            waiting += piece
            while waiting or not (unpacker.needs_input or unpacker.eof):
                if unpacker.eof:
                    # Several xz streams in one file, and zeros between them, are one text.
                    waiting = waiting.lstrip(b"\0")
                    if not waiting:
                        break
                    unpacker = LZMADecompressor(FORMAT_XZ, memlimit=MOST_MEMORY_BYTES)
                out = unpacker.decompress(waiting, PIECE_BYTES)
                waiting = unpacker.unused_data if unpacker.eof else b""
                given += len(out)
                if given > max(ALWAYS_UNPACKED_BYTES, read * MOST_TIMES_ITS_SIZE):
                    raise BadFile(name, None, f"unpacks to more than {MOST_TIMES_ITS_SIZE:,} times its size")
                if out:
                    yield out
    except LZMAError as error:
        raise BadFile(name, None, "is damaged, or needs too much memory to be unpacked") from error
    if not unpacker.eof:
        raise BadFile(name, None, "breaks off, so that the rest cannot be unpacked")


def _packed_pieces(bundle: Bundle, name: str) -> Iterator[bytes]:
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
    start = b""
    for piece in pieces(bundle, name):
        start += piece
        if len(start) >= LOOKED_AT_BYTES:
            break
    return start[:LOOKED_AT_BYTES]
