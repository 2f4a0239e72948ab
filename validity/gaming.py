"""What accounts that trade praise, spam labels or stand for one person gain: `python -m validity.gaming`.

Simulated, with seeds: 60 people who credit and confirm each other for half a year, then the same with those who play.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tertulia.engine.acts import Act
from tertulia.engine.expertise import credits_of, expertise_for
from tertulia.engine.introductions import Introduction, Network
from tertulia.engine.network import published_of
from tertulia.engine.opinion import Opinion, discounted, fused, of_evidence
from tertulia.engine.params import DAY_US, DEFAULT_EXPERTISE, DEFAULT_TIES
from tertulia.engine.reading import State, read_space
from tertulia.engine.ties import ties_of
from validity.claim import Claim, Figure, tell

PEOPLE, DAYS, SEEDS = 60, 180, 5
RINGS = (2, 5, 10, 20)
TOPIC = "bread"
END = DAYS * DAY_US
# A space's state: five among thirty, as many seeds.
CROWD, FIVE, SPACES = 25, 5, 20


@dataclass
class Acts:
    """A ledger being made up, and the topics of its threads."""

    rng: random.Random
    acts: list[Act] = field(default_factory=list)
    topics: list[dict[str, object]] = field(default_factory=list)

    def add(self, day: float, actor: str, verb: str, **columns: object) -> int:
        number = len(self.acts) + 1
        t = int(day * DAY_US) + number
        self.acts.append(Act(number, t, actor, verb, space=1, **columns))  # type: ignore[arg-type]
        return number

    def thread(self, day: float, opener: str) -> int:
        number = self.add(day, opener, "posted", thread=len(self.acts) + 1, words=40)
        self.topics.append({"act": number, "topic": TOPIC})
        return number

    def credit(self, day: float, giver: str, receiver: str, *, confirmed: bool = False) -> None:
        """`giver` opens, `receiver` replies, says back, and is credited; and perhaps confirms it."""
        idea = self.thread(day, giver)
        reply = self.add(day, receiver, "replied", thread=idea, parent=idea, person=giver, words=20)
        credit = self.add(day, giver, "credited", thread=idea, ref=reply, person=receiver)
        if confirmed:
            self.add(day, receiver, "heard", thread=idea, ref=credit, person=giver)


def community(seed: int) -> Acts:
    """Sixty people; everybody has seven others whom they answer and are credited by, more or less."""
    made = Acts(random.Random(seed))
    for day in range(DAYS):
        for _ in range(6):
            one = made.rng.randrange(PEOPLE)
            other = (one + made.rng.choice([1, 2, 3, 5, 8, 13, 21])) % PEOPLE
            made.credit(day, f"person {one}", f"person {other}", confirmed=made.rng.random() < 0.5)
    return made


def with_ring(made: Acts, size: int, *, tie: bool) -> list[str]:
    """Accounts that credit each other every day; one of them has earned a tie to person 0, if `tie`."""
    ring = [f"ring {n}" for n in range(size)]
    for day in range(DAYS):
        for n, one in enumerate(ring):
            made.credit(day, one, ring[(n + 1 + day % (size - 1)) % size], confirmed=True)
    if tie:
        for day in range(0, DAYS, 30):
            made.credit(day, "person 0", ring[0], confirmed=True)
    return ring


@dataclass(frozen=True, slots=True)
class Seen:
    """What everybody of the community sees."""

    lists: dict[str, list[Introduction]]
    expertise: dict[str, dict[object, float]]
    beliefs: dict[str, dict[object, float]]


def see(made: Acts) -> Seen:
    ties = ties_of(made.acts, at=END)
    network = Network.of(ties, published_of(made.acts, at=END))
    credits = credits_of(made.acts, made.topics, at=END)
    beliefs: dict[str, dict[object, float]] = {f"person {n}": {} for n in range(PEOPLE)}
    for row in ties.to_pylist():
        beliefs.setdefault(row["a"], {})[row["b"]] = row["belief"]
    viewers = [f"person {n}" for n in range(PEOPLE)]
    return Seen(
        {viewer: network.introductions(viewer) for viewer in viewers},
        {viewer: dict(expertise_for(credits, beliefs[viewer], [TOPIC])) for viewer in viewers},  # type: ignore[arg-type]
        beliefs,
    )


def rings() -> dict[str, Figure]:
    """Rings of 2 to 20: who sees their list moved, how far, and how much expertise they win."""
    moved, flooded, won, plain = [0], [0.0], [0.0], [0.0]
    for seed in range(SEEDS):
        before = see(community(seed))
        for size in RINGS:
            made = community(seed)
            ring = set(with_ring(made, size, tie=False))
            after = see(made)
            moved.append(sum(after.lists[viewer] != before.lists[viewer] for viewer in before.lists))
            won += [max(seen.get(one, 0.0) for one in ring) for seen in after.expertise.values()]
            plain.append(_plain_sum(made, ring))
            made = community(seed)
            ring = set(with_ring(made, size, tie=True))
            listed = see(made).lists["person 0"]
            flooded.append(sum(one.person in ring for one in listed) / max(1, len(listed)))
    most = DEFAULT_EXPERTISE.strangers_at_most
    return {
        "moved_without_tie": Figure(float(max(moved)), asked="0", met=max(moved) == 0),
        "ring_expertise": Figure(max(won), asked=f"at most {most:g}", met=max(won) <= most + 1e-9),
        "listed_through_one_tie": Figure(max(flooded), asked="at most .3 of ten", met=max(flooded) <= 0.3),
        "ring_expertise_plain_sum": Figure(max(plain)),
    }


def _plain_sum(made: Acts, ring: set[str]) -> float:
    """What an account would have if all credits were summed, whoever gave them."""
    rows = credits_of(made.acts, made.topics, at=END).to_pylist()
    sums: dict[object, float] = {}
    for row in rows:
        sums[row["receiver"]] = sums.get(row["receiver"], 0.0) + row["e"]
    return float(max((sums.get(one, 0.0) for one in ring), default=0.0))


def rise() -> Figure:
    """By how much belief in a ring's accounts rises for who has ties into it, as a share of those ties' belief."""
    shares = []
    for size in RINGS:
        made = community(0)
        ring = with_ring(made, size, tie=True)
        beliefs = see(made).beliefs["person 0"]
        told: dict[object, Opinion] = {}
        for row in published_of(made.acts, at=END).to_pylist():
            if row["a"] in ring and row["a"] in beliefs and row["b"] not in beliefs:
                passed = discounted(beliefs[row["a"]], of_evidence(row["r"], 0.0, prior=DEFAULT_TIES.prior))
                told[row["b"]] = fused(told[row["b"]], passed) if row["b"] in told else passed
        into = sum(belief for one, belief in beliefs.items() if one in ring)
        shares += [float(opinion.belief) / into for opinion in told.values()]
    return Figure(max(shares), asked="at most 1", met=max(shares) <= 1)


def flattery(days: int) -> float:
    """What Ana's record believes of somebody who credits her every day, and whom she never answers."""
    made = Acts(random.Random(0))
    for day in range(days):
        for _ in range(10):
            made.credit(day, "flatterer", "Ana")
    rows = ties_of(made.acts, at=days * DAY_US).to_pylist()
    return float(max(row["belief"] for row in rows if row["a"] == "Ana"))


