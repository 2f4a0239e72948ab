"""Every sentence of the pages stands in the catalogue from which translations begin."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.repository import tree
from tools import messages

Message = tuple[str, ...]
# A line of a catalogue: a keyword and its words, or more words of the keyword above.
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?"(.*)"')


def said(path: Path) -> set[Message]:
    """Context, sentence and plural of each message, without its translation."""
    found: set[Message] = set()
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        keyword = ""
        for line in entry.splitlines():
            if match := LINE.fullmatch(line):
                keyword = match[1] or keyword
                parts[keyword] = parts.get(keyword, "") + match[2]
        found.add((parts.get("msgctxt", ""), parts.get("msgid", ""), parts.get("msgid_plural", "")))
    return found - {("", "", "")}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the package, whose catalogue can be made anew."""
    if shutil.which("xgettext") is None:
        missing("gettext", "its tools are not installed")
    return Path(
        shutil.copytree(messages.PACKAGE, tmp_path / "tertulia", ignore=shutil.ignore_patterns("*.pyc"))
    )


def test_the_catalogue_has_every_sentence_and_no_other(source: Path) -> None:
    kept = said(messages.catalogue(messages.PACKAGE, "en"))

    messages.refresh(source)

    now = said(messages.catalogue(source, "en"))
    assert (now - kept, kept - now) == (set(), set()), "run make messages"


def test_a_new_sentence_is_taken_up_and_a_translation_begins_from_it(source: Path) -> None:
    (source / "new.py").write_text("from gettext import ngettext\nngettext('One word.', '%(n)s words.', 2)\n")

    messages.refresh(source, "de")

    assert ("", "One word.", "%(n)s words.") in said(messages.catalogue(source, "en"))
    assert said(messages.catalogue(source, "de")) == said(messages.catalogue(source, "en"))
    assert messages.catalogue(source, "de").with_suffix(".mo").exists()


def test_a_compiled_translation_is_part_of_the_repository_and_so_of_the_wheel() -> None:
    compiled = "src/tertulia/locale/pt_BR/LC_MESSAGES/django.mo"

    ignored = subprocess.run(["git", "check-ignore", "--quiet", compiled], cwd=tree.ROOT, check=False)

    assert ignored.returncode == 1
