"""From act numbers to what people said and did: visible content only, and no name that prefers not to be there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tertulia.engine.acts import TALK
from tertulia.ideas import markdown
from tertulia.ideas import queries as ideas
from tertulia.ledger.cursor import Act
from tertulia.people.queries import people_by_key
from tertulia.readings.changed import MIND
from tertulia.readings.queries.stored import Meeting, Reading

if TYPE_CHECKING:
    from tertulia.ideas.models import Credit, Idea, Reply
    from tertulia.people.models import Person

LONGEST_QUOTE = 140
# Enough of a long meeting to say how it began and what came of it.
FROM_EITHER_END = 15
# A meeting that is opened shows this many of its acts.
MOST_ACTS = 200
CHANGED_SHOWN = 25
GROUP_SHOWN = 30
# An answer that said these already told of the act beside it.
TOLD_BY_STARTER: Final = {
    "tried": "tried",
    "decided": "decided",
    "declined": "keep",
    "was_wrong": "was_wrong",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of a meeting. `verb` is "said" or one of the ledger's; `starter` only where its writer chose it."""

    act: int
    verb: str
    starter: str
    who: "Person | None"
    quote: str
    at: datetime
    reply_id: int | None = None
    version: int | None = None
    # Is the viewer one of the two people of this act?
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting in visible content: the idea, its two people, what they did in order."""

    number: int
    idea: "Idea"
    people: tuple["Person | None", ...]
    # Whether the viewer is one of the two.
    mine: bool
    both_ways: bool
    # Whether something came of it on both sides.
    closed: bool
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page tells, by the meetings' numbers: what the reading rests on, and what changed somebody's mind."""

    shown: dict[int, Told]
    changed: dict[int, Told]

    def everything(self) -> tuple[Told, ...]:
        return (*self.shown.values(), *self.changed.values())


@dataclass(frozen=True, slots=True)
class _Sources:
    """The rows that deeds are told from."""

    viewer_key: str
    ideas: dict[int, "Idea"]
    rows: dict[int, Act]
    replies: dict[int | None, "Reply"]
    people: dict[str, "Person"]


def evidence_for(viewer: "Person | None", reading: Reading) -> Evidence:
    """Every meeting that the reading's page shows. One about an idea that the viewer may not read is left out, and
    not counted: a count would say that it is there."""
    if not may_open(viewer, reading):
        return Evidence({}, {})
    shown = reading.group[:GROUP_SHOWN] if reading.under_five else (*reading.speaking_for, *reading.against)
    changed = reading.changed[:CHANGED_SHOWN]
    sources = _sources(viewer, [*shown, *changed], whole=False)
    return Evidence(_told(sources, shown), _told(sources, changed, only_changes=True))


def may_open(viewer: "Person | None", reading: Reading) -> bool:
    """The meetings of a group under five are for those in it; others' are for whoever may read the ideas."""
    if not reading.under_five:
        return True
    return viewer is not None and any(viewer.key in meeting.people for meeting in reading.group)


def tell(viewer: "Person | None", meetings: Iterable[Meeting], *, whole: bool = False) -> dict[int, Told]:
    """Meetings told from visible content, in their order. The same number of queries however many."""
    meetings = list(meetings)
    return _told(_sources(viewer, meetings, whole=whole), meetings, whole=whole)


def _told(
    sources: _Sources, meetings: Iterable[Meeting], *, whole: bool = False, only_changes: bool = False
) -> dict[int, Told]:
    """`only_changes`: of each, what changed a mind, and because of what."""
    told: dict[int, Told] = {}
    for meeting in meetings:
        idea = sources.ideas.get(meeting.thread)
        deeds = _deeds(sources, _acts(meeting, whole=whole)) if idea else ()
        deeds = _changes(sources, deeds) if only_changes else deeds
        if idea is None or not deeds or meeting.number in told:
            continue
        told[meeting.number] = Told(
            number=meeting.number,
            idea=idea,
            people=tuple(sources.people.get(key) for key in meeting.people),
            mine=sources.viewer_key in meeting.people,
            both_ways=meeting.both_ways,
            closed=meeting.closed,
            deeds=deeds,
        )
    return told


def _acts(meeting: Meeting, *, whole: bool) -> Sequence[int]:
    if whole or len(meeting.acts) <= 2 * FROM_EITHER_END:
        return meeting.acts[:MOST_ACTS]
    return (*meeting.acts[:FROM_EITHER_END], *meeting.acts[-FROM_EITHER_END:])


