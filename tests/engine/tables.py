"""Small tables of acts for tests, written as one line an act."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from tertulia.engine.acts import Act
from tertulia.engine.backends.contract import Backend
from tertulia.engine.params import DAY_US
from tertulia.engine.reading import SpaceReading, read_space


@dataclass
class Table:
    """Acts of one space, appended in the order in which they are written; `day` sets the time of the next."""

    space: int = 1
    acts: list[Act] = field(default_factory=list)
    clock: int = 0
    # Where its readings are computed; None: where readings are by default.
    backend: ClassVar[Backend | None] = None

    def day(self, day: float) -> "Table":
        self.clock = int(day * DAY_US)
        return self

    def add(self, actor: str, verb: str, **columns: Any) -> int:
        number = 1000 * self.space + len(self.acts) + 1
        self.acts.append(Act(act=number, t=self.clock, actor=actor, verb=verb, space=self.space, **columns))
        return number

    def opens(self, actor: str, **columns: Any) -> int:
        number = 1000 * self.space + len(self.acts) + 1
        return self.add(actor, "posted", thread=number, words=30, **columns)

    def replies(self, actor: str, parent: int, **columns: Any) -> int:
        thread = next(act.thread for act in self.acts if act.act == parent)
        return self.add(actor, "replied", thread=thread, parent=parent, **{"words": 9, **columns})

    def does(self, actor: str, verb: str, ref: int, **columns: Any) -> int:
        return self.add(actor, verb, ref=ref, **columns)

    def read(self, at: float | None = None, window: Any = "all", **options: Any) -> SpaceReading:
        end = None if at is None else int(at * DAY_US)
        return read_space(
            self.acts, space=self.space, at=end, window=window, backend=self.backend, **options
        )


PEOPLE = ("Ana", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gil", "Hana", "Ivo", "Juna")
CROWD = PEOPLE + tuple(f"guest {n}" for n in range(30))


def round_table(threads: int = 12, people: int = 8, **ranks: Any) -> Table:
    """Everybody opens in turn; two others reply and are answered, so that all talk both ways."""
    table = Table()
    for n in range(threads):
        who = [CROWD[(n + step) % people] for step in range(3)]
        idea = table.day(n).opens(who[0])
        for guest in who[1:]:
            reply = table.replies(guest, idea, **ranks)
            table.replies(who[0], reply, **ranks)
    return table.day(threads + 10)


def monologue(threads: int = 12, people: int = 8) -> Table:
    """One person opens, others reply once, and nobody is ever answered."""
    table = Table()
    for n in range(threads):
        idea = table.day(n).opens("Ana")
        for step in range(2):
            table.replies(PEOPLE[1 + (n + step) % (people - 1)], idea)
    return table.day(threads + 10)


def seed_page() -> Table:
    """The structure of the page that the project starts from: one post, four who reply, one who is answered."""
    table = Table()
    idea = table.opens("Ana")
    first = table.day(0.1).replies("Bo", idea)
    table.day(0.2).replies("Ana", first)
    for step, guest in enumerate(("Cleo", "Dan", "Eve")):
        table.day(0.3 + step / 10).replies(guest, idea)
    for later in range(5):
        table.day(10 + later).does("Ana", "linked", idea)
    return table
