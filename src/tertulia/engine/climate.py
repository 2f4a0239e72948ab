"""The climate of a space: one look at it, one reading."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tertulia.engine.acts import Visibility
from tertulia.engine.contests import Contested, contested
from tertulia.engine.evidence import chance_of, weigh
from tertulia.engine.figures import carries_closing, episode_shares, features
from tertulia.engine.inputs import Inputs
from tertulia.engine.look import Look
from tertulia.engine.met import all_shown, shown
from tertulia.engine.records import Alternation, ContestRead, OpenAsk, SpaceReading
from tertulia.engine.states import State, Verdict, possible, verdicts

MISSING_T = "uptake_against_other_threads"
MISSING_O = "uptake_against_other_order"
# What no trace of talk shows (Meier, Spada & Rummel 2007).
NEVER_VISIBLE = ("mutual_understanding", "time_management", "individual_orientation")


def read_climate(
    look: Look, acts: pa.Table, *, window: str, now: int, visibility: Visibility
) -> SpaceReading:
    """The reading of a look. `acts`: all of the space's, for its contests. See `engine.reading.read_space`."""
    given = look.given
    base = _base(look, given, window=window, visibility=visibility)
    if not base.people:
        return base
    if base.people < look.params.people_at_least:
        return replace(base, under_five=True, state=State.TOO_EARLY, group=all_shown(look))
    return _full(base, look, given, contests=contested(look, acts, now), visibility=visibility)


def _base(look: Look, given: Inputs, *, window: str, visibility: Visibility) -> SpaceReading:
    sums = look.steps["sums"].to_pylist()[0]
    texts = _text_versions(look)
    waiting = look.steps["waiting"].sort_by([("t", "ascending"), ("act", "ascending")])
    listed = _listed(waiting, look.params.open_asks_listed)
    return SpaceReading(
        space=look.space,
        window=window,
        start=look.start,
        end=look.end,
        params_version=look.params.version,
        text_versions=texts,
        people=sums["present"],
        contributions=sums["contributions"],
        openings=sums["openings"],
        responses=sums["responses"],
        meetings=sums["meetings"],
        returned=sums["returned"],
        ceiling=None if carries_closing(visibility) else State.CONVERSING,
        probabilities={} if sums["present"] else {State.EMPTY.value: 1.0},
        open_asks=tuple(OpenAsk(row["act"], row["thread"], row["kind"], row["age_days"]) for row in listed),
        open_asks_total=len(waiting),
        basis_shares=_basis_shares(look.steps["bases"]),
        missing=_missing(given, texts),
        not_visible=_not_visible(visibility),
    )


def _listed(waiting: pa.Table, most: int) -> list[dict[str, Any]]:
    """The oldest, who have waited longest, and the newest, who may still be reading; in their order."""
    if len(waiting) > most:
        newest = most // 2
        waiting = pa.concat_tables([waiting.slice(0, most - newest), waiting.slice(len(waiting) - newest)])
    found: list[dict[str, Any]] = waiting.to_pylist()
    return found


def _full(
    base: SpaceReading, look: Look, given: Inputs, *, contests: Contested, visibility: Visibility
) -> SpaceReading:
    told, carries = not base.missing, carries_closing(visibility)
    found, said = _judged(given, look, told=told, carries=carries)
    speaking_for, against = weigh(look, said.about, told=told, carries_closing=carries)
    figures, younger = features(look, given, visibility)
    return replace(
        base,
        state=said.state,
        about=said.about,
        probability=said.probability,
        leaning=said.leaning,
        probabilities={state.value: p for state, p in found.items()},
        features=figures,
        asks_younger=younger,
        episodes=episode_shares(look.steps["became"], look.params),
        alternation=_alternation(look.steps["alternation"]),
        evidence_for=shown(look, list(speaking_for), speaking_for),
        evidence_against=shown(look, list(against), against),
        contest=_contest(look, said, contests, told=told, carries=carries),
    )


def _judged(given: Inputs, look: Look, *, told: bool, carries: bool) -> tuple[dict[State, float], Verdict]:
    found = chance_of(given, told=told, carries_closing=carries, params=look.params)
    said = verdicts(
        found,
        told=np.array([told]),
        people=np.array([given.present]),
        contributions=np.array([given.contributions]),
        params=look.params,
    )
    states = possible(told=told, silent=bool(given.responses == 0))
    return {state: float(found[state]) for state in states}, said.row(0)


def _contest(
    look: Look, said: Verdict, contests: Contested, *, told: bool, carries: bool
) -> ContestRead | None:
    if not contests.acts:
        return None
    given = look.without([sorted(contests.open_)]).row(0)
    found, other = _judged(given, look, told=told, carries=carries)
    return ContestRead(
        acts=contests.acts,
        meetings=len(contests.open_),
        over_limit=contests.over_limit,
        differs=other.state != said.state,
        state_with=said.state,
        state_without=other.state,
        leaning_with=said.leaning,
        leaning_without=other.leaning,
        probabilities_without={state.value: p for state, p in found.items()},
    )


def _alternation(rows: pa.Table) -> Alternation:
    found: dict[str, Any] = rows.to_pylist()[0] if len(rows) else {"seen": 0, "expected": 0.0, "possible": 0}
    return Alternation(found["seen"], found["expected"], found["possible"])


def _text_versions(look: Look) -> tuple[int, ...]:
    acts = look.acts
    inside = pc.is_valid(acts.column("text_version"))
    if look.start is not None:
        inside = pc.and_(inside, pc.greater(acts.column("t"), pa.scalar(look.start)))
    here = acts.filter(inside)
    kept = here.filter(pc.is_in(here.column("act"), look.steps["placed"].column("act").combine_chunks()))
    versions: list[Any] = pc.unique(kept.column("text_version")).to_pylist()
    return tuple(sorted(versions))


def _missing(given: Inputs, texts: tuple[int, ...]) -> tuple[str, ...]:
    # Where nobody responded, a text stage that has been here had nothing to rank: nothing is missing then.
    if given.responses == 0 and texts:
        return ()
    codes = ((MISSING_T, given.uptake_t), (MISSING_O, given.uptake_o))
    return tuple(code for code, ranks in codes if not ranks.people)


def _not_visible(visibility: Visibility) -> tuple[str, ...]:
    names = ("addressee", "outcome", "movement", "confirmation")
    return (*NEVER_VISIBLE, *(name for name in names if not getattr(visibility, name)))


def _basis_shares(rows: pa.Table) -> dict[str, float]:
    counts: dict[str, int] = {row["basis"]: row["n"] for row in rows.to_pylist()}
    total = sum(counts.values())
    return {basis: counts[basis] / total for basis in sorted(counts)}