def _sources(viewer: "Person | None", meetings: list[Meeting], *, whole: bool) -> _Sources:
    numbers = {act for meeting in meetings for act in _acts(meeting, whole=whole)}
    rows = {row.act: row for row in Act.objects.filter(act__in=numbers)}
    named = numbers | {row.ref for row in rows.values() if row.ref is not None}
    threads = {meeting.thread for meeting in meetings}
    visible = ideas.ideas_visible_to(viewer).filter(pk__in=threads, withdrawn_at=None)
    replies = (
        ideas.replies_visible_to(viewer)
        .filter(act__in=named, withdrawn_at=None)
        .select_related("author")
        .prefetch_related("credits__version", "outcomes__words")
    )
    keys = {key for meeting in meetings for key in meeting.people} | {row.actor for row in rows.values()}
    return _Sources(
        viewer_key=viewer.key if viewer else "",
        ideas={idea.pk: idea for idea in visible},
        rows=rows,
        replies={reply.act: reply for reply in replies},
        people=people_by_key(keys),
    )


def _deeds(sources: _Sources, acts: Sequence[int]) -> tuple[Deed, ...]:
    found: list[Deed] = []
    for number in acts:
        row = sources.rows.get(number)
        if row is None:
            continue
        deed = _said(sources, row) if row.verb in TALK else _done(sources, row, found)
        if deed is not None:
            found.append(deed)
    return tuple(found)


def _changes(sources: _Sources, deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
    """What changed a mind, and what it names. Nothing where every change is a credit that prefers to stay unnamed:
    its words with a name beside them would name it."""
    minds = [deed for deed in deeds if deed.verb in MIND or deed.starter == "was_wrong"]
    rows = [sources.rows[deed.act] for deed in minds]
    because = {row.ref for row in rows} | {row.parent for row in rows}
    return tuple(deed for deed in deeds if deed in minds or deed.act in because)


def _said(sources: _Sources, row: Act) -> Deed | None:
    reply = sources.replies.get(row.act)
    if reply is None or reply.idea_id not in sources.ideas:
        return None
    starter = "" if reply.starter_inferred else reply.starter
    return Deed(
        act=row.act,
        verb="said",
        starter=starter,
        who=reply.author,
        quote=quote(reply.text),
        at=row.happened_at,
        reply_id=reply.pk,
        mine=_is_mine(sources, row),
    )


def _done(sources: _Sources, row: Act, before: list[Deed]) -> Deed | None:
    """What came of it. None where an answer has told of it already, or where it is not to be told."""
    starter = TOLD_BY_STARTER.get(row.verb)
    who = sources.people.get(row.actor)
    if any(deed.starter == starter and deed.who == who for deed in before if starter):
        return None
    reply = sources.replies.get(row.ref)
    words, version, reply_id = "", None, reply.pk if reply else None
    if row.verb in {"credited", "moved"}:
        credit = _credit(reply, row) if row.verb == "credited" else _moved(sources, row)
        if credit is None or not credit.named:
            # They prefer to stay unnamed: in a meeting of two there is no "a reader".
            return None
        words = credit.sentence if row.verb == "credited" else credit.moved
        version, reply_id = credit.version.number, credit.reply_id
    elif reply is not None:
        words, reply_id = _outcome_words(reply, row)
    return Deed(
        act=row.act,
        verb=row.verb,
        starter="",
        who=who,
        quote=quote(words),
        at=row.happened_at,
        reply_id=reply_id,
        version=version,
        mine=_is_mine(sources, row),
    )


def _is_mine(sources: _Sources, row: Act) -> bool:
    return bool(sources.viewer_key) and sources.viewer_key in {row.actor, row.person}


def _credit(reply: "Reply | None", row: Act) -> "Credit | None":
    return next((credit for credit in reply.credits.all() if credit.act == row.act), None) if reply else None


def _moved(sources: _Sources, row: Act) -> "Credit | None":
    credits = (credit for reply in sources.replies.values() for credit in reply.credits.all())
    return next((credit for credit in credits if credit.moved_act == row.act), None)


def _outcome_words(reply: "Reply", row: Act) -> tuple[str, int]:
    for outcome in reply.outcomes.all():
        if outcome.act == row.act and outcome.words is not None and outcome.words.withdrawn_at is None:
            return outcome.words.text, outcome.words.pk
    return "", reply.pk


def quote(text: str) -> str:
    """The beginning of what was said, cut between two words."""
    plain = " ".join(markdown.plain(text).split())
    if len(plain) <= LONGEST_QUOTE:
        return plain
    return f"{plain[:LONGEST_QUOTE].rsplit(' ', 1)[0].rstrip('.,;:')}…"