def label_spam() -> float:
    """What labels alone win in anybody's record: questions, say-backs, promises, thanks, put on everything."""
    made = community(0)
    targets = [act for act in made.acts if act.verb == "replied"][:500]
    for act in targets:
        day = act.t / DAY_US
        made.add(
            day,
            "spammer",
            "replied",
            thread=act.thread,
            parent=act.act,
            words=3,
            move="say_back",
            person=act.actor,
        )
        made.add(
            day,
            "spammer",
            "replied",
            thread=act.thread,
            parent=act.act,
            words=3,
            move="question",
            person=act.actor,
        )
        made.add(day, "spammer", "promised", thread=act.thread, ref=act.act, person=act.actor)
        made.add(day, "spammer", "thanked", thread=act.thread, ref=act.act, person=act.actor)
    rows = ties_of(made.acts, at=END).to_pylist()
    return max((row["belief"] for row in rows if "spammer" in {row["a"], row["b"]}), default=0.0)


def space(seed: int, *, ring: bool) -> Acts:
    """Thirty people who post beside each other; or five of them always answer and credit one another."""
    made = Acts(random.Random(seed))
    people = [f"person {n}" for n in range(CROWD + FIVE)]
    for day in range(80):
        opener = made.rng.choice(people)
        idea = made.thread(day, opener)
        for _ in range(made.rng.randrange(0, 3)):
            guest = made.rng.choice([one for one in people if one != opener])
            made.add(
                day, guest, "replied", thread=idea, parent=idea, person=opener, words=15, **_ranks(made.rng)
            )
    if ring:
        for day in range(80):
            one, other = made.rng.sample(people[:FIVE], 2)
            idea = made.thread(day, one)
            for speaker, to in ((other, one), (one, other)) * 2:
                ranks = {"rk_t": 0.5, "rk_o": 0.5, "text_version": 1}
                reply = made.add(
                    day, speaker, "replied", thread=idea, parent=idea, person=to, words=15, **ranks
                )
                made.add(day, to, "credited", thread=idea, ref=reply, person=speaker)
    return made


