"""The rankers beside which the routing is measured: who answers most, and credit alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tertulia.engine.params import DEFAULT_EXPERTISE

LISTED = 10
# Credits that weigh less are not looked at: all of a thousand of them together weigh one in ten.
FORGOTTEN = 1e-4


@dataclass
class Counts:
    """The trivial rankers: who answers most at all, and on these topics."""

    at_all: Counter[object] = field(default_factory=Counter)
    on: dict[str, Counter[object]] = field(default_factory=dict)

    def answered(self, person: object, topics: Sequence[str]) -> None:
        self.at_all[person] += 1
        for topic in topics:
            self.on.setdefault(topic, Counter())[person] += 1

    def most(self, counts: Counter[object], asker: object) -> list[object]:
        return [person for person, _ in counts.most_common(LISTED + 1) if person != asker][:LISTED]

    def by_topic(self, topics: Sequence[str], asker: object) -> list[object]:
        together: Counter[object] = Counter()
        for topic in topics:
            together.update(self.on.get(topic, {}))
        return self.most(together, asker)


@dataclass
class Credit:
    """x_V as ENGINE.md has it, counted in questions: an accepted answer is a credit of the asker's on each topic.

    An asker here has hardly any ties, so all who gave credit are strangers to them, and together weigh at most one.
    """

    half_life: float
    given: dict[tuple[str, object], dict[object, tuple[float, int]]] = field(default_factory=dict)
    receivers: dict[str, set[object]] = field(default_factory=dict)

    def add(self, giver: object, receiver: object, topics: Sequence[str], now: int) -> None:
        for topic in topics:
            givers = self.given.setdefault((topic, receiver), {})
            value, then = givers.pop(giver, (0.0, now))
            givers[giver] = (value * 0.5 ** ((now - then) / self.half_life) + 1.0, now)
            self.receivers.setdefault(topic, set()).add(receiver)

    def seen(self, topics: Sequence[str], now: int) -> dict[object, float]:
        found: dict[object, float] = {}
        for topic in topics:
            for receiver in tuple(self.receivers.get(topic, ())):
                value = self._on_one(topic, receiver, now)
                if value > 0:
                    found[receiver] = found.get(receiver, 0.0) + value
                else:
                    # Forgotten, until they are credited again.
                    self.receivers[topic].discard(receiver)
        return found

    def _on_one(self, topic: str, receiver: object, now: int) -> float:
        givers, whole = self.given[topic, receiver], 0.0
        # The latest first: what is asked for is often full before the forgotten ones are looked at.
        for giver in reversed(givers):
            value, then = givers[giver]
            e = value * 0.5 ** ((now - then) / self.half_life)
            if e < FORGOTTEN:
                break
            whole += e / (e + 1.0)
            if whole >= DEFAULT_EXPERTISE.strangers_at_most:
                return DEFAULT_EXPERTISE.strangers_at_most
        return whole
