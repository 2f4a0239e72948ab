"""Random ledgers of what a few people do for each other, dense enough that the rules of a track record meet."""

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from tertulia.engine.acts import Act
from tertulia.engine.params import DAY_US

PEOPLE = ["Ana", "Bo", "Cleo"]
GAPS = [0.0, 0.0, 0.4, 1.0, 6.0, 15.0, 29.0, 100.0]


@dataclass
class Writing:
    """Acts as they are made up; `draw` decides on everything."""

    draw: st.DrawFn
    acts: list[Act] = field(default_factory=list)
    day: float = 0.0

    def one_of(self, *choices: object) -> object:
        return self.draw(st.sampled_from(choices))

    def add(self, actor: str, verb: str, on: int | None = None, **columns: object) -> int:
        """One act, now and then with something about it that a rule must mind."""
        self.day += float(self.draw(st.sampled_from(GAPS)))
        number = len(self.acts) + 1
        talk = verb in ("posted", "replied", "answered")
        place = {"parent": on, "words": 9, "space": 1, "thread": 1} if talk else {"ref": on}
        act = Act(number, int(self.day * DAY_US), actor, verb, **{**place, **columns})  # type: ignore[arg-type]
        odd = self.draw(st.integers(0, 24))
        if odd < 7:
            act = replace(act, **ODD[odd])  # type: ignore[arg-type]
        self.acts.append(act)
        return number


ODD: list[dict[str, object]] = [
    {"basis": "inferred_turn"},
    {"contested": True},
    {"confidence": 0.7},
    {"confidence": 0.0},
    {"words": 0},
    {"actor": "Cleo"},
    {"t": 0},
]


def asks(w: Writing, a: str, b: str) -> None:
    asked = w.add(a, "posted", move=w.one_of("question", "challenge", None))
    reply = w.add(b, "replied", asked, person=w.one_of(a, None))
    for _ in range(w.draw(st.integers(1, 2))):
        w.add(a, "heard", reply)


def says_back(w: Writing, a: str, b: str) -> None:
    said = w.add(a, "replied")
    told = w.add(b, "answered", said, move="say_back", person=w.one_of(a, None))
    doubt = w.add(a, w.one_of("heard", "not_quite"), told)  # type: ignore[arg-type]
    w.add(a, w.one_of("stands", "heard"), w.one_of(doubt, told))  # type: ignore[arg-type]


def acts_on(w: Writing, a: str, b: str) -> None:
    said = w.add(a, "replied")
    done = w.add(b, w.one_of("credited", "decided", "tried", "declined"), said)  # type: ignore[arg-type]
    for _ in range(w.draw(st.integers(0, 2))):
        doubt = w.add(a, w.one_of("heard", "heard", "not_quite"), done)  # type: ignore[arg-type]
        w.add(a, "stands", w.one_of(doubt, done))  # type: ignore[arg-type]


def promises(w: Writing, a: str, b: str) -> None:
    said = w.add(a, "replied")
    promise = w.add(b, "promised", said)
    for _ in range(w.draw(st.integers(0, 2))):
        told = w.add(b, w.one_of("tried", "tried", "promised"), said)  # type: ignore[arg-type]
        w.add(a, "heard", told)
    w.add(a, w.one_of("not_kept", "heard"), promise)  # type: ignore[arg-type]


def meets(w: Writing, a: str, b: str) -> None:
    invited = w.add(a, "invited", person=b)
    came = w.add(b, "accepted", invited, person=w.one_of(a, None))
    met = w.add(a, w.one_of("met", "met", "missed"), w.one_of(invited, came, None), person=b)  # type: ignore[arg-type]
    w.add(b, "met", w.one_of(met, invited, came), person=a)  # type: ignore[arg-type]


def contests(w: Writing, a: str, b: str) -> None:
    about = w.draw(st.integers(1, max(1, len(w.acts))))
    contest = w.add(a, "contested", about)
    if w.draw(st.booleans()):
        w.add(b, "contest_answered", w.one_of(contest, about))  # type: ignore[arg-type]


def opts(w: Writing, a: str, b: str) -> None:
    if w.draw(st.integers(0, 3)) == 0:
        w.add(a, w.one_of("measuring_off", "measuring_on"))  # type: ignore[arg-type]


PLAYS = [asks, says_back, says_back, acts_on, acts_on, promises, promises, meets, contests, opts]


@st.composite
def ledgers(draw: st.DrawFn, most: int = 9) -> list[Act]:
    """Acts in the order of their numbers, of up to `most` small plays between two of three people; some are missing."""
    writing = Writing(draw)
    for _ in range(draw(st.integers(1, most))):
        a, b = draw(st.permutations(PEOPLE))[:2]
        draw(st.sampled_from(PLAYS))(writing, a, b)
    missing = (
        draw(st.sets(st.sampled_from([act.act for act in writing.acts]), max_size=2))
        if writing.acts
        else set()
    )
    return [act for act in writing.acts if act.act not in missing] or [Act(1, 0, "Ana", "joined")]