def _ranks(rng: random.Random) -> dict[str, object]:
    # People listen, so that only coming back is missing: the space that a ring could tip.
    return {"rk_t": rng.uniform(-0.3, 0.5), "rk_o": rng.uniform(-0.3, 0.5), "text_version": 1}


def spaces() -> dict[str, Figure]:
    """How far a ring of 5 among 30 lifts a space's conversing and collaborating together."""
    lifts, stated = [], 0
    for seed in range(SPACES):
        chances = []
        for ring in (False, True):
            reading = read_space(space(seed, ring=ring).acts, space=1, at=80 * DAY_US, window="12w")
            found = reading.probabilities
            chances.append(found.get("conversing", 0.0) + found.get("collaborating", 0.0))
            stated += ring and reading.state in (State.CONVERSING, State.COLLABORATING)
        lifts.append(chances[1] - chances[0])
    share = stated / SPACES
    return {
        "space_stated_with_ring": Figure(share, asked="0", met=share == 0),
        "space_lift": Figure(max(lifts), asked="at most .05", met=max(lifts) <= 0.05),
    }


def claim() -> Claim:
    found = rings()
    plain = found.pop("ring_expertise_plain_sum")
    spam = label_spam()
    figures = {
        **found,
        "rise_through_one_tie": rise(),
        "label_spam": Figure(spam, asked="0", met=spam == 0),
        **spaces(),
    }
    return Claim(
        "what playing wins",
        "simulated",
        figures,
        {
            "ring_expertise_plain_sum": plain,
            "flattery_one_day": Figure(flattery(1)),
            "flattery_a_month": Figure(flattery(30)),
        },
        _notes(),
    )


def _notes() -> Sequence[str]:
    rings_are = (
        f"Rings of {', '.join(map(str, RINGS))} accounts that credit and confirm each other every day for {DAYS} days, "
        f"beside {PEOPLE} people; {SEEDS} seeds."
    )
    flattery_is = (
        "What is not prevented: somebody who credits Ana again and again wins belief in Ana's own record, half as much "
        "a time as if she confirmed it (flattery_one_day, flattery_a_month), and with two kinds of acts in four weeks "
        "the word settled. It moves nobody else: what Ana does not publish is passed on to nobody."
    )
    tie_is = (
        "Who gives one of the accounts a tie of their own lets that account's words in: three of ten introductions at "
        "most come through it."
    )
    return rings_are, flattery_is, tie_is


def claims(_: Path) -> list[Claim]:
    """The claim, which needs no data."""
    return [claim()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    tell(claim(), as_json=parser.parse_args().json)


if __name__ == "__main__":
    main()
