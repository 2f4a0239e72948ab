"""Who speaks under a nick: the same person with another tail, a program, or a bridge that relays people."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

TAIL = re.compile(r"[_`^]+$")
# What people add by hand while they are elsewhere. Taken off only where the nick without it speaks too.
AWAY = re.compile(
    r"[|_-](?:afk|alt|away|bbl|bnc|brb|busy|gone|home|idle|laptop|lunch|meeting|mobile|mtg|off|out|phone|sleep|web|work|zzz+)$"
)
# What a client adds when the nick is taken. Longer numbers belong to the name.
NUMBER = re.compile(r"(?<=[^0-9])[0-9]$")
SHORTEST_STEM = 3

# Programs by name: the network's services, bots that meet people everywhere, and whatever calls itself a bot.
SERVICES = re.compile(r"(?:nick|chan|memo|bot|host|oper|global|stat|info)serv\d*$", re.IGNORECASE)
CALLED_BOT = re.compile(r"(?:(?:^|[^A-Za-z])[Bb][Oo][Tt]|[a-z]Bot|[A-Z]BOT)[0-9_`-]*$")
KNOWN = frozenset(
    [
        "buildbot", "dpkg", "eggdrop", "gitbot", "github", "gitlab", "infobot", "jenkins", "lambdabot", "limnoria",
        "logbot", "meetbot", "phenny", "sopel", "supybot", "travis-ci", "ubot2", "ubottu", "willie", "zodbot",
    ]
)  # fmt: skip

# Programs by what they write: nearly always a title in brackets, or the address that somebody just gave.
FEWEST_MESSAGES, MACHINE_SHARE, ADDRESSES_REMEMBERED = 20, 0.8, 10
IN_BRACKETS = re.compile(r"\[[^\]]*\]")
ADDRESS = re.compile(r"https?://[^\s<>\]]+")

# A bridge: most of what it writes begins with somebody's name in brackets.
RELAYED = re.compile(r"<(?P<name>[^<>]{1,64})>[ ]?(?P<text>.*)$")
RELAYED_GESTURE = re.compile(r"Action: (?P<name>\S{1,64}) (?P<text>.+)$")
FEWEST_RELAYED, RELAYED_SHARE = 5, 0.5


@dataclass(slots=True)
class _Habits:
    messages: int = 0
    machine: int = 0
    relayed: int = 0
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Nicks:
    """Which nicks are programs and which are bridges."""

    bots: frozenset[str]
    bridges: frozenset[str]


def judge(said: Iterable[tuple[str, str]]) -> Nicks:
    """From (nick, text) in the order of the log."""
    habits: dict[str, _Habits] = {}
    given: deque[tuple[str, str]] = deque(maxlen=ADDRESSES_REMEMBERED)
    for nick, text in said:
        habit = habits.setdefault(nick, _Habits())
        habit.messages += 1
        addresses = ADDRESS.findall(text)
        repeats = any(other != nick and address in addresses for other, address in given)
        habit.machine += bool(repeats or IN_BRACKETS.match(text))
        given.extend((nick, address) for address in addresses)
        if relayed := RELAYED.match(text) or RELAYED_GESTURE.match(text):
            habit.relayed += 1
            if len(habit.names) < 2:
                habit.names.add(relayed["name"])
    bridges = frozenset(nick for nick, habit in habits.items() if _relays(nick, habit))
    bots = frozenset(
        nick
        for nick, habit in habits.items()
        if nick not in bridges and (called_bot(nick) or _writes_like_one(habit))
    )
    return Nicks(bots, bridges)


def called_bot(nick: str) -> bool:
    return bool(SERVICES.match(nick) or CALLED_BOT.search(nick) or TAIL.sub("", nick.lower()) in KNOWN)


def _writes_like_one(habit: _Habits) -> bool:
    return habit.messages >= FEWEST_MESSAGES and habit.machine >= MACHINE_SHARE * habit.messages


def _relays(nick: str, habit: _Habits) -> bool:
    """Two names, or the name of a bot: somebody who quotes one friend is no bridge."""
    plain = habit.relayed >= RELAYED_SHARE * habit.messages and (len(habit.names) > 1 or called_bot(nick))
    return plain and (habit.relayed >= FEWEST_RELAYED or called_bot(nick)) and habit.relayed > 0


def plain(nick: str) -> str:
    """A nick as the network compares it, without the tail that a client adds when it is taken."""
    lower = nick.lower()
    return TAIL.sub("", lower) or lower


def stems(nicks: Iterable[str]) -> dict[str, str]:
    """The nick without its tails for every plain nick; words and numbers only where what is left speaks as well."""
    known = set(nicks)
    found = {}
    for nick in known:
        stem = nick
        for tail in (AWAY, NUMBER):
            shorter = plain(tail.sub("", stem))
            if len(shorter) >= SHORTEST_STEM and shorter in known:
                stem = shorter
        found[nick] = stem
    return found
