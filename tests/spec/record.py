"""Track records as text: what a table of acts puts into whose record."""

from dataclasses import dataclass, replace
from typing import Any

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US

TALK = frozenset(["posted", "replied", "answered"])


@dataclass(frozen=True)
class Record:
    """A sentence, a table with one act a line (`label day actor verb on [column=value …]`), and the entries that it
    makes, as `A about B: day kind thousandths`."""

    says: str
    table: str
    enters: tuple[str, ...] = ()


def acts_of(table: str) -> list[Act]:
    """Acts from text. `on` is the parent of something said and the `ref` of anything else, `-` for nothing."""
    acts: list[Act] = []
    numbers = {line.split()[0]: number for number, line in enumerate(table.strip().splitlines(), 1)}
    for line in table.strip().splitlines():
        label, day, actor, verb, on, *more = line.split()
        named = numbers.get(on)
        talk = verb in TALK
        act = Act(
            act=numbers[label],
            t=int(float(day) * DAY_US),
            actor=actor,
            verb=verb,
            space=1,
            thread=1,
            parent=named if talk else None,
            ref=None if talk else named,
            words=10 if talk else 0,
        )
        acts.append(
            replace(act, **{name: _value(name, value) for name, value in (pair.split("=") for pair in more)})
        )
    return acts


def _value(name: str, value: str) -> Any:
    if name == "confidence":
        return float(value)
    if name in {"words", "ref", "parent"}:
        return int(value)
    return value == "yes" if name == "contested" else value


