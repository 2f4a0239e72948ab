"""A channel's logs as a stream: all lines are read first, so that a bad file is known before any item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from tertulia.engine.questions import asks
from tertulia.importers.bundle import Bundle, first_bytes, open_bundle
from tertulia.importers.errors import BadFile
from tertulia.importers.irc.lines import EPOCH, Said, Skipped, day_of, parse
from tertulia.importers.irc.load import MINUTE, load
from tertulia.importers.irc.nicks import plain, stems
from tertulia.importers.irc.store import SCHEMA
from tertulia.importers.markdown import from_one_paragraph
from tertulia.importers.store import Store, open_store
from tertulia.importers.stream import CONFIDENCE, Basis, Idea, Item, Person, Progress, Reply, Tally

# A pause of more than this begins another conversation.
GAP = 60 * MINUTE
ADDRESSED = re.compile(r"@?([^\s:,<>@]{2,64})[:,](?=\s|$)|@([^\s:,<>@]{2,64})\s")
LINES_LOOKED_AT = 20


def recognise(bundle: Bundle) -> bool:
    """Lines with a time and a nick, in at least one file."""
    return bool(_files(bundle))


def _files(bundle: Bundle) -> list[str]:
    return [name for name in bundle.names() if _is_log(first_bytes(bundle, name), day_of(name))]


def _is_log(start: bytes, day: date | None) -> bool:
    """Whether at least half of its first lines have a time, and one of them a message, a gesture or an arrival."""
    rows = [row.decode("utf-8", "replace").strip("\ufeff\r") for row in start.split(b"\n")]
    # The last is cut off where the look at the file ends.
    seen = [row for row in (rows[:-1] or rows)[:LINES_LOOKED_AT] if row.strip()]
    found = [_what(row, day) for row in seen]
    timed = [what for what in found if what is not None]
    talk = any(isinstance(what, Said) or what in {"event", "gesture"} for what in timed)
    return talk and 2 * len(timed) >= len(seen)


def _what(row: str, day: date | None) -> Said | Skipped | None:
    try:
        return parse(row, day)
    except (ValueError, OverflowError):
        # A log, whose day or time has to be complained of when it is read.
        return "event"


def read(path: Path, progress: Progress) -> Iterator[Item]:
    """The stream of a log: a file, or a folder or zip archive of days. Its last item is the report."""
    bundle = open_bundle(path)
    names = _files(bundle)
    if not names:
        raise BadFile(str(path), None, "does not hold a log of an IRC channel")
    with open_store(SCHEMA) as store:
        tally = Tally()
        load(bundle, names, store, tally, progress)
        yield from tally.passing(_items(store, tally))


def _items(store: Store, tally: Tally) -> Iterator[Item]:
    spoken = store.execute(
        "SELECT plain, nick, count(*) FROM messages GROUP BY plain, nick ORDER BY 1, 3 DESC, 2"
    )
    names: dict[str, str] = {}
    shown = [(nick, as_written) for nick, as_written, _ in spoken]
    for nick, as_written in shown:
        names.setdefault(nick, as_written)
    stem_of = stems(names)
    if merged := len(
        {as_written.lower() for nick, as_written in shown if as_written.lower() != stem_of[nick]}
    ):
        tally.guess("nicks taken for another one of the same person by their tails", merged)
    for stem in sorted(set(stem_of.values())):
        yield Person(source_id=f"nick:{stem}", name=names[stem])
    yield from _Talk(stem_of, tally).read(store)


@dataclass(slots=True)
class _Session:
    """A conversation as far as it has gone: who said what last, and who spoke last and before that."""

    idea: str
    last_of: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    before: str | None = None

    def heard(self, person: str, source_id: str) -> None:
        self.last_of[person] = source_id
        if person != self.last:
            self.last, self.before = person, self.last

    def other_than(self, person: str) -> str | None:
        return self.last if self.last != person else self.before


class _Talk:
    """Messages as ideas and replies: what begins after a pause opens, everything else answers."""

    def __init__(self, stem_of: dict[str, str], tally: Tally) -> None:
        self.stem_of = stem_of
        self.tally = tally

    def read(self, store: Store) -> Iterator[Idea | Reply]:
        session: _Session | None = None
        last_at = same = 0
        for at, nick, text in store.execute("SELECT at, plain, text FROM messages ORDER BY at, id"):
            same = same + 1 if at == last_at else 1
            moment = EPOCH + timedelta(microseconds=at)
            source_id = f"said:{moment:%Y-%m-%dT%H:%M:%S}/{same}"
            author = self.stem_of[nick]
            if session is None or at - last_at > GAP:
                session = _Session(source_id)
                yield self._opening(source_id, moment, author, text)
            else:
                yield self._reply(session, source_id, moment, author, text)
            session.heard(author, source_id)
            last_at = at

    def _opening(self, source_id: str, moment: datetime, author: str, text: str) -> Idea:
        return Idea(
            source_id=source_id,
            at=moment,
            author=f"nick:{author}",
            title=f"Conversation of {moment:%Y-%m-%d, %H:%M}",
            text=from_one_paragraph(text),
        )

    def _reply(self, session: _Session, source_id: str, moment: datetime, author: str, text: str) -> Reply:
        addressee, basis = self._addressee(session, author, text)
        turn = session.other_than(author)
        parent = session.last_of.get(addressee or "") or (session.last_of[turn] if turn else session.idea)
        question = asks(text)
        if question:
            self.tally.guess("messages taken for questions, by a plain rule")
        return Reply(
            source_id=source_id,
            at=moment,
            author=f"nick:{author}",
            idea=session.idea,
            parent=parent,
            addressee=f"nick:{addressee}" if addressee else None,
            kind="comment",
            text=from_one_paragraph(text),
            basis=basis,
            confidence=CONFIDENCE[basis],
            move="question" if question else None,
            move_inferred=question,
        )

    def _addressee(self, session: _Session, author: str, text: str) -> tuple[str | None, Basis]:
        """Whoever is called by their nick at the start; else whose turn it was; else nobody."""
        if called := ADDRESSED.match(text):
            person = self.stem_of.get(plain(called[1] or called[2]))
            if person is not None and person != author:
                self.tally.guess("addressees from a leading nick")
                return person, "mentioned"
        if turn := session.other_than(author):
            self.tally.guess("addressees from whose turn it was")
            return turn, "inferred_turn"
        return None, "explicit"
