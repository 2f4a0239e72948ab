"""What a file is, by what is in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tertulia.importers.detect import detect
from tertulia.importers.errors import BadFile, NotReadable
from tests.importers.dumps import question, stream, write_dump


def test_a_folder_of_a_dump_is_recognised(tmp_path: Path) -> None:
    assert detect(write_dump(tmp_path)).name == "stackexchange"


def test_a_dump_is_recognised_under_other_names(tmp_path: Path) -> None:
    folder = write_dump(tmp_path, posts=[question()])
    (folder / "Posts.xml").rename(folder / "a.xml")
    (folder / "Users.xml").rename(folder / "b.xml")

    assert detect(folder).name == "stackexchange"
    assert stream(folder)[-1].ideas == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("inside", ["", "bicycles.meta/"])
def test_a_zip_of_a_dump_reads_like_its_folder(tmp_path: Path, inside: str) -> None:
    folder = write_dump(tmp_path / "dump", posts=[question()])
    whole = tmp_path / "history.bin"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, inside + file.name)

    assert detect(whole).name == "stackexchange"
    assert stream(whole) == stream(folder)


def test_a_7z_says_how_to_unpack_it(tmp_path: Path) -> None:
    whole = tmp_path / "bicycles.7z"
    whole.write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(20))

    with pytest.raises(NotReadable, match=rf"Unpack it first \(7z x {whole} "):
        detect(whole)


def test_one_file_of_a_dump_asks_for_its_folder(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="Give Tertulia the folder"):
        detect(write_dump(tmp_path) / "Posts.xml")


def test_a_telegram_export_is_named(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text('{"name": "us", "type": "private_group", "messages": []}')
    sentence = "This is a Telegram export. Tertulia cannot read it yet; nothing was taken."

    for path in (tmp_path, tmp_path / "result.json"):
        with pytest.raises(NotReadable) as caught:
            detect(path)
        assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("From ana@example.org Mon Jan 1\nMessage-ID: <1>\n", "a mailbox"),
        ('{"type": "OrderedCollection", "orderedItems": []}', "a Mastodon archive"),
    ],
)
def test_known_files_are_called_by_their_name(tmp_path: Path, start: str, kind: str) -> None:
    (tmp_path / "file").write_text(start)

    with pytest.raises(NotReadable, match=f"This is {kind}"):
        detect(tmp_path / "file")


def test_an_unknown_file_says_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")

    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(NotReadable, match="It reads a Stack Exchange dump"):
            detect(path)


def test_a_path_where_nothing_is_says_so(tmp_path: Path) -> None:
    """With the path as it was given: a slash before a name is part of it."""
    with pytest.raises(BadFile, match=rf"^{tmp_path}/nowhere is not there"):
        detect(tmp_path / "nowhere")
    with pytest.raises(BadFile, match=r"^/nowhere-at-all is not there"):
        detect(Path("/nowhere-at-all"))


def test_importers_load_no_web_framework_and_no_http_library() -> None:
    program = "import sys, tertulia.importers.detect; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert not {"django", "http.client", "urllib.request", "ssl", "requests"} & set(done.stdout.split())