ROWS = (
    Record(
        "An answer to Ana's question that she marked heard: 250.",
        """
        ask   0 Ana replied  -   move=question
        reply 1 Bo  answered ask
        yes   2 Ana heard    reply
        """,
        ("Ana about Bo: 2 answered 250",),
    ),
    Record(
        "To a challenge too; to something that asked nothing, marking it heard is no entry.",
        """
        doubt 0 Ana replied  -     move=challenge
        one   1 Bo  answered doubt
        yes   2 Ana heard    one
        said  3 Ana replied  -
        two   4 Bo  answered said
        kind  5 Ana heard    two
        """,
        ("Ana about Bo: 2 answered 250",),
    ),
    Record(
        "An answer to somebody else's question, heard by Ana, is no entry of hers.",
        """
        ask   0 Cleo replied  -   move=question
        reply 1 Bo   answered ask
        yes   2 Ana  heard    reply
        """,
    ),
    Record(
        "An answer that nobody marked heard is none, however much time passes.",
        """
        ask   0   Ana replied  -   move=question
        reply 1   Bo  answered ask
        later 900 Ana replied  -
        """,
    ),
    Record(
        "Said back and confirmed: 1000; saying so twice changes nothing.",
        """
        said  0 Ana replied  -
        back  1 Bo  answered said  move=say_back
        yes   2 Ana heard    back
        again 9 Ana heard    back
        """,
        ("Ana about Bo: 2 heard 1000",),
    ),
    Record(
        "What was said back to somebody else is not Ana's to confirm.",
        """
        said  0 Cleo replied  -
        back  1 Bo   answered said  move=say_back
        yes   2 Ana  heard    back
        """,
    ),
    Record(
        "A revision with credit to Ana: half of 1000 for her record until she confirms; whole for Bo's, who closed it.",
        """
        idea   0 Bo  posted   -
        reply  1 Ana replied  idea
        new    2 Bo  revised  -
        credit 2 Bo  credited reply
        """,
        ("Ana about Bo: 2 acted 500", "Bo about Ana: 2 moved_me 1000"),
    ),
    Record(
        "The other half when she has confirmed it, on the day when it was done, and once.",
        """
        idea   0 Bo  posted   -
        reply  1 Ana replied  idea
        credit 2 Bo  credited reply
        yes    8 Ana heard    credit
        again  9 Ana heard    credit
        """,
        ("Ana about Bo: 2 acted 500", "Ana about Bo: 2 acted 500", "Bo about Ana: 2 moved_me 1000"),
    ),
    Record(
        "Deciding and trying because of Ana's reply are the same; without naming it they are nothing.",
        """
        reply  0 Ana replied -
        one    1 Bo  decided reply
        two    2 Bo  tried   reply
        three  3 Bo  decided -
        four   4 Bo  tried   -
        """,
        ("Ana about Bo: 1 acted 500", "Ana about Bo: 2 acted 500"),
    ),
    Record(
        "Declined with a reason: half of 500 until confirmed. Naming one's own words is nothing.",
        """
        reply 0 Ana replied  -
        no    1 Bo  declined reply
        own   2 Ana declined reply
        """,
        ("Ana about Bo: 1 declined 250",),
    ),
    Record(
        "Heard, thanked, promised or wrong: none of them credits anybody.",
        """
        reply  0 Ana replied   -
        thanks 1 Bo  thanked   reply
        wrong  2 Bo  was_wrong reply
        will   3 Bo  promised  reply
        moved  4 Bo  moved     reply
        """,
    ),
    Record(
        "Both say that they met: 1000 for each, on the day that was named first.",
        """
        one 3 Ana met -   person=Bo
        two 5 Bo  met one person=Ana
        """,
        ("Ana about Bo: 3 met 1000", "Bo about Ana: 3 met 1000"),
    ),
    Record(
        "Both may name the session instead; each session counts once, however often it is said.",
        """
        seat  0 Ana  invited -    person=Bo
        one   3 Ana  met     seat person=Bo
        two   4 Bo   met     seat person=Ana
        three 5 Bo   met     one  person=Ana
        """,
        ("Ana about Bo: 3 met 1000", "Bo about Ana: 3 met 1000"),
    ),
    Record(
        "What one of them says alone, or of another meeting, is none.",
        """
        one 3 Ana met - person=Bo
        two 9 Bo  met - person=Ana
        """,
    ),
    Record(
        "Bo said I'll try to Ana, and told what happened: half of 500 for the promise, beside what was acted upon.",
        """
        reply 0  Ana replied  -
        will  1  Bo  promised reply
        told  30 Bo  tried    reply
        """,
        ("Ana about Bo: 30 acted 500", "Ana about Bo: 30 kept 250"),
    ),
    Record(
        "Confirmed, it is whole. A second telling keeps no promise a second time.",
        """
        reply 0  Ana replied  -
        will  1  Bo  promised reply
        told  30 Bo  tried    reply
        yes   31 Ana heard    told
        more  40 Bo  tried    reply
        """,
        (
            "Ana about Bo: 30 acted 500",
            "Ana about Bo: 30 acted 500",
            "Ana about Bo: 30 kept 250",
            "Ana about Bo: 30 kept 250",
            "Ana about Bo: 40 acted 500",
        ),
    ),
    Record(
        "Ana says that Bo accepted and did not come: 1000 broken.",
        """
        asked 0 Ana invited  -     person=Bo
        yes   1 Bo  accepted asked person=Ana
        where 5 Ana missed   yes
        again 6 Ana missed   yes
        """,
        ("Ana about Bo: 5 missed 1000",),
    ),
    Record(
        "Nobody misses what they did not accept; and Bo's contest takes it out for good, answered or not.",
        """
        asked 0 Ana  invited          -     person=Bo
        yes   1 Bo   accepted         asked person=Ana
        where 5 Ana  missed           yes
        there 6 Bo   contested        where
        nope  7 Ana  contest_answered there
        other 8 Ana  missed           asked
        """,
    ),
    Record(
        "Ana says, 28 days after I'll try, that it did not happen: 500 broken. A day before, it is too early.",
        """
        reply 0  Ana replied  -
        will  1  Bo  promised reply
        soon  28 Ana not_kept will
        words 0  Cleo replied -
        vow   1  Dan promised words
        late  29 Cleo not_kept vow
        """,
        ("Cleo about Dan: 29 not_kept 500",),
    ),
    Record(
        "A promise to somebody else is not Ana's to call broken.",
        """
        reply 0  Cleo replied  -
        will  1  Bo   promised reply
        late  60 Ana  not_kept will
        """,
    ),
    Record(
        "Not quite, and 14 days later that it stands: 500 broken, whether it names the doubt or the words.",
        """
        said   0  Ana  replied   -
        back   1  Bo   answered  said move=say_back
        doubt  2  Ana  not_quite back
        still  16 Ana  stands    doubt
        again  17 Ana  stands    back
        """,
        ("Ana about Bo: 16 not_heard 500",),
    ),
    Record(
        "Not quite alone, or that it stands a day too early, is nothing.",
        """
        said   0  Ana  replied   -
        back   1  Bo   answered  said move=say_back
        doubt  2  Ana  not_quite back
        still  15 Ana  stands    doubt
        """,
    ),
    Record(
        "What is known less surely weighs less, in whole thousandths.",
        """
        ask   0 Ana replied  -     move=question
        reply 1 Bo  answered ask   confidence=0.7
        yes   2 Ana heard    reply
        idea  3 Bo  posted   -
        word  4 Ana replied  idea
        act   5 Bo  credited word  confidence=0.8
        """,
        ("Ana about Bo: 2 answered 175", "Ana about Bo: 5 acted 400", "Bo about Ana: 5 moved_me 800"),
    ),
    Record(
        "What was guessed from turns never counts: neither the act nor the reply whose addressee was guessed.",
        """
        ask   0 Ana replied  -     move=question
        reply 1 Bo  answered ask   basis=inferred_turn
        yes   2 Ana heard    reply
        word  3 Ana replied  -
        act   4 Bo  credited word  basis=inferred_turn
        """,
    ),
    Record(
        "An act that both gave up is out, and so is what rests on it.",
        """
        word   0 Ana replied  -
        act    1 Bo  credited word contested=yes
        yes    2 Ana heard    act
        other  3 Ana replied  -    contested=yes
        second 4 Bo  credited other
        """,
    ),
    Record(
        "An open contest by one of the two takes it out until the other answers; a third person's does not.",
        """
        word  0 Ana  replied          -
        act   1 Bo   credited         word
        nope  2 Ana  contested        act
        more  3 Ana  replied          -
        two   4 Bo   credited         more
        third 5 Cleo contested        two
        yet   6 Ana  replied          -
        three 7 Bo   credited         yet
        what  8 Ana  contested        three
        reply 9 Bo   contest_answered what
        """,
        (
            "Ana about Bo: 4 acted 500",
            "Ana about Bo: 7 acted 500",
            "Bo about Ana: 4 moved_me 1000",
            "Bo about Ana: 7 moved_me 1000",
        ),
    ),
    Record(
        "Words that were deleted to nothing, or that come after what names them, carry nothing.",
        """
        none   0 Ana replied  -     words=0
        act    1 Bo  credited none
        early  2 Bo  credited later
        later  3 Ana replied  -
        """,
    ),
)
