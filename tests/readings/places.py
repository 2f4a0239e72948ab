"""Spaces with a history that readings can be made of, written through the real actions."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.ledger import cursor
from tertulia.ledger.append import append
from tertulia.readings import tasks
from tertulia.readings.models import Window
from tertulia.readings.touches import Touches
from tests.community import a_space, after, site_keeper, somebody

if TYPE_CHECKING:
    from tertulia.ideas.models import Idea, Reply
    from tertulia.people.models import Person
    from tertulia.readings.models import SpaceReading
    from tertulia.spaces.models import Space

NAMES = ("Ana", "Bo", "Cleo", "Dan", "Eve", "Finn")
# Two months after the noon that everything begins at: all of it is in the last 12 weeks.
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def table(*, people: int = 6, is_open: bool = True, name: str = "Bread") -> "Space":
    return a_space(*(somebody(one) for one in NAMES[:people]), is_open=is_open, name=name)


def round_table(space: "Space", *, threads: int = 12, people: int = 6, audience: str = "everyone") -> None:
    """Everybody opens in turn; two others reply, and three of four are answered."""
    for n in range(threads):
        author, *guests = (somebody(NAMES[(n + step) % people]) for step in range(3))
        idea = actions.write_idea(
            by=author, space=space, title=f"Thought {n}", text="It rose, and then it fell.", audience=audience,
            at=after(days=n),
        )  # fmt: skip
        for step, guest in enumerate(guests):
            said = actions.reply(by=guest, idea_id=idea.pk, text="Mine too.", at=after(10 + step, days=n))
            if (n + step) % 4:
                actions.answer(
                    by=author, reply_id=said.pk, text="When was that?", at=after(30 + step, days=n)
                )


def monologue(space: "Space", *, threads: int = 12, people: int = 6) -> None:
    """Ana opens, others reply once, and nobody is answered."""
    for n in range(threads):
        idea = actions.write_idea(
            by=somebody("Ana"), space=space, title=f"Note {n}", text="Lights on at four.", audience="everyone",
            at=after(days=n),
        )  # fmt: skip
        for step in range(2):
            guest = somebody(NAMES[1 + (n + step) % (people - 1)])
            actions.reply(by=guest, idea_id=idea.pk, text="Thank you.", at=after(10 + step, days=n))


def kettle(space: "Space", *, audience: str = "everyone", unnamed: bool = False) -> "tuple[Idea, Reply]":
    """Bo doubts Ana's idea, Ana says it back and changes it, Bo says what moved: a closed exchange."""
    ana, bo = somebody("Ana"), somebody("Bo")
    idea = actions.write_idea(
        by=ana, space=space, title="Ask your kettle", text="It is the height.", ask="doubts", question="Is it?",
        audience=audience, at=after(days=20),
    )  # fmt: skip
    doubt = actions.reply(
        by=bo, idea_id=idea.pk, text="At what temperature does your kettle boil?", starter="challenge",
        at=after(10, days=20),
    )  # fmt: skip
    back = actions.answer(
        by=ana, reply_id=doubt.pk, text="You are asking about the number.", starter="say_back",
        at=after(20, days=20),
    )  # fmt: skip
    actions.confirm(by=bo, reply_id=back.pk, at=after(30, days=20))
    version = actions.revise(
        by=ana, idea_id=idea.pk, base_version=1, title="Ask your kettle", text="It is the number.",
        credits=[Credited(doubt.pk, "It was the number and not the height")], at=after(40, days=20),
    )  # fmt: skip
    credit = version.credits.get()
    if unnamed:
        actions.prefer_unnamed(by=bo, credit_id=credit.pk, at=after(45, days=20))
    else:
        actions.say_what_moved(
            by=bo, credit_id=credit.pk, text="I had never measured mine.", at=after(50, days=20)
        )
    return idea, doubt


def history(space: "Space", *, threads: int = 12, import_id: int = 77) -> None:
    """What an import brings: the acts of people who are not here. One opens each day, and two reply."""
    known: dict[str, Any] = {"space": space.pk, "import_id": import_id}
    with transaction.atomic():
        for n in range(threads):
            author, *guests = (f"brought-{(n + step) % 6}" for step in range(3))
            opening = append(
                verb="posted", actor=author, thread=9000 + n, words=9, happened_at=after(days=n), **known
            )
            for step, guest in enumerate(guests):
                append(
                    verb="replied", actor=guest, person=author, thread=9000 + n, parent=opening, words=4,
                    happened_at=after(10 + step, days=n), **known,
                )  # fmt: skip
        append(verb="import_closed", actor=site_keeper().key, happened_at=after(days=50), **known)


def an_ask(space: "Space", by: "Person", *, audience: str = "everyone", days: float = 30) -> "Idea":
    return actions.write_idea(
        by=by, space=space, title="A stiff starter in the fridge", text="I shall be away.", ask="experience",
        question="Can it be kept for a month?", audience=audience, at=after(days=days),
    )  # fmt: skip


def read(space: "Space", *windows: str, now: datetime = NOW) -> "dict[str, SpaceReading]":
    """The last twelve weeks, or the windows that are named: each costs a third of a second."""
    cursor.follow(Touches())
    wanted = [Window(window) for window in windows] or [Window.TWELVE_WEEKS]
    found = (tasks.compute(space.pk, window, now=now) for window in wanted)
    return {one.window: one for one in found if one is not None}
