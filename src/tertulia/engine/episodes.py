"""What became of conversations, and whether turns alternate. Descriptive: no state is made of them."""

from collections import Counter

from tertulia.engine.meetings import Talk
from tertulia.engine.params import Params
from tertulia.engine.posterior import of_counts
from tertulia.engine.records import Alternation, EpisodeShare

KINDS = ("came_of_it", "both_ways", "one_way", "no_answer")


def episode_shares(talk: Talk, params: Params) -> tuple[EpisodeShare, ...]:
    """How many episodes got no answer, went one way, both ways, or had something come of them.

    The four are exclusive and complete; each episode is what most became of it. Something came of it if a
    movement (credit, a decision, a trial, "what moved for me", "I was wrong") names another's contribution in
    it. A fifth row, `closed`, counts those with a closed exchange (something came of it on both sides); it
    is inside the first. An episode belongs to the window of its last contribution. Intervals: Jeffreys, 80 %.
    """
    voices, last = _voices(talk)
    both = {meeting.key[0] for meeting in talk.meetings.values() if meeting.both_ways}
    came = {deed.episode for deed in talk.deeds if deed.is_movement}
    closed = {meeting.key[0] for meeting in talk.meetings.values() if meeting.closed_at}
    counts: Counter[str] = Counter()
    here = [episode for episode, t in last.items() if talk.within(t)]
    for episode in here:
        if episode in came:
            counts["came_of_it"] += 1
        elif episode in both:
            counts["both_ways"] += 1
        else:
            counts["one_way" if len(voices[episode]) > 1 else "no_answer"] += 1
    counts["closed"] = len(closed.intersection(here))
    return tuple(_share(kind, counts[kind], len(here), params) for kind in (*KINDS, "closed"))


def _voices(talk: Talk) -> tuple[dict[int, set[str]], dict[int, int]]:
    voices: dict[int, set[str]] = {}
    last: dict[int, int] = {}
    for one in talk.said:
        voices.setdefault(one.episode, set()).add(one.actor)
        last[one.episode] = one.t
    return voices, last


def _share(kind: str, count: int, of: int, params: Params) -> EpisodeShare:
    low, high = of_counts(count, of - count).interval(params.episode_interval)
    return EpisodeShare(kind, count, of, low, high)


def alternation(talk: Talk) -> Alternation:
    """A-B-A triples in a row, against what the same turns in any order would give.

    For an episode of n contributions, c by each person, Σ c(c−1)(n−c)/(n(n−1)) are expected. Small talk
    alternates far above it, so it decides nothing. Speaker switches are not used: people speak in bursts.
    """
    turns: dict[int, list[str]] = {}
    for one in talk.in_window():
        turns.setdefault(one.episode, []).append(one.actor)
    seen, possible, expected = 0, 0, 0.0
    for speakers in turns.values():
        n = len(speakers)
        if n < 3:
            continue
        possible += n - 2
        triples = zip(speakers, speakers[1:], speakers[2:], strict=False)
        seen += sum(a == c != b for a, b, c in triples)
        expected += sum(c * (c - 1) * (n - c) for c in Counter(speakers).values()) / (n * (n - 1))
    return Alternation(seen, expected, possible)
