"""The ways in which people of a space go about it, the kinds of spaces that this makes, and what each truly is."""

from dataclasses import dataclass, replace
from typing import Final

COLLABORATING: Final = "collaborating"
CONVERSING: Final = "conversing"
BROADCASTING: Final = "broadcasting"
COHABITING: Final = "cohabiting"
RESTS_ON_FEW: Final = "rests_on_few"


@dataclass(frozen=True, slots=True)
class Ways:
    """What the people of a space do on average in twelve weeks; people differ around it.

    | parameter | unit | what |
    |---|---|---|
    | openers | share of people, at least one person | who opens threads at all |
    | opens | threads a person who opens | talk |
    | answers | answers a person to threads of others | answer |
    | among | chance | that an answer goes to another answer, not to the opening |
    | returns | chance | that somebody who was answered comes back to whoever answered |
    | goes_on | chance, times the person's own | that each further turn follows |
    | listens | share of words | taken up from the person answered |
    | acts | chance, of two who talked with each other in a thread | that one of them credits or tries it |
    | moves | chance, after that | that the other is moved by it, and says so |
    | on_topic, one_topic, pool | shares of words | from the thread's topic, the space's, a pool of pleasantries |
    | ring | people | who answer each other alone, as `RING` says |
    """

    openers: float = 0.7
    opens: float = 2.0
    answers: float = 5.0
    among: float = 0.3
    returns: float = 0.75
    goes_on: float = 0.5
    listens: float = 0.0
    acts: float = 0.1
    moves: float = 0.05
    on_topic: float = 0.0
    one_topic: float = 0.0
    pool: float = 0.0
    ring: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of space. `at_threshold`: the two states between which its parameters lie, so that neither is true."""

    name: str
    ways: Ways
    at_threshold: tuple[str, ...] = ()

    @property
    def truth(self) -> tuple[str, ...]:
        """What may be said of it: one state; of a ring, that it rests on few, or what the others are; at a threshold
        nothing."""
        if self.at_threshold:
            return ()
        state = label(self.ways)
        return (state, RESTS_ON_FEW) if self.ways.ring else (state,)


# How a ring behaves: it opens, it answers itself, it always comes back, it takes up and it praises.
RING: Final = Ways(
    openers=1.0, opens=3.0, answers=8.0, among=0.0, returns=0.95, listens=0.2, acts=0.8, moves=0.8
)


def label(ways: Ways) -> str:
    """The state that follows from how people go about it; a ring is not asked.

    Do they come back more often than not? Is anything taken up? Does it come to something, more often than one time
    in twenty, for two who talked? Do few open? These cuts are coarse on purpose: the kinds lie far from them.
    """
    if not ways.answers:
        return COHABITING
    if ways.returns < 0.5:
        return BROADCASTING if ways.listens or ways.openers < 0.5 else COHABITING
    if not ways.listens:
        return COHABITING
    return COLLABORATING if ways.acts * ways.moves > 0.05 else CONVERSING


_TALKING = Ways(listens=0.15, on_topic=0.15)
_BLOG = Ways(
    openers=0.25, opens=6.0, answers=4.0, among=0.15, returns=0.08, goes_on=0.2, listens=0.12, on_topic=0.15
)
_APART = Ways(openers=1.0, opens=5.0, answers=0.15, among=0.0, returns=0.05, goes_on=0.0, on_topic=0.15)

KINDS: Final = (
    Kind("collaborating", replace(_TALKING, acts=0.35, moves=0.6)),
    Kind("conversing", _TALKING),
    Kind("broadcasting", replace(_BLOG, openers=0.0, opens=24.0, answers=4.0, returns=0.05)),
    Kind("group_blog", _BLOG),
    Kind("parallel_posts", _APART),
    Kind("silent", replace(_APART, answers=0.0)),
    Kind("small_talk", Ways(answers=6.0, returns=0.85, goes_on=0.7, pool=0.6)),
    Kind("one_topic", Ways(answers=6.0, returns=0.8, goes_on=0.6, one_topic=0.4)),
    Kind("same_thread_topic", Ways(answers=6.0, returns=0.8, goes_on=0.6, on_topic=0.4)),
    Kind("ring", replace(_APART, answers=2.0, ring=5)),
    Kind("ring_among_silent", replace(_APART, opens=2.0, answers=0.0, ring=5)),
    Kind("between_ways", replace(_TALKING, returns=0.28), (BROADCASTING, CONVERSING)),
    Kind("between_closing", replace(_TALKING, acts=0.2, moves=0.16), (CONVERSING, COLLABORATING)),
    Kind("between_uptake", replace(_TALKING, on_topic=0.0, listens=0.003), (COHABITING, CONVERSING)),
)
