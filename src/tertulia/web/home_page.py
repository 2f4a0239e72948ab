"""What is on a person's table, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tertulia.ideas import queries
from tertulia.ideas.markdown import plain_of_html
from tertulia.readings.queries import contests_waiting_for
from tertulia.spaces.policies import can_found
from tertulia.spaces.queries import kept_alone, memberships_of
from tertulia.web.addresses import address_of
from tertulia.web.drafts_page import kept_by
from tertulia.web.names import Called, and_list, called, name_of, space_name
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tertulia.ideas.models import Credit, Idea, Reply, Version
    from tertulia.people.models import Person
    from tertulia.readings.models import Contest
    from tertulia.web.drafts_page import Kept
    from tertulia.web.noted import Noted

CHANGED_SINCE = timedelta(days=7)
OPEN_WAITING = 5
MOST_WAITING, MOST_CHANGED, MOST_BESIDE, MOST_WRITING = 40, 10, 3, 3
INSTEAD = 2
WORDS_SHOWN = 320


@dataclass(frozen=True)
class Waits:
    """Something that another person asked, or said back."""

    reply_id: int
    title: str
    href: str
    name: str
    words: str
    at: datetime
    asks_to_confirm: bool
    # Others who answered to the same, as one line of names.
    added: str
    # "Yes, that's it", "Not quite…", "Answer Jonas", "Not now".
    answer_href: str
    confirm_href: str
    not_quite_href: str
    not_now_href: str


@dataclass(frozen=True)
class Credited:
    """A change that names this person's reply."""

    credit_id: int
    title: str
    href: str
    version: int
    name: str
    sentence: str
    mine: str
    # What they said that moved for them; "" where they have not.
    moved: str
    at: datetime
    action: str


@dataclass(frozen=True)
class Contested:
    """An exchange of this person's that the other one remembers otherwise."""

    name: str
    sentence: str
    href: str
    at: datetime


@dataclass(frozen=True)
class Changed:
    title: str
    href: str
    version: int
    because: str
    at: datetime


@dataclass(frozen=True)
class Heard:
    """Somebody says that this person got them right."""

    name: str
    title: str
    href: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Open:
    """An idea that waits for somebody."""

    title: str
    href: str
    name: str
    ask: str
    question: str
    space: str
    at: datetime
    # A place where this person is not.
    is_elsewhere: bool


@dataclass(frozen=True)
class Quiet:
    """What somebody asked this person, and has been quiet since."""

    title: str
    name: str
    words: str
    at: datetime
    answer_href: str


@dataclass(frozen=True)
class HomePage:
    waits: tuple[Waits, ...]
    credits: tuple[Credited, ...]
    contested: tuple[Contested, ...]
    heard: tuple[Heard, ...]
    changed: tuple[Changed, ...]
    # Shown where nothing waits.
    instead: tuple[Open, ...]
    like_you: tuple[Open, ...]
    quiet: tuple[Quiet, ...]
    pick_up: tuple[Open, ...]
    has_a_space: bool
    may_begin_a_space: bool
    # The space that this person keeps and is alone in; "" where there is none.
    alone_in: str
    invite_href: str
    # What this person was writing, and whether there is more of it.
    writing: tuple[Kept, ...] = ()
    more_writing: bool = False
    # Words wait in this browser, and nobody has said whose they are.
    words_before: bool = False
    # What the click before came to.
    noted: Noted | None = None

    @property
    def folded(self) -> int:
        """What is older stays at hand, folded: one thing first, not a wall."""
        return max(0, len(self.waits) - OPEN_WAITING)

    @property
    def folds_after(self) -> int:
        return OPEN_WAITING + 1 if self.folded else 0

    @property
    def is_clear(self) -> bool:
        return not (self.waits or self.credits or self.contested)


