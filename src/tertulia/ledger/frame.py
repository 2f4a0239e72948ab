"""The acts of a space as the engine reads them: what may be read, once, with its measures."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from tertulia.engine import acts as engine
from tertulia.ledger.models import DIFFERS, Act, Measure

READ_BY_A_SPACE = frozenset({"space", "everyone"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def acts_of_space(space_id: int, *, until: int | None = None) -> list[engine.Act]:
    """The acts that a reading of the space may use, in the order of the ledger, as of act `until` (or now).

    Left out are acts for fewer people than the space; acts of an import that is open or undone; and what was taken
    back, together with the taking back. Whatever corrects an act counts whoever may read it, and whenever it
    happened, but only if it names this space.
    """
    of_space = Act.objects.filter(space=space_id)
    if until is not None:
        of_space = of_space.filter(act__lte=until)
    rows = without_hidden_imports(of_space.order_by("act"))
    rows = without_withdrawn(rows)
    agreed = contests_agreed(rows)
    measures = {one.act: one for one in Measure.objects.filter(act__in=of_space.values("act"))}
    return [
        for_engine(row, measures.get(row.act), contested=row.act in agreed)
        for row in rows
        if row.audience in READ_BY_A_SPACE
    ]


def brought_to(space_id: int) -> set[int]:
    """The acts of the space that came with imports, without those undone since."""
    brought = Act.objects.filter(space=space_id, import_id__isnull=False)
    undone = brought.filter(verb="import_undone").values("import_id")
    return set(brought.exclude(import_id__in=undone).values_list("act", flat=True))


def without_hidden_imports(rows: Iterable[Act]) -> list[Act]:
    """The rows, in order, without those of imports that were not closed yet, or undone since."""
    rows = list(rows)
    last_word = {row.import_id: row.verb for row in rows if row.verb in ("import_closed", "import_undone")}
    return [row for row in rows if row.import_id is None or last_word.get(row.import_id) == "import_closed"]


def without_withdrawn(rows: list[Act]) -> list[Act]:
    """The rows without those whose actor took them back, and without the taking back."""
    actors = {row.act: row.actor for row in rows}
    taking_back = [row for row in rows if row.verb == "withdrew" and actors.get(row.ref or 0) == row.actor]
    gone = {row.act for row in taking_back} | {row.ref for row in taking_back}
    return [row for row in rows if row.act not in gone]


def contests_agreed(rows: list[Act]) -> set[int]:
    """The acts that one of their two people contested and the other gave up: they stay out of every reading.

    A contest that nobody has answered is in the rows, and the engine reads with and without it."""
    by_number = {row.act: row for row in rows}
    contests: dict[int, int] = {}
    # The last answer to a contest counts.
    agreed: set[int] = set()
    for row in rows:
        about = by_number.get(row.ref or 0)
        if row.verb == "contested" and about and row.actor in people_of(about):
            contests[row.act] = about.act
        elif row.verb == "contest_answered":
            answered = contests_answered(row, contests, by_number)
            agreed = agreed - answered if row.move == DIFFERS else agreed | answered
    return {contests[contest] for contest in agreed}


def contests_answered(answer: Act, contests: Mapping[int, int], by_number: Mapping[int, Act]) -> set[int]:
    """The contests that this answers: it names the contest or the contested act, and is by the other of its people."""
    return {
        contest
        for contest, act in contests.items()
        if ({contest, act} & {answer.ref, answer.parent})
        and answer.actor in people_of(by_number[act]) - {by_number[contest].actor}
    }


def people_of(row: Act) -> set[str]:
    return {row.actor} if row.person is None else {row.actor, row.person}


def for_engine(row: Act, measure: Measure | None, *, contested: bool) -> engine.Act:
    return engine.Act(
        act=row.act,
        t=(row.happened_at - EPOCH) // MICROSECOND,
        actor=row.actor,
        person=row.person,
        verb=row.verb,
        # What is said of a contest is no move in a conversation.
        move=row.move if row.move in engine.MOVES else None,
        space=row.space,
        thread=row.thread,
        parent=row.parent,
        ref=row.ref,
        words=row.words,
        basis=row.basis,
        confidence=row.confidence,
        uptake=measure.uptake if measure else None,
        rk_t=measure.rk_t if measure else None,
        rk_o=measure.rk_o if measure else None,
        text_version=measure.text_version if measure else None,
        contested=contested,
    )
