"""English needs no catalogue; another language is a compiled one in the package."""

import struct
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext
from pytest_django import Settings

from tertulia.config import languages, parse
from tertulia.config.env import BadSettings, read_env

MINUTES = ("It is good for one more minute.", "It is good for %(minutes)s minutes.")
POLISH = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 "
    "&& (n%100<10 || n%100>=20) ? 1 : 2);\n",
    "Skip to the page": "Przejdź do strony",
    "\0".join(MINUTES): "Minuta.\0%(minutes)s minuty.\0%(minutes)s minut.",
}


def compiled(folder: Path, name: str, messages: dict[str, str]) -> None:
    """What gettext's msgfmt writes: two tables of lengths and offsets, then the words."""
    keys = sorted(messages)
    words, tables = b"", []
    start = 28 + 16 * len(keys)
    for texts in (keys, [messages[key] for key in keys]):
        for text in texts:
            data = text.encode()
            tables.append(struct.pack("<II", len(data), start + len(words)))
            words += data + b"\0"
    head = struct.pack("<IIIIIII", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    place = folder / name / "LC_MESSAGES" / "django.mo"
    place.parent.mkdir(parents=True)
    place.write_bytes(head + b"".join(tables) + words)


def test_english_is_right_without_a_compiled_catalogue() -> None:
    assert not list((languages.LOCALE / "en").rglob("*.mo"))
    assert [ngettext(*MINUTES, number) for number in (0, 1, 2)] == [MINUTES[1], MINUTES[0], MINUTES[1]]


@pytest.mark.django_db
def test_a_compiled_catalogue_is_what_pages_are_shown_in(
    tmp_path: Path, settings: Settings, client: Client
) -> None:
    # whitenoise warns where there is no folder, and nothing is collected for tests.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    compiled(tmp_path, "pl", POLISH)
    settings.LOCALE_PATHS = [tmp_path]

    with translation.override("pl"):
        html = client.get("/spaces").content.decode()
        told = [ngettext(*MINUTES, number) for number in (1, 2, 5)]

    assert '<html lang="pl">' in html
    assert "Przejdź do strony" in html
    assert told == ["Minuta.", "%(minutes)s minuty.", "%(minutes)s minut."]
    assert gettext("Skip to the page") == "Skip to the page"


def test_every_compiled_language_of_the_package_can_be_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(tmp_path, "pt_BR", POLISH)
    monkeypatch.setattr(parse, "languages", lambda: languages.languages(tmp_path))

    assert languages.languages(tmp_path) == ("en", "pt-br")
    assert read_env({"TERTULIA_LANGUAGE": "pt_BR"}).language == "pt-br"
    assert read_env({}).language == "en"


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadSettings, match=r"^TERTULIA_LANGUAGE must be .* here: en\.$"):
        read_env({"TERTULIA_LANGUAGE": "tlh"})