def home_page(person: Person) -> HomePage:
    now = timezone.now()
    waits = list(queries.waiting_replies(person, now).defer("idea__text", "text")[:MOST_WAITING])
    credits = list(queries.waiting_credits(person, now)[:MOST_WAITING])
    changed = queries.changed_for(person, now - CHANGED_SINCE).defer("text", "html", "passages", "idea__text")
    open_ideas = open_ones(queries.for_someone_like(person).defer("text")[: INSTEAD + MOST_BESIDE])
    instead = INSTEAD if not waits and not credits else 0
    added = queries.added_to(person, [reply.pk for reply in waits]) if waits else {}
    alone = None if waits or credits else kept_alone(person)
    writing = kept_by(person, MOST_WRITING + 1)
    names = Called(
        [*(reply.author for reply in waits), *(one.author for more in added.values() for one in more)]
    )
    return HomePage(
        waits=tuple(_waits(reply, names, added.get(reply.pk, [])) for reply in waits),
        credits=tuple(_credited(credit) for credit in credits),
        heard=tuple(_heard(reply) for reply in queries.heard_for(person, now - CHANGED_SINCE)[:MOST_CHANGED]),
        contested=tuple(_contested(contest) for contest in contests_waiting_for(person)[:MOST_WAITING]),
        changed=tuple(
            _changed(version) for version in changed.prefetch_related("credits__to")[:MOST_CHANGED]
        ),
        instead=open_ideas[:instead],
        like_you=open_ideas[instead : instead + MOST_BESIDE],
        quiet=tuple(
            _quiet(reply)
            for reply in queries.quiet_replies(person, now).defer("idea__text", "text")[:MOST_BESIDE]
        ),
        pick_up=open_ones(queries.worth_picking_up(person).defer("text")[:MOST_BESIDE]),
        has_a_space=(has_a_space := memberships_of(person).exists()),
        may_begin_a_space=not has_a_space and can_found(person),
        alone_in=alone.name if alone else "",
        invite_href=reverse("invitation", args=[alone.slug]) if alone else "",
        writing=writing[:MOST_WRITING],
        more_writing=len(writing) > MOST_WRITING,
    )


def _heard(reply: Reply) -> Heard:
    return Heard(
        name=name_of(reply.addressee),
        title=reply.idea.title,
        href=reverse("reply", args=[reply.pk]),
        words=snippet(plain_of_html(reply.html), WORDS_SHOWN),
        at=reply.heard_at or reply.created_at,
    )


def _contested(contest: Contest) -> Contested:
    return Contested(
        name=name_of(contest.by),
        sentence=contest.sentence,
        href=reverse("contest", args=[contest.act]),
        at=contest.created_at,
    )


def _waits(reply: Reply, names: Called, added: Iterable[Reply]) -> Waits:
    key = [reply.pk]
    return Waits(
        reply_id=reply.pk,
        title=reply.idea.title,
        href=reverse("reply", args=key),
        name=names(reply.author),
        words=snippet(plain_of_html(reply.html), WORDS_SHOWN),
        at=reply.created_at,
        asks_to_confirm=reply.heard == "waiting",
        added=and_list(list(dict.fromkeys(names(one.author) for one in added))),
        answer_href=reverse("answer", args=key),
        confirm_href=reverse("confirm", args=key),
        not_quite_href=reverse("not_quite", args=key),
        not_now_href=reverse("not_now", args=key),
    )


def _quiet(reply: Reply) -> Quiet:
    return Quiet(
        title=reply.idea.title,
        name=called(reply.author),
        words=snippet(plain_of_html(reply.html), WORDS_SHOWN // 2),
        at=reply.created_at,
        answer_href=reverse("answer", args=[reply.pk]),
    )


def _credited(credit: Credit) -> Credited:
    idea = credit.version.idea
    return Credited(
        credit_id=credit.pk,
        title=idea.title,
        href=address_of(idea),
        version=credit.version.number,
        name=called(credit.by),
        sentence=credit.sentence,
        mine=snippet(plain_of_html(credit.reply.html), WORDS_SHOWN // 2),
        moved=credit.moved,
        at=credit.created_at,
        action=reverse("answer_credit", args=[credit.pk]),
    )


def _changed(version: Version) -> Changed:
    credits = list(version.credits.all())
    names = list(dict.fromkeys(called(one.to) if one.named else _("a reader") for one in credits))
    because = _("because of %(names)s") % {"names": and_list(names)} if names else version.note
    return Changed(version.idea.title, address_of(version.idea), version.number, because, version.created_at)


def open_ones(ideas: Iterable[Idea]) -> tuple[Open, ...]:
    return tuple(
        Open(
            title=idea.title,
            href=address_of(idea),
            name=name_of(idea.author),
            ask=idea.ask,
            question=snippet(idea.question, 160),
            space=space_name(idea),
            at=idea.created_at,
            is_elsewhere=not getattr(idea, "in_my_space", True),
        )
        for idea in ideas
    )
