"""The one input of the engine: a table of acts, its its columns, units and words."""

from dataclasses import dataclass
from typing import Final

Id = int | str

VERBS: Final = frozenset(
    [
        "posted",
        "noticed",
        "replied",
        "answered",
        "heard",
        "not_quite",
        "revised",
        "credited",
        "named",
        "unnamed",
        "decided",
        "promised",
        "tried",
        "declined",
        "did_not_know",
        "was_wrong",
        "thanked",
        "moved",
        "invited",
        "joined",
        "left",
        "hosted",
        "met",
        "missed",
        "not_kept",
        "reflected",
        "progressed",
        "contested",
        "contest_answered",
        "withdrew",
        "edited",
        "shared",
        "measuring_off",
        "measuring_on",
        "erased",
        "import_closed",
        "import_undone",
        "stands",
        "lapsed",
        "rolled_back",
        "edited_by_other",
        "linked",
        "accepted",
        "hidden",
    ]
)
MOVES: Final = frozenset(
    ["question", "challenge", "build_on", "experience", "synthesis", "say_back", "answer"]
)
BASES: Final = frozenset(["declared", "explicit", "quoted", "mentioned", "inferred_turn"])

# Only these are talk; every other verb is an outcome, a mark or housekeeping.
TALK: Final = frozenset(["posted", "replied", "answered"])
# A revision writes one `revised` without ref and one `credited` a reply: only the latter is in these sets.
OUTCOMES: Final = frozenset(["credited", "decided", "tried", "declined"])
MOVEMENTS: Final = frozenset(["credited", "decided", "tried", "moved", "was_wrong"])
RANGES: Final = (
    ("confidence", 0.0, 1.0),
    ("rk_t", -0.5, 0.5),
    ("rk_o", -0.5, 0.5),
    ("uptake", 0.0, float("inf")),
)
ASKING: Final = frozenset(["question", "challenge"])


class BadActs(ValueError):
    """The table cannot be read. Says which row and which column, and why.

    `row` is the position in the table from 0, `act` the row's id as given, `column` the column's name.
    """

    def __init__(self, row: int, act: object, column: str, why: str) -> None:
        super().__init__(f"Row {row} (act {act!r}), column {column}: {why}")
        self.row = row
        self.act = act
        self.column = column


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the table of acts (ENGINE.md, section 1).

    | column | type | unit, range |
    |---|---|---|
    | act | int | append position, unique; breaks ties in time |
    | t | int | microseconds since 1970, UTC |
    | actor, person | int or str, the same or None | who acted; whom it is directed at |
    | verb, move | VERBS, MOVES or None | |
    | space, thread | int, str or None | where; the idea |
    | parent | int or None | the act it responds to |
    | ref | int or None | the contribution by another that it names; of a contest: the act contested |
    | words | int ≥ 0 | length before cleaning |
    | basis, confidence | BASES, 0 to 1 | how the edge is known |
    | uptake, rk_t, rk_o | float or None | of the text stage: ≥ 0; −½ to ½; −½ to ½. Missing: None, never 0 |
    | text_version | int or None | of the text stage; set on every row it has seen, ranked or not |
    | contested | bool | a contest on this act was agreed to: it stays out of every reading |
    """

    act: int
    t: int
    actor: Id
    verb: str
    person: Id | None = None
    move: str | None = None
    space: Id | None = None
    thread: Id | None = None
    parent: int | None = None
    ref: int | None = None
    words: int = 0
    basis: str = "declared"
    confidence: float = 1.0
    uptake: float | None = None
    rk_t: float | None = None
    rk_o: float | None = None
    text_version: int | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Visibility:
    """What a space's source *can* carry. What it cannot carry is not visible, which is not absent.

    `addressee`: who is spoken to; `outcome`: revised, decided, tried, declined; `movement`: credit, "what
    moved for me"; `confirmation`: heard. A blog's export carries the first alone.
    """

    addressee: bool = True
    outcome: bool = True
    movement: bool = True
    confirmation: bool = True


EVERYTHING: Final = Visibility()
