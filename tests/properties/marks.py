"""Random ledgers of marks between a few people, dense enough that the rules of a track record meet each other."""

from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US

PEOPLE = ["Ana", "Bo", "Cleo", "Dan"]
TALK = ["posted", "replied", "answered"]
MARKS = [
    "heard", "heard", "not_quite", "credited", "decided", "promised", "tried", "declined", "met", "accepted",
    "missed", "not_kept", "stands", "contested", "contest_answered", "thanked",
]  # fmt: skip
GAPS = [0.0, 0.0, 0.3, 1.0, 6.0, 15.0, 29.0, 100.0]


@st.composite
def ledgers(draw: st.DrawFn, most: int = 40, opting: bool = True) -> list[Act]:
    """Acts in the order in which they happened; what a mark names is mostly what its rule asks for, and often not."""
    acts: list[Act] = []
    day = 0.0
    for number in range(1, draw(st.integers(1, most)) + 1):
        day += draw(st.sampled_from(GAPS))
        acts.append(_one(draw, number, int(day * DAY_US), acts, opting))
    return acts


def _one(draw: st.DrawFn, number: int, t: int, acts: list[Act], opting: bool) -> Act:
    actor = draw(st.sampled_from(PEOPLE))
    if opting and draw(st.integers(0, 40)) == 0:
        return Act(number, t, actor, draw(st.sampled_from(["measuring_off", "measuring_on"])))
    # Now and then an act names one that comes only later, or never.
    beyond = draw(st.integers(0, 30)) == 0
    named = draw(st.sampled_from(acts[-12:])) if acts and not beyond else None
    target = named.act if named else (number + 3 if beyond else None)
    words = named is None or draw(st.integers(0, 2)) == 0
    basis = draw(st.sampled_from(["explicit"] * 9 + ["inferred_turn"]))
    confidence = draw(st.sampled_from([1.0, 1.0, 1.0, 0.8, 0.7, 0.0]))
    contested = draw(st.integers(0, 30)) == 0
    if words:
        return Act(
            number, t, actor, draw(st.sampled_from(TALK)),
            person=draw(st.sampled_from([None, named.actor])) if named else None,
            move=draw(st.sampled_from([None, "question", "challenge", "say_back", "say_back", "build_on"])),
            space=1, thread=1, parent=target, words=draw(st.sampled_from([9, 9, 9, 0])),
            basis=basis, confidence=confidence, contested=contested,
        )  # fmt: skip
    verb = draw(st.sampled_from(_likely(named) if named and draw(st.booleans()) else MARKS))
    return Act(
        number, t, actor, verb,
        person=draw(st.sampled_from([None, *PEOPLE])),
        parent=draw(st.sampled_from([None, target])), ref=target,
        basis=basis, confidence=confidence, contested=contested,
    )  # fmt: skip


FOLLOWING = {
    "posted": ["credited", "promised", "tried", "declined", "not_quite"],
    "replied": ["heard", "credited", "promised", "tried", "declined", "not_quite"],
    "answered": ["heard", "heard", "not_quite", "promised", "tried"],
    "credited": ["heard", "not_quite", "contested"],
    "tried": ["heard", "contested"],
    "promised": ["not_kept", "contested"],
    "accepted": ["missed"],
    "missed": ["contested"],
    "not_quite": ["stands"],
    "met": ["met", "contested"],
    "contested": ["contest_answered"],
}


def _likely(named: Act) -> list[str]:
    return FOLLOWING.get(named.verb, MARKS)
