"""Plays the written events through the real actions: what the demo shows is what the actions do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tertulia.demo.script import BadScript, Event
from tertulia.ideas import actions, queries
from tertulia.ideas.actions import Credited
from tertulia.spaces.actions import reword

if TYPE_CHECKING:
    from tertulia.demo.cast import Played
    from tertulia.ideas.models import Credit
    from tertulia.people.models import Person
    from tertulia.spaces.models import Space

# People say whether a credit got them right a day or two later; on the newest credits they have not yet.
CREDIT_ANSWERED_AFTER = timedelta(hours=31)


@dataclass
class Stage:
    """Who and what is there so far, by the ids of the script."""

    people: dict[str, Person]
    spaces: dict[str, Space]
    audience: dict[str, str]
    now: datetime
    ideas: dict[str, int] = field(default_factory=dict)
    replies: dict[str, int] = field(default_factory=dict)
    credits: dict[tuple[str, int], int] = field(default_factory=dict)
    quiet_since: dict[int, datetime] = field(default_factory=dict)


def play(stage: Stage, played: Played) -> None:
    """Play one event. Raises BadScript where the script names what is not there."""
    event, by = played.event, stage.people[played.event.by]
    try:
        PLAYS[event.do](stage, event, by, played)
    except KeyError as error:
        raise BadScript(
            f"{event.do} {event.id or event.to} names {error}, which is not there yet."
        ) from error


def _idea(stage: Stage, event: Event, by: Person, played: Played) -> None:
    idea = actions.write_idea(
        by=by,
        space=stage.spaces[played.space],
        title=event.title,
        text=event.text,
        ask=event.ask or "half_baked",
        question=event.question or "",
        audience=stage.audience[played.space],
        topics=event.topics,
        at=played.at,
    )
    stage.ideas[event.id] = idea.pk


def _reply(stage: Stage, event: Event, by: Person, played: Played) -> None:
    made = actions.reply(
        by=by, idea_id=stage.ideas[event.to], text=event.text, starter=event.move, at=played.at
    )
    stage.replies[event.id] = made.pk


def _answer(stage: Stage, event: Event, by: Person, played: Played) -> None:
    made = actions.answer(
        by=by, reply_id=stage.replies[event.to], text=event.text, starter=event.starter, at=played.at
    )
    stage.replies[event.id] = made.pk


def _confirm(stage: Stage, event: Event, by: Person, played: Played) -> None:
    actions.confirm(by=by, reply_id=stage.replies[event.to], at=played.at)


def _not_quite(stage: Stage, event: Event, by: Person, played: Played) -> None:
    made = actions.not_quite(by=by, reply_id=stage.replies[event.to], text=event.text, at=played.at)
    stage.replies[event.id] = made.pk


def _revise(stage: Stage, event: Event, by: Person, played: Played) -> None:
    idea = queries.ideas_visible_to(by).get(pk=stage.ideas[event.to])
    version = actions.revise(
        by=by,
        idea_id=idea.pk,
        base_version=idea.version,
        title=event.title or idea.title,
        text=event.text,
        ask=event.ask,
        question=event.question,
        at=played.at,
        credits=[Credited(stage.replies[to], sentence) for to, sentence in event.credits],
    )
    for credit in queries.credits_of(idea).filter(version=version):
        stage.credits[event.id, credit.to_id] = credit.pk
        _answered_later(stage, credit, played.at)


def _answered_later(stage: Stage, credit: Credit, at: datetime) -> None:
    later = at + CREDIT_ANSWERED_AFTER
    quiet = stage.quiet_since.get(credit.to_id)
    silent = later > stage.now or (quiet is not None and later > quiet)
    if not silent:
        actions.answer_credit(by=credit.to, credit_id=credit.pk, got_me_right=True, at=later)


def _tried(stage: Stage, event: Event, by: Person, played: Played) -> None:
    naming = stage.replies[event.naming[0]] if event.naming else None
    made = actions.tell_tried(
        by=by, idea_id=stage.ideas[event.to], text=event.text, naming=naming, at=played.at
    )
    if event.id:
        stage.replies[event.id] = made.pk


def _decided(stage: Stage, event: Event, by: Person, played: Played) -> None:
    naming = tuple(stage.replies[one] for one in event.naming)
    made = actions.decide(by=by, idea_id=stage.ideas[event.to], text=event.text, naming=naming, at=played.at)
    if event.id:
        stage.replies[event.id] = made.pk
    if event.purpose:
        space = stage.spaces[played.space]
        reword(
            by=space.keeper,
            space=space,
            purpose=event.purpose,
            bring=space.bring,
            take_away=space.take_away,
            idea_id=stage.ideas[event.to],
            at=played.at,
        )


def _moved(stage: Stage, event: Event, by: Person, played: Played) -> None:
    credit = stage.credits[event.to, by.pk]
    actions.say_what_moved(by=by, credit_id=credit, text=event.text, at=played.at)


PLAYS: dict[str, Callable[[Stage, Event, Person, Played], None]] = {
    "idea": _idea,
    "reply": _reply,
    "answer": _answer,
    "confirm": _confirm,
    "not_quite": _not_quite,
    "revise": _revise,
    "tried": _tried,
    "decided": _decided,
    "moved": _moved,
}
