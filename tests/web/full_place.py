"""A space in which there is some of everything that a page lists, and which can be made fuller."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.people.actions import add_person
from tertulia.readings.actions import contest
from tertulia.spaces.actions import invite, join_space, reword
from tests.community import a_reply, a_space, acts, an_idea, site_keeper, somebody
from tests.readings.places import an_ask, kettle, read, round_table, table


@dataclass
class Full:
    """One of each thing that has an address of its own; beside it there may be many more."""

    space: Any
    idea: Any
    doubt: Any
    back: Any
    credit: int
    token: str
    # Ana's alone, so that it can be shared and taken back.
    own: Any
    # What was said last under Ana's idea, and can still be clicked.
    mine: Any = None
    open_back: Any = None
    open_credit: int = 0
    contested: int = 0
    contest: int = 0
    drafts: list[str] = field(default_factory=list)
    rounds: int = 0

    def grow(self) -> None:
        """As much again of all that a page could list, said just now."""
        self.rounds += 1
        for number in range(2):
            name = f"{self.rounds}{number}"
            self._talk(name)
            self._ask_for_more(name)
            self._keep(name)
        _come_and_contest(self)
        read(self.space)

    def _talk(self, name: str) -> None:
        """Under Ana's idea: questions, a saying-back, what came of it, and a version with two credits."""
        ana, bo, cleo, now = somebody("Ana"), somebody("Bo"), somebody("Cleo"), timezone.now()
        asked = [
            a_reply(self.idea, by, f"Why is it so, {name}?", starter="question", at=now) for by in (bo, cleo)
        ]
        self.mine = a_reply(self.idea, ana, f"In my kitchen it did, {name}.", at=now)
        self.open_back = actions.answer(
            by=ana, reply_id=asked[0].pk, text="You mean the salt.", starter="say_back", at=now
        )
        actions.answer(by=ana, reply_id=asked[1].pk, text="On Sunday", starter="try", at=now)
        actions.tell_tried(
            by=cleo, idea_id=self.idea.pk, text=f"It rose, {name}.", naming=asked[0].pk, at=now
        )
        actions.tell_tried(by=bo, idea_id=self.idea.pk, text=f"It fell, {name}.", at=now)
        actions.decide(
            by=ana, idea_id=self.idea.pk, text=f"So it is, {name}.", naming=(asked[0].pk, asked[1].pk), at=now
        )
        self.idea.refresh_from_db()
        version = actions.revise(
            by=ana, idea_id=self.idea.pk, base_version=self.idea.version, title="Ask your kettle",
            text=f"{self.idea.text}\n\nAnother thing, {name}.",
            credits=[Credited(reply.pk, f"It was {name}") for reply in asked], at=now,
        )  # fmt: skip
        self.open_credit = version.credits.get(to=bo).pk
        self.idea.refresh_from_db()

    def _ask_for_more(self, name: str) -> None:
        """Of others: ideas that wait, notices, a credit and a question for Ana, and new people and places."""
        ana, bo, dan, now = somebody("Ana"), somebody("Bo"), somebody("Dan"), timezone.now()
        other = an_idea(bo, self.space, title=f"Kettle {name}", ask="help", topics=(f"topic {name}",), at=now)
        said = a_reply(other, ana, "In my kitchen it did.", at=now)
        actions.answer(by=bo, reply_id=said.pk, text="Why is that?", starter="question", at=now)
        back = actions.answer(by=bo, reply_id=said.pk, text="You mean it rose.", starter="say_back", at=now)
        actions.confirm(by=ana, reply_id=back.pk, at=now)
        actions.revise(
            by=bo, idea_id=other.pk, base_version=1, title=other.title, text="Otherwise.",
            credits=[Credited(said.pk, "Ana's kitchen")], at=now,
        )  # fmt: skip
        an_idea(ana, self.space, title=f"Mine {name}", topics=("rye",), at=now)
        an_idea(dan, self.space, title=f"Notice {name}", is_notice=True, at=now)
        an_ask(self.space, dan)
        brought = an_idea(dan, self.space, title=f"Brought {name}", ask="help", question="Is it?")
        apps.get_model("ideas", "Idea").objects.filter(pk=brought.pk).update(import_id=5, author=None)
        a_space(ana, name=f"Place {name}")
        somebody_new = add_person(name=f"Person {name}", email=f"person-{name}@example.org")
        join_space(by=somebody_new, space=self.space, token=self.token)
        reword(
            by=site_keeper(),
            space=self.space,
            purpose=f"For {name}",
            bring="",
            take_away="",
            idea_id=other.pk,
        )

    def _keep(self, name: str) -> None:
        """Drafts in new places, and one more in each kind."""
        idea = an_idea(somebody("Bo"), self.space, title=f"Draft here {name}")
        for place in (f"reply:{idea.pk}:0", f"tried:{idea.pk}", f"revise:{idea.pk}"):
            actions.keep_draft(by=somebody("Ana"), place=place, fields={"text": "Not yet"})
            self.drafts.append(place)


def _come_and_contest(full: Full) -> None:
    """Readings have one more round, and Bo contests one more act of it that was directed at him by Ana."""
    round_table(full.space)
    _idea, doubt = kettle(full.space)
    act = next(one.act for one in acts() if one.verb == "answered" and one.parent == doubt.act)
    full.contested = full.contested or act
    full.contest = contest(by=somebody("Bo"), act=act, sentence="She answered another.").pk


def full_place() -> Full:
    """Ana, Bo, Cleo, Dan, Eve and Finn at a table that Vera keeps."""
    space = table()
    round_table(space)
    idea, doubt = kettle(space)
    credit = apps.get_model("ideas", "Credit").objects.get(reply=doubt).pk
    back = doubt.answers.get(starter="say_back")
    for place in (f"reply:{idea.pk}:0", f"revise:{idea.pk}", f"idea:{space.pk}"):
        actions.keep_draft(by=somebody("Ana"), place=place, fields={"text": "Not yet"})
    token = invite(by=site_keeper(), space=space).token
    own = an_idea(somebody("Ana"), space, title="For me", audience="me")
    full = Full(space=space, idea=idea, doubt=doubt, back=back, credit=credit, token=token, own=own)
    full.grow()
    return full
