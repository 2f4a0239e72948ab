"""Blogs and logs that are not what they seem: a sentence with file and line, before anything was given out."""

import lzma
from pathlib import Path

import pytest

from tertulia.importers import bundle
from tertulia.importers.bundle import open_bundle, pieces
from tertulia.importers.detect import detect, silently
from tertulia.importers.errors import BadFile, ImporterError
from tests.importers.blogs import comment, export, post

LOG = "".join(f"2020-01-01T10:{minute:02} <ana> minute {minute}\n" for minute in range(60))


def refusal(path: Path) -> ImporterError:
    with pytest.raises(ImporterError) as caught:
        next(detect(path).read(path, silently))
    return caught.value


def put(folder: Path, content: bytes | str, name: str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_blog_that_breaks_off_is_named_with_its_line(tmp_path: Path) -> None:
    whole = export(post(1, comment(1)), post(2))

    assert str(refusal(put(tmp_path, whole[: whole.index("Post 2")], "blog.xml"))) == (
        "blog.xml breaks off at line 6. Nothing was taken."
    )


def test_a_blog_of_another_encoding_is_refused_where_it_shows(tmp_path: Path) -> None:
    garbled = export(post(1), post(2)).encode().replace(b"Post 2", b"Pr\xe9sent")

    assert str(refusal(put(tmp_path, garbled, "blog.xml"))) == (
        "blog.xml is not written in UTF-8 at line 6. Nothing was taken."
    )


def test_an_entity_bomb_is_refused_where_it_is_declared(tmp_path: Path) -> None:
    lolz = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    whole = export(post(1)).replace("<rss", f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lolz}]>\n<rss', 1)

    assert str(refusal(put(tmp_path, whole, "blog.xml"))) == (
        "blog.xml declares a document type or entities at line 2. Nothing was taken."
    )


def test_a_post_of_gigabytes_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    start, _, _ = export(post(1, body="MARK")).partition("MARK")

    assert "goes on for more than 8 MB" in str(
        refusal(put(tmp_path, start + "bread " * 3_000_000, "blog.xml"))
    )


def test_a_log_of_another_encoding_is_refused_where_it_shows(tmp_path: Path) -> None:
    garbled = LOG.encode().replace(b"minute 41", b"th\xe9")

    assert (
        str(refusal(put(tmp_path, garbled, "a.log")))
        == "a.log is not written in UTF-8 at line 42. Nothing was taken."
    )


def test_a_log_that_turns_into_bytes_is_refused_where_it_does(tmp_path: Path) -> None:
    garbled = LOG.encode().replace(b"minute 41", b"\0\0\0\0")

    assert "holds bytes that are no text at line 42" in str(refusal(put(tmp_path, garbled, "a.log")))


def test_a_log_cut_within_a_time_breaks_off(tmp_path: Path) -> None:
    assert (
        str(refusal(put(tmp_path, LOG + "2020-01-0", "a.log")))
        == "a.log breaks off at line 61. Nothing was taken."
    )


def test_an_impossible_time_is_named_with_its_line(tmp_path: Path) -> None:
    assert "has a time that is none at line 3" in str(
        refusal(put(tmp_path, LOG.replace("10:02", "25:02"), "a.log"))
    )


def test_hours_without_a_day_ask_for_one(tmp_path: Path) -> None:
    assert "does not say of which day it is (name it YYYY-MM-DD.log) at line 1" in str(
        refusal(put(tmp_path, "[10:00] <ana> hello\n", "channel.log"))
    )


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    assert "has a line of more than 64 KB at line 61" in str(
        refusal(put(tmp_path, LOG + "x" * 300_000, "a.log"))
    )


def test_an_xz_cut_short_is_named_with_the_line_where_it_ends(tmp_path: Path) -> None:
    packed = lzma.compress(LOG.encode() * 2000, preset=0)

    error = refusal(put(tmp_path, packed[: len(packed) * 2 // 3], "a.log.xz"))
    assert isinstance(error, BadFile)
    assert "breaks off" in str(error)
    assert error.line


def test_an_xz_with_a_wrong_byte_is_refused(tmp_path: Path) -> None:
    packed = bytearray(lzma.compress(LOG.encode() * 50))
    packed[len(packed) // 2] ^= 255

    assert "is damaged" in str(refusal(put(tmp_path, bytes(packed), "a.log.xz")))


def test_an_xz_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "ALWAYS_UNPACKED_BYTES", 1024**2)
    path = put(tmp_path, lzma.compress(b"a" * 64 * 1024**2), "bomb.xz")

    with pytest.raises(BadFile, match="unpacks to more than 1,000 times its size"):
        max(map(len, pieces(open_bundle(path), path.name)))


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"hello\n", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_what_is_neither_is_said_to_be_unknown(tmp_path: Path, content: bytes) -> None:
    assert "does not know what" in str(refusal(put(tmp_path, content, "thing")))
