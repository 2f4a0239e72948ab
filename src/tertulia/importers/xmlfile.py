"""XML that nobody vouches for, one element at a time: no entities, no tree, and errors that name file and line."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors as expat_errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tertulia.importers.bundle import Bundle, pieces
from tertulia.importers.errors import BadFile

# expat holds a start tag in memory until it ends: this bounds what one row can cost.
MOST_BYTES_BETWEEN_ELEMENTS = 8 * 1024**2
DEEPEST = 100

# Read by expat itself. Other encodings go through Python's codecs, which were not made for hostile input.
ENCODINGS = {"utf-8", "utf-16", "us-ascii", "iso-8859-1"}
DECLARED_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]{0,40})""")
BREAKS_OFF = {
    expat_errors.codes[name]
    for name in (
        expat_errors.XML_ERROR_NO_ELEMENTS,
        expat_errors.XML_ERROR_UNCLOSED_TOKEN,
        expat_errors.XML_ERROR_PARTIAL_CHAR,
        expat_errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag: `depth` is 0 for the root."""

    line: int
    depth: int
    tag: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of an element. `text` is what stood in it since its last child, or since its start."""

    line: int
    depth: int
    tag: str
    text: str


class _Reading:
    """A parser and what it has found since one last looked. No tree is built."""

    def __init__(self, bundle: Bundle, name: str) -> None:
        self.bundle = bundle
        self.name = name
        self._found: list[Element | Closed] = []
        self._depth = 0
        self._parser = DefusedXMLParser(target=self, forbid_dtd=True)
        # The expat parser beneath knows its line; the class that wraps it has no word for that.
        self._expat: Any = self._parser.parser

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._found.append(Element(self.line(), self._depth, tag, attributes))
        self._depth += 1

    def end(self, tag: str) -> None:  # noqa: ARG002 (the parser's own shape)
        self._depth -= 1

    def line(self) -> int:
        return int(self._expat.CurrentLineNumber) or 1

    def drain(self) -> list[Element | Closed]:
        found, self._found = self._found, []
        return found

    def feed(self, piece: bytes | None) -> None:
        """One piece more, or None for the end."""
        try:
            if piece is None:
                self._parser.close()
            else:
                self._parser.feed(piece)
        except DefusedXmlException as error:
            raise BadFile(self.name, self.line(), "declares a document type or entities") from error
        except ParseError as error:
            raise self._bad(error) from error
        except (ValueError, LookupError) as error:
            # expat asks Python for an encoding that it does not know.
            raise BadFile(self.name, self.line(), "is written in an unknown encoding") from error

    def _bad(self, error: ParseError) -> BadFile:
        line = error.position[0] or 1
        if error.code in BREAKS_OFF:
            return BadFile(self.name, line, "breaks off")
        garbled = _first_line_that_is_not_utf8(self.bundle, self.name)
        if garbled is not None and garbled <= line:
            return BadFile(self.name, garbled, "is not written in UTF-8")
        what = str(error).partition(":")[0]
        return BadFile(self.name, line, f"is not well-formed XML ({what})")


class _ReadingText(_Reading):
    """The same, with the text between the tags."""

    def __init__(self, bundle: Bundle, name: str) -> None:
        self._text: list[str] = []
        super().__init__(bundle, name)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        super().start(tag, attributes)

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        super().end(tag)
        self._found.append(Closed(self.line(), self._depth, tag, "".join(self._text)))
        self._text.clear()


def elements(bundle: Bundle, name: str) -> Iterator[Element]:
    """Every start tag of a file, in order. Raises BadFile where the file stops being XML."""
    for found in _read(_Reading(bundle, name)):
        if isinstance(found, Element):
            yield found


def elements_and_text(bundle: Bundle, name: str) -> Iterator[Element | Closed]:
    """Every start and every end of an element with its text, in order. Raises BadFile as `elements` does."""
    return _read(_ReadingText(bundle, name))


def _read(reading: _Reading) -> Iterator[Element | Closed]:
    name = reading.name
    silent_bytes, empty = 0, True
    for piece in pieces(reading.bundle, name):
        if empty:
            _check_encoding(name, piece)
            empty = False
        reading.feed(piece)
        found = reading.drain()
        silent_bytes = 0 if found else silent_bytes + len(piece)
        if silent_bytes > MOST_BYTES_BETWEEN_ELEMENTS:
            raise BadFile(name, reading.line(), "goes on for more than 8 MB without a new row")
        for one in found:
            if one.depth > DEEPEST:
                raise BadFile(name, one.line, "nests its elements too deeply")
            yield one
    if empty:
        raise BadFile(name, None, "is empty")
    reading.feed(None)
    yield from reading.drain()


def _check_encoding(name: str, start: bytes) -> None:
    declared = DECLARED_ENCODING.match(start)
    encoding = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if encoding.lower() not in ENCODINGS:
        raise BadFile(name, 1, f"says that it is written in {encoding!r}, which is not UTF-8,")


def _first_line_that_is_not_utf8(bundle: Bundle, name: str) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    for piece in pieces(bundle, name):
        try:
            line += decoder.decode(piece).count("\n")
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
    return None
