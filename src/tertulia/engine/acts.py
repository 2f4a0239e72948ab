"""The one input of the engine: a table of acts, its columns, units and validation."""

from collections.abc import Iterable
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


def validate(acts: Iterable[Act]) -> list[Act]:
    """The acts, sorted by (t, act), or an error that names the row and the column.

    Parameters: any iterable of `Act`, in any order. Returns: a list in the total order that everything
    else relies on. Raises: `BadActs` at the first wrong value. That `parent` and `ref` point to rows of
    this table is not required: a row may be erased, or not be readable here.
    """
    rows = list(acts)
    seen: set[int] = set()
    for row, act in enumerate(rows):
        for column, why in _faults(act):
            raise BadActs(row, act.act, column, why)
        if act.act in seen:
            raise BadActs(row, act.act, "act", "stands twice in the table")
        seen.add(act.act)
    rows.sort(key=lambda act: (act.t, act.act))
    return rows


def _faults(act: Act) -> Iterable[tuple[str, str]]:
    yield from _wrong_types(act)
    yield from _unknown_words(act)
    yield from _out_of_range(act)
    if act.verb in TALK:
        for column in ("space", "thread"):
            if getattr(act, column) is None:
                yield column, "a contribution needs one"


def _wrong_types(act: Act) -> Iterable[tuple[str, str]]:
    for column in ("act", "t", "words"):
        if not _is_int(getattr(act, column)):
            yield column, f"{getattr(act, column)!r} is not a whole number"
    for column in ("parent", "ref", "text_version"):
        value = getattr(act, column)
        if value is not None and not _is_int(value):
            yield column, f"{value!r} is neither a whole number nor empty"
    if not _is_name(act.actor):
        yield "actor", f"{act.actor!r} is not an id"
    if act.person is not None and not _is_name(act.person):
        yield "person", f"{act.person!r} is neither an id nor empty"
    for column in ("space", "thread"):
        value = getattr(act, column)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | str)):
            yield column, f"{value!r} is neither an id nor empty"


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _unknown_words(act: Act) -> Iterable[tuple[str, str]]:
    if act.verb not in VERBS:
        yield "verb", f"{act.verb!r} is not a verb of the ledger"
    if act.move is not None and act.move not in MOVES:
        yield "move", f"{act.move!r} is not a move"
    if act.basis not in BASES:
        yield "basis", f"{act.basis!r} is not a basis"


def _out_of_range(act: Act) -> Iterable[tuple[str, str]]:
    if act.words < 0:
        yield "words", f"{act.words!r} is below 0"
    for column, low, high in RANGES:
        value = getattr(act, column)
        if value is None and column != "confidence":
            continue
        # Written so that a NaN, which is a missing value in disguise, fails too.
        if not isinstance(value, int | float) or not low <= value <= high or value == float("inf"):
            yield column, f"{value!r} is not between {low} and {high}"
