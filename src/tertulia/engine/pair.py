"""What is between two people, from the side of one of them: how it began, what was exchanged, what is open."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from tertulia.engine.acts import ASKING, TALK, Act, Id
from tertulia.engine.backends.contract import Backend
from tertulia.engine.entries import OUTCOMES_ALONE, entries_of
from tertulia.engine.fold import acts_of_ledger, backend_for
from tertulia.engine.network import day_in_words
from tertulia.engine.params import DEFAULT_TIES, TieParams
from tertulia.engine.sql import load
from tertulia.engine.table import Given, ledger_source
from tertulia.engine.tie_ledger import Ledger
from tertulia.engine.tie_rows import Earned, State, Tie, tie_of
from tertulia.engine.ties import last_moment

OpenKind = Literal["asked", "said_back", "promised", "outcome", "contested"]
ANSWERS: Final = frozenset(["heard", "not_quite"])


@dataclass(frozen=True, slots=True)
class PairAct:
    """One act of one of the two towards the other, and the kinds of evidence that it closes in the reader's record."""

    act: int
    t: int
    actor: Id
    verb: str
    move: str | None
    closes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something that waits for `turn`: a question or challenge without an answer, something said back or done that
    nobody has confirmed, a promise of which nothing was told, a contest."""

    kind: OpenKind
    act: int
    t: int
    turn: Id


@dataclass(frozen=True, slots=True)
class PairReading:
    """From `a`'s side, about `b`, for `a` alone. `state` and `earned` are None where nothing was honoured or broken.

    `began` is the first act of either towards the other, `acts` all of them in order, both ways. Times are µs UTC,
    `last_on` an ISO date. There is no number for what it amounts to.
    """

    a: Id
    b: Id
    at: int
    params_version: str
    state: State | None
    earned: Earned | None
    last_on: str | None
    began: PairAct | None
    acts: tuple[PairAct, ...]
    open: tuple[OpenMatter, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe: what `a`'s page may show."""
        values = asdict(self)
        values["acts"], values["open"] = list(values["acts"]), list(values["open"])
        return values


def read_pair(
    acts: Given,
    *,
    a: Id,
    b: Id,
    at: int | None = None,
    backend: Backend | None = None,
    params: TieParams = DEFAULT_TIES,
) -> PairReading:
    """Say what A has to go by about B: how it began, what went both ways, and what is open between them.

    Parameters: `acts`, a table of acts with all that the two did; `a`, whose side it is; `b`; `at`, µs UTC (None: the
    last act). Returns: a `PairReading`; one without acts if either does not want to be noted. Raises: `BadActs`;
    ValueError if a is b. Source: ENGINE.md, section 4. How to read it: as A's own memory. When not to: shown to
    anybody else, B included, whose side is another.
    """
    if a == b:
        raise ValueError("a pair is of two people")
    source = ledger_source(acts)
    runner = backend or backend_for(source)
    moment = at if at is not None else last_moment(source, runner)
    script = acts_of_ledger(source).then(load("between", {"a": a, "b": b, "at_us": moment}))
    found = runner.run(script, {"ledger": source}, wanted=["between_two"])["between_two"]
    ledger = Ledger(params)
    rows = sorted((Act(**row) for row in found.to_pylist()), key=lambda act: (act.t, act.act))
    for act in rows:
        ledger.add(act)
    if not ledger.unmeasured().isdisjoint((a, b)):
        rows, tie = [], None
    else:
        tie = tie_of(ledger.rows.get((a, b), {}).values(), at=moment, params=params)
    return _reading(a, b, moment, tie, [act for act in rows if not act.contested], ledger)


def _reading(a: Id, b: Id, at: int, tie: Tie | None, rows: list[Act], ledger: Ledger) -> PairReading:
    towards = [act for act in rows if _other_side(act, ledger) in {a, b} - {act.actor} and act.t <= at]
    exchanged = tuple(
        PairAct(
            act.act,
            act.t,
            act.actor,
            act.verb,
            act.move,
            tuple(
                dict.fromkeys(entry.kind for entry in entries_of(act, ledger) if (entry.a, entry.b) == (a, b))
            ),
        )
        for act in towards
    )
    return PairReading(
        a=a,
        b=b,
        at=at,
        params_version=ledger.params.version,
        state=tie.state if tie else None,
        earned=tie.earned if tie else None,
        last_on=day_in_words(tie.last_day) if tie else None,
        began=exchanged[0] if exchanged else None,
        acts=exchanged,
        open=tuple(_open(towards, {a, b}, ledger)),
    )


def _other_side(act: Act, ledger: Ledger) -> Id | None:
    if act.person is not None:
        return act.person
    named = ledger.act(act.ref if act.ref is not None else act.parent or 0)
    return named.actor if named is not None else None


def _open(towards: list[Act], two: set[Id], ledger: Ledger) -> Iterator[OpenMatter]:
    for act in towards:
        (other,) = two - {act.actor}
        kind = _waits(act, other, ledger)
        if kind is not None:
            yield OpenMatter(kind, act.act, act.t, act.actor if kind == "promised" else other)


def _waits(act: Act, other: Id, ledger: Ledger) -> OpenKind | None:
    naming = [one for one in ledger.naming(act.act) if one.actor == other]
    if act.verb in TALK:
        if act.move in ASKING:
            answered = any(one.actor == other and one.verb in TALK for one in ledger.under(act.act))
            return None if answered else "asked"
        heard = act.move != "say_back" or any(one.verb in ANSWERS for one in naming)
        return None if heard else "said_back"
    if act.verb == "promised":
        told = [one for one in ledger.naming(act.ref or 0) if one.verb == "tried" and one.actor == act.actor]
        over = any((one.t, one.act) > (act.t, act.act) for one in told)
        return None if over or any(one.verb == "not_kept" for one in naming) else "promised"
    if act.verb in OUTCOMES_ALONE:
        return None if any(one.verb in ANSWERS for one in naming) else "outcome"
    if act.verb == "contested":
        about = [*naming, *ledger.naming(act.ref or 0), *ledger.under(act.act)]
        answers = [one for one in about if one.verb == "contest_answered" and one.actor == other]
        return None if answers else "contested"
    return None
