"""What kind of file somebody brings, by what is in it and never by its name alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tertulia.importers.bundle import Bundle, File, first_bytes, open_bundle
from tertulia.importers.errors import NotReadable
from tertulia.importers.irc import read as irc
from tertulia.importers.stackexchange import read as stackexchange
from tertulia.importers.stackexchange.rows import FILES, root_of
from tertulia.importers.stream import Item, Progress
from tertulia.importers.wordpress import read as wordpress


def silently(what: str, done: int, total: int) -> None:
    """A progress for those who do not watch."""


@dataclass(frozen=True, slots=True)
class Format:
    """One line of the registry. `read` raises BadFile before its first item, or not at all."""

    name: str
    description: str
    recognise: Callable[[Bundle], bool]
    read: Callable[[Path, Progress], Iterator[Item]]
    # What a reading has to know of the source: whether it is a chat, and whether it holds who confirmed what.
    chat: bool = False
    confirms: bool = False


FORMATS: tuple[Format, ...] = (
    Format(
        name="stackexchange",
        description="a Stack Exchange dump",
        recognise=stackexchange.recognise,
        read=stackexchange.read,
        confirms=True,
    ),
    Format(
        name="wordpress",
        description="a WordPress export",
        recognise=wordpress.recognise,
        read=wordpress.read,
    ),
    Format(
        name="irc", description="logs of an IRC channel", recognise=irc.recognise, read=irc.read, chat=True
    ),
)


# Known by sight, not read yet: what it is called, the file that says so, and signs near the file's start.
KNOWN_FOLDERS: tuple[tuple[str, str, tuple[bytes, ...]], ...] = (
    ("a Telegram export", "result.json", (b'"type"', b'"messages"')),
    ("a Slack export", "channels.json", (b'"creator"', b'"members"')),
    ("a Zulip export", "realm.json", (b"zerver_",)),
    ("a Mastodon archive", "outbox.json", (b"OrderedCollection",)),
    ("a Discourse archive", "user_archive.csv", (b"topic_title",)),
    ("a Moodle backup", "moodle_backup.xml", (b"<moodle_backup",)),
)
KNOWN_STARTS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("a Telegram export", (b'"type"', b'"messages"')),
    ("a Mastodon archive", (b"OrderedCollection", b"orderedItems")),
    ("a mailbox", (b"From ", b"\nMessage-I")),
)


def detect(path: Path) -> Format:
    """The format of a file, folder or archive; NotReadable, with a sentence, for all that has none."""
    bundle = open_bundle(path)
    if isinstance(bundle, File) and root_of(bundle, path.name) in FILES:
        raise NotReadable(
            f"{path} is one file of a Stack Exchange dump. "
            "Give Tertulia the folder that holds all of them; nothing was taken."
        )
    found = next((entry for entry in FORMATS if entry.recognise(bundle)), None)
    if found is None:
        raise _refusal(_kind_of_file(bundle) if isinstance(bundle, File) else _kind_of_folder(bundle), path)
    return found


def _kind_of_folder(bundle: Bundle) -> str | None:
    names = set(bundle.names())
    for kind, name, signs in KNOWN_FOLDERS:
        if name in names:
            start = first_bytes(bundle, name)
            if all(sign in start for sign in signs):
                return kind
    return None


def _kind_of_file(file: File) -> str | None:
    start = first_bytes(file, file.path.name)
    return next((kind for kind, signs in KNOWN_STARTS if all(sign in start for sign in signs)), None)


def _refusal(kind: str | None, path: Path) -> NotReadable:
    if kind:
        return NotReadable(f"This is {kind}. Tertulia cannot read it yet; nothing was taken.")
    readable = "; ".join(entry.description for entry in FORMATS)
    return NotReadable(
        f"Tertulia does not know what {path} is; nothing was taken. "
        f"It reads {readable} (a file, a folder or a zip)."
    )
