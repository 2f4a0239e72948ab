"""Contested exchanges: what the page says of them, and the forms of the two people in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertulia.people.policies import NotThere
from tertulia.readings import queries
from tertulia.spaces.queries import knows_of
from tertulia.web import reading_words as words
from tertulia.web.addresses import address_of
from tertulia.web.names import Called, called
from tertulia.web.reading_lines import callers, place_of
from tertulia.web.reading_lines import sentence as sentence_of

if TYPE_CHECKING:
    from datetime import datetime

    from tertulia.ideas.models import Idea
    from tertulia.ledger.cursor import Act
    from tertulia.people.models import Person
    from tertulia.readings.models import Contest
    from tertulia.readings.queries import Reading, Told
    from tertulia.spaces.models import Space


@dataclass(frozen=True)
class Waiting:
    """A contest that waits for this reader's answer."""

    action: str
    text: str
    sentence: str
    said_at: datetime
    href: str


@dataclass(frozen=True)
class Answered:
    """An exchange of which both have said how it was, and where that stands."""

    idea_title: str
    href: str
    at: datetime


@dataclass(frozen=True)
class ContestSaid:
    """What was said of an act by the two, for everybody who may read it."""

    text: str
    answer: str


@dataclass(frozen=True)
class Step:
    """One act of an opened meeting."""

    act: int
    text: str
    at: datetime
    href: str
    contest: ContestSaid | None
    can_contest: bool


@dataclass(frozen=True)
class MeetingPage:
    space_name: str
    space_href: str
    reading_href: str
    window: str
    title: str
    idea_title: str
    idea_href: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ContestPage:
    """The form on a page of its own: where a sentence was refused, and where a link leads."""

    action: str
    back: str
    idea_title: str
    idea_href: str
    window: str
    # The act in words, and what was said of it so far.
    says: str
    contest: ContestSaid | None
    sentence: str
    problem: str
    # Whether this reader may answer, or may contest.
    answering: bool
    can_contest: bool


def _back(person: Person, idea: Idea, window: str) -> str:
    """To the reading; to the idea, for somebody who may not know of its space."""
    if not knows_of(person, idea.space):
        return address_of(idea)
    return f"{reverse('reading', args=[idea.space.slug])}{'?window=' + window if window else ''}"


def noted_of(kind: str) -> str:
    """What a contest or its answer came to, until the worker has read the place anew."""
    return {
        "contested": _(
            "Your sentence stands beside the exchange, and the other one is asked how they see it. "
            "The reading follows in a moment."
        ),
        "agreed": _("Noted: it was otherwise. The reading leaves it out in a moment."),
        "differed": _("Noted: you see it differently. The exchange is in the reading again in a moment."),
    }.get(kind, "")


def contest_lines(reading: Reading) -> tuple[str, ...]:
    contest = reading.contest
    if contest is None or not contest.acts:
        return ()
    n = len(contest.acts)
    count = ngettext("%(n)s act here is contested.", "%(n)s acts here are contested.", n)
    lines = [count % {"n": words.capital(words.in_words(n))}]
    if not contest.meetings:
        lines.append(
            _(
                "It stayed in. One person's contests leave out at most a tenth of the meetings (a meeting is two "
                "people in one conversation), and with fewer than ten that is none. It waits for an answer, or for 30 "
                "days."
            )
        )
        return tuple(lines)
    if contest.differs:
        both = _(
            "Read with it: %(one)s. Read without it: %(other)s. Both stand until it is answered, or for 30 days."
        )
        without = _state(contest.state_without, contest.lean_without)
        lines.append(both % {"one": _state(reading.state, reading.leaning), "other": without})
    else:
        lines.append(
            _("Read with it and without it, the place is the same. It waits for an answer, or for 30 days.")
        )
    if contest.over_limit:
        lines.append(
            _(
                "One person's contests leave out at most a tenth of the meetings (a meeting is two people in one "
                "conversation); what is beyond that stayed in."
            )
        )
    return tuple(lines)


def _state(state: str, leaning: str | None) -> str:
    names = words.state_names()
    if leaning is None:
        return names[state]
    return _("%(state)s, leaning to %(leaning)s") % {"state": names[state], "leaning": names[leaning]}


