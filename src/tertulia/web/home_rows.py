"""The lines of a person's table, each kind with what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from tertulia.ideas.markdown import plain_of_html
from tertulia.web.addresses import address_of
from tertulia.web.names import Called, and_list, called, name_of, space_name
from tertulia.web.openings import verb_of
from tertulia.web.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tertulia.ideas.models import Credit, Idea, Reply, Version
    from tertulia.readings.models import Contest

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
    title: str
    sentence: str
    href: str
    at: datetime


@dataclass(frozen=True)
class Settled:
    """What the other one says of an exchange that this person contested."""

    name: str
    title: str
    agrees: bool
    words: str
    href: str
    at: datetime
    kind: str = "settled"


@dataclass(frozen=True)
class Changed:
    title: str
    href: str
    version: int
    because: str
    at: datetime
    kind: str = "changed"


@dataclass(frozen=True)
class Heard:
    """Somebody says that this person got them right."""

    name: str
    title: str
    href: str
    words: str
    at: datetime
    kind: str = "heard"


@dataclass(frozen=True)
class Said:
    """What somebody wrote to this person and that asks nothing of them."""

    name: str
    verb: str
    title: str
    href: str
    words: str
    at: datetime
    kind: str = "said"


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


def heard_row(reply: Reply) -> Heard:
    return Heard(
        name=name_of(reply.addressee),
        title=reply.idea.title,
        href=reverse("reply", args=[reply.pk]),
        words=snippet(plain_of_html(reply.html), WORDS_SHOWN),
        at=reply.heard_at or reply.created_at,
    )


def said_row(reply: Reply) -> Said:
    return Said(
        name=called(reply.author),
        verb=verb_of(reply.starter),
        title=reply.idea.title,
        href=reverse("reply", args=[reply.pk]),
        words=snippet(plain_of_html(reply.html), WORDS_SHOWN // 2),
        at=reply.created_at,
    )


def contested_row(contest: Contest, titles: Mapping[int, str]) -> Contested:
    return Contested(
        name=name_of(contest.by),
        title=titles.get(contest.thread, ""),
        sentence=contest.sentence,
        href=reverse("contest", args=[contest.act]),
        at=contest.created_at,
    )


def settled_row(contest: Contest, titles: Mapping[int, str]) -> Settled:
    return Settled(
        name=name_of(contest.answer_by),
        title=titles.get(contest.thread, ""),
        agrees=contest.answer == "agrees",
        words=contest.answer_sentence,
        href=reverse("contest", args=[contest.act]),
        at=contest.answered_at or contest.created_at,
    )


def waits_row(reply: Reply, names: Called, added: Iterable[Reply]) -> Waits:
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


def quiet_row(reply: Reply) -> Quiet:
    return Quiet(
        title=reply.idea.title,
        name=called(reply.author),
        words=snippet(plain_of_html(reply.html), WORDS_SHOWN // 2),
        at=reply.created_at,
        answer_href=reverse("answer", args=[reply.pk]),
    )


def credited_row(credit: Credit) -> Credited:
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


def changed_row(version: Version) -> Changed:
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
