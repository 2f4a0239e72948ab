"""The lines of all files into the store, then the messages of people out of them."""

from tertulia.importers.bundle import Bundle
from tertulia.importers.errors import BadFile
from tertulia.importers.irc.lines import NoDay, Said, day_of, lines, parse
from tertulia.importers.irc.nicks import RELAYED, RELAYED_GESTURE, Nicks, called_bot, judge, plain
from tertulia.importers.irc.store import IN_ORDER, REPEATED
from tertulia.importers.store import Store, one
from tertulia.importers.stream import Progress, Tally

LINES_BETWEEN_PROGRESS = 5000
MINUTE = 60_000_000
REASONS = {
    "event": "people who come, go or change their nick",
    "notice": "notices of servers and programs",
    "private": "private messages to whoever kept the log",
    "gesture": "gestures in the third person (“* Ana waves”)",
}


def load(bundle: Bundle, names: list[str], store: Store, tally: Tally, progress: Progress) -> None:
    store.execute("BEGIN")
    done = 0
    for number, name in enumerate(names):
        done = _load_file(bundle, name, number, store, tally, progress, done)
    store.execute("COMMIT")
    progress("lines", done, done)
    store.executescript(IN_ORDER)
    if len(names) > 1:
        before = one(store, "SELECT count(*) FROM lines")
        store.executescript(REPEATED)
        if repeated := before - one(store, "SELECT count(*) FROM lines"):
            tally.leave_out("messages that another file holds too", repeated)
    nicks = judge(store.execute("SELECT nick, text FROM lines ORDER BY at, id"))
    _keep_people(store, nicks, tally)


def _load_file(
    bundle: Bundle, name: str, number: int, store: Store, tally: Tally, progress: Progress, done: int
) -> int:
    day = day_of(name)
    last: tuple[int, str] | None = None
    for line_number, line in lines(bundle, name):
        try:
            found = parse(line, day)
        except NoDay as error:
            raise BadFile(
                name, line_number, "does not say of which day it is (name it YYYY-MM-DD.log)"
            ) from error
        except (ValueError, OverflowError) as error:
            raise BadFile(name, line_number, "has a time that is none") from error
        last = None if found is not None else (line_number, line)
        if isinstance(found, Said):
            values = (number, found.at, found.nick, found.text)
            store.execute("INSERT INTO lines (file, at, nick, text) VALUES (?, ?, ?, ?)", values)
            if not found.zoned:
                tally.guess("times without a zone, taken for UTC")
        elif found is not None:
            tally.leave_out(REASONS[found])
        elif line.strip():
            tally.leave_out("lines that are no message")
        done += 1
        if done % LINES_BETWEEN_PROGRESS == 0:
            progress("lines", done, 0)
    if last is not None and last[1][:4].isdecimal() and "<" not in last[1]:
        raise BadFile(name, last[0], "breaks off")
    return done


def _keep_people(store: Store, nicks: Nicks, tally: Tally) -> None:
    """Messages by people, in order; what a bridge relays belongs to whoever said it."""
    # Of each bridge, who was relayed last and when: of a message of several lines only the first says the name.
    relayed_last: dict[str, tuple[str, int]] = {}
    store.execute("BEGIN")
    for at, nick, text in store.execute("SELECT at, nick, text FROM lines ORDER BY at, id"):
        speaker, words = nick, text
        if nick in nicks.bridges:
            if found := RELAYED.match(text) or RELAYED_GESTURE.match(text):
                speaker, words = "".join(found["name"].split()), found["text"].strip()
                relayed_last[nick] = speaker, at
            elif nick in relayed_last and at - relayed_last[nick][1] <= MINUTE:
                speaker = relayed_last[nick][0]
            else:
                tally.leave_out("lines of a bridge that name nobody")
                continue
            tally.count("messages through a bridge")
        if speaker in nicks.bots or called_bot(speaker):
            tally.leave_out("messages by bots")
            continue
        values = (at, speaker, plain(speaker), words)
        store.execute("INSERT INTO messages (at, nick, plain, text) VALUES (?, ?, ?, ?)", values)
        tally.count("messages")
    store.execute("COMMIT")
    for kind, found_nicks in (
        ("bots", nicks.bots),
        ("bridges, whose words are those of whom they relay", nicks.bridges),
    ):
        if found_nicks:
            tally.guess(f"nicks taken for {kind}", len(found_nicks))
