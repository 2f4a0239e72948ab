"""What can be said of rooms without knowing who took up what: by the clock, by turns, by the words as a heap."""

import math
from collections.abc import Mapping
from itertools import pairwise
from statistics import fmean

import pyarrow as pa

from tertulia.engine.text.tokens import tokenise
from validity.rooms import Room


def clock(rooms: Mapping[str, Room]) -> float:
    """How quickly others follow: the mean of −ln(1 + seconds) between two messages by different people."""
    waits = [
        -math.log1p((later.at - earlier.at) / 1e6)
        for room in rooms.values()
        for earlier, later in pairwise(room)
        if earlier.speaker != later.speaker
    ]
    return fmean(waits) if waits else 0.0


def turn_taking(rooms: Mapping[str, Room]) -> float:
    """The share of messages after which a different person speaks."""
    turns = [
        float(earlier.speaker != later.speaker)
        for room in rooms.values()
        for earlier, later in pairwise(room)
    ]
    return fmean(turns) if turns else 0.0


def cohesion(rooms: Mapping[str, Room]) -> float:
    """The mean share, over people, of their distinct words that somebody else in their room uses too, at any time."""
    shares = []
    for room in rooms.values():
        words: dict[str, set[int]] = {}
        tokens = tokenise(pa.array([message.text for message in room], pa.string()))
        for number, message in enumerate(room):
            begin, end = tokens.starts[number], tokens.starts[number + 1]
            words.setdefault(message.speaker, set()).update(tokens.ids[begin:end].tolist())
        for speaker, own in words.items():
            others = set().union(*(theirs for other, theirs in words.items() if other != speaker))
            if own:
                shares.append(len(own & others) / len(own))
    return fmean(shares) if shares else 0.0
