"""The URL table of the site, by the names of its pages: who is to look at which, with what in the address."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.journeys.sites import Home

# Ana also keeps her space; Vera keeps the site; Helen's space broadcasts; of Amara's it is too early to say.
STRANGER, MEMBER, AUTHOR, KEEPER, HELEN, AMARA = "a stranger", "Jonas", "Ana", "Vera", "Helen", "Amara"
DOORS = {
    MEMBER: "Jonas, who arrived",
    AUTHOR: "Ana, a baker",
    KEEPER: "Vera, who keeps",
    HELEN: "Helen, who writes",
    AMARA: "Amara, in her first year",
}
NO_SUCH_PAGE = "/no-such-page"

# What is only sent: a browser that asks for one of these is told so (405).
SENT = frozenset(
    {
        "answer_contest",
        "answer_credit",
        "come_in",
        "confirm",
        "drop_draft",
        "invitation_end",
        "keep_draft",
        "leave",
        "not_now",
        "post_decided",
        "post_reply",
        "post_tried",
        "share_idea",
        "sign_in_again",
        "sign_out",
        "take_back",
        "take_idea_back",
        "take_up_again",
    }
)

# What stands between other pages: the journey that leads there looks at it (test_a_lost_session.py),
# or it shows nothing of its own and leads on (joining).
BETWEEN = frozenset({"join", "words_before"})


@dataclass(frozen=True)
class Looked:
    """One page that somebody looks at."""

    name: str
    by: str
    args: tuple[str, ...] = ()
    asked: str = ""
    status: int = 200

    @property
    def path(self) -> str:
        return (reverse(self.name, args=self.args) if self.name else NO_SUCH_PAGE) + self.asked


# What the pages need of the demo, asked for beside it.
FACTS = """
import json
from django.apps import apps
Idea, Reply = apps.get_model("ideas", "Idea"), apps.get_model("ideas", "Reply")
kettle, own = Idea.objects.get(title="Ask your kettle"), Idea.objects.get(title="Proof by volume, not by the clock")
asked = Reply.objects.get(idea=own, text__startswith="I'd like to understand why hotter")
heard = Reply.objects.filter(addressee__name="Jonas Frei", heard="waiting").first() or asked
credit = apps.get_model("ideas", "Credit").objects.filter(to=own.author).order_by("pk").last()
link = apps.get_model("spaces", "Invitation").objects.order_by("pk").first()
print("FACTS", json.dumps({
    "kettle": kettle.pk, "kettle_slug": kettle.slug, "own": own.pk, "own_slug": own.slug, "asked": asked.pk,
    "heard": heard.pk, "act": asked.act, "person": own.author_id, "token": link.token,
    "credit": credit.pk,
}))
"""


def facts_of(home: Home) -> dict[str, str]:
    line = next(one for one in home.run_code(FACTS).splitlines() if one.startswith("FACTS "))
    return {name: str(value) for name, value in json.loads(line.removeprefix("FACTS ")).items()}


def pages_to_look_at(facts: dict[str, str]) -> list[Looked]:
    return [*_everybodys(facts), *_strangers(facts), *_members(facts), *_keepers()]


def _everybodys(facts: dict[str, str]) -> Iterable[Looked]:
    """Pages that are other ones for a stranger, a member and the keeper."""
    bread, kettle = ("bread-at-altitude",), (facts["kettle"], facts["kettle_slug"])
    for by in (STRANGER, AUTHOR, KEEPER):
        yield Looked("home", by)
        yield Looked("spaces", by)
        yield Looked("space", by, bread)
        yield Looked("members", by, bread)
        yield Looked("idea", by, kettle)
        yield Looked("reading", by, bread)


def _strangers(facts: dict[str, str]) -> Iterable[Looked]:
    kettle = (facts["kettle"], facts["kettle_slug"])
    yield Looked("idea", STRANGER, kettle, "?show=difference")
    yield Looked("idea", STRANGER, kettle, "?show=clean")
    yield Looked("idea_short", STRANGER, kettle[:1])
    yield Looked("reply", STRANGER, (facts["asked"],))
    yield Looked("version", STRANGER, (facts["kettle"], "1"))
    yield Looked("version", STRANGER, (facts["kettle"], "2"))
    yield Looked("reading", STRANGER, ("number-14-harbour-street",), "?window=1y")
    yield Looked("sign_in", STRANGER)
    yield Looked("sign_in_code", STRANGER)
    yield Looked("keeper_link", STRANGER, ("used-before",), status=404)
    yield Looked("join_by_invitation", STRANGER, (facts["token"],))
    yield Looked("join_by_invitation", STRANGER, ("ended",), status=404)
    yield Looked("person", STRANGER, (facts["person"],))
    yield Looked("search", STRANGER)
    yield Looked("search", STRANGER, asked="?q=kettle")
    yield Looked("search", STRANGER, asked="?q=zeppelin")
    for name in ("how_it_works", "will_not", "how_counted", "doors", "outbox"):
        yield Looked(name, STRANGER)
    yield Looked("", STRANGER, status=404)


def _members(facts: dict[str, str]) -> Iterable[Looked]:
    asked = (facts["asked"],)
    yield Looked("idea", AUTHOR, (facts["own"], facts["own_slug"]))
    yield Looked("idea", AUTHOR, (facts["own"], facts["own_slug"]), "?tried=yes")
    yield Looked("idea", AUTHOR, (facts["own"], facts["own_slug"]), "?decided=yes")
    yield Looked("answer", AUTHOR, asked, "?starter=say_back")
    yield Looked("revise", AUTHOR, (facts["own"],), f"?because={facts['asked']}")
    yield Looked("contest", AUTHOR, (facts["act"],))
    yield Looked("write", AUTHOR)
    yield Looked("write_in_space", AUTHOR, ("bread-at-altitude",))
    for name in ("drafts", "me", "sign_in_name"):
        yield Looked(name, AUTHOR)
    yield Looked("person", AUTHOR, (facts["person"],))
    yield Looked("home", MEMBER)
    yield Looked("correct_credit", AUTHOR, (facts["credit"],))
    yield Looked("not_quite", MEMBER, (facts["heard"],))
    yield Looked("reading_meeting", AUTHOR, ("bread-at-altitude", "0"), "?window=1y")


def _keepers() -> Iterable[Looked]:
    yield Looked("space_new", KEEPER)
    yield Looked("write", KEEPER)
    for name in ("space_words", "invitation"):
        yield Looked(name, AUTHOR, ("bread-at-altitude",))
    yield Looked("invitation", AUTHOR, ("bread-at-altitude",), "?first=1")
    for by, slug in ((HELEN, "evening-hours"), (AMARA, "first-year-of-teaching")):
        yield Looked("space", by, (slug,))
        yield Looked("reading", by, (slug,))
        yield Looked("invitation", by, (slug,))


def names_of_the_table(of: URLResolver | None = None) -> set[str]:
    """Every name of the URL table."""
    names: set[str] = set()
    for entry in (of or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            names.add(str(entry.name))
        else:
            names |= names_of_the_table(entry)
    return names