def waiting_for(person: Person | None, space: Space) -> tuple[Waiting, ...]:
    if person is None:
        return ()
    return tuple(
        Waiting(
            action=reverse("answer_contest", args=[contest.pk]),
            text=_("%(who)s says of an exchange with you that it was otherwise:")
            % {"who": called(contest.by)},
            sentence=contest.sentence,
            said_at=contest.created_at,
            href=reverse("contest", args=[contest.act]),
        )
        for contest in queries.contests_waiting_for(person, space.pk)
    )


def answered_in(person: Person | None, reading: Reading) -> tuple[Answered, ...]:
    return tuple(
        Answered(
            idea_title=told.idea.title,
            href=f"{reverse('contest', args=[contest.act])}?window={reading.window}",
            at=contest.answered_at,
        )
        for contest, told in queries.contests_answered_in(person, reading)
        if contest.answered_at is not None
    )


def meeting_page(person: Person | None, space: Space, told: Told, window: str) -> MeetingPage:
    name = callers([told])
    contests = queries.contests_of_acts(person, [deed.act for deed in told.deeds])
    said = {act: _contest_said(contest, name) for act, contest in contests.items()}
    return MeetingPage(
        space_name=space.name,
        space_href=reverse("space", args=[space.slug]),
        reading_href=f"{reverse('reading', args=[space.slug])}?window={window}",
        window=window,
        title=_("%(one)s and %(other)s") % dict(zip(("one", "other"), map(name, told.people), strict=False)),
        idea_title=told.idea.title,
        idea_href=address_of(told.idea),
        steps=tuple(
            Step(
                act=deed.act,
                text=sentence_of(deed, name),
                at=deed.at,
                href=place_of(deed, told),
                contest=said.get(deed.act),
                can_contest=deed.mine and _is_free(contests.get(deed.act)),
            )
            for deed in told.deeds
        ),
    )


def _is_free(contest: Contest | None) -> bool:
    return contest is None or queries.has_lapsed(contest)


def _contest_said(contest: Contest, name: Called) -> ContestSaid:
    who, other = name(contest.by), name(contest.answer_by)
    values = {"who": other, "quote": contest.answer_sentence}
    if contest.answer == "differs":
        answer = _("%(who)s sees it differently: “%(quote)s” It is in the reading again.") % values
    elif contest.answer == "agrees":
        answer = _("%(who)s agrees. It is in no reading any more.") % values
        if contest.answer_sentence:
            answer = _("%(who)s agrees: “%(quote)s” It is in no reading any more.") % values
    elif queries.has_lapsed(contest):
        answer = _("Nobody answered that in time. It is in the reading again.")
    else:
        answer = _(
            "It is not answered yet. Until it is, or for 30 days, the place is read with it and without it."
        )
    return ContestSaid(
        text=_("%(who)s says that it was otherwise: “%(quote)s”") % {"who": who, "quote": contest.sentence},
        answer=answer,
    )


def contest_page(
    person: Person, act: int, *, window: str = "", sentence: str = "", problem: str = ""
) -> ContestPage:
    """The form to contest an act; or to answer the contest that is open, for the other one. Raises NotThere."""
    about, idea = queries.act_to_contest(person, act)
    open_now = queries.contests_of_acts(person, [act]).get(act)
    waits = open_now is not None and not open_now.answer and not queries.has_lapsed(open_now)
    answering = open_now is not None and waits and open_now.answer_by_id == person.pk
    told = queries.tell(
        person, [queries.Meeting(idea.pk, _keys(about), (act,), both_ways=True, closed=False)]
    )
    # An act of which nothing is told, as the credit of somebody who stays unnamed, is the two people's alone.
    if not told and person.key not in _keys(about):
        raise NotThere("")
    steps = [sentence_of(deed, callers(told.values())) for one in told.values() for deed in one.deeds]
    answer = reverse("answer_contest", args=[open_now.pk]) if open_now and answering else ""
    return ContestPage(
        action=answer or reverse("contest", args=[act]),
        back=_back(person, idea, window),
        idea_title=idea.title,
        idea_href=address_of(idea),
        window=window,
        says=" ".join(steps),
        contest=_contest_said(open_now, Called([open_now.by, open_now.answer_by])) if open_now else None,
        sentence=sentence,
        problem=problem,
        answering=answering,
        can_contest=_is_free(open_now) and person.key in _keys(about),
    )


def _keys(about: Act) -> tuple[str, ...]:
    return tuple(key for key in (about.actor, about.person) if key)
