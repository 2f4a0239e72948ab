"""Writes the catalogues of sentences anew from the source and compiles the translations: `make messages`.

Needs GNU gettext. `make messages TO=de` begins a translation into that language.
"""

import os
import subprocess
import sys
from pathlib import Path

from tertulia.config.languages import LOCALE, SOURCE

PACKAGE = LOCALE.parent
HEADER = """# Tertulia in English: where a translation begins. Made by `make messages`; what stands here is not used.
msgid ""
msgstr ""
"Project-Id-Version: Tertulia\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
# It would change with every run, and say nothing.
DATE = '"POT-Creation-Date:'


def catalogue(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def django(package: Path, *words: str) -> None:
    """Without settings: a catalogue needs no site."""
    environ = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-m", "django", *words], cwd=package, env=environ, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def refresh(package: Path, *others: str) -> None:
    """Take up every sentence of the source; keep what was translated; forget what is no longer said."""
    english = catalogue(package, SOURCE)
    if not english.exists():
        english.parent.mkdir(parents=True)
        english.write_text(HEADER, encoding="utf-8")
    languages = {path.parts[-3] for path in package.glob("locale/*/LC_MESSAGES/django.po")} | set(others)
    each = [f"--locale={language}" for language in sorted(languages)]
    # Names of files and no lines: moving code is no change of a catalogue.
    django(package, "makemessages", *each, "--no-obsolete", "--no-wrap", "--add-location=file")
    for language in languages:
        path = catalogue(package, language)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(DATE)), encoding="utf-8")
    if translated := sorted(languages - {SOURCE}):
        django(package, "compilemessages", *(f"--locale={language}" for language in translated))


if __name__ == "__main__":
    refresh(PACKAGE, *sys.argv[1:])
