"""Content and acts are kept together or not at all: whichever act the ledger refuses, nothing of the action is left."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from tertulia.ideas import actions
from tertulia.ideas.actions import Credited
from tertulia.ideas.models import Credit, Idea, Reply, Version
from tests.community import a_reply, a_space, after, an_idea, somebody

pytestmark = pytest.mark.django_db


class Table:
    """Ana's idea, Bo's doubt, her saying it back, and a version that credits another reply of his."""

    def __init__(self) -> None:
        self.ana, self.bo = somebody("Ana"), somebody("Bo")
        self.space = a_space(self.ana, self.bo)
        self.idea: Idea = an_idea(self.ana, self.space)
        self.doubt: Reply = a_reply(self.idea, self.bo, "Is it?", starter="challenge")
        self.other: Reply = a_reply(self.idea, self.bo, "Mark the jar.")
        self.said = actions.answer(
            by=self.ana, reply_id=self.doubt.pk, text="So.", starter="say_back", at=after(12)
        )
        version = self.revise([Credited(self.other.pk, "A mark.")], base=1)
        self.credit = Credit.objects.get(version=version)

    def revise(self, credits: list[Credited], *, base: int = 2) -> Version:
        return actions.revise(
            by=self.ana, idea_id=self.idea.pk, base_version=base, title="By volume", text=f"Text {base}",
            credits=credits, at=after(15),
        )  # fmt: skip

    def answer(self, starter: str) -> Reply:
        return actions.answer(by=self.ana, reply_id=self.other.pk, text="Well.", starter=starter)

    def empty_idea(self) -> Idea:
        return an_idea(self.ana, self.space, title="Another")


TOLD: dict[str, tuple[str, Callable[[Table], object]]] = {
    "write": ("posted", lambda t: t.empty_idea()),
    "reply": ("replied", lambda t: a_reply(t.idea, t.bo)),
    "answer": ("answered", lambda t: t.answer("")),
    "try": ("promised", lambda t: t.answer("try")),
    "keep": ("declined", lambda t: t.answer("keep")),
    "not knowing": ("did_not_know", lambda t: t.answer("dont_know")),
    "having been wrong": ("was_wrong", lambda t: t.answer("was_wrong")),
    "confirm": ("heard", lambda t: actions.confirm(by=t.bo, reply_id=t.said.pk)),
    "not quite": ("not_quite", lambda t: actions.not_quite(by=t.bo, reply_id=t.said.pk, text="No.")),
    "decide": (
        "decided",
        lambda t: actions.decide(by=t.ana, idea_id=t.idea.pk, text="Yes.", naming=(t.doubt.pk,)),
    ),
    "try out": ("tried", lambda t: actions.tell_tried(by=t.bo, idea_id=t.idea.pk, text="It tore.")),
    "revise": ("revised", lambda t: t.revise([])),
    "credit": ("credited", lambda t: t.revise([Credited(t.doubt.pk, "The heat.")])),
    "credit heard": (
        "heard",
        lambda t: actions.answer_credit(by=t.bo, credit_id=t.credit.pk, got_me_right=True),
    ),
    "credit not quite": (
        "not_quite",
        lambda t: actions.answer_credit(by=t.bo, credit_id=t.credit.pk, got_me_right=False, text="No."),
    ),
    "unnamed": ("unnamed", lambda t: actions.prefer_unnamed(by=t.bo, credit_id=t.credit.pk)),
    "moved": ("moved", lambda t: actions.say_what_moved(by=t.bo, credit_id=t.credit.pk, text="A lot.")),
    "take back": (
        "withdrew",
        lambda t: actions.take_back(by=t.ana, reply_id=t.said.pk, at=after(14)),
    ),
}


def refuse(verb: str) -> None:
    """From here on the ledger takes no act of that verb; the test's transaction ends it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER no_such_act BEFORE INSERT ON ledger_act WHEN NEW.verb = '{verb}'"
                " BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION no_such_act() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'refused'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER no_such_act BEFORE INSERT ON ledger_act FOR EACH ROW"
                f" WHEN (NEW.verb = '{verb}') EXECUTE FUNCTION no_such_act()"
            )


def everything() -> dict[str, list[dict[str, object]]]:
    models: list[Any] = [*apps.get_app_config("ideas").get_models(), apps.get_model("ledger", "Act")]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("what", TOLD)
def test_an_action_whose_act_is_refused_leaves_nothing(what: str) -> None:
    verb, act = TOLD[what]
    table = Table()
    before = everything()
    refuse(verb)

    with pytest.raises(DatabaseError, match="refused"):
        act(table)

    assert everything() == before


@pytest.mark.parametrize("what", TOLD)
def test_the_same_action_is_kept_where_nothing_is_refused(what: str) -> None:
    verb, act = TOLD[what]
    table = Table()
    before = everything()

    act(table)

    now = everything()
    assert [row["verb"] for row in now["Act"][len(before["Act"]) :]].count(verb) >= 1
    assert {name for name, rows in now.items() if rows != before[name]} > {"Act"}
