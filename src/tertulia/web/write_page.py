"""The page on which an idea is written."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tertulia.ideas import markdown
from tertulia.people.policies import Refused

if TYPE_CHECKING:
    from tertulia.spaces.models import Space


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class WritePage:
    space: str
    space_slug: str
    bring: str
    take_away: str
    place: str
    title: str
    text: str
    question: str
    topics: str
    is_notice: bool
    asks: tuple[Option, ...]
    audiences: tuple[Option, ...]
    preview: SafeString | None = None
    problem: str = ""
    # The field that it is about.
    wrong: str = ""
    restored: bool = False


@dataclass(frozen=True)
class SpaceChoice:
    name: str
    slug: str
    purpose: str


@dataclass(frozen=True)
class ChoosePage:
    spaces: tuple[SpaceChoice, ...]
    # Where there is none: whether this person may begin one.
    can_begin: bool


def asks(chosen: str) -> tuple[Option, ...]:
    words = {
        "doubts": _("doubts: where might this not hold?"),
        "experience": _("experience: who has seen this?"),
        "help": _("help: how would you do it?"),
        "half_baked": _("nothing yet: it is half-baked"),
    }
    return tuple(Option(value, label, value == chosen) for value, label in words.items())


def audiences(space: "Space", chosen: str) -> tuple[Option, ...]:
    words = {
        "everyone": _("everyone, also without an account"),
        "space": _("the people in %(space)s") % {"space": space.name},
        "me": _("only me"),
    }
    return tuple(Option(value, label, value == chosen) for value, label in words.items())


def write_page(
    space: "Space",
    fields: dict[str, str],
    *,
    preview: bool = False,
    problem: Refused | None = None,
    restored: bool = False,
) -> WritePage:
    text = fields.get("text", "")
    return WritePage(
        space=space.name,
        space_slug=space.slug,
        bring=space.bring,
        take_away=space.take_away,
        place=f"idea:{space.pk}",
        title=fields.get("title", ""),
        text=text,
        question=fields.get("question", ""),
        topics=fields.get("topics", ""),
        is_notice=bool(fields.get("is_notice")),
        asks=asks(fields.get("ask", "doubts")),
        audiences=audiences(space, fields.get("audience") or ("everyone" if space.is_open else "space")),
        preview=mark_safe(markdown.render(text)) if preview else None,  # noqa: S308 -- cleaned by markdown
        problem=problem.sentence if problem else "",
        wrong=problem.field if problem else "",
        restored=restored,
    )
